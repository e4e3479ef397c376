"""Drains the outbox: rooms beside each other, one room strictly in order, each row exactly once.

A row is performed, then marked. A crash in between repeats it under the same transaction id, and the
homeserver answers with the event that it has.
"""

import asyncio
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from bot.headstart import ARRIVES
from bot.inbound import Inbound, RoomRefused
from bot.matrix.carrier import Carrier, Done, EffectRefused, RoomUnsafe, Task
from bot.matrix.homeserver import LoggedOut, RequestFailed, Unreachable
from bot.matrix.sync import backoff
from bot.outbound import AdoptRoom, CreateRoom, Effect, Message, Poll, PollEnd
from compliance import logs
from compliance.storage.outbox import OutboxRow
from compliance.storage.rooms import KINDS, Room
from compliance.storage.store import Store
from compliance.storage.unit import Unit
from config.clock import Clock
from config.ids import PersonId

log = logs.get("matrix")

_REASONS: dict[str, Literal["not-encrypted", "roster", "join-rule", "power", "gone"]] = {
    "not-encrypted": "not-encrypted",
    "join-rule": "join-rule",
    "world-readable": "join-rule",
    "third-party-invite": "roster",
    "stranger": "roster",
    "not-together": "roster",
    "not-on-the-roster": "roster",
    "no-power": "power",
}
"""The words of the inside for those of `RoomRefused`; what is not named here means that the room is gone."""

_ROOMS_AT_ONCE = 16
_LOOK_AGAIN = 5.0
"""Seconds until the outbox is looked at even if nobody rang: another process may have written to it."""
_MOST_BREAKS = 5
"""After how many tries a row that breaks our code is given up."""
_AHEAD = 0.5
"""Seconds that an urgent word is ahead of all others at most: the homeserver works on one at a time."""
_GRACE = 15.0
"""Seconds that what is under way gets to end when the service stops."""

Found = tuple[OutboxRow, Task | None]
"""A row whose turn it is, and what is to be done for it; None if nobody can tell."""

_EFFECT: TypeAdapter[Effect] = TypeAdapter(Effect)


@dataclass(slots=True)
class DeliveryHealth:
    """How the delivery is doing, since the start."""

    last_sent: datetime | None = None
    sent: int = 0
    failed: int = 0
    """Tries that will be repeated."""
    dropped: int = 0
    """Rows that will never be carried out."""


class Delivery:
    """The loop of one account."""

    def __init__(self, carrier: Carrier, store: Store, clock: Clock, own_user: str) -> None:
        self._carrier = carrier
        self._store = store
        self._clock = clock
        self._own_user = own_user
        self._at_work: dict[str, asyncio.Task[None]] = {}
        self._paused_until = 0.0
        self._ahead_until = 0.0
        self._addresses: dict[PersonId, str] = {}
        self.health = DeliveryHealth()

    async def run(self) -> None:
        """Deliver until cancelled; what is under way then is brought to its end. Raises LoggedOut."""
        try:
            while True:
                pause = await self.once()
                try:
                    async with asyncio.timeout(pause):
                        await self._store.outbox_added.wait()
                except TimeoutError:
                    continue
        finally:
            # Never cancelled: a send that is torn off midway leaves Olm sessions in an unknown state.
            if self._at_work:
                await asyncio.wait(self._at_work.values(), timeout=_GRACE)

    async def once(self) -> float:
        """Start what can be started; seconds until it is worth looking again unasked."""
        self._store.outbox_added.clear()
        for key, work in list(self._at_work.items()):
            if work.done():
                del self._at_work[key]
                work.result()
        pause, free = self._room_for_more()
        if pause > 0 or free <= 0:
            return max(pause, 0.05) if pause > 0 else _LOOK_AGAIN
        # Read before the rows are: a room whose work ends meanwhile shows a row that is already sent.
        busy = set(self._at_work)
        now = self._clock.now()
        async with self._store.unit() as unit:
            found = await self._look(unit, busy, free)
            next_try = await unit.outbox.next_try() if not found else None
        return self._go(found, now, next_try)

    async def ahead(self, unit: Unit) -> None:
        """Look within the unit that has just queued an urgent word, and start what can be started as soon as
        it is committed: that is quicker than to be woken and to look again."""
        pause, free = self._room_for_more()
        if pause > 0 or free <= 0:
            return
        found = await self._look(unit, set(self._at_work), free)
        unit.after(lambda: self._go(found, self._clock.now(), None))

    def _room_for_more(self) -> tuple[float, int]:
        """Seconds until anything may be sent, and in how many rooms more."""
        return self._paused_until - time.monotonic(), _ROOMS_AT_ONCE - len(self._at_work)

    async def _look(self, unit: Unit, busy: set[str], free: int) -> list[Found]:
        rows = await unit.outbox.heads(self._clock.now(), free + len(busy))
        return [(row, await self._task(unit, row)) for row in rows if (row.room or "") not in busy]

    def _go(self, found: list[Found], now: datetime, next_try: datetime | None) -> float:
        """Start what was found; seconds until it is worth looking again unasked."""
        # What was found ahead may have been started since.
        started = [(row, task) for row, task in found if (row.room or "") not in self._at_work]
        urgent = [(row, task) for row, task in started if task is not None and _urgent(task.effect)]
        ahead = self._ahead_until - time.monotonic()
        for row, task in urgent if urgent or ahead > 0 else started:
            self._start(row, task)
        if urgent:
            self._ahead_until = time.monotonic() + _AHEAD
        if len(started) > len(urgent) and (urgent or ahead > 0):
            return max(0.005, self._ahead_until - time.monotonic())
        if next_try is None or next_try <= now:
            return _LOOK_AGAIN
        return min(_LOOK_AGAIN, max(0.05, (next_try - now).total_seconds()))

    def _start(self, row: OutboxRow, task: Task | None) -> None:
        work = asyncio.create_task(self._deliver(row, task), name="matrix-delivery")
        self._at_work[row.room or ""] = work
        if task is not None and _urgent(task.effect):
            work.add_done_callback(self._arrived)
        work.add_done_callback(lambda _: self._store.outbox_added.set())

    def _arrived(self, _: asyncio.Task[None]) -> None:
        """An urgent word is through: the rest may go, a moment later."""
        self._ahead_until = min(self._ahead_until, time.monotonic() + ARRIVES)

    async def idle(self) -> None:
        """Deliver until nothing is waiting and nothing is under way (for tests and the end of a demo)."""
        while True:
            await self.once()
            ahead = self._ahead_until - time.monotonic()
            if self._at_work:
                await asyncio.wait(self._at_work.values())
            elif ahead > 0:
                await asyncio.sleep(ahead)
            else:
                return

    async def _task(self, unit: Unit, row: OutboxRow) -> Task | None:
        try:
            effect = _EFFECT.validate_json(row.effect_json)
        except ValidationError:
            return None
        room = None if row.room is None else await unit.rooms.get(row.room)
        roster: set[str] = set()
        for person in () if room is None else room.roster:
            if person not in self._addresses:
                self._addresses[person] = (await unit.people.get(person)).mxid
            roster.add(self._addresses[person])
        known: set[str] = set()
        if isinstance(effect, CreateRoom):
            for kind in KINDS:
                known.update(r.matrix_id for r in await unit.rooms.of_kind(kind) if r.matrix_id is not None)
        target: str | None = None
        if isinstance(effect, PollEnd):
            target = await unit.outbox.event_of(effect.poll)
        elif isinstance(effect, Message) and effect.replaces:
            target = await unit.outbox.event_of(effect.replaces)
        return Task(
            row=row.id,
            effect=effect,
            created_at=row.created_at,
            tried=row.attempts > 0,
            room=room,
            roster=frozenset(roster - {self._own_user}),
            target=target,
            known_rooms=frozenset(known),
        )

    async def _deliver(self, row: OutboxRow, task: Task | None) -> None:
        if task is None:
            await self._drop(row, None, "unknown-effect")
            return
        try:
            if isinstance(task.effect, CreateRoom) and not task.tried:
                # Noted first: after a crash the next try looks for the room before it makes one.
                async with self._store.unit() as unit:
                    await unit.outbox.failed(row.id, self._clock.now())
            done = await self._carrier.carry(task)
        except RoomUnsafe as unsafe:
            await self._drop(row, task, str(unsafe), unsafe=True)
        except EffectRefused as refusal:
            await self._drop(row, task, str(refusal))
        except RequestFailed as failure:
            if failure.final:
                await self._drop(row, task, failure.errcode or str(failure.status))
            else:
                await self._later(row, failure.retry_after)
        except Unreachable:
            await self._later(row, None)
        except LoggedOut:
            raise
        except Exception as error:  # a guard on purpose: one row must not end all deliveries, again and again
            log.error("matrix-delivery-broken", kind=task.effect.kind, exc_info=error)
            if row.attempts < _MOST_BREAKS:
                await self._later(row, None)
            else:  # what comes after it in the room must not wait for ever
                await self._drop(row, task, "broken")
        else:
            await self._sent(row, task, done)

    async def _sent(self, row: OutboxRow, task: Task, done: Done) -> None:
        async with self._store.unit() as unit:
            await unit.outbox.sent(row.id, done.event_id)
            # A poll that nobody noted is answered by typing.
            noted = isinstance(task.effect, Poll) and await unit.polls.get(row.id) is not None
            if noted and done.event_id is not None:
                await unit.polls.sent(row.id, done.event_id)
            if task.room is not None and done.matrix_id is not None:
                await unit.rooms.set_matrix_id(task.room.ref, done.matrix_id)
            if task.room is not None and done.state is not None:
                await unit.rooms.set_state(task.room.ref, done.state)
            if task.room is not None:
                # They may have come in before the room had its id here. Who left is told by their leaving.
                seen = {one for one in task.room.roster if self._addresses[one] in done.joined}
                if seen.difference(task.room.present):
                    await unit.rooms.entered(task.room.ref, *seen)
        self.health.last_sent = self._clock.now()
        self.health.sent += 1

    async def _later(self, row: OutboxRow, retry_after: float | None) -> None:
        seconds = backoff(row.attempts + 1, most=300)
        if retry_after is not None:
            # The limit is the account's, not the room's: everything waits.
            seconds = max(seconds, retry_after)
            self._paused_until = max(self._paused_until, time.monotonic() + retry_after)
        self.health.failed += 1
        log.warning("matrix-delivery-failed", attempts=row.attempts + 1, seconds=round(seconds, 1))
        async with self._store.unit() as unit:
            await unit.outbox.failed(row.id, self._clock.now() + timedelta(seconds=seconds))

    async def _drop(self, row: OutboxRow, task: Task | None, why: str, *, unsafe: bool = False) -> None:
        self.health.dropped += 1
        kind = "unknown" if task is None else task.effect.kind
        log.error("matrix-delivery-refused", kind=kind, why=why)
        async with self._store.unit() as unit:
            await unit.outbox.dropped(row.id, why)
            if task is None or task.room is None:
                return
            if unsafe or isinstance(task.effect, AdoptRoom | CreateRoom):
                await unit.rooms.set_state(task.room.ref, "unsafe")
                await self._tell(unit, row, task.room, why)

    async def _tell(self, unit: Unit, row: OutboxRow, room: Room, why: str) -> None:
        """By the door of everything that happens, in the transaction that drops the row."""
        inbound = Inbound(
            id=f"refused:{row.id}",
            room=room.matrix_id or "",
            sender="",
            at=self._clock.now(),
            encrypted=False,
            content=RoomRefused(ref=room.ref, reason=_REASONS.get(why, "gone")),
        )
        await unit.journal.add(inbound.id, inbound.model_dump_json())


def _urgent(effect: Effect) -> bool:
    return isinstance(effect, Message) and effect.urgent
