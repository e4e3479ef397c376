"""Signed checkpoints: a few lines that say how large the record was and what its root was, and when.

A checkpoint that is kept elsewhere (posted in the admin room, on the homeserver) shows even a rollback of
everything on this machine. The form is a signed note with Ed25519:
https://github.com/C2SP/C2SP/blob/main/signed-note.md and
https://github.com/C2SP/C2SP/blob/main/tlog-checkpoint.md (the time is an extension line).
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from compliance.audit.tree import HASH_BYTES, Frontier
from compliance.keys.keyring import Keyring

AFTER_ENTRIES: Final = 100
AFTER_TIME: Final = timedelta(seconds=60)

_PURPOSE = "audit-checkpoint"
_ED25519: Final = b"\x01"  # signature type of signed-note
_ID_BYTES: Final = 4
_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
_NAME = re.compile(r"[^\s+]{1,200}")
_NOTE = re.compile(
    r"(?P<text>(?P<name>[^\s+]+)\n(?P<size>0|[1-9]\d{0,15})\n(?P<root>[A-Za-z0-9+/]{43}=)\n"
    r"time (?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)\n)"
    r"\n— (?P<signer>[^\s+]+) (?P<signature>[A-Za-z0-9+/]+={0,2})\n"
)


class CheckpointForged(ValueError):  # noqa: N818
    """A text that is no checkpoint, or was not signed by this service."""


@dataclass(frozen=True)
class Checkpoint:
    """The record as it was: name of the service, number of entries, root hash, time (UTC)."""

    name: str
    size: int
    root: bytes
    at: datetime

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or self.size < 0 or len(self.root) != HASH_BYTES:
            raise ValueError("a checkpoint has a name without spaces and plus signs, a size and a root")
        object.__setattr__(self, "at", self.at.astimezone(UTC))

    def text(self) -> str:
        """What is signed."""
        root = base64.b64encode(self.root).decode()
        return f"{self.name}\n{self.size}\n{root}\ntime {self.at.strftime(_TIME)}\n"


class Verifier:
    """Reads checkpoints of one service, with its public key alone: an auditor needs nothing else."""

    def __init__(self, name: str, public: bytes) -> None:
        self.name = name
        self._public = Ed25519PublicKey.from_public_bytes(public)
        self._bytes = public
        self._id = _key_id(name, public)

    @property
    def vkey(self) -> str:
        """The public key as text, in the form of signed-note: give it to the auditor."""
        return f"{self.name}+{self._id.hex()}+{base64.b64encode(_ED25519 + self._bytes).decode()}"

    @classmethod
    def from_vkey(cls, vkey: str) -> Self:
        """Read a public key as `vkey` writes it. Raises ValueError."""
        name, _, rest = vkey.strip().partition("+")
        id_, _, encoded = rest.partition("+")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            key = b""
        if not _NAME.fullmatch(name) or key[:1] != _ED25519 or len(key) != 33:
            raise ValueError("a verifier key reads NAME+ID+KEY, where KEY is an Ed25519 key in base64")
        verifier = cls(name, key[1:])
        if verifier._id.hex() != id_:
            raise ValueError("the verifier key's id does not belong to its name and key")
        return verifier

    def read(self, note: str | bytes) -> Checkpoint:
        """Read a signed checkpoint. Spaces around it and line ends of another system don't matter.

        Raises CheckpointForged.
        """
        text = note.decode("utf-8", "replace") if isinstance(note, bytes) else note
        lines = (line.strip() for line in text.strip().splitlines())
        found = _NOTE.fullmatch("\n".join(lines) + "\n")
        if found is None:
            raise CheckpointForged("this is not a checkpoint: it has other lines than one")
        if found["name"] != self.name or found["signer"] != self.name:
            raise CheckpointForged("this is a checkpoint of another service")
        try:
            signature = base64.b64decode(found["signature"], validate=True)
            root = base64.b64decode(found["root"], validate=True)
            if signature[:_ID_BYTES] != self._id:
                raise CheckpointForged("this checkpoint was signed with another key")
            self._public.verify(signature[_ID_BYTES:], found["text"].encode())
            at = datetime.strptime(found["at"], _TIME).replace(tzinfo=UTC)
        except (binascii.Error, InvalidSignature):
            raise CheckpointForged("the signature of this checkpoint does not fit") from None
        return Checkpoint(self.name, int(found["size"]), root, at)


class Signer:
    """Signs checkpoints. The key is derived from the keyring and survives rotation."""

    def __init__(self, keyring: Keyring, name: str) -> None:
        """The signer of a service; its name has no spaces and no plus signs, such as the server's name."""
        if not _NAME.fullmatch(name):
            raise ValueError("the name of a service in checkpoints has no spaces and no plus signs")
        self.name = name
        self._private = Ed25519PrivateKey.from_private_bytes(keyring.derive(_PURPOSE))

    @property
    def verifier(self) -> Verifier:
        """What reads this signer's checkpoints."""
        return Verifier(self.name, self._private.public_key().public_bytes_raw())

    def sign(self, frontier: Frontier, at: datetime) -> str:
        """A signed checkpoint of the record as it is, ready to be posted."""
        text = Checkpoint(self.name, frontier.size, frontier.root, at).text()
        id_ = _key_id(self.name, self._private.public_key().public_bytes_raw())
        signature = base64.b64encode(id_ + self._private.sign(text.encode())).decode()
        return f"{text}\n— {self.name} {signature}\n"


def is_due(size: int, now: datetime, last_size: int, last_at: datetime | None) -> bool:
    """Whether a checkpoint should be posted: 100 entries or 60 seconds after the last, if any are new."""
    if size <= last_size:
        return False
    return last_at is None or size - last_size >= AFTER_ENTRIES or now - last_at >= AFTER_TIME


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:_ID_BYTES]
