"""SQLCipher under aiosqlite, in as few hand-overs to its thread as can be.

aiosqlite hands a thread four things for one statement: make a cursor, execute, fetch, close. Here they
are one, and the begin of a transaction goes with its first statement. That takes most of the waiting out of
a small transaction.
"""

import asyncio
import logging
import os
import stat
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any

import aiosqlite
import sqlcipher3.dbapi2 as sqlcipher  # pyright: ignore[reportMissingTypeStubs]
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util import await_only

from compliance.storage.errors import LooseMode, StorageError, WrongKey

_cipher: Any = sqlcipher

# At its debug level aiosqlite logs every statement with its values.
logging.getLogger("aiosqlite").setLevel(logging.WARNING)

BUSY_MILLISECONDS = 10_000


class SqlCipherModule(AsyncAdapt_aiosqlite_dbapi):
    """The driver module as SQLAlchemy wants it, with the exceptions of SQLCipher."""

    def _init_dbapi_attributes(self) -> None:
        super()._init_dbapi_attributes()
        for name in (
            "DatabaseError",
            "Error",
            "IntegrityError",
            "NotSupportedError",
            "OperationalError",
            "ProgrammingError",
            "sqlite_version",
            "sqlite_version_info",
        ):
            setattr(self, name, getattr(_cipher, name))

    def connect(self, *_: Any, async_creator_fn: Any, **__: Any) -> AsyncAdapt_aiosqlite_connection:
        return _AdaptedConnection(self, await_only(async_creator_fn()))


class _AdaptedCursor(AsyncAdapt_aiosqlite_cursor):
    """SQLAlchemy's cursor over ours, which waits only for the statement itself."""

    __slots__ = ()

    def _aenter_cursor(self, cursor: Any) -> Any:
        return cursor

    async def _async_soft_close(self) -> None:
        return

    def close(self) -> None:
        self._rows.clear()

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        await self._cursor.execute(operation, () if parameters is None else parameters)
        self._rows = deque(await self._cursor.fetchall())


class _AdaptedConnection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()

    _cursor_cls = _AdaptedCursor


def driver() -> SqlCipherModule:
    """The driver module to hand to `create_async_engine`."""
    module: ModuleType = _cipher
    return SqlCipherModule(aiosqlite, module)


class _Cursor:
    """A cursor that runs a statement and reads all of its rows in one go."""

    arraysize = 1

    def __init__(self, connection: "_Connection") -> None:
        self._connection = connection
        self._rows: Sequence[Any] = ()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> "_Cursor":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rows = ()

    async def execute(self, statement: str, values: Sequence[Any] = ()) -> "_Cursor":
        await self._connection.carry(self._run, statement, values)
        return self

    async def executemany(self, statement: str, many: Sequence[Sequence[Any]]) -> "_Cursor":
        await self._connection.carry(self._run_many, statement, many)
        return self

    async def fetchall(self) -> Sequence[Any]:
        rows, self._rows = self._rows, ()
        return rows

    async def close(self) -> None:
        self._rows = ()

    def _run(self, statement: str, values: Sequence[Any]) -> None:
        cursor = self._connection.raw.execute(statement, values)
        self.description = cursor.description
        self._rows = cursor.fetchall() if cursor.description else ()
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        cursor.close()

    def _run_many(self, statement: str, many: Sequence[Sequence[Any]]) -> None:
        cursor = self._connection.raw.executemany(statement, many)
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        cursor.close()


class _Connection(aiosqlite.Connection):
    _begins = False
    """Whether a transaction was asked for, and no statement of it was handed over yet."""

    @property
    def raw(self) -> Any:
        return self._conn

    def begin(self) -> None:
        """Let the next statement begin a transaction.

        It takes the write lock at once: one that reads first and writes later fails instead of waiting.
        """
        self._begins = True

    async def carry(self, work: Any, *values: Any) -> None:
        """Have the thread do something, and begin the transaction before if that was asked for."""
        # Settled here and not on the thread: what is handed over is begun, even if nobody waits any more.
        first, self._begins = self._begins, False
        try:
            await self._execute(self._begun if first else self._plain, work, values)
        except Exception:
            self._begins = first and not self.raw.in_transaction
            raise

    async def commit(self) -> None:
        if self._begins:
            self._begins = False
        else:
            await super().commit()

    async def rollback(self) -> None:
        if self._begins:
            self._begins = False
        else:
            await super().rollback()

    def cursor(self) -> Any:
        return _Cursor(self)

    def _begun(self, work: Any, values: tuple[Any, ...]) -> None:
        self.raw.execute("BEGIN IMMEDIATE")
        work(*values)

    def _plain(self, work: Any, values: tuple[Any, ...]) -> None:
        work(*values)


def _connect(path: Path, key: bytes) -> Any:
    raw = _cipher.connect(
        str(path), isolation_level=None, check_same_thread=False, timeout=BUSY_MILLISECONDS / 1000
    )
    try:
        raw.execute("PRAGMA cipher_log_level = NONE")  # a wrong key is told once, as WrongKey
        raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        try:
            raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except _cipher.OperationalError:
            raise
        except _cipher.DatabaseError:
            raise WrongKey(
                f"{path} does not open with this key: it belongs to another key file, or is damaged. "
                "Put back the key file that it was made with, or restore both from one backup."
            ) from None
        if raw.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise StorageError(f"{path} is on a file system without WAL: move it to a local disk.")
        for pragma in (
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
            "temp_store = MEMORY",
            "cipher_memory_security = OFF",
            f"busy_timeout = {BUSY_MILLISECONDS}",
        ):
            raw.execute(f"PRAGMA {pragma}")
    except BaseException:
        raw.close()
        raise
    return raw


async def connect(path: Path, key: bytes) -> aiosqlite.Connection:
    """Open the encrypted database, making it if it isn't there.

    Raises `WrongKey`, and `StorageError` where the file system cannot carry it.
    """
    connection = _Connection(lambda: _connect(path, key), iter_chunk_size=64)
    connection._thread.daemon = True  # pyright: ignore[reportPrivateUsage]
    return await connection


def prepare_file(path: Path) -> None:
    """Make the file readable by its owner alone; SQLite gives its WAL and shm the same mode.

    Raises `LooseMode` if an existing file is readable by others.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            raise LooseMode(
                f"{path} has mode {mode:04o}: others may read it. Run: chmod 600 {path}"
            ) from None


async def prepare(path: Path) -> None:
    """As `prepare_file`, off the event loop."""
    await asyncio.to_thread(prepare_file, path)
