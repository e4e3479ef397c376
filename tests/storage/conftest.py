"""A store on each database that Stillroom runs on; houses in which people talk."""

import asyncio
import shutil
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest
import pytest_asyncio
from storage import stores
from storage import talk as t
from storage.crises import meet
from storage.talk import Talk

from compliance.keys.keyring import Keyring
from compliance.keys.keystore import Keystore
from compliance.sealing import Sealer
from compliance.storage.store import Store
from config.clock import MovedClock


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[str]:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        yield stores.sqlite_url(tmp_path)
        return
    url = stores.make_database()
    yield url
    stores.drop_database(url)


@pytest.fixture
def house(tmp_path: Path) -> Generator[stores.House]:
    """Keys and clock of the store under test."""
    around = stores.house(tmp_path)
    yield around
    around.keystore.close()


@pytest.fixture
def clock(house: stores.House) -> MovedClock:
    return house.clock


@pytest_asyncio.fixture
async def store(database: str, house: stores.House) -> AsyncGenerator[Store]:
    """An open store, on SQLite (SQLCipher) and on PostgreSQL."""
    opened = await house.open(database)
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def fresh(tmp_path: Path) -> AsyncGenerator[Talk]:
    """A house in which nobody has been yet."""
    async with t.opened(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a house in which Mia and Dr. Keller work together; played once, copied for each test."""
    folder = tmp_path_factory.mktemp("played")

    async def play() -> None:
        async with t.opened(folder) as talk:
            await meet(talk)

    asyncio.run(play())
    return folder


@pytest_asyncio.fixture
async def at_work(played: Path, tmp_path: Path) -> AsyncGenerator[Talk]:
    """The house in which the two work together."""
    folder = tmp_path / "house"
    shutil.copytree(played, folder)
    clock = MovedClock(stores.START)
    keyring = Keyring.load(folder / "stillroom.keys")
    keystore = Keystore.load(folder / "keystore.db", keyring, clock)
    around = stores.House(clock, keyring, Sealer(keystore))
    store = await around.open(stores.sqlite_url(folder))
    yield Talk(store, around)
    await store.close()
    keystore.close()
