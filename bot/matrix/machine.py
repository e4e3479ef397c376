"""The Olm machine: what to-device messages may do to our keys, and what a Megolm event really says.

nio's machine does the cryptography. Around it stands what nio leaves open: who owns a sender key, which
session may replace which, and what a decrypted payload may claim to be.
"""

import json
from dataclasses import dataclass
from typing import Any, cast

import vodozemac
from nio.crypto import InboundGroupSession, Olm
from nio.events import EncryptedToDeviceEvent, OlmEvent

from bot.matrix.cryptostore import CryptoStore

MEGOLM = "m.megolm.v1.aes-sha2"
_DEEPEST = 16
_STATE = (
    "m.room.member",
    "m.room.power_levels",
    "m.room.join_rules",
    "m.room.create",
    "m.room.encryption",
    "m.room.name",
    "m.room.topic",
    "m.room.tombstone",
    "m.room.history_visibility",
    "m.room.third_party_invite",
    "m.room.redaction",
    "m.space.child",
    "m.space.parent",
)


class Refused(Exception):  # noqa: N818
    """An event that is not what it claims to be, or that nobody honest writes. The text is a short reason."""


class KeyMissing(Exception):  # noqa: N818
    """The event cannot be read yet. `session` names what is missing; `owner` whose device is not known."""

    def __init__(self, session: str, owner: str | None = None) -> None:
        super().__init__("no key yet")
        self.session = session
        self.owner = owner


@dataclass(frozen=True, slots=True)
class Decrypted:
    """A room event as its sender wrote it. The relation comes from outside the encryption."""

    type: str
    content: dict[str, Any]


class Machine(Olm):
    """nio's Olm machine, with our rules about whom to believe."""

    store: CryptoStore

    def __init__(self, user_id: str, device_id: str, store: CryptoStore) -> None:
        self.learnt: set[str] = set()
        """Ids of Megolm sessions that have arrived and that nobody has looked at yet."""
        super().__init__(user_id, device_id, store)

    @property
    def ed25519(self) -> str:
        """The device's fingerprint, unpadded base64."""
        return self.account.identity_keys["ed25519"]

    @property
    def curve25519(self) -> str:
        return self.account.identity_keys["curve25519"]

    def take_to_device(self, raw: dict[str, Any]) -> str:
        """Handle one to-device event; what it was, in a word.

        Raises Refused. Only Olm messages change anything; what other devices ask for in clear is ignored.
        """
        if raw.get("type") != "m.room.encrypted":
            return "ignored"
        event = EncryptedToDeviceEvent.parse_event(raw)
        if not isinstance(event, OlmEvent):
            raise Refused("to-device-event-is-not-an-olm-message")
        before = len(self.wedged_devices)
        found = self.decrypt_event(event)
        if found is None:
            # nio answers None both for an unreadable message and for a payload that it declines.
            raise Refused("olm-wedged" if len(self.wedged_devices) > before else "olm-unreadable")
        return str(getattr(found, "type", "m.room_key"))

    def create_group_session(
        self, sender_key: str, sender_fp_key: str, room_id: str, session_id: str, session_key: str
    ) -> None:
        """Take a room key, unless it is worse than what we have.

        nio replaces a session by any later one of the same id, also one that can read less, and its store
        lets one sender overwrite another's session. The device that first gave a session owns it, and only a
        key that reads further back replaces one.
        """
        session = InboundGroupSession(session_key, sender_fp_key, sender_key, room_id)
        if session.id != session_id:
            raise Refused("room-key-with-another-sessions-id")
        for known in self.sessions(room_id, session_id):
            if known.sender_key != sender_key:
                raise Refused("room-key-of-a-session-that-another-device-owns")
            if known.first_known_index <= session.first_known_index:
                return
        self.inbound_group_store.add(session)
        self.save_inbound_group_session(session)
        if sender_key != self.curve25519:
            self.learnt.add(session_id)

    def sessions(self, room_id: str, session_id: str) -> list[InboundGroupSession]:
        """The Megolm sessions with this id in a room, whoever owns them."""
        owners = cast("dict[str, dict[str, InboundGroupSession]]", self.inbound_group_store[room_id])
        return [held[session_id] for held in owners.values() if session_id in held]

    def owner_unknown(self, room_id: str, session_id: str, sender: str) -> bool:
        """Whether we have the session but know no device of the sender that owns it."""
        held = self.sessions(room_id, session_id)
        return bool(held) and all(
            self.device_store.device_from_sender_key(sender, session.sender_key) is None for session in held
        )

    def decrypt_event_in(self, room_id: str, raw: dict[str, Any]) -> Decrypted:
        """Read one `m.room.encrypted` room event, and check that it came from a device of its sender.

        Raises KeyMissing, Refused.
        """
        content = raw.get("content")
        sender, event_id = raw.get("sender"), raw.get("event_id")
        if not isinstance(content, dict) or not isinstance(sender, str) or not isinstance(event_id, str):
            raise Refused("malformed")
        content = cast("dict[str, Any]", content)
        session_id, ciphertext = content.get("session_id"), content.get("ciphertext")
        if content.get("algorithm") != MEGOLM:
            raise Refused("unknown-algorithm")
        if (
            not isinstance(session_id, str)
            or not isinstance(ciphertext, str)
            or not 0 < len(session_id) < 100
        ):
            raise Refused("malformed")
        candidates = self.sessions(room_id, session_id)
        if not candidates:
            raise KeyMissing(session_id)
        session = candidates[0]
        device = self.device_store.device_from_sender_key(sender, session.sender_key)
        if device is None:
            # Perhaps a device that we have not asked about; after a look at the sender's devices we know.
            raise KeyMissing(session_id, owner=sender)
        if device.ed25519 != session.ed25519 or session.forwarding_chain:
            raise Refused("the-key-is-not-the-senders-own")
        try:
            plaintext, index = session.decrypt(ciphertext)
        except (vodozemac.MegolmDecryptionException, vodozemac.DecodeException, ValueError) as error:
            if session.first_known_index > 0:
                raise KeyMissing(session_id) from error  # an earlier part of the session may still come
            raise Refused("undecryptable") from error
        self._check_replay(session, index, event_id)
        return read_payload(plaintext, room_id, content.get("m.relates_to"))

    def _check_replay(self, session: InboundGroupSession, index: int, event_id: str) -> None:
        seen = cast("dict[tuple[str, str, int], str]", self.message_index_store)
        if seen.setdefault((session.sender_key, session.id, index), event_id) != event_id:
            raise Refused("replayed")


def read_payload(plaintext: str, room_id: str, relation: object) -> Decrypted:
    """The payload of a Megolm message (Client-Server API, "m.megolm.v1.aes-sha2"). Raises Refused."""
    try:
        payload: object = json.loads(plaintext)
    except (ValueError, RecursionError) as error:
        raise Refused("payload-is-not-json") from error
    if not isinstance(payload, dict):
        raise Refused("payload-is-not-an-object")
    payload = cast("dict[str, Any]", payload)
    kind, content = payload.get("type"), payload.get("content")
    if not isinstance(kind, str) or not isinstance(content, dict):
        raise Refused("payload-has-no-type-or-content")
    if payload.get("room_id") != room_id:
        raise Refused("payload-is-from-another-room")
    if "state_key" in payload or kind in _STATE:
        raise Refused("state-inside-encryption")
    content = cast("dict[str, Any]", content)
    if not shallow(content):
        raise Refused("payload-is-nested-too-deeply")
    if isinstance(relation, dict):
        outer = cast("dict[str, Any]", relation)
        content = {**content, "m.relates_to": outer} if shallow(outer) else content
    return Decrypted(kind, content)


def shallow(value: object, depth: int = _DEEPEST) -> bool:
    """Whether a JSON value is nested no deeper than `depth`, found without recursion."""
    layer = [value]
    for _ in range(depth):
        inner: list[object] = []
        for item in layer:
            if isinstance(item, dict):
                inner.extend(cast("dict[str, object]", item).values())
            elif isinstance(item, list):
                inner.extend(cast("list[object]", item))
        if not inner:
            return True
        layer = inner
    return False
