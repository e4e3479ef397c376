"""Which rooms are safe for private words, whatever state a hostile homeserver or person makes up."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matrix.machine import MEGOLM
from bot.matrix.powerlevels import CREATOR, levels, number, power_of
from bot.matrix.roster import check

BOT, ANNA, TOM, EVE = "@bot:x", "@anna:x", "@tom:x", "@eve:x"
ROSTER = frozenset({ANNA, TOM})


def state(kind: str, content: object, key: object = "") -> dict[str, Any]:
    return {"type": kind, "state_key": key, "content": content, "sender": BOT}


def member(user: object, membership: object) -> dict[str, Any]:
    return state("m.room.member", {"membership": membership}, user)


GOOD = [
    state("m.room.create", {"room_version": "12"}),
    state("m.room.encryption", {"algorithm": MEGOLM}),
    state("m.room.join_rules", {"join_rule": "invite"}),
    state("m.room.history_visibility", {"history_visibility": "invited"}),
    member(BOT, "join"),
    member(ANNA, "join"),
    member(TOM, "invite"),
]


def changed(*events: dict[str, Any]) -> list[dict[str, Any]]:
    names = {(event["type"], event["state_key"]) for event in events}
    return [event for event in GOOD if (event["type"], event["state_key"]) not in names] + list(events)


@pytest.mark.parametrize(
    ("found", "reasons"),
    [
        (GOOD, ()),
        (changed(member(TOM, "leave")), ()),
        (changed(member(EVE, "leave")), ()),
        (changed(member(EVE, "ban")), ()),
        (changed(member(EVE, "knock")), ()),
        (changed(member(EVE, "join")), ("stranger",)),
        (changed(member(EVE, "invite")), ("stranger",)),
        (changed(member(EVE, "haunt")), ("stranger",)),
        (changed(member(EVE, None)), ("stranger",)),
        (changed(member(BOT, "leave")), ("bot-not-in-room",)),
        (changed(state("m.room.encryption", {})), ("not-encrypted",)),
        (changed(state("m.room.encryption", {"algorithm": "rot13"})), ("not-encrypted",)),
        (changed(state("m.room.encryption", None)), ("not-encrypted",)),
        (changed(state("m.room.join_rules", {"join_rule": "public"})), ("join-rule",)),
        (changed(state("m.room.join_rules", {"join_rule": "knock"})), ("join-rule",)),
        (changed(state("m.room.join_rules", [])), ("join-rule",)),
        (changed(state("m.room.third_party_invite", {"key": "k"}, "t")), ("third-party-invite",)),
        (changed(state("m.room.third_party_invite", {}, "t")), ()),
        (changed(state("m.room.tombstone", {})), ("replaced",)),
        (
            changed(state("m.room.history_visibility", {"history_visibility": "world_readable"})),
            ("world-readable",),
        ),
        ([], ("not-encrypted", "join-rule", "bot-not-in-room")),
    ],
)
def test_the_judgement_of_a_room(found: list[dict[str, Any]], reasons: tuple[str, ...]) -> None:
    assert check(found, own_user=BOT, roster=ROSTER).reasons == reasons


EVENTS = st.builds(
    state,
    st.sampled_from(["m.room.member", "m.room.encryption", "m.room.join_rules", "m.room.tombstone", "x"]),
    st.none()
    | st.dictionaries(
        st.sampled_from(["membership", "algorithm", "join_rule"]),
        st.sampled_from(["join", "invite", "leave", "ban", MEGOLM, "public", 1, None]),
    ),
    st.sampled_from([BOT, ANNA, TOM, EVE, "", 5]),
)


@given(st.lists(EVENTS, max_size=30))
def test_no_history_makes_a_room_with_a_stranger_safe(history: list[dict[str, Any]]) -> None:
    """Current state is the last event of each type and key; hostile histories may hold anything before."""
    now: dict[tuple[str, object], dict[str, Any]] = {
        (e["type"], e["state_key"]): e for e in [*GOOD, *history]
    }
    found = check(now.values(), own_user=BOT, roster=ROSTER)
    present = {
        key
        for (kind, key), event in now.items()
        if kind == "m.room.member"
        and isinstance(key, str)
        and (event["content"] or {}).get("membership") not in ("leave", "ban", "knock")
    }
    if found.safe:
        assert present <= ROSTER | {BOT}
        assert BOT in present
        assert now["m.room.encryption", ""]["content"] == {
            **now["m.room.encryption", ""]["content"],
            "algorithm": MEGOLM,
        }
        assert now["m.room.join_rules", ""]["content"]["join_rule"] == "invite"
    assert found.strangers == present - ROSTER - {BOT}


def test_the_creator_outranks_all_from_version_12_on() -> None:
    create = state("m.room.create", {"room_version": "12", "additional_creators": [TOM, 5]})
    power = state("m.room.power_levels", levels())
    assert power_of(BOT, [create, power]) == CREATOR
    assert power_of(TOM, [power, create]) == CREATOR
    assert power_of(ANNA, [create, power]) == 0
    old = state("m.room.create", {"room_version": "10"})
    assert power_of(BOT, [old, power]) == 0
    assert power_of(BOT, [old, state("m.room.power_levels", levels(bot=BOT))]) == 100
    assert power_of(BOT, [old]) == 100
    assert power_of(BOT, [state("m.room.create", {"room_version": "org.example.12"}), power]) == 0


def test_people_may_write_and_nothing_else() -> None:
    room = levels()
    assert (room["users_default"], room["events_default"]) == (0, 0)
    assert min(room[name] for name in ("invite", "kick", "ban", "redact", "state_default")) == 100
    assert room["notifications"] == {"room": 100}
    assert levels(closed=True, calls_open=True)["events"]["org.matrix.msc3401.call.member"] == 100


@pytest.mark.parametrize(("value", "level"), [(50, 50), ("50", 50), ("x", 0), (None, 0), (True, 0), ([], 0)])
def test_a_power_level_as_servers_write_it(value: object, level: float) -> None:
    assert number(value) == level
