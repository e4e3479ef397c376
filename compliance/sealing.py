"""Sealing by record: each value under its owner's key, bound to the place where it stands.

AES-256-GCM-SIV (RFC 8452), which stays safe even if a nonce should repeat. A sealed value reads
version (1 byte) ‖ nonce (12) ‖ ciphertext and tag (16). The place (owner, table, column, row), each part
with its length in front, is the additional data: a value that was moved to another row, column, table or
owner doesn't open (45 CFR 164.312(c)).
"""

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from compliance.keys.keystore import SERVICE, Keystore

__all__ = ["SERVICE", "SealBroken", "Sealer"]

_VERSION: Final = b"\x01"
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16


class SealBroken(Exception):  # noqa: N818
    """A sealed value was changed, cut, or stands in another place than where it was sealed."""


class Sealer:
    """Seals and opens values with the keys of a keystore."""

    def __init__(self, keystore: Keystore) -> None:
        self.keystore = keystore

    def seal(self, owner: str, table: str, column: str, row: str, plain: bytes) -> bytes:
        """Seal a value for its place; the owner is a person id or SERVICE. Raises PersonKeyMissing."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        cipher = AESGCMSIV(self.keystore.key(owner))
        return _VERSION + nonce + cipher.encrypt(nonce, plain, _place(owner, table, column, row))

    def open(self, owner: str, table: str, column: str, row: str, sealed: bytes) -> bytes:
        """Open a value at its place. Raises SealBroken, PersonKeyMissing (the person was erased)."""
        if sealed[:1] != _VERSION or len(sealed) < 1 + _NONCE_BYTES + _TAG_BYTES:
            raise SealBroken(f"{table}.{column} of row {row} is not a sealed value")
        cipher = AESGCMSIV(self.keystore.key(owner))
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, body, _place(owner, table, column, row))
        except InvalidTag:
            raise SealBroken(
                f"{table}.{column} of row {row} was changed, or it belongs to another row, column or owner"
            ) from None


def _place(*parts: str) -> bytes:
    encoded = [part.encode() for part in parts]
    return _VERSION + b"".join(len(part).to_bytes(4, "big") + part for part in encoded)
