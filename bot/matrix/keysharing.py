"""Who can read what the bot writes: the room's Megolm session and the devices that have it."""

import asyncio
import json
import secrets
import time
from typing import Any, cast

import vodozemac
from nio.crypto import OlmDevice, OutboundGroupSession

from bot.matrix.devices import Devices
from bot.matrix.homeserver import Homeserver
from bot.matrix.machine import MEGOLM, Machine
from bot.matrix.signing import encode, verified
from compliance import logs

log = logs.get("matrix")

_OLM = "m.olm.v1.curve25519-aes-sha2"
_DEVICES_A_REQUEST = 20
_CLAIM_AGAIN = 600.0
"""Seconds until a device that had no one-time key left is asked again."""


class KeySharing:
    """Outbound Megolm sessions, each with its ledger of devices that were given it."""

    def __init__(self, homeserver: Homeserver, machine: Machine, devices: Devices) -> None:
        self._homeserver = homeserver
        self._machine = machine
        self._devices = devices
        self._unreachable: dict[tuple[str, str], float] = {}
        self._claiming = asyncio.Lock()

    @property
    def unreachable(self) -> int:
        """How many devices cannot be given keys at present, because they have no one-time key left."""
        return len(self._unreachable)

    async def share(self, room_id: str, roster: frozenset[str]) -> None:
        """Make sure that the room has a session which every device of the roster, and no other, was given.

        Asks nothing of the server when nothing changed. Raises Unreachable, RequestFailed: then nothing
        may be sent.
        """
        if not self._devices.known(roster):
            await self._devices.refresh(roster)
        readers = {(device.user_id, device.device_id): device for device in self._devices.of(roster)}
        session = self._session(room_id, set(readers))
        missing = [device for name, device in readers.items() if name not in session.users_shared_with]
        if missing:
            await self._open_olm_sessions(missing)
            await self._send(room_id, session, missing)
        session.mark_as_shared()

    def encrypt(self, room_id: str, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        """The `m.room.encrypted` content of an event. `share` comes first.

        A relation is repeated outside the encryption, where servers and clients look for it.
        """
        payload = {"type": kind, "content": content, "room_id": room_id}
        session = self._machine.outbound_group_sessions[room_id]
        outer: dict[str, Any] = {
            "algorithm": MEGOLM,
            "sender_key": self._machine.curve25519,
            "ciphertext": session.encrypt(json.dumps(payload, separators=(",", ":"))),
            "session_id": session.id,
            "device_id": self._machine.device_id,
        }
        if "m.relates_to" in content:
            outer["m.relates_to"] = content["m.relates_to"]
        return outer

    async def unwedge(self) -> None:
        """Start a new Olm session with devices whose messages could not be read, and tell them so."""
        wedged = [device for device in self._machine.wedged_devices if not device.deleted]
        self._machine.wedged_devices.clear()
        if not wedged:
            return
        await self._claim(wedged)
        messages: dict[str, dict[str, Any]] = {}
        with self._machine.store.batch():
            for device in wedged:
                sealed = self._olm_encrypt(device, "m.dummy", {})
                if sealed is not None:
                    messages.setdefault(device.user_id, {})[device.device_id] = sealed
        if messages:
            await self._to_device(messages)

    def _session(self, room_id: str, readers: set[tuple[str, str]]) -> OutboundGroupSession:
        session = self._machine.outbound_group_sessions.get(room_id)
        if session is None or session.expired or not readers.issuperset(session.users_shared_with):
            # Who has gone keeps what was said before, and nothing after.
            self._machine.create_outbound_group_session(room_id)
            session = self._machine.outbound_group_sessions[room_id]
        return session

    async def _open_olm_sessions(self, devices: list[OlmDevice]) -> None:
        async with self._claiming:
            now = time.monotonic()
            without = [
                device
                for device in devices
                if self._machine.session_store.get(device.curve25519) is None
                and self._unreachable.get((device.user_id, device.device_id), 0) <= now
            ]
            if without:
                await self._claim(without)

    async def _claim(self, devices: list[OlmDevice]) -> None:
        wanted: dict[str, dict[str, str]] = {}
        for device in devices:
            wanted.setdefault(device.user_id, {})[device.device_id] = "signed_curve25519"
        answer = await self._homeserver.post("keys", "claim", body={"one_time_keys": wanted, "timeout": 8000})
        claimed = answer.get("one_time_keys")
        claimed = cast("dict[str, Any]", claimed) if isinstance(claimed, dict) else {}
        with self._machine.store.batch():
            for device in devices:
                name = (device.user_id, device.device_id)
                of_user = claimed.get(device.user_id)
                keys = (
                    cast("dict[str, Any]", of_user).get(device.device_id)
                    if isinstance(of_user, dict)
                    else None
                )
                if self._start(device, keys):
                    self._unreachable.pop(name, None)
                else:
                    self._unreachable[name] = time.monotonic() + _CLAIM_AGAIN
                    log.warning("matrix-device-without-keys")

    def _start(self, device: OlmDevice, keys: object) -> bool:
        if not isinstance(keys, dict) or not keys:
            return False
        key: Any = next(iter(cast("dict[str, Any]", keys).values()))
        if not isinstance(key, dict):
            return False
        key = cast("dict[str, Any]", key)
        if not isinstance(key.get("key"), str):
            return False
        if not verified(key, device.user_id, device.ed25519, device.device_id):
            return False
        try:
            self._machine.create_session(key["key"], device.curve25519)
        except (vodozemac.KeyException, vodozemac.SessionCreationException, ValueError):
            return False
        return True

    async def _send(self, room_id: str, session: OutboundGroupSession, devices: list[OlmDevice]) -> None:
        key = {
            "algorithm": MEGOLM,
            "room_id": room_id,
            "session_id": session.id,
            "session_key": session.session_key,
        }
        for start in range(0, len(devices), _DEVICES_A_REQUEST):
            messages: dict[str, dict[str, Any]] = {}
            given: set[tuple[str, str]] = set()
            with self._machine.store.batch():
                for device in devices[start : start + _DEVICES_A_REQUEST]:
                    sealed = self._olm_encrypt(device, "m.room_key", key)
                    if sealed is not None:
                        messages.setdefault(device.user_id, {})[device.device_id] = sealed
                        given.add((device.user_id, device.device_id))
            if messages:
                await self._to_device(messages)
                session.users_shared_with |= given

    async def _to_device(self, messages: dict[str, dict[str, Any]]) -> None:
        await self._homeserver.put(
            "sendToDevice", "m.room.encrypted", secrets.token_hex(12), body={"messages": messages}
        )

    def _olm_encrypt(self, device: OlmDevice, kind: str, content: dict[str, Any]) -> dict[str, Any] | None:
        """An Olm message for one device, or None while there is no session with it."""
        session = self._machine.session_store.get(device.curve25519)
        if session is None:
            return None
        payload = {
            "sender": self._machine.user_id,
            "sender_device": self._machine.device_id,
            "keys": {"ed25519": self._machine.ed25519},
            "recipient": device.user_id,
            "recipient_keys": {"ed25519": device.ed25519},
            "type": kind,
            "content": content,
        }
        kind_of_olm, ciphertext = session.encrypt(json.dumps(payload, separators=(",", ":"))).to_parts()
        self._machine.store.save_session(device.curve25519, session)
        return {
            "algorithm": _OLM,
            "sender_key": self._machine.curve25519,
            "ciphertext": {device.curve25519: {"type": kind_of_olm, "body": encode(ciphertext)}},
        }
