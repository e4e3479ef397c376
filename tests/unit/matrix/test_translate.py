"""What Matrix events mean to Stillroom, as a table; and that nothing hostile breaks the translation."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.inbound import Content, Edit, Inbound, Media, Membership, Redacted, RoomChanged, Text, Vote
from bot.matrix import polls
from bot.matrix.translate import translate

BOT, ANNA, ROOM = "@bot:example.org", "@anna:example.org", "!room"
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
QUOTED = "> <@bot:example.org> How are you?\n> Really?\n\nNot good"
UNSTABLE = "org.matrix.msc3381.poll.response"


def message(body: object, msgtype: object = "m.text", **more: object) -> dict[str, Any]:
    return {"type": "m.room.message", "content": {"msgtype": msgtype, "body": body, **more}}


def relates(kind: str, event: str = "$1", **more: object) -> dict[str, Any]:
    return {"m.relates_to": {"rel_type": kind, "event_id": event, **more}}


def reply(**more: object) -> dict[str, Any]:
    return {"m.relates_to": {"m.in_reply_to": {"event_id": "$1"}, **more}}


def member(user: str, membership: object, **more: object) -> dict[str, Any]:
    return {"type": "m.room.member", "state_key": user, "content": {"membership": membership, **more}}


def poll(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, "content": content}


TABLE: list[tuple[str, dict[str, Any], Content | None]] = [
    ("text", message("hello"), Text(body="hello")),
    ("emote", message("waves", "m.emote"), Text(body="waves")),
    ("notice", message("beep", "m.notice"), None),
    ("unknown kind is screened too", message("words", "com.example.new"), Text(body="words")),
    ("place", message("geo:1,2", "m.location"), Text(body="geo:1,2")),
    ("empty", message(""), None),
    ("body that is no text", message({"a": 1}), None),
    ("msgtype that is no text", message("hello", 7), None),
    ("reply", message(QUOTED, **reply()), Text(body="Not good", replies_to="$1")),
    ("reply of today", message("Not good", **reply()), Text(body="Not good", replies_to="$1")),
    ("quotation that is no reply", message("> help me"), Text(body="> help me")),
    ("quotation in a reply", message("> help me", **reply()), Text(body="> help me", replies_to="$1")),
    ("thread", message("so", **reply(rel_type="m.thread", is_falling_back=True)), Text(body="so")),
    (
        "edit",
        message("* new", **{"m.new_content": {"msgtype": "m.text", "body": "new"}}, **relates("m.replace")),
        Edit(body="new", edits="$1"),
    ),
    ("edit without content", message("* new", **relates("m.replace")), None),
    (
        "edited notice",
        message("* new", **{"m.new_content": {"msgtype": "m.notice", "body": "n"}}, **relates("m.replace")),
        None,
    ),
    ("file", message("times.ics", "m.file"), Media(type="file", filename="times.ics")),
    (
        "picture with words",
        message("I can't go on", "m.image", filename="a.png"),
        Media(type="image", filename="a.png", caption="I can't go on"),
    ),
    (
        "voice",
        message("v", "m.audio", **{"org.matrix.msc3245.voice": True}),
        Media(type="voice", filename="v"),
    ),
    ("music", message("song", "m.audio"), Media(type="audio", filename="song")),
    ("sticker", {"type": "m.sticker", "content": {"body": "sad"}}, Media(type="image", filename="sad")),
    (
        "vote",
        poll(UNSTABLE, {UNSTABLE: {"answers": ["y"]}, **relates("m.reference")}),
        Vote(poll="$1", choices=("y",)),
    ),
    (
        "vote, stable",
        poll("m.poll.response", {"m.selections": ["y", "n"], **relates("m.reference")}),
        Vote(poll="$1", choices=("y", "n")),
    ),
    (
        "vote taken back",
        poll(UNSTABLE, {UNSTABLE: {"answers": []}, **relates("m.reference")}),
        Vote(poll="$1", choices=()),
    ),
    ("vote on nothing", poll(UNSTABLE, {UNSTABLE: {"answers": ["y"]}}), None),
    (
        "somebody's own poll is words",
        poll(polls.START, polls.start("Shall I?", [("a", "Yes"), ("b", "No")], 1, "")),
        Text(body="Shall I?\nYes\nNo"),
    ),
    ("reaction", poll("m.reaction", relates("m.annotation", key="1")), None),
    ("redaction", {"type": "m.room.redaction", "redacts": "$1", "content": {}}, Redacted(redacts="$1")),
    (
        "redaction, version 11",
        {"type": "m.room.redaction", "content": {"redacts": "$1"}},
        Redacted(redacts="$1"),
    ),
    (
        "invitation",
        member(BOT, "invite", is_direct=True),
        Membership(user=BOT, membership="invite", is_direct=True),
    ),
    (
        "leaving",
        {**member(ANNA, "leave"), "unsigned": {"prev_content": {"membership": "join"}}},
        Membership(user=ANNA, membership="leave", previous="join"),
    ),
    ("no membership", member(ANNA, "haunt"), None),
    (
        "power",
        {"type": "m.room.power_levels", "state_key": "", "content": {}},
        RoomChanged(event_type="m.room.power_levels"),
    ),
    ("topic", {"type": "m.room.topic", "state_key": "", "content": {"topic": "t"}}, None),
    ("half a letter", message("a\ud800b\0"), Text(body="a?b\ufffd")),
]


def read(event: dict[str, Any], *, encrypted: bool = True) -> Inbound | None:
    return translate(event, room=ROOM, own_user=BOT, at=AT, encrypted=encrypted)


@pytest.mark.parametrize(("event", "meant"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_an_event_means(event: dict[str, Any], meant: Content | None) -> None:
    inbound = read({"sender": ANNA, "event_id": "$2", **event}, encrypted="state_key" not in event)
    assert (inbound.content if inbound is not None else None) == meant
    if inbound is not None:
        assert (inbound.id, inbound.room, inbound.sender, inbound.at) == ("$2", ROOM, ANNA, AT)
    own = read({"sender": BOT, "event_id": "$2", **event}, encrypted="state_key" not in event)
    assert own is None, "the bot does not listen to itself"


def test_state_is_never_believed_from_inside_encryption() -> None:
    event = {"sender": ANNA, "event_id": "$2", **member("@mallory:example.org", "join")}
    assert read(event, encrypted=True) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    (
        "msgtype body filename m.relates_to m.new_content m.selections membership rel_type event_id "
        f"m.in_reply_to answers question m.text redacts {UNSTABLE} {polls.START}"
    ).split()
)
VALUES = st.recursive(
    JSON | st.sampled_from(["m.text", "m.image", "m.replace", "m.reference", "join", "$1"]),
    lambda inner: st.dictionaries(NAMES, inner, max_size=5) | st.lists(inner, max_size=3),
    max_leaves=12,
)
KINDS = st.sampled_from(
    [
        "m.room.message",
        "m.room.redaction",
        "m.room.member",
        UNSTABLE,
        "m.poll.response",
        polls.START,
        "m.sticker",
    ]
)


@given(KINDS, VALUES, JSON, st.booleans())
def test_nothing_hostile_breaks_the_translation(kind: str, content: Any, odd: Any, encrypted: bool) -> None:
    for event in (
        {"type": kind, "sender": ANNA, "event_id": "$2", "content": content},
        {
            "type": kind,
            "sender": ANNA,
            "event_id": "$2",
            "content": content,
            "state_key": odd,
            "unsigned": odd,
        },
        {"type": odd, "sender": odd, "event_id": odd, "content": content},
    ):
        inbound = read(event, encrypted=encrypted)
        if inbound is not None:  # the journal keeps it as JSON
            assert Inbound.model_validate_json(inbound.model_dump_json()) == inbound
