"""Whose devices there are: asked of the server when a list may have changed, believed when self-signed."""

import asyncio
from collections.abc import Iterable
from typing import Any, cast

from nio.crypto import OlmDevice

from bot.matrix.guard import Guard
from bot.matrix.homeserver import Homeserver
from bot.matrix.machine import Machine, Refused
from bot.matrix.signing import verified

_USERS_A_QUERY = 100


def may_read(device: OlmDevice, roster: frozenset[str]) -> bool:
    """Whether a device gets a room's keys: every living device of somebody on the roster, no other."""
    return device.user_id in roster and not device.deleted


class Devices:
    """The devices of the people whom the bot writes to or reads from."""

    def __init__(self, homeserver: Homeserver, machine: Machine, guard: Guard) -> None:
        self._homeserver = homeserver
        self._machine = machine
        self._guard = guard
        # Lists that are as the server has them. Empty at the start: what changed while the process was
        # ending may have been told to nobody.
        self._fresh: set[str] = set()
        self._asking: set[str] = set()
        """Lists that are asked for now, and of which no change was told meanwhile."""
        self._one_at_a_time = asyncio.Lock()

    def changed(self, users: Iterable[object]) -> None:
        """The server says that these users' lists changed, or are no longer followed."""
        named = {user for user in users if isinstance(user, str)}
        self._fresh -= named
        self._asking -= named

    def known(self, users: Iterable[str]) -> bool:
        """Whether the lists of all these users are fresh."""
        return self._fresh.issuperset(users)

    def of(self, roster: frozenset[str]) -> list[OlmDevice]:
        """The devices that may read a room with this roster."""
        devices = self._machine.device_store
        return [d for user in roster for d in devices.active_user_devices(user) if may_read(d, roster)]

    async def refresh(self, users: Iterable[str], *, anew: bool = False) -> None:
        """Ask for the lists that are not fresh; `anew` asks for all. Raises Unreachable, RequestFailed."""
        users = set(users)
        async with self._one_at_a_time:
            stale = sorted(users if anew else users - self._fresh)
            for start in range(0, len(stale), _USERS_A_QUERY):
                chunk = stale[start : start + _USERS_A_QUERY]
                # Fresh only once the answer is here: another room that is about to send waits for it. A
                # change that is told while the answer is on its way makes the list stale again.
                self._asking = set(chunk)
                answer = await self._homeserver.post(
                    "keys", "query", body={"device_keys": {user: [] for user in chunk}, "timeout": 8000}
                )
                self._fresh |= self._asking
                self._take(chunk, answer)

    def _take(self, users: list[str], answer: dict[str, Any]) -> None:
        lists = answer.get("device_keys")
        lists = cast("dict[str, Any]", lists) if isinstance(lists, dict) else {}
        changed: dict[str, dict[str, OlmDevice]] = {}
        for user in users:
            listed = lists.get(user)
            if not isinstance(listed, dict):
                self._fresh.discard(user)  # that user's server did not answer; asked again next time
                continue
            listed = cast("dict[str, Any]", listed)
            for device_id, raw in listed.items():
                with self._guard.one("device"):
                    device = self._judge(user, device_id, raw)
                    if device is not None:
                        changed.setdefault(user, {})[device_id] = device
            for device in list(self._machine.device_store.active_user_devices(user)):
                if device.device_id not in listed:
                    device.deleted = True
                    changed.setdefault(user, {})[device.device_id] = device
        if changed:
            self._machine.store.save_device_keys(changed)

    def _judge(self, user: str, device_id: str, raw: object) -> OlmDevice | None:
        """The device if it is new or changed. Raises Refused."""
        if user == self._machine.user_id and device_id == self._machine.device_id:
            return None
        if not isinstance(raw, dict):
            raise Refused("malformed")
        raw = cast("dict[str, Any]", raw)
        keys = raw.get("keys")
        if raw.get("user_id") != user or raw.get("device_id") != device_id or not isinstance(keys, dict):
            raise Refused("not-the-device-that-was-asked-for")
        keys = cast("dict[str, Any]", keys)
        signing, identity = keys.get(f"ed25519:{device_id}"), keys.get(f"curve25519:{device_id}")
        if not isinstance(signing, str) or not isinstance(identity, str):
            raise Refused("without-identity-keys")
        if not verified(raw, user, signing, device_id):
            raise Refused("not-signed-by-itself")
        known = self._machine.device_store[user].get(device_id)
        if known is not None and known.ed25519 != signing:
            raise Refused("changed-its-fingerprint")
        if known is not None and known.curve25519 == identity and not known.deleted:
            return None
        device = OlmDevice(user, device_id, {"ed25519": signing, "curve25519": identity})
        self._machine.device_store[user][device_id] = device
        return device
