"""Where the Olm account, the sessions and the known devices live: nio's store, on SQLCipher.

nio's own store has mode 0644 and shows room and user ids in clear. Here nothing is readable on disk
without the key.
"""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from nio.crypto import DeviceStore, OlmDevice
from nio.store import SqliteStore
from nio.store.models import DeviceKeys, Keys
from playhouse.sqlcipher_ext import SqlCipherDatabase


class CryptoStoreUnreadable(Exception):  # noqa: N818
    """The file exists and does not open with this key."""


class CryptoStore(SqliteStore):
    """nio's store in one encrypted file."""

    def __init__(self, user_id: str, device_id: str, path: Path, key: bytes) -> None:
        """Open or make the store. `key` is 32 random bytes, kept by the operator's keyring.

        Raises CryptoStoreUnreadable.
        """
        if len(key) != 32:
            raise ValueError("the key of the crypto store is 32 bytes")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.chmod(0o600)
        self._key = key
        try:
            super().__init__(user_id, device_id, str(path.parent), key.hex(), path.name)
        except Exception as error:  # peewee wraps SQLCipher's errors in types of its own
            if type(error).__name__ == "DatabaseError":
                raise CryptoStoreUnreadable(
                    f"{path} does not open with this key. Was the operator's key or the file replaced?"
                ) from error
            raise

    def _create_database(self) -> SqlCipherDatabase:
        return SqlCipherDatabase(
            self.database_path,
            # The raw-key form: 256 bits are no passphrase and need no stretching.
            passphrase=f"x'{self._key.hex()}'",
            pragmas={
                "journal_mode": "wal",
                "synchronous": "full",
                "foreign_keys": 1,
                "secure_delete": 1,
                "temp_store": "memory",
            },
        )

    @contextmanager
    def batch(self) -> Generator[None]:
        """Everything saved inside is one transaction: one wait for the disk instead of one a session."""
        with cast("Any", self.database).atomic():
            yield

    def close(self) -> None:
        cast("Any", self.database).close()

    # nio asks device by device: 5.7 s for 2,000 of them. One statement does the same.

    def load_device_keys(self) -> DeviceStore:
        devices = DeviceStore()
        device: Any = DeviceKeys  # peewee's columns have no types
        with self.database.bind_ctx(self.models):
            account: Any = cast("Any", self)._get_account()
            if account is None:
                return devices
            found: dict[int, OlmDevice] = {}
            rows = (
                device.select(
                    device.id, device.user_id, device.device_id, device.deleted, Keys.key_type, Keys.key
                )
                .join(Keys, on=(Keys.device == device.id))
                .where(device.account == account)
                .tuples()
            )
            for row, user_id, device_id, deleted, key_type, key in rows:
                entry = found.setdefault(row, OlmDevice(user_id, device_id, {}, deleted=deleted))
                entry.keys[key_type] = key
        for entry in found.values():
            devices.add(entry)
        return devices
