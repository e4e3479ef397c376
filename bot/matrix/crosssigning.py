"""Cross-signing: three keys that let other people's clients trust the bot's device.

Without it, clients that follow MSC4153 neither send the bot room keys nor show its messages. The three
Ed25519 seeds are kept sealed by the caller; at every start the server's copy is compared and repaired.
Specification: Client-Server API, "Cross-signing".
"""

import secrets
from dataclasses import dataclass
from typing import Any, cast

from bot.matrix.homeserver import Homeserver, RequestFailed
from bot.matrix.machine import Machine
from bot.matrix.signing import canonical, public, signature, verified
from compliance import logs

log = logs.get("matrix")


class CrossSigningConflict(Exception):  # noqa: N818
    """The account already has other cross-signing keys; only its password can replace them."""


@dataclass(frozen=True, slots=True)
class Seeds:
    """Three seeds of 32 bytes."""

    master: bytes
    self_signing: bytes
    user_signing: bytes

    @classmethod
    def new(cls) -> "Seeds":
        return cls(secrets.token_bytes(32), secrets.token_bytes(32), secrets.token_bytes(32))

    @classmethod
    def from_bytes(cls, sealed: bytes) -> "Seeds":
        """From the 96 bytes that `to_bytes` gave. Raises ValueError."""
        if len(sealed) != 96:
            raise ValueError("cross-signing seeds are 96 bytes")
        return cls(sealed[:32], sealed[32:64], sealed[64:])

    def to_bytes(self) -> bytes:
        return self.master + self.self_signing + self.user_signing

    def __repr__(self) -> str:
        return "Seeds(…)"


async def ensure(
    homeserver: Homeserver, machine: Machine, seeds: Seeds, password: str | None = None
) -> tuple[str, ...]:
    """Compare the server's keys and signatures with ours and repair them; what had to be repaired.

    The device's own keys must have been uploaded before. `password` is needed only where the account has
    other cross-signing keys than ours. Raises CrossSigningConflict, Unreachable.
    """
    user = machine.user_id
    seen = await homeserver.post("keys", "query", body={"device_keys": {user: []}})
    repaired: list[str] = []
    keys = key_objects(user, seeds)
    if any(not _same_key(seen, f"{name}s", user, key) for name, key in keys.items()):
        await _upload(homeserver, user, keys, password)
        repaired.append("keys")
    device = _dig(seen, "device_keys", user, machine.device_id)
    if device is None:
        raise CrossSigningConflict("the homeserver does not know the bot's device; its keys come first")
    wanted: dict[str, Any] = {}
    self_signing = public(seeds.self_signing)
    if not verified(device, user, self_signing):
        wanted[machine.device_id] = _signed(device, user, self_signing, signature(seeds.self_signing, device))
    master = _dig(seen, "master_keys", user)
    if "keys" in repaired or master is None or not _signed_by_device(master, machine):
        own = key_objects(user, seeds)["master_key"]
        by_device = machine.account.sign(_canonical_text(own))
        wanted[public(seeds.master)] = _signed(own, user, machine.device_id, by_device)
    if wanted:
        answer = await homeserver.post("keys", "signatures", "upload", body={user: wanted})
        if answer.get("failures"):
            raise CrossSigningConflict("the homeserver refused the signature of the bot's device")
        repaired.append("signatures")
    if repaired:
        log.info("matrix-cross-signing-repaired", what=",".join(repaired))
    return tuple(repaired)


def key_objects(user: str, seeds: Seeds) -> dict[str, dict[str, Any]]:
    """The body of an upload: the public keys, the lower two signed by the master key."""
    master = public(seeds.master)

    def key(usage: str, seed: bytes) -> dict[str, Any]:
        made = {"user_id": user, "usage": [usage], "keys": {f"ed25519:{public(seed)}": public(seed)}}
        if usage != "master":
            made = _signed(made, user, master, signature(seeds.master, made))
        return made

    return {
        "master_key": key("master", seeds.master),
        "self_signing_key": key("self_signing", seeds.self_signing),
        "user_signing_key": key("user_signing", seeds.user_signing),
    }


async def _upload(
    homeserver: Homeserver, user: str, keys: dict[str, dict[str, Any]], password: str | None
) -> None:
    path = ("keys", "device_signing", "upload")
    try:
        await homeserver.post(*path, body=keys)
    except RequestFailed as failure:
        session = failure.body.get("session")
        if failure.status != 401 or not isinstance(session, str):
            raise
        if password is None:
            raise CrossSigningConflict(
                f"{user} already has other cross-signing keys. If they are not in use elsewhere, log the bot "
                "in again with its password to replace them."
            ) from failure
        auth = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": user},
            "password": password,
            "session": session,
        }
        await homeserver.post(*path, body={**keys, "auth": auth})


def _same_key(seen: dict[str, Any], group: str, user: str, ours: dict[str, Any]) -> bool:
    theirs = _dig(seen, group, user)
    if theirs is None or theirs.get("keys") != ours["keys"]:
        return False
    signer = next(iter(ours.get("signatures", {}).get(user, {})), None)
    return signer is None or verified(theirs, user, signer.removeprefix("ed25519:"))


def _signed_by_device(master: dict[str, Any], machine: Machine) -> bool:
    signatures = _dig(master, "signatures", machine.user_id)
    return signatures is not None and f"ed25519:{machine.device_id}" in signatures


def _signed(value: dict[str, Any], user: str, key: str, made: str) -> dict[str, Any]:
    bare = {name: item for name, item in value.items() if name not in ("signatures", "unsigned")}
    return {**bare, "signatures": {user: {f"ed25519:{key}": made}}}


def _canonical_text(value: dict[str, Any]) -> str:
    return canonical(value).decode()


def _dig(value: dict[str, Any], *path: str) -> dict[str, Any] | None:
    found: Any = value
    for name in path:
        found = cast("dict[str, Any]", found).get(name) if isinstance(found, dict) else None
    return cast("dict[str, Any]", found) if isinstance(found, dict) else None
