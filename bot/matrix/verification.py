"""People may verify the bot by comparing emoji, as they verify each other (SAS, inside a room).

The person's client leads; the bot answers each step. Nobody sits at the bot's side to compare, so it says in
the room what it sees, and the person decides. What they gain: their client knows the bot's cross-signing key
from then on and warns if it changes. Steps are kept in memory: after a restart the person begins again.
Specification: Client-Server API, "Key verification framework" and "Short Authentication String (SAS)".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal, cast

import vodozemac
from nio.crypto import OlmDevice
from nio.crypto import Sas as _Nio

from bot.matrix.machine import Machine
from bot.matrix.signing import canonical, encode

REQUEST = "m.key.verification.request"
PREFIX = "m.key.verification."
_METHOD = "m.sas.v1"
_AGREEMENT, _HASH, _MAC = "curve25519-hkdf-sha256", "sha256", "hkdf-hmac-sha256.v2"
_MAC_INFO = "MATRIX_KEY_VERIFICATION_MAC"
_SHOWN = ("decimal", "emoji")
_MOST = 64
"""Verifications that are followed at once; the oldest gives way."""


@dataclass(frozen=True, slots=True)
class Step:
    """One event that the bot answers with."""

    type: str
    content: dict[str, Any]

    @property
    def key(self) -> str:
        """The same for the same step of the same verification."""
        return f"{self.content['m.relates_to']['event_id']}:{self.type.removeprefix(PREFIX)}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one event of a verification brings: steps to send; emoji to show, or that it is done."""

    steps: tuple[Step, ...] = ()
    emoji: tuple[str, ...] = ()
    done: bool = False


@dataclass(slots=True)
class _Talk:
    device: OlmDevice
    sas: vodozemac.Sas = field(default_factory=vodozemac.Sas)
    agreed: vodozemac.EstablishedSas | None = None
    awaits: Literal["start", "key", "mac"] = "start"


def concerns(kind: str, content: Mapping[str, Any]) -> bool:
    """Whether an event, decrypted or sent in clear, is a step of a verification, whoever verifies whom."""
    return (kind.startswith(PREFIX) and kind != REQUEST) or (
        kind == "m.room.message" and content.get("msgtype") == REQUEST
    )


class Verifications:
    """Those that are under way with one account. Steps between other people are left alone."""

    def __init__(self, machine: Machine, master: str) -> None:
        """`master` is the public cross-signing master key of the account, unpadded base64."""
        self._machine = machine
        self._master = master
        self._talks: dict[tuple[str, str], _Talk] = {}

    def take(self, room: str, sender: str, event_id: str, kind: str, content: Mapping[str, Any]) -> Answer:
        """Answer one step. What is not for the bot, or from nobody who began, brings nothing."""
        if kind == "m.room.message":
            return self._request(room, sender, event_id, content)
        relation = content.get("m.relates_to")
        about = cast("dict[str, Any]", relation).get("event_id") if isinstance(relation, dict) else None
        talk = self._talks.get((room, about)) if isinstance(about, str) else None
        if talk is None or not isinstance(about, str) or talk.device.user_id != sender:
            return Answer()
        match kind.removeprefix(PREFIX):
            case "start" | "key" | "mac" as step if step != talk.awaits:
                return self._cancel(room, about, "m.unexpected_message", "that step does not come now")
            case "start":
                return self._start(room, about, talk, content)
            case "key":
                return self._key(room, about, talk, content)
            case "mac":
                return self._mac(room, about, talk, content)
            case "cancel":
                del self._talks[room, about]
                return Answer()
            case _:
                return Answer()

    def from_unknown_device(self, sender: str, content: Mapping[str, Any]) -> bool:
        """Whether somebody asks the bot from a device that is not known yet."""
        if content.get("msgtype") != REQUEST or content.get("to") != self._machine.user_id:
            return False
        return content.get("from_device") not in self._machine.device_store[sender]

    def _request(self, room: str, sender: str, event_id: str, content: Mapping[str, Any]) -> Answer:
        methods, device_id = content.get("methods"), content.get("from_device")
        if content.get("to") != self._machine.user_id or not isinstance(device_id, str):
            return Answer()
        if not isinstance(methods, list) or _METHOD not in methods:
            return Answer()
        device = self._machine.device_store[sender].get(device_id)
        if device is None or device.deleted:
            return Answer()
        self._talks[room, event_id] = _Talk(device)
        while len(self._talks) > _MOST:
            del self._talks[next(iter(self._talks))]
        ready = {"from_device": self._machine.device_id, "methods": [_METHOD]}
        return Answer((_step("ready", event_id, ready),))

    def _start(self, room: str, about: str, talk: _Talk, content: Mapping[str, Any]) -> Answer:
        offered = {
            "key_agreement_protocols": _AGREEMENT,
            "hashes": _HASH,
            "message_authentication_codes": _MAC,
            "short_authentication_string": "emoji",
        }
        if (
            content.get("method") != _METHOD
            or content.get("from_device") != talk.device.device_id
            or not all(_holds(content.get(name), wanted) for name, wanted in offered.items())
        ):
            return self._cancel(room, about, "m.unknown_method", "only SAS with emoji is known here")
        talk.awaits = "key"
        # It binds the bot to its key before it has seen the other one.
        committed = sha256(talk.sas.public_key.to_base64().encode() + canonical(content)).digest()
        accept = {
            "method": _METHOD,
            "key_agreement_protocol": _AGREEMENT,
            "hash": _HASH,
            "message_authentication_code": _MAC,
            "short_authentication_string": list(_SHOWN),
            "commitment": encode(committed),
        }
        return Answer((_step("accept", about, accept),))

    def _key(self, room: str, about: str, talk: _Talk, content: Mapping[str, Any]) -> Answer:
        theirs, ours = content.get("key"), talk.sas.public_key.to_base64()
        try:
            talk.agreed = talk.sas.diffie_hellman(vodozemac.Curve25519PublicKey.from_base64(str(theirs)))
        except (vodozemac.KeyException, vodozemac.SasException, ValueError):
            return self._cancel(room, about, "m.invalid_message", "the key can't be read")
        talk.awaits = "mac"
        device, own = talk.device, self._machine
        said = talk.agreed.bytes(
            f"MATRIX_KEY_VERIFICATION_SAS|{device.user_id}|{device.device_id}|{theirs}"
            f"|{own.user_id}|{own.device_id}|{ours}|{about}"
        )
        emoji = tuple(_Nio.emoji[number][0] for number in said.emoji_indices)
        return Answer((_step("key", about, {"key": ours}),), emoji=emoji)

    def _mac(self, room: str, about: str, talk: _Talk, content: Mapping[str, Any]) -> Answer:
        assert talk.agreed is not None  # noqa: S101 - a mac is awaited only after the keys
        device, own = talk.device, self._machine
        them, me = f"{device.user_id}{device.device_id}", f"{own.user_id}{own.device_id}"
        told, mine = f"{_MAC_INFO}{them}{me}{about}", f"{_MAC_INFO}{me}{them}{about}"
        if not self._checked(talk.agreed, told, device, content):
            return self._cancel(room, about, "m.key_mismatch", "the keys are not those that were told")
        keys = {f"ed25519:{own.device_id}": own.ed25519, f"ed25519:{self._master}": self._master}
        mac = {name: talk.agreed.calculate_mac(key, mine + name) for name, key in keys.items()}
        names = talk.agreed.calculate_mac(",".join(sorted(keys)), f"{mine}KEY_IDS")
        del self._talks[room, about]
        return Answer((_step("mac", about, {"mac": mac, "keys": names}), _step("done", about, {})), done=True)

    def _checked(
        self, agreed: vodozemac.EstablishedSas, told: str, device: OlmDevice, content: Mapping[str, Any]
    ) -> bool:
        """Whether the person's client has told the key of its device as we know it."""
        macs, names, own = content.get("mac"), content.get("keys"), f"ed25519:{device.device_id}"
        if not isinstance(macs, dict) or not isinstance(names, str):
            return False
        macs = cast("dict[str, Any]", macs)
        try:
            agreed.verify_mac(",".join(sorted(macs)), f"{told}KEY_IDS", names)
            agreed.verify_mac(device.ed25519, told + own, str(macs.get(own)))
        except (vodozemac.SasException, ValueError):
            return False
        return True

    def _cancel(self, room: str, about: str, code: str, reason: str) -> Answer:
        del self._talks[room, about]
        return Answer((_step("cancel", about, {"code": code, "reason": reason}),))


def _step(name: str, about: str, content: dict[str, Any]) -> Step:
    relation = {"rel_type": "m.reference", "event_id": about}
    return Step(f"{PREFIX}{name}", {**content, "m.relates_to": relation})


def _holds(offered: object, wanted: str) -> bool:
    return isinstance(offered, list) and wanted in offered
