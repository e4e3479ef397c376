"""The store: opens the database, hands out units of work, tells when there is something to do."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Self
from zlib import crc32

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from compliance.keys.keyring import Keyring
from compliance.sealing import Sealer
from compliance.storage import due, journal, outbox
from compliance.storage.engine import open_engine
from compliance.storage.migrate import migrate
from compliance.storage.unit import Unit
from compliance.storage.work import KeyedIndex, Work
from config.clock import Clock

_SHARD_LOCK = text("SELECT pg_advisory_xact_lock(:space, :shard)").bindparams(
    bindparam("space", 7302), bindparam("shard")
)


class Store:
    """An open database. One unit of work writes at a time within a shard, on both databases.

    A shard is one bot account; its rows in journal, outbox and due are its own, all else is shared.
    """

    def __init__(
        self, engine: AsyncEngine, *, sealer: Sealer, keyring: Keyring, clock: Clock, shard: str
    ) -> None:
        self._engine = engine
        self._sealer = sealer
        self._index = KeyedIndex(keyring)
        self._clock = clock
        self._shard = shard
        self._turn = asyncio.Lock()
        self._holder: asyncio.Task[Any] | None = None
        self.outbox_added = asyncio.Event()
        self.outbox_sent = asyncio.Event()
        self.journal_added = asyncio.Event()
        self.due_changed = asyncio.Event()
        self._events = {
            outbox.EVENT: self.outbox_added,
            outbox.SENT: self.outbox_sent,
            journal.EVENT: self.journal_added,
            due.EVENT: self.due_changed,
        }

    @classmethod
    async def open(
        cls, url: str, *, sealer: Sealer, keyring: Keyring, clock: Clock, shard: str = "main"
    ) -> Self:
        """Open the database and bring it to this version's tables.

        Raises `WrongKey`, `LooseMode`, `BadAddress`, or `StorageError` for a database of a newer version.
        """
        engine = await open_engine(url, keyring.derive("database"))
        try:
            await migrate(engine)
        except BaseException:
            await engine.dispose()
            raise
        return cls(engine, sealer=sealer, keyring=keyring, clock=clock, shard=shard)

    @property
    def engine(self) -> AsyncEngine:
        """The engine below: for backups, checks and tests, not for use cases."""
        return self._engine

    @asynccontextmanager
    async def unit(self) -> AsyncGenerator[Unit]:
        """One transaction: it commits at the end, and leaves nothing behind if an exception passes.

        The store's events are set after the commit. Units do not nest: a second one in the same task
        would wait for the first for ever, so it raises RuntimeError.
        """
        task = asyncio.current_task()
        if task is not None and self._holder is task:
            raise RuntimeError("a unit of work is open in this task already: hand it on instead")
        interrupted: asyncio.CancelledError | None = None
        async with self._turn:
            self._holder = task
            try:
                async with self._engine.connect() as connection:
                    work = Work(connection, self._sealer, self._index, self._clock, self._shard)
                    try:
                        await self._take_turn(connection)
                        unit = Unit(work)
                        yield unit
                        await unit.audit.flush()
                    except BaseException:
                        await _to_the_end(self._roll_back(work))
                        raise
                    interrupted = await _to_the_end(connection.commit())
                for name in work.added:
                    self._events[name].set()
                for call in work.after:
                    call()
            finally:
                self._holder = None
        if interrupted is not None:
            raise interrupted

    async def tidy(self) -> None:
        """Truncate SQLite's write-ahead log, where deleted values stay until then."""
        if self._engine.dialect.name == "sqlite":
            async with self._turn, self._engine.connect() as connection:
                raw: Any = (await connection.get_raw_connection()).driver_connection
                await (await raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")).close()

    async def close(self) -> None:
        """Close the database; waits for a unit that is at work."""
        await self.tidy()
        async with self._turn:
            await self._engine.dispose()

    async def _take_turn(self, connection: AsyncConnection) -> None:
        if connection.dialect.name == "postgresql":
            shard = crc32(self._shard.encode()) - 2**31
            await connection.execute(_SHARD_LOCK, {"shard": shard})

    async def _roll_back(self, work: Work) -> None:
        await work.connection.rollback()
        for person in work.new_keys:
            await asyncio.to_thread(self._sealer.keystore.destroy, person)


async def _to_the_end(doing: Coroutine[Any, Any, None]) -> asyncio.CancelledError | None:
    """Finish even if this task is cancelled meanwhile: of half a commit nobody could tell what holds.

    Returns the cancellation, for the caller to raise once its own house is in order.
    """
    task = asyncio.ensure_future(doing)
    interrupted: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            if task.cancelled():
                raise
            interrupted = error
    task.result()
    return interrupted
