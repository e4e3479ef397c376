"""Who the bot is, at rest: access token, cross-signing seeds and the crypto store's key, in a sealed file.

Sealed with AES-256-GCM-SIV (RFC 8452) under a key that the operator's root key derives; rotating the
wrapping keys doesn't touch it. The file alone is worth nothing.
"""

import json
import secrets
import ssl as tls
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from bot.matrix.crosssigning import Seeds
from bot.matrix.login import Credentials
from compliance.files import read_private, write_private
from compliance.keys.keyring import Keyring

_PURPOSE: Final = "identity"
_MARK: Final = b"stillroom/1/identity\n"
"""Begins the file, and is bound into the seal."""
_NONCE_BYTES: Final = 12


class IdentityBroken(Exception):  # noqa: N818
    """The sealed login is missing or can't be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What the bot needs to be itself again after a restart."""

    credentials: Credentials
    seeds: Seeds
    store_key: bytes
    """32 random bytes: the key of the crypto store of this device."""

    @classmethod
    def new(cls, credentials: Credentials, seeds: Seeds | None = None) -> "Identity":
        """The identity of a new device, with cross-signing seeds of its account, or new ones."""
        return cls(credentials, seeds or Seeds.new(), secrets.token_bytes(32))


def write(path: Path, keyring: Keyring, identity: Identity, *, replace: bool = False) -> None:
    """Seal an identity into a file of mode 0600. Raises FileExistsError unless `replace`; LooseFile."""
    plain = json.dumps(
        {
            "user_id": identity.credentials.user_id,
            "device_id": identity.credentials.device_id,
            "access_token": identity.credentials.access_token.get_secret_value(),
            "seeds": identity.seeds.to_bytes().hex(),
            "store_key": identity.store_key.hex(),
        }
    ).encode()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCMSIV(keyring.derive(_PURPOSE)).encrypt(nonce, plain, _MARK)
    write_private(path, _MARK + nonce + sealed, replace=replace)


def read(path: Path, keyring: Keyring) -> Identity:
    """Open the sealed identity. Raises IdentityBroken, LooseFile."""
    try:
        content = read_private(path)
    except FileNotFoundError:
        raise IdentityBroken(
            f"there is no sealed login {path}; put it back, or log the bot in with `stillroom login`"
        ) from None
    nonce, sealed = content[len(_MARK) : len(_MARK) + _NONCE_BYTES], content[len(_MARK) + _NONCE_BYTES :]
    try:
        if not content.startswith(_MARK) or len(nonce) != _NONCE_BYTES:
            raise ValueError
        read = json.loads(AESGCMSIV(keyring.derive(_PURPOSE)).decrypt(nonce, sealed, _MARK))
        return Identity(
            Credentials.model_validate({key: read[key] for key in ("user_id", "device_id", "access_token")}),
            Seeds.from_bytes(bytes.fromhex(read["seeds"])),
            bytes.fromhex(read["store_key"]),
        )
    except (InvalidTag, ValueError, KeyError, TypeError):
        raise IdentityBroken(
            f"{path} was not sealed with this key file, or it is damaged; put the right one back, or log the "
            f"bot in again with `stillroom login`"
        ) from None


def trust(ca_file: Path | None) -> tls.SSLContext | None:
    """The certificates to trust: the usual ones (None), or the operator's own authority beside them."""
    if ca_file is None:
        return None
    context = tls.create_default_context()
    context.load_verify_locations(ca_file)
    return context
