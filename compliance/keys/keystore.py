"""Person keys: a small SQLite file apart from the database, so that one destroyed key erases a person.

The file holds wrapped keys and random ids, nothing else. It is written with a rollback journal that is
deleted after each transaction, `synchronous=EXTRA` (the journal's removal is durable too, so a power cut
can't bring a destroyed key back) and `secure_delete` (freed bytes are overwritten). What remains possible
is a forensic look at the disk's free blocks, and the keystore's own backups: keep those short-lived, and
replay the shred list after restoring one (GDPR Art. 17).

https://www.sqlite.org/pragma.html#pragma_secure_delete, #pragma_synchronous, #pragma_data_version
"""

import contextlib
import secrets
import sqlite3
import threading
from collections.abc import Generator, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Self

from compliance.files import check_private, create_private
from compliance.keys.keyring import KEY_BYTES, Keyring, WrapBroken, wrapper_of
from config.clock import Clock

SERVICE = "service"
"""The name under which the service's own key is kept."""

_SCHEMA = """
CREATE TABLE person_key (person TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE shredded (person TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
"""
_FORMAT = 1
_BATCH = 200


class KeystoreBroken(Exception):  # noqa: N818
    """The keystore can't be used with this keyring, or the file is missing; the message says what to do."""


class PersonKeyMissing(KeyError):  # noqa: N818
    """There is no key of that name: it was never made, or it was destroyed."""

    def __init__(self, person: str) -> None:
        super().__init__(person)
        self.person = person

    def __str__(self) -> str:
        return f"there is no key of {self.person}"


class Shredded(NamedTuple):
    """A person whose key was destroyed, and when (UTC)."""

    person: str
    at: datetime


class Keystore:
    """The person keys. Synchronous and cached; a destruction by another process is seen at the next use."""

    def __init__(self, connection: sqlite3.Connection, keyring: Keyring, clock: Clock) -> None:
        self._connection = connection
        self._keyring = keyring
        self._clock = clock
        self._cache: dict[str, bytes] = {}
        self._version = -1
        self._lock = threading.RLock()

    @classmethod
    def generate(cls, path: Path, keyring: Keyring, clock: Clock) -> Self:
        """Make a new keystore file (mode 0600) that holds the service's key.

        Raises FileExistsError if there is one, LooseFile if its directory is open to others.
        """
        create_private(path)
        connection = _connect(path)
        connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version={_FORMAT}; COMMIT;")
        store = cls(connection, keyring, clock)
        store.create(SERVICE)
        return store

    @classmethod
    def load(cls, path: Path, keyring: Keyring, clock: Clock) -> Self:
        """Open a keystore file.

        A missing file is never silently replaced: without it the sealed records can't be read.
        Raises KeystoreBroken if it is missing, damaged or wrapped by another keyring; LooseFile.
        """
        try:
            check_private(path)
        except FileNotFoundError:
            raise KeystoreBroken(
                f"there is no keystore {path}. It holds the key of every person: put it back from a backup, "
                f"or start a new installation with `stillroom init`"
            ) from None
        try:
            connection = _connect(path)
            (version,) = connection.execute("PRAGMA user_version").fetchone()
        except sqlite3.DatabaseError:
            raise KeystoreBroken(f"{path} is not a keystore, or it is damaged: restore it") from None
        if version != _FORMAT:
            connection.close()
            raise KeystoreBroken(f"{path} has format {version}; this version of Stillroom reads {_FORMAT}")
        store = cls(connection, keyring, clock)
        try:
            store.key(SERVICE)
        except (WrapBroken, PersonKeyMissing, sqlite3.DatabaseError) as error:
            store.close()
            raise KeystoreBroken(f"{path} doesn't open with this key file: {error}") from None
        return store

    def create(self, person: str) -> None:
        """Make a person's key. Raises ValueError if there is one, or if it was destroyed before."""
        wrapped = self._keyring.wrap(person, secrets.token_bytes(KEY_BYTES))
        with self._writing() as connection:
            if connection.execute("SELECT 1 FROM shredded WHERE person = ?", (person,)).fetchone():
                raise ValueError(f"the key of {person} was destroyed; a destroyed name is never used again")
            if connection.execute("SELECT 1 FROM person_key WHERE person = ?", (person,)).fetchone():
                raise ValueError(f"{person} has a key already")
            connection.execute("INSERT INTO person_key VALUES (?, ?)", (person, wrapped))

    def key(self, person: str) -> bytes:
        """A person's 32-byte key. Raises PersonKeyMissing, WrapBroken."""
        with self._lock:
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
            if version != self._version:  # another process wrote: it may have destroyed a key
                self._cache.clear()
                self._version = version
            if (cached := self._cache.get(person)) is not None:
                return cached
            row = self._connection.execute(
                "SELECT wrapped FROM person_key WHERE person = ?", (person,)
            ).fetchone()
            if row is None:
                raise PersonKeyMissing(person)
            key = self._cache[person] = self._keyring.unwrap(person, row[0])
            return key

    def people(self) -> list[str]:
        """Every name that has a key, the service's own left out."""
        with self._lock:
            rows = self._connection.execute("SELECT person FROM person_key WHERE person != ?", (SERVICE,))
            return [person for (person,) in rows]

    def destroy(self, person: str) -> None:
        """Destroy a person's key for good and write it on the shred list. Again: nothing happens.

        Raises PersonKeyMissing if there never was one, ValueError for the service's key.
        """
        if person == SERVICE:
            raise ValueError("the service's own key is not destroyed")
        with self._writing() as connection:
            self._cache.pop(person, None)
            gone = connection.execute("DELETE FROM person_key WHERE person = ?", (person,)).rowcount
            if not gone:
                if connection.execute("SELECT 1 FROM shredded WHERE person = ?", (person,)).fetchone():
                    return
                raise PersonKeyMissing(person)
            _write_shred(connection, Shredded(person, self._clock.now()))

    def shredded(self) -> list[Shredded]:
        """The shred list, oldest first: keep a copy apart from the keystore's backups."""
        with self._lock:
            rows = self._connection.execute("SELECT person, at FROM shredded ORDER BY at, person").fetchall()
        return [Shredded(person, datetime.fromisoformat(at)) for person, at in rows]

    def replay(self, shreds: Iterable[Shredded]) -> int:
        """Destroy again what had been destroyed, after an older keystore was restored.

        Returns how many keys were destroyed now; the times stay those of the first destruction.
        """
        destroyed = 0
        with self._writing() as connection:
            for shred in shreds:
                if shred.person == SERVICE:
                    raise ValueError("the service's own key is not destroyed")
                self._cache.pop(shred.person, None)
                gone = connection.execute("DELETE FROM person_key WHERE person = ?", (shred.person,)).rowcount
                destroyed += gone
                _write_shred(connection, shred)
        return destroyed

    def wrapped_by(self) -> dict[str, int]:
        """How many keys each wrapping key wraps, by its id."""
        counts: dict[str, int] = {}
        with self._lock:
            for (head,) in self._connection.execute("SELECT substr(wrapped, 1, 8) FROM person_key"):
                counts[wrapper_of(head)] = counts.get(wrapper_of(head), 0) + 1
        return counts

    def rewrap(self, keyring: Keyring, *, batches: int | None = None) -> int:
        """Wrap every key with the newest key of a keyring that also holds the old ones.

        Works in transactions of 200 keys; killed half-way, the next call does the rest. `batches` limits
        the work of one call, so that a serving process can do it bit by bit. Returns how many were wrapped.
        """
        with self._lock:
            self._keyring = keyring
        done = 0
        newest = bytes.fromhex(keyring.newest)
        while batches is None or batches > 0:
            with self._writing() as connection:
                rows = connection.execute(
                    "SELECT person, wrapped FROM person_key WHERE substr(wrapped, 1, 8) != ? LIMIT ?",
                    (newest, _BATCH),
                ).fetchall()
                for person, wrapped in rows:
                    again = keyring.wrap(person, keyring.unwrap(person, wrapped))
                    connection.execute("UPDATE person_key SET wrapped = ? WHERE person = ?", (again, person))
            done += len(rows)
            if len(rows) < _BATCH:
                break
            batches = None if batches is None else batches - 1
        return done

    def close(self) -> None:
        """Close the file and forget the keys in memory."""
        with self._lock:
            self._cache.clear()
            self._connection.close()

    def __repr__(self) -> str:
        return "Keystore()"

    @contextlib.contextmanager
    def _writing(self) -> Generator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")


def _write_shred(connection: sqlite3.Connection, shred: Shredded) -> None:
    at = shred.at.astimezone(UTC).isoformat()
    connection.execute("INSERT INTO shredded VALUES (?, ?) ON CONFLICT DO NOTHING", (shred.person, at))


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5)
    for pragma in (
        "secure_delete=ON",
        "journal_mode=DELETE",
        "synchronous=EXTRA",
        "trusted_schema=OFF",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection
