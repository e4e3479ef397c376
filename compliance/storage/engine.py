"""The database behind the storage: SQLite on SQLCipher, or PostgreSQL."""

from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from compliance.storage import sqlcipher
from compliance.storage.errors import BadAddress

_EXAMPLES = (
    "a database address is sqlite+aiosqlite:////var/lib/stillroom/stillroom.db "
    "or postgresql+asyncpg://user@host/stillroom"
)


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise BadAddress(f"that is no database address; {_EXAMPLES}") from None
    if parsed.drivername not in ("sqlite+aiosqlite", "postgresql+asyncpg"):
        raise BadAddress(f"the kind of database {parsed.drivername!r} is not known; {_EXAMPLES}")
    if parsed.drivername == "sqlite+aiosqlite" and parsed.database in (None, "", ":memory:"):
        raise BadAddress(f"the database must be a file; {_EXAMPLES}")
    return parsed


def _begin(connection: Any) -> None:
    connection.connection.driver_connection.begin()


async def open_engine(url: str, key: bytes) -> AsyncEngine:
    """Open the engine for an address.

    `key` is the 32 bytes that encrypt a SQLite file. Raises `BadAddress`, `LooseMode`; a wrong key shows at
    the first connection, as `WrongKey`.
    """
    parsed = _parse(url)
    if parsed.drivername == "postgresql+asyncpg":
        return create_async_engine(parsed, pool_size=5, pool_pre_ping=True, hide_parameters=True)
    path = Path(parsed.database or "")
    await sqlcipher.prepare(path)
    engine = create_async_engine(
        parsed,
        module=sqlcipher.driver(),
        async_creator=lambda: sqlcipher.connect(path, key),
        hide_parameters=True,
        pool_size=2,
        pool_reset_on_return=None,
    )
    event.listen(engine.sync_engine, "begin", _begin)
    return engine
