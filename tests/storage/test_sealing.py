"""No word of a person in the database, not in a row and not in a byte of its files."""

import base64
import dataclasses
import json
from pathlib import Path

import pytest
from sqlalchemy import select
from storage import stores

from compliance.keys.keystore import PersonKeyMissing
from compliance.sealing import SealBroken
from compliance.storage.errors import NotFound
from compliance.storage.journal import JournalItem
from compliance.storage.schema import metadata
from compliance.storage.store import Store

CANARIES = {
    name: f"canary-{name}-7f3e9"
    for name in (
        "mxid",
        "name",
        "zone",
        "room",
        "form",
        "document",
        "alert",
        "poll",
        "outbox",
        "due",
        "journal",
    )
}


async def fill(store: Store, house: stores.House) -> None:
    """Write every sealed column once, with a word that can be looked for."""
    async with store.unit() as unit:
        person = await unit.people.add(f"@{CANARIES['mxid']}:example.org")
        await unit.people.save(dataclasses.replace(person, name=CANARIES["name"], zone=CANARIES["zone"]))
        room = await unit.rooms.add("direct", person.id, None, (person.id,))
        await unit.rooms.set_matrix_id(room.ref, f"!{CANARIES['room']}:example.org")
        await unit.forms.start(person.id, room.ref, "intake", "1", json.dumps(CANARIES["form"]))
        await unit.documents.put("intake", person.id, "", json.dumps(CANARIES["document"]))
        await unit.alerts.open(person.id, room.ref, None, "high", CANARIES["alert"])
        sent = await unit.outbox.add(room.ref, CANARIES["outbox"])
        await unit.polls.add(sent, None, CANARIES["poll"], [("1", CANARIES["poll"])])
        await unit.due.add("reminder", "s", house.clock.now(), body_json=CANARIES["due"])
        await unit.journal.accept([JournalItem("$e", CANARIES["journal"])], "@bot:example.org", "t")


def found(data: bytes) -> set[str]:
    """The canaries that stand in these bytes, as they are or written in another way."""
    written = {
        (name, form)
        for name, canary in CANARIES.items()
        for form in (
            canary.encode(),
            canary.encode("utf-16-le"),
            canary.encode().hex().encode(),
            base64.b64encode(canary.encode())[:-4],
        )
    }
    return {name for name, form in written if form in data}


async def test_no_row_holds_a_plain_word(store: Store, house: stores.House) -> None:
    await fill(store, house)
    rows = 0
    async with store.engine.connect() as connection:
        for table in metadata.tables.values():
            for row in await connection.execute(select(table)):
                rows += 1
                for value in row:
                    data = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    assert found(data) == set(), f"{table.name} holds a plain word"
    assert rows >= len(CANARIES)


async def test_no_byte_of_the_files_holds_a_plain_word(tmp_path: Path) -> None:
    async with stores.opened(tmp_path) as (store, house):
        await fill(store, house)
        files = stores.files(tmp_path)
        assert any(file.name.endswith("-wal") and file.stat().st_size > 0 for file in files)
        for file in files:
            data = file.read_bytes()
            assert found(data) == set(), file.name
            # Nor a name of a table: the file itself is encrypted.
            assert b"documents" not in data
            assert b"SQLite format" not in data
    assert found(json.dumps(CANARIES).encode()) == set(CANARIES)  # the scanner finds what there is


async def test_words_go_once_they_are_handled_or_sent(store: Store, house: stores.House) -> None:
    await fill(store, house)
    async with store.unit() as unit:
        (row,) = await unit.journal.waiting()
        await unit.journal.done(row.seq)
        (head,) = await unit.outbox.heads(house.clock.now())
        await unit.outbox.sent(head.id, "$sent")
    async with store.engine.connect() as connection:
        for name, column in (("journal", "body_json"), ("outbox", "effect_json")):
            values = (await connection.execute(select(metadata.tables[name].c[column]))).scalars().all()
            assert values == [None]


async def test_a_value_moved_to_another_row_does_not_open(store: Store) -> None:
    table = metadata.tables["documents"]
    async with store.unit() as unit:
        ada = (await unit.people.add("@ada:example.org")).id
        mine = await unit.documents.put("score", ada, "monday", "1")
        other = await unit.documents.put("score", ada, "tuesday", "27")
    async with store.engine.begin() as connection:
        body = (
            await connection.execute(select(table.c.body_json).where(table.c.id == other.id))
        ).scalar_one()
        await connection.execute(table.update().where(table.c.id == mine.id).values(body_json=body))
    async with store.unit() as unit:
        with pytest.raises(SealBroken):
            await unit.documents.get("score", ada, "monday")


async def test_a_destroyed_key_erases_a_person_and_nobody_else(store: Store, house: stores.House) -> None:
    async with store.unit() as unit:
        ada = await unit.people.add("@ada:example.org")
        bob = await unit.people.add("@bob:example.org")
        for person in (ada, bob):
            await unit.documents.put("therapist", person.id, "", "{}")
        alert = await unit.alerts.open(ada.id, None, None, "high", '{"room": "x"}')
    house.keystore.destroy(ada.id)
    async with store.unit() as unit:
        assert await unit.people.all() == [bob]
        assert await unit.people.by_mxid(ada.mxid) is None
        with pytest.raises(NotFound):
            await unit.people.get(ada.id)
        assert [document.person for document in await unit.documents.all("therapist")] == [bob.id]
        assert await unit.documents.get("therapist", ada.id) is None
        with pytest.raises(PersonKeyMissing):
            await unit.documents.put("therapist", ada.id, "", "{}")
        # An alert stays to be acknowledged; what was in it is gone.
        (left,) = await unit.alerts.unacknowledged()
        assert (left.id, left.body_json) == (alert.id, "")
