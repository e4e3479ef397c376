"""What comes in, what goes out and what is due: each once, in its order."""

from datetime import timedelta

import pytest
from storage import stores

from compliance.storage.errors import NotFound
from compliance.storage.journal import JournalItem
from compliance.storage.store import Store
from config.clock import MovedClock
from config.ids import RoomRef

BOT = "@bot:example.org"


async def rooms(store: Store, count: int) -> list[RoomRef]:
    async with store.unit() as unit:
        return [(await unit.rooms.add("direct", None, None, ())).ref for _ in range(count)]


async def heads(store: Store, clock: MovedClock, limit: int = 100) -> list[str]:
    async with store.unit() as unit:
        return [row.effect_json for row in await unit.outbox.heads(clock.now(), limit)]


async def test_each_room_sends_in_its_order_and_none_waits_for_another(
    store: Store, clock: MovedClock
) -> None:
    one, two = await rooms(store, 2)
    async with store.unit() as unit:
        first = await unit.outbox.add(one, "one-1")
        await unit.outbox.add(one, "one-2")
        await unit.outbox.add(two, "two-1")
        alone = await unit.outbox.add(None, "none-1")
        await unit.outbox.add(None, "none-2")
    assert await heads(store, clock) == ["one-1", "two-1", "none-1"]
    assert await heads(store, clock, limit=1) == ["one-1"]

    later = clock.now() + timedelta(seconds=30)
    async with store.unit() as unit:
        await unit.outbox.failed(first, later)
        await unit.outbox.sent(alone, None)
    assert await heads(store, clock) == ["two-1", "none-2"]  # its next row does not overtake the failed one
    async with store.unit() as unit:
        assert await unit.outbox.next_try() == clock.now()

    started = clock.now()
    clock.move_to(later)
    async with store.unit() as unit:
        row = (await unit.outbox.heads(clock.now()))[0]
        assert (row.id, row.attempts, row.first_tried_at) == (first, 1, started)
        await unit.outbox.failed(first, later)
        await unit.outbox.dropped(first, "room-unsafe")
        assert await unit.outbox.pending() == 3
    assert await heads(store, clock) == ["one-2", "two-1", "none-2"]


async def test_an_effect_with_a_known_key_is_queued_once_also_after_it_was_sent(
    store: Store, clock: MovedClock
) -> None:
    (room,) = await rooms(store, 1)
    async with store.unit() as unit:
        first = await unit.outbox.add(room, "card", key="card:$e")
        assert await unit.outbox.add(room, "card again", key="card:$e") == first
        await unit.outbox.sent(first, "$sent")
    store.outbox_added.clear()
    async with store.unit() as unit:
        assert await unit.outbox.add(room, "card", key="card:$e") == first
        assert await unit.outbox.pending() == 0
        with pytest.raises(NotFound):
            await unit.outbox.sent(first, "$sent")
    assert not store.outbox_added.is_set()


async def test_an_event_is_accepted_once_and_the_token_moves_with_it(store: Store) -> None:
    async with store.unit() as unit:
        assert await unit.journal.token(BOT) is None
        items = [JournalItem("$1", "a"), JournalItem("$2", "b")]
        assert await unit.journal.accept(items, BOT, "t1") == 2
    store.journal_added.clear()
    async with store.unit() as unit:
        assert await unit.journal.accept(items, BOT, "t2") == 0
        assert await unit.journal.accept([], BOT, "t3") == 0
    assert not store.journal_added.is_set()
    async with store.unit() as unit:
        assert await unit.journal.accept([JournalItem("$2", "b"), JournalItem("$3", "c")], BOT, "t4") == 1
        assert await unit.journal.token(BOT) == "t4"
        rows = await unit.journal.waiting()
        assert [row.body_json for row in rows] == ["a", "b", "c"]
        await unit.journal.done(rows[0].seq)
        await unit.journal.quarantine(rows[1].seq, "bad-shape")
        assert [row.event_id for row in await unit.journal.waiting()] == ["$3"]
        assert [await unit.journal.known(event) for event in ("$1", "$2", "$9")] == [True, True, False]
        with pytest.raises(NotFound):
            await unit.journal.done(rows[0].seq)


async def test_what_could_not_be_read_waits_for_its_key_and_then_joins_the_end(store: Store) -> None:
    async with store.unit() as unit:
        held = [JournalItem("$h1", "?", held=True, megolm_session="M"), JournalItem("$2", "b")]
        await unit.journal.accept(held, BOT, "t1")
        assert [row.event_id for row in await unit.journal.waiting()] == ["$2"]
        assert [row.event_id for row in await unit.journal.held("M")] == ["$h1"]
        assert await unit.journal.held("N") == []
        assert await unit.journal.release("$h1", "now readable")
        assert not await unit.journal.release("$h1", "twice")
        assert not await unit.journal.release("$2", "never held")
        assert [row.body_json for row in await unit.journal.waiting()] == ["b", "now readable"]
        assert await unit.journal.accept(held, BOT, "t2") == 0


async def test_a_due_row_fires_once_when_its_time_has_come(store: Store, clock: MovedClock) -> None:
    soon, later = (clock.now() + timedelta(minutes=minutes) for minutes in (5, 50))
    async with store.unit() as unit:
        await unit.due.add("reminder", "s2", later)
        due = await unit.due.add("reminder", "s1", soon, key="reminder:s1", body_json='{"n": 1}')
        assert await unit.due.add("reminder", "s1", later, key="reminder:s1") == due
        assert await unit.due.next_at() == soon
        assert await unit.due.ready(clock.now()) == []
    assert store.due_changed.is_set()
    clock.move_to(soon)
    async with store.unit() as unit:
        assert await unit.due.ready(clock.now()) == [due]
        assert await unit.due.fire(due, "fired")
        assert not await unit.due.fire(due, "fired")
    assert store.journal_added.is_set()
    async with store.unit() as unit:
        assert await unit.due.ready(clock.now()) == []
        assert await unit.due.next_at() == later
        (row,) = await unit.journal.waiting()
        assert (row.event_id, row.body_json) == (f"due:{due.id}", "fired")
        assert (await unit.due.get(due.id)).state == "fired"
        await unit.due.finish(due.id, "done")
        assert (await unit.due.get(due.id)).state == "done"
        with pytest.raises(NotFound):
            await unit.due.finish(due.id, "dropped")


async def test_cancelled_alarms_do_not_ring(store: Store, clock: MovedClock) -> None:
    async with store.unit() as unit:
        for kind, subject in (("reminder", "s1"), ("reminder", "s1"), ("reminder", "s2"), ("end", "s1")):
            await unit.due.add(kind, subject, clock.now())
        assert await unit.due.cancel("reminder", "s1") == 2
        left = {(due.kind, due.subject) for due in await unit.due.ready(clock.now())}
        assert left == {("reminder", "s2"), ("end", "s1")}


async def test_each_account_has_its_own_lines(
    store: Store, database: str, house: stores.House, clock: MovedClock
) -> None:
    async with store.unit() as unit:
        await unit.outbox.add(None, "mine", key="k")
        await unit.journal.add("$e", "mine")
        await unit.due.add("x", "y", clock.now(), key="k")
    other = await house.open(database, shard="second")
    try:
        async with other.unit() as unit:
            assert await unit.outbox.pending() == 0
            assert await unit.journal.waiting() == []
            assert await unit.due.next_at() is None
            await unit.outbox.add(None, "theirs", key="k")
            assert await unit.journal.add("$e", "theirs")
            await unit.due.add("x", "y", clock.now(), key="k")
            assert [row.effect_json for row in await unit.outbox.heads(clock.now())] == ["theirs"]
    finally:
        await other.close()
