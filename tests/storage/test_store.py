"""One unit of work: all or nothing, one after the other, and the events after the commit."""

import asyncio
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from storage import stores

from compliance.keys.keyring import Keyring
from compliance.keys.keystore import PersonKeyMissing
from compliance.storage.errors import BadAddress, LooseMode, WrongKey
from compliance.storage.journal import JournalItem
from compliance.storage.store import Store
from config.ids import PersonId


class SlipError(Exception):
    """Something that goes wrong in the middle of a unit."""


async def test_a_failed_unit_leaves_nothing_behind(store: Store, house: stores.House) -> None:
    person = PersonId("")
    with pytest.raises(SlipError):  # noqa: PT012
        async with store.unit() as unit:
            person = (await unit.people.add("@ada:example.org")).id
            await unit.grants.give(person, "client", by="service")
            await unit.outbox.add(None, "{}")
            await unit.journal.accept([JournalItem("$e1", "{}")], "@bot:example.org", "t1")
            await unit.due.add("reminder", "s1", house.clock.now())
            await unit.audit.record("person.seen", by="service", about=person)
            raise SlipError

    async with store.unit() as unit:
        assert await unit.people.by_mxid("@ada:example.org") is None
        assert await unit.people.all() == []
        assert await unit.grants.roles(person) == frozenset()
        assert await unit.outbox.pending() == 0
        assert await unit.journal.waiting() == []
        assert await unit.journal.token("@bot:example.org") is None
        assert await unit.due.next_at() is None
        assert await unit.audit.size() == 0
    with pytest.raises(PersonKeyMissing):
        house.keystore.key(person)
    assert not any(event.is_set() for event in (store.outbox_added, store.journal_added, store.due_changed))


async def test_events_are_set_after_the_commit_and_only_those_concerned(store: Store) -> None:
    async with store.unit() as unit:
        await unit.outbox.add(None, "{}")
        assert not store.outbox_added.is_set()
    assert store.outbox_added.is_set()
    assert not store.journal_added.is_set()
    assert not store.due_changed.is_set()


async def test_units_of_two_tasks_take_turns(store: Store) -> None:
    async with store.unit() as unit:
        alert_of = (await unit.people.add("@ada:example.org")).id

    async def work() -> int:
        async with store.unit() as unit:
            alert = await unit.alerts.open(alert_of, None, None, "high", "{}")
            await asyncio.sleep(0)
            await unit.audit.record("alert.opened", by="service", about=alert_of)
            return alert.number

    numbers = await asyncio.gather(*(work() for _ in range(12)))
    assert sorted(numbers) == list(range(1, 13))
    async with store.unit() as unit:
        assert await unit.audit.size() == 12


async def test_two_processes_may_write_to_one_database(
    store: Store, database: str, house: stores.House
) -> None:
    other = await house.open(database, shard="second")
    try:
        async with store.unit() as unit:
            person = (await unit.people.add("@ada:example.org")).id

        async def work(through: Store) -> None:
            async with through.unit() as unit:
                await unit.alerts.open(person, None, None, "high", "{}")
                await unit.audit.record("alert.opened", by="service", about=person)

        await asyncio.gather(*(work(through) for through in (store, other) for _ in range(5)))
        async with other.unit() as unit:
            assert await unit.audit.size() == 10
            assert len(await unit.alerts.unacknowledged()) == 10
    finally:
        await other.close()


async def test_a_unit_within_a_unit_is_refused_instead_of_waiting_for_ever(store: Store) -> None:
    async with store.unit():
        with pytest.raises(RuntimeError, match="open in this task"):
            async with store.unit():
                pass
    async with store.unit() as unit:
        assert await unit.outbox.pending() == 0


async def test_a_unit_that_is_cancelled_while_it_waits_for_another_process_writes_nothing(
    store: Store, house: stores.House, database: str
) -> None:
    other = await house.open(database)
    writing = asyncio.Event()

    async def write() -> None:
        writing.set()
        async with store.unit() as unit:
            await unit.notices.once("told", "it", "")

    async with other.unit() as unit:
        await unit.notices.once("told", "another", "")
        task = asyncio.create_task(write())
        await writing.wait()
        for _ in range(10):
            await asyncio.sleep(0)
        task.cancel()
        for _ in range(10):
            await asyncio.sleep(0)
    with pytest.raises(asyncio.CancelledError):
        await task
    await other.close()
    async with store.unit() as unit:
        assert await unit.notices.once("told", "it", "")
        assert not await unit.notices.once("told", "another", "")


async def test_a_cancelled_unit_is_rolled_back_and_the_next_one_works(store: Store) -> None:
    inside = asyncio.Event()

    async def work() -> None:
        async with store.unit() as unit:
            await unit.outbox.add(None, "{}")
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with store.unit() as unit:
        assert await unit.outbox.pending() == 0


async def test_what_was_kept_is_there_after_a_restart(
    store: Store, database: str, house: stores.House
) -> None:
    async with store.unit() as unit:
        person = await unit.people.add("@ada:example.org", "de")
        later = house.clock.now() + timedelta(hours=1)
        await unit.due.add("reminder", "s1", later)
    await store.close()
    again = await house.open(database)
    try:
        async with again.unit() as unit:
            assert await unit.people.by_mxid("@ada:example.org") == person
            assert await unit.due.next_at() == later
    finally:
        await again.close()


async def test_another_key_file_is_told_clearly(tmp_path: Path) -> None:
    async with stores.opened(tmp_path) as (store, house):
        await store.close()
        (tmp_path / "other").mkdir(mode=0o700)
        other = Keyring.generate(tmp_path / "other" / "keys")
        with pytest.raises(WrongKey, match=r"stillroom\.db does not open with this key"):
            await Store.open(
                stores.sqlite_url(tmp_path), sealer=house.sealer, keyring=other, clock=house.clock
            )


async def test_the_files_are_their_owners_alone(tmp_path: Path) -> None:
    async with stores.opened(tmp_path) as (store, house):
        async with store.unit() as unit:
            await unit.outbox.add(None, "{}")
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in stores.files(tmp_path)}
        assert modes == {"stillroom.db": 0o600, "stillroom.db-wal": 0o600, "stillroom.db-shm": 0o600}
        await store.close()
        (tmp_path / "stillroom.db").chmod(0o640)
        with pytest.raises(LooseMode, match="chmod 600"):
            await house.open(stores.sqlite_url(tmp_path))


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("stillroom.db", "no database address"),
        ("mysql://localhost/x", "not known"),
        ("sqlite:///x.db", "not known"),
        ("sqlite+aiosqlite://", "must be a file"),
    ],
)
async def test_a_bad_address_is_refused_with_an_example(tmp_path: Path, url: str, says: str) -> None:
    with pytest.raises(BadAddress, match=says) as told:
        await stores.house(tmp_path).open(url)
    assert "postgresql+asyncpg://" in str(told.value)
