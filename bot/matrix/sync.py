"""What happened, from the homeserver into the journal: each event on its own, each once, in order.

One sync answer becomes one transaction: its events and the token from which to go on. A crash before it
brings the same answer again, and the journal leaves out what it knows.
"""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from bot import headstart
from bot.inbound import Inbound, Membership
from bot.matrix import onetimekeys
from bot.matrix.devices import Devices
from bot.matrix.guard import Guard
from bot.matrix.homeserver import Homeserver, RequestFailed, Unreachable
from bot.matrix.keysharing import KeySharing
from bot.matrix.machine import KeyMissing, Machine
from bot.matrix.reading import Reading, digest, item
from bot.matrix.shapes import list_of, object_of, objects_in
from bot.matrix.timeline import FILTER, Timeline
from bot.matrix.translate import clean
from bot.matrix.verification import Verifications
from bot.matrix.views import Views
from bot.outbound import VerificationStep
from compliance import logs
from compliance.storage.journal import JournalItem
from compliance.storage.store import Store
from compliance.storage.unit import Unit
from config.clock import Clock

log = logs.get("matrix")

_WAIT = 30.0
_SAVE_WITHIN = 60.0
"""Seconds until the token of an answer without news is saved too."""
_NOTHING = {"not_types": ["*"]}
SYNC_FILTER: dict[str, Any] = {
    "presence": _NOTHING,
    "account_data": _NOTHING,
    "room": {
        "account_data": _NOTHING,
        "ephemeral": _NOTHING,
        "state": {"types": ["m.room.member"], "lazy_load_members": True},
        "timeline": {**FILTER, "limit": 50},
    },
}

AtOnce = Callable[[Unit, Inbound], Awaitable[bool]]
"""What can't wait until its turn, done in the unit of work that takes it in. True if something leaves once
that is committed."""


@dataclass(slots=True)
class SyncHealth:
    """How the sync is doing."""

    last: datetime | None = None
    failures: int = 0
    """Failed tries since the last good one."""


class Sync:
    """The loop of one account."""

    def __init__(
        self,
        homeserver: Homeserver,
        machine: Machine,
        devices: Devices,
        keysharing: KeySharing,
        views: Views,
        guard: Guard,
        verifications: Verifications,
        store: Store,
        clock: Clock,
        on_batch: Callable[[], None] | None = None,
        at_once: AtOnce | None = None,
    ) -> None:
        self._homeserver = homeserver
        self._machine = machine
        self._devices = devices
        self._keysharing = keysharing
        self._views = views
        self._guard = guard
        self._reading = Reading(machine, devices, guard, verifications)
        self._store = store
        self._clock = clock
        self._on_batch = on_batch
        self._at_once = at_once
        self._timeline = Timeline(homeserver, machine.user_id)
        self._save_by = 0.0
        self.health = SyncHealth()
        self.caught_up = asyncio.Event()
        """Set once what came in while nobody listened is in the journal."""

    async def run(self) -> None:
        """Sync until cancelled. Raises LoggedOut, and what the store raises."""
        async with self._store.unit() as unit:
            token = await unit.journal.token(self._machine.user_id)
            self._machine.learnt.update(await unit.journal.held_sessions())
        while True:
            try:
                token = await self.once(token)
            except (Unreachable, RequestFailed) as failure:
                self.health.failures += 1
                pause = backoff(self.health.failures)
                if isinstance(failure, RequestFailed) and failure.retry_after is not None:
                    pause = max(pause, failure.retry_after)
                log.warning("matrix-sync-failed", failed=self.health.failures, seconds=round(pause, 1))
                await asyncio.sleep(pause)

    async def once(self, token: str | None, *, wait: float = _WAIT) -> str:
        """One sync answer from this token, taken in completely; the next token."""
        # At the start and after a failure the first answer is asked for at once: everybody waits for it.
        wait = 0.0 if token is None or self.health.failures or not self.caught_up.is_set() else wait
        query = {
            "filter": json.dumps(SYNC_FILTER),
            "timeout": str(int(wait * 1000)),
            "set_presence": "offline",
        }
        if token is not None:
            query["since"] = token
        answer = await self._homeserver.request("GET", ("sync",), query=query, wait=wait)
        following = answer.get("next_batch")
        if not isinstance(following, str):
            raise Unreachable("a sync answer without a token")
        await self._take(answer, token, following)
        self.health.last, self.health.failures = self._clock.now(), 0
        self.caught_up.set()
        await self._tend_keys(answer)
        return following

    async def _take(self, answer: dict[str, Any], since: str | None, following: str) -> None:
        changes = object_of(answer.get("device_lists"))
        changed = [*list_of(changes.get("changed")), *list_of(changes.get("left"))]
        self._devices.changed(changed)
        for user in changed:
            self._machine.learnt.update(
                self._reading.unknown_owner.pop(user, ()) if isinstance(user, str) else ()
            )
        messages = list_of(object_of(answer.get("to_device")).get("events"))
        if messages:
            with self._machine.store.batch():
                for raw in messages:
                    with self._guard.one("to-device"):
                        self._machine.take_to_device(raw)
        events = await self._events(object_of(answer.get("rooms")), since)
        now = self._clock.now()
        items = self._invitations(object_of(answer.get("rooms")), following, now)
        items += await self._reading.read(events, now)
        if (
            not (items or messages or self._machine.learnt or self._reading.steps)
            and time.monotonic() < self._save_by
        ):
            return  # mostly the bot's own words coming back: a crash brings them again, and nothing is lost
        learnt, self._machine.learnt = self._machine.learnt, set()
        leaving = False
        try:
            # Of several things the first may bear on the second: each has its turn.
            if self._at_once is None or learnt or len(items) != 1 or items[0].held:
                await self._write(items, learnt, following)
            else:
                leaving = await self._write_at_once(items[0], following, self._at_once)
        except BaseException:
            self._machine.learnt |= learnt
            raise
        self._reading.steps.clear()
        self._save_by = time.monotonic() + _SAVE_WITHIN
        if self._on_batch is not None and (items or learnt):
            self._on_batch()
        # Whoever waits for what came in goes before the next request.
        await asyncio.sleep(0)
        if leaving:
            await headstart.given(self._store)

    async def _write(self, items: list[JournalItem], learnt: set[str], following: str) -> None:
        async with self._store.unit() as unit:
            # What waited was written before what is new.
            for session in sorted(learnt):
                await self._release(unit, session)
            await self._answer_steps(unit)
            await unit.journal.accept(items, self._machine.user_id, following)

    async def _write_at_once(self, only: JournalItem, following: str, at_once: AtOnce) -> bool:
        try:
            async with self._store.unit() as unit:
                await self._answer_steps(unit)
                if await unit.journal.accept([only], self._machine.user_id, following):
                    return await at_once(unit, Inbound.model_validate_json(only.body_json))
        except Exception:
            # A guard on purpose: it comes into the journal all the same, and has its turn.
            log.exception("not-at-once")
            await self._write([only], set(), following)
        return False

    async def _events(self, rooms: dict[str, Any], since: str | None) -> list[tuple[str, dict[str, Any]]]:
        """The new events of all rooms, each room's in order."""
        found: list[tuple[str, dict[str, Any]]] = []
        for room_id, raw in (*object_of(rooms.get("join")).items(), *object_of(rooms.get("leave")).items()):
            room = object_of(raw)
            timeline = object_of(room.get("timeline"))
            state = list_of(object_of(room.get("state")).get("events"))
            if timeline.get("limited") is True or not all(self._expected(room_id, event) for event in state):
                self._views.forget(room_id)
            for event in await self._timeline.read(room_id, room, since, self._known):
                if isinstance(event.get("state_key"), str):
                    self._views.forget(room_id)
                found.append((room_id, event))
        return found

    def _expected(self, room_id: str, event: object) -> bool:
        """Whether it only says again that somebody is there of whom we know it, as servers do beside the
        events of a person (lazy loading): no reason to look at the room again."""
        known = object_of(event)
        user = known.get("state_key")
        return (
            known.get("type") == "m.room.member"
            and isinstance(user, str)
            and object_of(known.get("content")).get("membership") == "join"
            # The bot itself is in every room that it judged safe.
            and (user == self._machine.user_id or self._views.in_it(room_id, user))
        )

    async def _known(self, event_id: str) -> bool:
        async with self._store.unit() as unit:
            return await unit.journal.known(event_id)

    def _invitations(self, rooms: dict[str, Any], following: str, now: datetime) -> list[JournalItem]:
        items: list[JournalItem] = []
        for room_id, room in object_of(rooms.get("invite")).items():
            with self._guard.one("invitation"):
                for event in objects_in(object_of(object_of(room).get("invite_state")).get("events")):
                    if (
                        event.get("type") != "m.room.member"
                        or event.get("state_key") != self._machine.user_id
                    ):
                        continue
                    content, sender = object_of(event.get("content")), event.get("sender")
                    if content.get("membership") != "invite" or not isinstance(sender, str):
                        continue
                    name = event.get("event_id")  # not promised in an invitation (stripped state)
                    inbound = Inbound(
                        id=clean(name) if isinstance(name, str) else f"invite:{digest(room_id, following)}",
                        room=clean(room_id),
                        sender=clean(sender),
                        at=now,
                        encrypted=False,
                        content=Membership(
                            user=self._machine.user_id,
                            membership="invite",
                            is_direct=content.get("is_direct") is True,
                        ),
                    )
                    items.append(item(inbound))
        return items

    async def _answer_steps(self, unit: Unit) -> None:
        """Only in rooms of ours, and only to people who belong there."""
        for room_id, sender, step in self._reading.steps:
            room, person = await unit.rooms.by_matrix_id(room_id), await unit.people.by_mxid(sender)
            if room is not None and room.state == "open" and person is not None and person.id in room.roster:
                effect = VerificationStep(type=step.type, content=step.content)
                await unit.outbox.add(room.ref, effect.model_dump_json(), key=f"verify:{step.key}"[:255])

    async def _release(self, unit: Unit, session: str) -> None:
        """Hand on what waited for this session and can be read now."""
        for row in await unit.journal.held(session):
            with self._guard.one("held"):
                try:
                    held = cast("dict[str, Any]", json.loads(row.body_json))
                    at = datetime.fromisoformat(held["at"])
                    inbound = self._reading.open(held["room"], held["event"], at)
                except KeyMissing:
                    continue
                if inbound is not None:
                    await unit.journal.release(row.event_id, inbound.model_dump_json())

    async def _tend_keys(self, answer: dict[str, Any]) -> None:
        """Keep the pool of one-time keys full and mend Olm sessions; a failure waits for the next sync."""
        try:
            fallback = answer.get("device_unused_fallback_key_types")
            await onetimekeys.top_up(
                self._homeserver,
                self._machine,
                object_of(answer.get("device_one_time_keys_count")),
                None if fallback is None else list_of(fallback),
            )
            await self._keysharing.unwedge()
        except (Unreachable, RequestFailed) as failure:
            log.warning("matrix-keys-not-tended", why=type(failure).__name__)


def backoff(failures: int, *, most: float = 60.0) -> float:
    """Seconds to wait after this many failures in a row: doubling from half a second, with jitter."""
    return min(most, 0.5 * 2 ** min(failures - 1, 16)) * random.uniform(0.5, 1.0)  # noqa: S311
