"""The operator's keys: one private text file, kept where the database is not.

Two kinds of keys stand in it, because they live differently long:

- **One root key** (`root`). All derived keys come from it by HKDF-SHA256 (RFC 5869): the database's key,
  the index key, the signing key of the audit log. They must not change when wrapping keys are rotated,
  since the whole database would have to be written anew; so the root stays for the life of the
  installation. A lost root is replaced by restoring a backup into a new installation.
- **Wrapping keys** (`wrap`), oldest first. They wrap the person keys in the keystore. The newest seals,
  older ones still open: rotation adds one, rewraps the keystore, then retires the old.

A key's id is a short digest of the key; it is safe to show. The file may lie on another disk, or be a
systemd credential: give the path of the file, or of a directory that holds `stillroom.keys`.
"""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from compliance.files import read_private, write_private

KEY_BYTES = 32
FILE_NAME = "stillroom.keys"
"""What the file is called when the path given is a directory, such as $CREDENTIALS_DIRECTORY."""

_ID_BYTES = 8
_NONCE_BYTES = 12
_HEADER = """\
# The keys of a Stillroom installation. Whoever has this file and the data can read everything;
# without it nothing can be read. Keep it off the data's disk and backups, and keep a copy elsewhere.
# root: derives the database's key; never changes. wrap: wraps person keys; the last line is the newest.
"""


class KeyringBroken(Exception):  # noqa: N818
    """The key file can't be used; the message names the file and the line, never the key."""


class WrapBroken(Exception):  # noqa: N818
    """A wrapped key doesn't open: another keyring wrapped it, or it was changed or moved."""


class Keyring:
    """The operator's keys in memory. Make one with `generate` or `load`."""

    __slots__ = ("_root", "_wrapping", "newest")

    def __init__(self, root: bytes, wrapping: Iterable[bytes]) -> None:
        """A keyring of a 32-byte root key and 32-byte wrapping keys, oldest first."""
        keys = list(wrapping)
        if len(root) != KEY_BYTES or not keys or any(len(key) != KEY_BYTES for key in keys):
            raise ValueError("a keyring needs a root key and at least one wrapping key of 32 bytes each")
        if len({root, *keys}) != len(keys) + 1:
            raise ValueError("a keyring holds the same key twice")
        self._root = root
        self._wrapping = {_key_id(key): key for key in keys}
        self.newest: str = _key_id(keys[-1])
        """Id of the wrapping key that seals."""

    @classmethod
    def generate(cls, path: Path) -> Self:
        """Write a new key file (mode 0600) and return its keyring.

        Raises FileExistsError if there is a file already, LooseFile if the directory is open to others.
        """
        ring = cls(secrets.token_bytes(KEY_BYTES), [secrets.token_bytes(KEY_BYTES)])
        write_private(_file(path), ring._text())
        return ring

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a key file.

        Raises LooseFile if others could read or change it, KeyringBroken if it is missing or isn't a key
        file.
        """
        file = _file(path)
        try:
            content = read_private(file)
        except FileNotFoundError:
            raise KeyringBroken(
                f"there is no key file {file}. Write one with `stillroom init`, or put the file of this "
                f"installation back"
            ) from None
        root, wrapping = _parse(file, content)
        try:
            return cls(root, wrapping)
        except ValueError as error:
            raise KeyringBroken(f"{file}: {error}") from None

    @classmethod
    def rotate(cls, path: Path) -> Self:
        """Add a new wrapping key to the file; old ones stay until `retire`. Rewrap the keystore next."""
        old = cls.load(path)
        ring = cls(old._root, [*old._wrapping.values(), secrets.token_bytes(KEY_BYTES)])
        write_private(_file(path), ring._text(), replace=True)
        return ring

    @classmethod
    def retire(cls, path: Path, key_id: str) -> Self:
        """Take an old wrapping key out of the file; do it when `Keystore.wrapped_by` no longer names it.

        Raises KeyError if it isn't there, ValueError if it is the newest.
        """
        old = cls.load(path)
        if key_id not in old._wrapping:
            raise KeyError(key_id)
        if key_id == old.newest:
            raise ValueError(f"{key_id} is the newest wrapping key; rotate before you retire it")
        ring = cls(old._root, [key for id_, key in old._wrapping.items() if id_ != key_id])
        write_private(_file(path), ring._text(), replace=True)
        return ring

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the wrapping keys, oldest first."""
        return tuple(self._wrapping)

    def derive(self, purpose: str) -> bytes:
        """The 32-byte key for a purpose ("database", "index", …): the same always, whatever is rotated."""
        return _hkdf(self._root, f"stillroom/1/derive/{purpose}")

    def wrap(self, name: str, key: bytes) -> bytes:
        """Seal a key under the newest wrapping key, bound to its name (AES-256-GCM-SIV, RFC 8452)."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._cipher(self.newest).encrypt(nonce, key, name.encode())
        return bytes.fromhex(self.newest) + nonce + sealed

    def unwrap(self, name: str, wrapped: bytes) -> bytes:
        """Open a wrapped key. Raises WrapBroken."""
        key_id = wrapped[:_ID_BYTES].hex()
        if key_id not in self._wrapping:
            raise WrapBroken(f"the key of {name} was wrapped by key {key_id}, which is not on this keyring")
        nonce, sealed = wrapped[_ID_BYTES : _ID_BYTES + _NONCE_BYTES], wrapped[_ID_BYTES + _NONCE_BYTES :]
        try:
            return self._cipher(key_id).decrypt(nonce, sealed, name.encode())
        except (InvalidTag, ValueError):
            raise WrapBroken(f"the wrapped key of {name} was changed or belongs to another name") from None

    def __repr__(self) -> str:
        return f"Keyring(wrapping keys {', '.join(self._wrapping)})"

    def __reduce__(self) -> str:
        raise TypeError("a keyring is not pickled")

    def _cipher(self, key_id: str) -> AESGCMSIV:
        return AESGCMSIV(_hkdf(self._wrapping[key_id], "stillroom/1/wrap"))

    def _text(self) -> bytes:
        lines = [f"root {_encode(self._root)}", *(f"wrap {_encode(key)}" for key in self._wrapping.values())]
        return (_HEADER + "\n".join(lines) + "\n").encode()


def wrapper_of(wrapped: bytes) -> str:
    """Id of the wrapping key that sealed a wrapped key."""
    return wrapped[:_ID_BYTES].hex()


def _file(path: Path) -> Path:
    return path / FILE_NAME if path.is_dir() else path


def _parse(file: Path, content: bytes) -> tuple[bytes, list[bytes]]:
    """Root and wrapping keys of a key file's text. Errors name the line's number, never what it says."""
    roots: list[bytes] = []
    wrapping: list[bytes] = []
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        word, _, text = line.strip().partition(" ")
        try:
            key = base64.b64decode(text.strip(), validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if word not in ("root", "wrap") or len(key) != KEY_BYTES:
            raise KeyringBroken(
                f"{file}, line {number}: expected `root KEY` or `wrap KEY`, where KEY is 32 bytes in base64 "
                f"(44 characters). Put the original file back"
            )
        (roots if word == "root" else wrapping).append(key)
    if len(roots) != 1 or not wrapping:
        raise KeyringBroken(
            f"{file}: expected one `root` line and at least one `wrap` line, found {len(roots)} and "
            f"{len(wrapping)}. Put the original file back"
        )
    return roots[0], wrapping


def _encode(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _key_id(key: bytes) -> str:
    return hashlib.sha256(b"stillroom/1/key-id" + key).digest()[:_ID_BYTES].hex()


def _hkdf(key: bytes, info: str) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=info.encode()).derive(key)
