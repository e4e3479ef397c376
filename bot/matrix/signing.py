"""Signed JSON (Matrix specification, appendices, "Signing JSON"): Ed25519 over canonical JSON."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from nio.api import Api


def encode(data: bytes) -> str:
    """Unpadded base64."""
    return base64.b64encode(data).decode().rstrip("=")


def decode(text: str) -> bytes:
    """From unpadded (or padded) base64. Raises ValueError."""
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), validate=True)


def canonical(value: Mapping[str, Any]) -> bytes:
    """What is signed: the object without `signatures` and `unsigned`, as canonical JSON."""
    bare = {key: item for key, item in value.items() if key not in ("signatures", "unsigned")}
    return Api.to_canonical_json(bare).encode()


def public(seed: bytes) -> str:
    """The public key of an Ed25519 seed, unpadded base64."""
    return encode(
        Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    )


def signature(seed: bytes, value: Mapping[str, Any]) -> str:
    return encode(Ed25519PrivateKey.from_private_bytes(seed).sign(canonical(value)))


def verified(value: Mapping[str, Any], user_id: str, key: str, key_id: str | None = None) -> bool:
    """Whether an object bears a valid signature of this user by this Ed25519 key (unpadded base64).

    `key_id` is a device id; a cross-signing key is its own id.
    """
    signatures = value.get("signatures")
    if not isinstance(signatures, dict):
        return False
    of_user = cast("dict[str, Any]", signatures).get(user_id)
    if not isinstance(of_user, dict):
        return False
    signed = cast("dict[str, Any]", of_user).get(f"ed25519:{key_id or key}")
    return isinstance(signed, str) and _valid(key, signed, value)


def _valid(key: str, signed: str, value: Mapping[str, Any]) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(decode(key)).verify(decode(signed), canonical(value))
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True
