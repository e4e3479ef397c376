"""What happened, from the homeserver into the journal: each event on its own, each once, in order.

One sync answer becomes one transaction: its events and the token from which to go on. A crash before it
brings the same answer again, and the journal leaves out what it knows.
"""

import asyncio
import hashlib
import json
import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from bot.inbound import Inbound, Membership, Unreadable
from bot.matrix import onetimekeys
from bot.matrix.devices import Devices
from bot.matrix.guard import Guard
from bot.matrix.homeserver import Homeserver, RequestFailed, Unreachable
from bot.matrix.keysharing import KeySharing
from bot.matrix.machine import KeyMissing, Machine, Refused
from bot.matrix.timeline import FILTER, Timeline
from bot.matrix.translate import clean, translate
from bot.matrix.views import Views
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


@dataclass(slots=True)
class SyncHealth:
    """How the sync is doing."""

    last: datetime | None = None
    failures: int = 0
    """Failed tries since the last good one."""
    held: int = 0
    """Events put aside since the start because their key was missing."""


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
        store: Store,
        clock: Clock,
        on_batch: Callable[[], None] | None = None,
    ) -> None:
        self._homeserver = homeserver
        self._machine = machine
        self._devices = devices
        self._keysharing = keysharing
        self._views = views
        self._guard = guard
        self._store = store
        self._clock = clock
        self._on_batch = on_batch
        self._timeline = Timeline(homeserver, machine.user_id)
        # Sessions that wait until their owner's device is known, by owner.
        self._unknown_owner: dict[str, set[str]] = {}
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
        changes = _object(answer.get("device_lists"))
        changed = [*_list(changes.get("changed")), *_list(changes.get("left"))]
        self._devices.changed(changed)
        for user in changed:
            self._machine.learnt.update(self._unknown_owner.pop(user, ()) if isinstance(user, str) else ())
        messages = _list(_object(answer.get("to_device")).get("events"))
        if messages:
            with self._machine.store.batch():
                for raw in messages:
                    with self._guard.one("to-device"):
                        self._machine.take_to_device(raw)
        events = await self._events(_object(answer.get("rooms")), since)
        now = self._clock.now()
        items = self._invitations(_object(answer.get("rooms")), following, now)
        items += await self._read(events, now)
        if not (items or messages or self._machine.learnt) and time.monotonic() < self._save_by:
            return  # mostly the bot's own words coming back: a crash brings them again, and nothing is lost
        learnt, self._machine.learnt = self._machine.learnt, set()
        try:
            async with self._store.unit() as unit:
                # What waited was written before what is new.
                for session in sorted(learnt):
                    await self._release(unit, session)
                await unit.journal.accept(items, self._machine.user_id, following)
        except BaseException:
            self._machine.learnt |= learnt
            raise
        self._save_by = time.monotonic() + _SAVE_WITHIN
        if self._on_batch is not None and (items or learnt):
            self._on_batch()

    async def _events(self, rooms: dict[str, Any], since: str | None) -> list[tuple[str, dict[str, Any]]]:
        """The new events of all rooms, each room's in order."""
        found: list[tuple[str, dict[str, Any]]] = []
        for room_id, raw in (*_object(rooms.get("join")).items(), *_object(rooms.get("leave")).items()):
            room = _object(raw)
            timeline = _object(room.get("timeline"))
            state = _list(_object(room.get("state")).get("events"))
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
        known = _object(event)
        user = known.get("state_key")
        return (
            known.get("type") == "m.room.member"
            and isinstance(user, str)
            and _object(known.get("content")).get("membership") == "join"
            # The bot itself is in every room that it judged safe.
            and (user == self._machine.user_id or self._views.in_it(room_id, user))
        )

    async def _known(self, event_id: str) -> bool:
        async with self._store.unit() as unit:
            return await unit.journal.known(event_id)

    def _invitations(self, rooms: dict[str, Any], following: str, now: datetime) -> list[JournalItem]:
        items: list[JournalItem] = []
        for room_id, room in _object(rooms.get("invite")).items():
            with self._guard.one("invitation"):
                for event in map(_object, _list(_object(_object(room).get("invite_state")).get("events"))):
                    if (
                        event.get("type") != "m.room.member"
                        or event.get("state_key") != self._machine.user_id
                    ):
                        continue
                    content, sender = _object(event.get("content")), event.get("sender")
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
                    items.append(_item(inbound))
        return items

    async def _read(self, events: list[tuple[str, dict[str, Any]]], now: datetime) -> list[JournalItem]:
        """Decrypt and translate; what cannot be read yet is held, and told once a session."""
        await self._learn_owners(events)
        items: list[JournalItem] = []
        for number, (room_id, raw) in enumerate(events):
            if number % 50 == 49:
                await asyncio.sleep(0)  # a long absence must not stop everything else
            with self._guard.one("event"):
                items.extend(self._read_one(room_id, raw, now))
        return items

    async def _learn_owners(self, events: Iterable[tuple[str, dict[str, Any]]]) -> None:
        """Ask about devices that wrote to us and that we do not know."""
        owners: set[str] = set()
        for room_id, raw in events:
            sender, content = raw.get("sender"), _object(raw.get("content"))
            session = content.get("session_id")
            if (
                raw.get("type") != "m.room.encrypted"
                or not isinstance(sender, str)
                or not isinstance(session, str)
            ):
                continue
            if sender != self._machine.user_id and self._machine.owner_unknown(room_id, session, sender):
                owners.add(sender)
        if owners:
            await self._devices.refresh(owners, anew=True)

    def _read_one(self, room_id: str, raw: dict[str, Any], now: datetime) -> list[JournalItem]:
        sender, event_id = raw.get("sender"), raw.get("event_id")
        if not isinstance(sender, str) or not isinstance(event_id, str) or sender == self._machine.user_id:
            return []
        if raw.get("type") != "m.room.encrypted" or "state_key" in raw:
            inbound = self._translate(room_id, raw, now, encrypted=False)
            return [] if inbound is None else [_item(inbound)]
        if not raw.get("content") or "redacted_because" in _object(raw.get("unsigned")):
            return []  # taken back before it was read
        session = _object(raw.get("content")).get("session_id")
        try:
            inbound = self._decrypt(room_id, raw, now)
            return [] if inbound is None else [_item(inbound)]
        except KeyMissing as missing:
            self.health.held += 1
            if missing.owner is not None:
                self._unknown_owner.setdefault(missing.owner, set()).add(missing.session)
            body = json.dumps({"room": room_id, "at": now.isoformat(), "event": raw})
            held = JournalItem(clean(event_id), body, held=True, megolm_session=missing.session)
            return [held, self._unreadable(room_id, sender, missing.session, now)]
        except Refused as refusal:
            # Said to the room as well: to the person who wrote it, it is a message that got no answer.
            self._guard.count("event", str(refusal))
            name = session if isinstance(session, str) else event_id
            return [self._unreadable(room_id, sender, name, now)]

    def _decrypt(self, room_id: str, raw: dict[str, Any], at: datetime) -> Inbound | None:
        decrypted = self._machine.decrypt_event_in(room_id, raw)
        event = {**raw, "type": decrypted.type, "content": decrypted.content}
        return self._translate(room_id, event, at, encrypted=True)

    def _translate(
        self, room_id: str, event: dict[str, Any], at: datetime, *, encrypted: bool
    ) -> Inbound | None:
        return translate(event, room=room_id, own_user=self._machine.user_id, at=at, encrypted=encrypted)

    def _unreadable(self, room_id: str, sender: str, session: str, now: datetime) -> JournalItem:
        return _item(
            Inbound(
                # The same for every event of a session, so that the journal takes it once.
                id=f"unreadable:{digest(room_id, session)}",
                room=clean(room_id),
                sender=clean(sender),
                at=now,
                encrypted=False,
                content=Unreadable(session=clean(session)),
            )
        )

    async def _release(self, unit: Unit, session: str) -> None:
        """Hand on what waited for this session and can be read now."""
        for row in await unit.journal.held(session):
            with self._guard.one("held"):
                try:
                    held = cast("dict[str, Any]", json.loads(row.body_json))
                    at = datetime.fromisoformat(held["at"])
                    inbound = self._decrypt(held["room"], held["event"], at)
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
                _object(answer.get("device_one_time_keys_count")),
                None if fallback is None else _list(fallback),
            )
            await self._keysharing.unwedge()
        except (Unreachable, RequestFailed) as failure:
            log.warning("matrix-keys-not-tended", why=type(failure).__name__)


def backoff(failures: int, *, most: float = 60.0) -> float:
    """Seconds to wait after this many failures in a row: doubling from half a second, with jitter."""
    return min(most, 0.5 * 2 ** min(failures - 1, 16)) * random.uniform(0.5, 1.0)  # noqa: S311


def digest(*parts: str) -> str:
    """A short name for something whose own name is personal or long."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:40]


def _item(inbound: Inbound) -> JournalItem:
    return JournalItem(inbound.id, inbound.model_dump_json())


def _object(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else []
