"""What an event of a room says: decrypted, translated, or told as unreadable; each on its own."""

import asyncio
import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.inbound import Inbound, Unreadable, Verifying
from bot.matrix.devices import Devices
from bot.matrix.guard import Guard
from bot.matrix.machine import Decrypted, KeyMissing, Machine, Refused
from bot.matrix.shapes import object_of
from bot.matrix.translate import clean, translate
from bot.matrix.verification import Step, Verifications, concerns
from compliance.storage.journal import JournalItem


class Reading:
    """Reads for one account. What it says is for the journal."""

    def __init__(
        self, machine: Machine, devices: Devices, guard: Guard, verifications: Verifications
    ) -> None:
        self._machine = machine
        self._devices = devices
        self._guard = guard
        self._verifications = verifications
        self.unknown_owner: dict[str, set[str]] = {}
        """Sessions that wait until their owner's device is known, by owner."""
        self.steps: list[tuple[str, str, Step]] = []
        """Steps of verifications that are to be sent, by Matrix room and whom they answer."""

    async def read(self, events: list[tuple[str, dict[str, Any]]], now: datetime) -> list[JournalItem]:
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
            sender, content = raw.get("sender"), object_of(raw.get("content"))
            session = content.get("session_id")
            if isinstance(sender, str) and self._verifications.from_unknown_device(sender, content):
                owners.add(sender)
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
            inbound = self._plain(room_id, raw, now)
            return [] if inbound is None else [item(inbound)]
        if not raw.get("content") or "redacted_because" in object_of(raw.get("unsigned")):
            return []  # taken back before it was read
        session = object_of(raw.get("content")).get("session_id")
        try:
            inbound = self.open(room_id, raw, now)
            return [] if inbound is None else [item(inbound)]
        except KeyMissing as missing:
            if missing.owner is not None:
                self.unknown_owner.setdefault(missing.owner, set()).add(missing.session)
            body = json.dumps({"room": room_id, "at": now.isoformat(), "event": raw})
            held = JournalItem(clean(event_id), body, held=True, megolm_session=missing.session)
            return [held, self._unreadable(room_id, sender, missing.session, now)]
        except Refused as refusal:
            # Said to the room as well: to the person who wrote it, it is a message that got no answer.
            self._guard.count("event", str(refusal))
            name = session if isinstance(session, str) else event_id
            return [self._unreadable(room_id, sender, name, now)]

    def open(self, room_id: str, raw: dict[str, Any], at: datetime) -> Inbound | None:
        """Decrypt an event and say what it means. Raises KeyMissing, Refused."""
        decrypted = self._machine.decrypt_event_in(room_id, raw)
        if concerns(decrypted.type, decrypted.content):
            return self._verify(room_id, raw, decrypted, at)
        event = {**raw, "type": decrypted.type, "content": decrypted.content}
        return self._translate(room_id, event, at, encrypted=True)

    def _plain(self, room_id: str, raw: dict[str, Any], at: datetime) -> Inbound | None:
        step = Decrypted(str(raw.get("type")), object_of(raw.get("content")))
        # Element sends these in clear, also in an encrypted room; what they show needs no secrecy.
        if "state_key" not in raw and concerns(step.type, step.content):
            return self._verify(room_id, raw, step, at)
        return self._translate(room_id, raw, at, encrypted=False)

    def _verify(
        self, room_id: str, raw: dict[str, Any], decrypted: Decrypted, at: datetime
    ) -> Inbound | None:
        """A step by which somebody verifies the bot: never words, so that it answers no question."""
        sender, event_id = str(raw["sender"]), str(raw["event_id"])
        answer = self._verifications.take(room_id, sender, event_id, decrypted.type, decrypted.content)
        self.steps.extend((room_id, sender, step) for step in answer.steps)
        if not (answer.emoji or answer.done):
            return None
        return Inbound(
            id=clean(event_id),
            room=clean(room_id),
            sender=clean(sender),
            at=at,
            encrypted=True,
            content=Verifying(emoji=answer.emoji, done=answer.done),
        )

    def _translate(
        self, room_id: str, event: dict[str, Any], at: datetime, *, encrypted: bool
    ) -> Inbound | None:
        return translate(event, room=room_id, own_user=self._machine.user_id, at=at, encrypted=encrypted)

    def _unreadable(self, room_id: str, sender: str, session: str, now: datetime) -> JournalItem:
        return item(
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


def digest(*parts: str) -> str:
    """A short name for something whose own name is personal or long."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:40]


def item(inbound: Inbound) -> JournalItem:
    return JournalItem(inbound.id, inbound.model_dump_json())
