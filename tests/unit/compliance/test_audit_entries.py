import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from compliance.audit.actions import ACTIONS
from compliance.audit.entries import Entry, EntryRefused, entry_from
from compliance.audit.tree import leaf_hash

AT = datetime(2025, 3, 1, 9, 0, 0, 5, tzinfo=UTC)
ANNA = "0123456789abcdef0123456789abcdef"
CANARY = "Quetzal"


def test_the_bytes_of_an_entry_stay_what_they_are() -> None:
    entry = Entry(7, AT, "match.offered", "service", ANNA, detail={"number": 2, "kind": "pair"})
    assert entry.canonical() == (
        b'{"about":"0123456789abcdef0123456789abcdef","action":"match.offered",'
        b'"at":"2025-03-01T09:00:00.000005Z","by":"service","detail":{"kind":"pair","number":2},'
        b'"outcome":"done","seq":7}'
    )
    assert entry.leaf() == leaf_hash(entry.canonical())
    assert Entry.from_canonical(entry.canonical()) == entry
    elsewhere = AT.astimezone(timezone(timedelta(hours=5, minutes=45)))
    assert Entry(7, elsewhere, "match.offered", "service", ANNA, detail=entry.detail) == entry


def test_every_action_of_the_table_can_be_written() -> None:
    for action in [f"{noun}.{verb}" for noun, verbs in ACTIONS.items() for verb in verbs]:
        body = Entry(0, AT, action, "operator").canonical()
        assert Entry.from_canonical(body).action == action


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("severity", "emergency"), ("role", "oncall"), ("place", "US-NY"), ("place", "DE"),
        ("language", "pt-BR"), ("kind", "24h"), ("kind", "m.room.encryption"),
        ("version", "1.2"), ("version", "2025-A"), ("version", 3),
        ("digest", "ab" * 32), ("expires", "2027-01-31"), ("starts", "2025-03-01T09:00Z"),
        ("room", ANNA), ("step", 0), ("late", -5), ("count", 2**53 - 1),
    ],
)  # fmt: skip
def test_ids_numbers_and_single_words_pass(key: str, value: str | int) -> None:
    entry = Entry(0, AT, "service.started", "service", detail={key: value})
    assert Entry.from_canonical(entry.canonical()) == entry


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "person.Quetzal"},
        {"action": "said.Quetzal"},
        {"action": "person"},
        {"action": "person."},
        {"action": "person.seen.twice"},
        {"by": ""},
        {"by": "@Quetzal:example.org"},
        {"by": "Quetzal"},
        {"about": "!Quetzal:example.org"},
        {"about": ANNA + "\n"},
        {"about": ANNA[:-1]},
        {"outcome": "I told Quetzal that"},
        {"outcome": ""},
        {"outcome": "Quetzal"},
        {"detail": {"Quetzal": 1}},
        {"detail": {"body": "Quetzal"}},
        {"detail": {"reason": "Quetzal is sad"}},
        {"detail": {"reason": "@quetzal"}},
        {"detail": {"reason": "x" * 60}},
        {"detail": {"kind": 5}},
        {"detail": {"kind": None}},
        {"detail": {"severity": "quetzal"}},
        {"detail": {"place": "Quetzaltenango"}},
        {"detail": {"count": "5"}},
        {"detail": {"count": True}},
        {"detail": {"count": 2**53}},
        {"detail": {"count": 1.5}},
        {"seq": -1},
        {"seq": True},
        {"at": datetime(2025, 3, 1)},  # noqa: DTZ001 - a naive time is what is refused
    ],
)
def test_anything_else_is_refused_and_not_repeated(fields: dict[str, Any]) -> None:
    good: dict[str, Any] = {"seq": 0, "at": AT, "action": "person.seen", "by": "service"}
    with pytest.raises(EntryRefused) as caught:
        Entry(**{**good, **fields})
    assert CANARY.lower() not in str(caught.value).lower()


def test_only_canonical_bytes_are_read_back() -> None:
    body = Entry(0, AT, "person.seen", "service").canonical()
    fields = json.loads(body)
    for wrong in (
        b"",
        b"[]",
        b"null",
        b"{" * 100_000,
        b"[" * 100_000,
        body + b" ",
        body.replace(b":", b": ", 1),
        body[:-1] + b',"more":1}',
        json.dumps({**fields, "at": "yesterday"}).encode(),
        json.dumps({**fields, "seq": "0"}).encode(),
        json.dumps({**fields, "detail": []}).encode(),
        b"\xff",
    ):
        assert entry_from(wrong) is None, wrong[:40]
    assert entry_from(body) is not None
