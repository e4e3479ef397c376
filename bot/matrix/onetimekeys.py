"""One-time keys and the fallback key: what others need to start a conversation with the bot's device.

nio never uploads again once the count is 0, and knows no fallback key (MSC2732), so fifty claims would
deafen the bot. Here the pool is filled whenever it is half empty, and a fallback key always stands behind.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.matrix.homeserver import Homeserver
from bot.matrix.machine import Machine

KIND = "signed_curve25519"


def wanted(counts: Mapping[str, Any], unused_fallback: Sequence[Any] | None, pool: int) -> tuple[int, bool]:
    """How many one-time keys to make, and whether a new fallback key is due.

    `counts` and `unused_fallback` are `device_one_time_keys_count` and `device_unused_fallback_key_types` of
    a sync answer; a missing count means 0, a missing list says nothing.
    """
    count = counts.get(KIND, 0)
    count = count if isinstance(count, int) and count >= 0 else 0
    missing = pool - count if count <= pool // 2 else 0
    return missing, unused_fallback is not None and KIND not in unused_fallback


async def top_up(
    homeserver: Homeserver, machine: Machine, counts: Mapping[str, Any], unused_fallback: Sequence[Any] | None
) -> None:
    """Upload what is missing. Does nothing, and asks nothing, while there is enough.

    The private halves are saved before the public ones leave, so a crash in between loses nobody's message.
    """
    account = machine.account
    missing, fallback = wanted(counts, unused_fallback, account.max_one_time_keys)
    if missing or fallback or not account.shared:
        await _upload(homeserver, machine, missing, fallback=fallback or not account.shared)


async def publish_device(homeserver: Homeserver, machine: Machine) -> None:
    """Make sure that the server has this device's keys, as they are here. Raises DeviceTaken."""
    seen = await homeserver.post(
        "keys", "query", body={"device_keys": {machine.user_id: [machine.device_id]}}
    )
    known = seen.get("device_keys", {}).get(machine.user_id, {}).get(machine.device_id)
    ours = device_keys(machine)
    if known is not None and known.get("keys") != ours["keys"]:
        raise DeviceTaken(
            f"the homeserver has other keys for device {machine.device_id}: the crypto store does not "
            "belong to this login. Log the bot in again, on a new device."
        )
    if known is None or not machine.account.shared:
        machine.account.shared = False
        answer = await homeserver.post("keys", "upload", body={})
        await top_up(homeserver, machine, answer.get("one_time_key_counts", {}), ())


class DeviceTaken(Exception):  # noqa: N818
    """The device id has other identity keys on the server than in our store."""


def device_keys(machine: Machine) -> dict[str, Any]:
    """The signed identity keys of the bot's device."""
    device = machine.device_id
    keys: dict[str, Any] = {
        "algorithms": ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"],
        "device_id": device,
        "user_id": machine.user_id,
        "keys": {f"curve25519:{device}": machine.curve25519, f"ed25519:{device}": machine.ed25519},
    }
    return _signed(machine, keys)


async def _upload(homeserver: Homeserver, machine: Machine, missing: int, *, fallback: bool) -> None:
    account = machine.account
    # nio does not pass the fallback key on, and vodozemac's stubs do not name it.
    inner: Any = account._account  # pyright: ignore[reportPrivateUsage]
    unpublished = len(inner.one_time_keys)
    if missing > unpublished:
        inner.generate_one_time_keys(missing - unpublished)
    if fallback and not inner.fallback_key:
        inner.generate_fallback_key()
    machine.save_account()
    body: dict[str, Any] = {
        "one_time_keys": {
            f"{KIND}:{name}": _signed(machine, {"key": key.to_base64()})
            for name, key in inner.one_time_keys.items()
        },
        "fallback_keys": {
            f"{KIND}:{name}": _signed(machine, {"key": key.to_base64(), "fallback": True})
            for name, key in inner.fallback_key.items()
        },
    }
    if not account.shared:
        body["device_keys"] = device_keys(machine)
    answer = await homeserver.post("keys", "upload", body={name: part for name, part in body.items() if part})
    account.shared = True
    machine.uploaded_key_count = answer.get("one_time_key_counts", {}).get(KIND, 0)
    inner.mark_keys_as_published()
    machine.save_account()


def _signed(machine: Machine, value: dict[str, Any]) -> dict[str, Any]:
    made = machine.sign_json(value)
    return {**value, "signatures": {machine.user_id: {f"ed25519:{machine.device_id}": made}}}
