"""A store on each database that Stillroom runs on."""

from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest
import pytest_asyncio
from storage import stores

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
