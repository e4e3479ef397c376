"""What came in and what we know → what we mean to do: a row a case."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from bot.inbound import (
    Content,
    DueFired,
    Edit,
    Inbound,
    Media,
    Membership,
    Redacted,
    RoomChanged,
    RoomRefused,
    Text,
    Unreadable,
    Verifying,
    Vote,
)
from bot.routing import intents as do
from bot.routing.decide import as_command, decide
from bot.routing.situation import KnownPoll, OpenForm, PairRoom, Situation, plain_words
from compliance.crisis import Severity

BOT, MIA, KELLER, EVE = "@bot:here", "@mia:here", "@keller:here", "@eve:there"
COMMANDS = ("ack", "book", "boundaries", "cancel", "close", "crisis", "help", "needhelp", "safe")
GRAVE = "I want to kill myself"

STRANGER = Situation(bot=BOT)
DIRECT = Situation(
    bot=BOT,
    person="p1",
    roles=frozenset({"client"}),
    room="r1",
    room_kind="direct",
    room_state="open",
    relation="self",
    roster=frozenset({BOT, MIA}),
)
PAIR = replace(DIRECT, room="r2", room_kind="pair", relation="own-pair", roster=frozenset({BOT, MIA, KELLER}))
THERAPIST = replace(PAIR, person="p2", roles=frozenset({"therapist"}))
ADMIN = replace(
    DIRECT, room="r3", room_kind="admin", roles=frozenset({"admin"}), roster=frozenset({BOT, MIA})
)
FORM = OpenForm("run1", "intake", answered_by=frozenset({"$answer"}))
ASKED = replace(DIRECT, form=FORM)
LABELS = {"need": "I need help now", "safe": "I'm safe"}
SAFE = KnownPoll("safe", "alert1", "", LABELS)
SAID_SAFE = do.DecideByVote("safe", "alert1", "safe")
REPLIES = {"im safe": SAID_SAFE, "2": SAID_SAFE}


@dataclass(frozen=True)
class Case:
    name: str
    content: Content
    situation: Situation
    wanted: do.Intent
    sender: str = MIA
    encrypted: bool = True
    screened: Severity = field(default=Severity.none)


def joins(user: str, membership: str = "join", previous: str | None = None) -> Membership:
    return Membership.model_validate({"user": user, "membership": membership, "previous": previous})


DUE = DueFired(due="d1", what="greet", subject="p1")

CASES = [
    # Time, and rooms that failed
    Case("what falls due happens", DUE, STRANGER, do.Happen(DUE), sender=""),
    Case(
        "a room that was refused is lost",
        RoomRefused(ref="r1", reason="roster"),
        STRANGER,
        do.RoomLost("r1", "roster"),
        sender="",
    ),
    # Memberships
    Case("an invitation opens the door", joins(BOT, "invite"), STRANGER, do.OpenDoor("!r:here")),
    Case("an invitation into a room of ours", joins(BOT, "invite"), DIRECT, do.Ignore("our own membership")),
    Case(
        "an invitation back into a direct room that was lost",
        joins(BOT, "invite"),
        replace(DIRECT, room_state="unsafe"),
        do.OpenDoor("!r:here"),
    ),
    Case(
        "a stranger's invitation into somebody's lost room",
        joins(BOT, "invite"),
        replace(DIRECT, room_state="unsafe"),
        do.Ignore("our own membership"),
        sender=EVE,
    ),
    Case("the bot was removed", joins(BOT, "leave"), DIRECT, do.RoomLost("r1", "gone")),
    Case("the bot was banned", joins(BOT, "ban"), PAIR, do.RoomLost("r2", "gone")),
    Case(
        "the bot was removed from no room of ours",
        joins(BOT, "leave"),
        STRANGER,
        do.Ignore("our own membership"),
    ),
    Case("somebody comes into a room that is not ours", joins(EVE), STRANGER, do.Ignore("not our room")),
    Case("a person joins", joins(MIA, "join", "invite"), DIRECT, do.Joined(MIA)),
    Case("a new display name", joins(MIA, "join", "join"), DIRECT, do.Ignore("membership as expected")),
    Case("an invitation is out", joins(KELLER, "invite"), PAIR, do.Ignore("membership as expected")),
    Case("a person leaves", joins(MIA, "leave", "join"), PAIR, do.Departed(MIA)),
    Case("a person is banned", joins(MIA, "ban", "join"), PAIR, do.Departed(MIA)),
    *(
        Case(f"somebody else, by {way}", joins(EVE, way), PAIR, do.Intruded(EVE))
        for way in ("invite", "join", "knock")
    ),
    Case("somebody else is gone", joins(EVE, "leave"), PAIR, do.Ignore("a stranger is gone")),
    # The state of a room
    Case(
        "power levels changed",
        RoomChanged(event_type="m.room.power_levels"),
        PAIR,
        do.RoomInDoubt("m.room.power_levels"),
        encrypted=False,
    ),
    Case(
        "state of a room that is not ours",
        RoomChanged(event_type="m.room.encryption"),
        STRANGER,
        do.Ignore("not our room"),
        encrypted=False,
    ),
    Case("a message taken back", Redacted(redacts="$1"), DIRECT, do.Ignore("redaction"), encrypted=False),
    # Who, where and how come before what
    Case("somebody else writes", Text(body="hello"), PAIR, do.Intruded(EVE), sender=EVE),
    Case(
        "somebody else writes in clear",
        Text(body="!help"),
        PAIR,
        do.Intruded(EVE),
        sender=EVE,
        encrypted=False,
    ),
    Case("words in a room that is not ours", Text(body="hello"), STRANGER, do.AskIntoEncrypted("!r:here")),
    Case(
        "a command in a room that is not ours",
        Text(body="!help"),
        STRANGER,
        do.AskIntoEncrypted("!r:here"),
        encrypted=False,
    ),
    *(
        Case(
            f"words in a room that is {state}",
            Text(body="34"),
            replace(ASKED, room_state=state),
            do.AskIntoEncrypted("!r:here"),
        )
        for state in ("unsafe", "closed")
    ),
    *(
        Case(f"{content.kind} in clear", content, ASKED, do.TellInClear(), encrypted=False)
        for content in (
            Text(body="34"),
            Text(body="!book 2"),
            Edit(body="35", edits="$answer"),
            Vote(poll="$p", choices=("a",)),
            Media(type="image"),
        )
    ),
    Case("a message without its key", Unreadable(session="s"), ASKED, do.TellUnreadable(), encrypted=False),
    Case(
        "a message without its key, of somebody else",
        Unreadable(session="s"),
        PAIR,
        do.Intruded(EVE),
        sender=EVE,
        encrypted=False,
    ),
    Case(
        "verifying the bot answers no question",
        Verifying(emoji=("🐶",)),
        ASKED,
        do.TellVerifying(("🐶",)),
    ),
    Case("verified", Verifying(done=True), PAIR, do.TellVerifying(())),
    # Commands
    Case("a command", Text(body="!book 2"), DIRECT, do.RunCommand("book", "2")),
    Case("a command comes before the form", Text(body="!help"), ASKED, do.RunCommand("help", "")),
    Case("a command in a pair's room", Text(body="!Book"), PAIR, do.RunCommand("book", "")),
    Case("a command in a staff room", Text(body="!ack 3"), ADMIN, do.RunCommand("ack", "3")),
    Case("a command mistyped", Text(body="!bok"), DIRECT, do.UnknownCommand("bok", ("book",))),
    Case("a command like none", Text(body="!xyzzy"), DIRECT, do.UnknownCommand("xyzzy", ())),
    Case("marks of surprise answer the form", Text(body="!!!"), ASKED, do.AnswerForm("run1", "!!!")),
    Case(
        "a command under a picture",
        Media(type="image", filename="a.png", caption="!crisis Ireland"),
        DIRECT,
        do.RunCommand("crisis", "Ireland"),
    ),
    # Help lines, however somebody looks for them
    *(
        Case(f"help lines: {words}", Text(body=words), ASKED, do.RunCommand("crisis", rest))
        for words, rest in (
            ("!crisis", ""),
            ("!Crisis!!", ""),
            ("!crisis Ireland", "Ireland"),
            ("! crisis", ""),
            (" ! crisis Ireland", "Ireland"),
            ("!crises", ""),
            ("!crsis", ""),
            ("!crisi germny", "germny"),
            ("crisis", ""),
            ("Crisis?", ""),
        )
    ),
    Case("a lone mark before other words", Text(body="! help"), ASKED, do.AnswerForm("run1", "! help")),
    Case("the word in a sentence", Text(body="the crisis at work"), PAIR, do.ClientWrote()),
    Case(
        "help lines in a room that is not ours",
        Text(body="!crisis Ireland"),
        STRANGER,
        do.AskIntoEncrypted("!r:here", "Ireland"),
        encrypted=False,
    ),
    Case(
        "help lines in a room that is closed",
        Text(body="!crisis"),
        replace(PAIR, room_state="closed"),
        do.AskIntoEncrypted("!r:here", ""),
    ),
    # Forms
    Case("an answer", Text(body="34"), ASKED, do.AnswerForm("run1", "34")),
    Case("an answer to a paused form", Text(body="resume"), ASKED, do.AnswerForm("run1", "resume")),
    Case(
        "an answer under a picture",
        Media(type="image", filename="a.png", caption="34"),
        ASKED,
        do.AnswerForm("run1", "34"),
    ),
    Case(
        "an edited answer", Edit(body="35", edits="$answer"), ASKED, do.CorrectAnswer("run1", "$answer", "35")
    ),
    Case("an edit of something else", Edit(body="35", edits="$other"), ASKED, do.TellEditUnused()),
    Case("an edit with no form open", Edit(body="35", edits="$answer"), DIRECT, do.TellEditUnused()),
    Case(
        "an edit in a pair's room",
        Edit(body="hello", edits="$1"),
        PAIR,
        do.Ignore("edit of something that is not an answer"),
    ),
    Case("first words", Text(body="hello"), DIRECT, do.Greet()),
    # Polls
    Case(
        "a vote on a form's question",
        Vote(poll="$p", choices=("a", "b")),
        replace(ASKED, poll=KnownPoll("form", "run1", "concerns", {"a": "A", "b": "B"})),
        do.VoteForm("run1", "concerns", ("a", "b")),
    ),
    Case(
        "a form's vote taken back",
        Vote(poll="$p", choices=()),
        replace(ASKED, poll=KnownPoll("form", "run1", "concerns")),
        do.VoteForm("run1", "concerns", ()),
    ),
    Case("a vote", Vote(poll="$p", choices=("safe",)), replace(PAIR, poll=SAFE), SAID_SAFE),
    Case("a vote taken back", Vote(poll="$p", choices=()), replace(PAIR, poll=SAFE), do.VoteTakenBack()),
    Case(
        "a vote for what was no choice",
        Vote(poll="$p", choices=("accept",)),
        replace(PAIR, poll=SAFE),
        do.VoteTakenBack(),
    ),
    Case("a vote on somebody else's poll", Vote(poll="$p", choices=("a",)), PAIR, do.Ignore("not our poll")),
    # Words that answer a poll
    Case("the words of a choice", Text(body="I’m safe."), replace(DIRECT, replies=REPLIES), SAID_SAFE),
    Case("its number", Text(body=" 2) "), replace(DIRECT, replies=REPLIES), SAID_SAFE),
    Case("they come before the form", Text(body="I'M SAFE"), replace(ASKED, replies=REPLIES), SAID_SAFE),
    Case("they count between two people", Text(body="im safe"), replace(PAIR, replies=REPLIES), SAID_SAFE),
    Case(
        "words around them are talk",
        Text(body="I'm safe, thanks"),
        replace(PAIR, replies=REPLIES),
        do.ClientWrote(),
    ),
    # Two people talk
    Case("a client writes", Text(body="hello"), PAIR, do.ClientWrote()),
    Case(
        "a client's message that needs no answer",
        Text(body="Good night. No answer needed."),
        replace(PAIR, pair=PairRoom("client", needless=frozenset({"no answer needed"}))),
        do.NeedsNoAnswer(),
    ),
    Case("a therapist writes", Text(body="hello"), THERAPIST, do.TherapistWrote(), sender=KELLER),
    Case("a client sends a picture", Media(type="image"), PAIR, do.ClientWrote()),
    Case("a therapist sends a file", Media(type="file"), THERAPIST, do.TherapistWrote(), sender=KELLER),
    Case("talk of staff", Text(body="shall I take it?"), ADMIN, do.Ignore("talk in a staff room")),
    Case("a file of staff", Media(type="file"), ADMIN, do.Ignore("a file in a staff room")),
    # What is not looked at
    Case("a picture", Media(type="image", filename="a.png"), ASKED, do.TellUnseen("image")),
    Case("a voice message", Media(type="voice"), DIRECT, do.TellUnseen("voice")),
    # Crisis words, wherever they stand
    Case("in a text", Text(body=GRAVE), DIRECT, do.Ignore("the card says it"), screened=Severity.high),
    Case("in an answer", Text(body=GRAVE), ASKED, do.AnswerForm("run1", GRAVE), screened=Severity.high),
    Case("in talk", Text(body=GRAVE), PAIR, do.ClientWrote(), screened=Severity.high),
    Case(
        "after a command",
        Text(body=f"!book {GRAVE}"),
        DIRECT,
        do.RunCommand("book", GRAVE),
        screened=Severity.high,
    ),
    Case(
        "as a command", Text(body=f"!{GRAVE}"), DIRECT, do.Ignore("the card says it"), screened=Severity.high
    ),
    Case(
        "in an edit",
        Edit(body=GRAVE, edits="$1"),
        DIRECT,
        do.Ignore("the card says it"),
        screened=Severity.high,
    ),
    Case(
        "in a caption",
        Media(type="image", filename="a.png", caption=GRAVE),
        PAIR,
        do.ClientWrote(),
        screened=Severity.high,
    ),
    Case(
        "in a file's name",
        Media(type="file", filename=GRAVE),
        DIRECT,
        do.TellUnseen("file"),
        screened=Severity.high,
    ),
    Case(
        "in clear",
        Text(body=GRAVE),
        DIRECT,
        do.Ignore("the card says it"),
        encrypted=False,
        screened=Severity.high,
    ),
    Case(
        "of a stranger, in a room that is not ours",
        Text(body=GRAVE),
        STRANGER,
        do.AskIntoEncrypted("!r:here"),
        encrypted=False,
        screened=Severity.high,
    ),
    Case(
        "of somebody else in a room of ours",
        Text(body=GRAVE),
        replace(PAIR, person=None, roles=frozenset(), relation="none"),
        do.Intruded(EVE),
        sender=EVE,
        screened=Severity.high,
    ),
    Case(
        "in a room that is lost",
        Text(body=GRAVE),
        replace(DIRECT, room_state="unsafe"),
        do.AskIntoEncrypted("!r:here"),
        screened=Severity.high,
    ),
    Case(
        "a vote has our words, not theirs",
        Vote(poll="$p", choices=("x",)),
        replace(PAIR, poll=KnownPoll("safe", "alert1", "", {"x": GRAVE})),
        do.DecideByVote("safe", "alert1", "x"),
    ),
    Case(
        "a therapist's words are not screened",
        Text(body=GRAVE),
        THERAPIST,
        do.TherapistWrote(),
        sender=KELLER,
    ),
    Case("an admin's words are not screened", Text(body=GRAVE), ADMIN, do.Ignore("talk in a staff room")),
    Case(
        "of an admin who is a client too",
        Text(body=GRAVE),
        replace(DIRECT, roles=frozenset({"admin", "client"})),
        do.Ignore("the card says it"),
        screened=Severity.high,
    ),
    Case(
        "of an admin who is a client too, at work",
        Text(body=GRAVE),
        replace(ADMIN, roles=frozenset({"admin", "client"})),
        do.Ignore("talk in a staff room"),
    ),
    *(
        Case(f"detection is {mode}", Text(body=GRAVE), replace(DIRECT, detection=mode), do.Greet())
        for mode in ("off", "on-demand")
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_decide(case: Case) -> None:
    inbound = Inbound(
        id="$1",
        room="!r:here",
        sender=case.sender,
        at=datetime(2026, 3, 2, 9, tzinfo=UTC),
        encrypted=case.encrypted,
        content=case.content,
    )
    plan = decide(inbound, case.situation, COMMANDS)
    assert plan.intent == case.wanted
    found = plan.screening.severity if plan.screening else Severity.none
    assert found == case.screened


def test_every_intent_has_a_row() -> None:
    assert {type(case.wanted) for case in CASES} == set(do.Intent.__args__)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("!help", ("help", "")),
        ("  !help  ", ("help", "")),
        ("!HELP", ("help", "")),
        ("!book 2", ("book", "2")),
        ("!book   tomorrow at 3", ("book", "tomorrow at 3")),
        ("!book\t2", ("book", "2")),
        ("!book\n2", ("book", "2")),
        ("!book\u00a02", ("book", "2")),
        ('!away 3-14 Aug "I am at\nthe sea"', ("away", '3-14 Aug "I am at\nthe sea"')),
        ("!crisis!!", ("crisis", "")),
        ("!help.", ("help", "")),
        ("\u200f!help", ("help", "")),
        ("\u2067!help\u2069", ("help", "")),
        ("\ufeff !help", ("help", "")),
        ("！ｈｅｌｐ", ("help", "")),
        ("!crisis Côte d’Ivoire", ("crisis", "Côte d’Ivoire")),
        ("!2", ("2", "")),
        ("!" + "a" * 65_000, ("a" * 40, "")),
        ("", None),
        ("!", None),
        ("! help", None),
        ("!\n", None),
        ("!!!", None),
        ("!?", None),
        ("!🙂", None),
        ("\u200f", None),
        ("help", None),
        ("I said !help", None),
        ("> !help", None),
    ],
)
def test_what_is_a_command(body: str, wanted: tuple[str, str] | None) -> None:
    assert as_command(body) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("I'm safe", "im safe"),
        ("  I’M   SAFE!! ", "im safe"),
        ("2.", "2"),
        ("(2)", "2"),
        ("Ja, ich habe Platz", "ja ich habe platz"),
        ("🙂", ""),
        ("", ""),
    ],
)
def test_words_compare_without_case_and_marks(text: str, wanted: str) -> None:
    assert plain_words(text) == wanted
