"""Bring a database to the tables of this version."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from compliance.storage.errors import StorageError

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_302_118_254_001
"""Any number: it keeps two starting processes from migrating one PostgreSQL at once."""


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration without a file, so that it works from an installed package."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    try:
        command.upgrade(alembic_config(connection), "head")
    except CommandError as error:
        raise StorageError(
            f"the database belongs to a newer version of Stillroom ({error}). Install that version again, "
            "or restore the backup from before it."
        ) from error


def _is_current(connection: Connection) -> bool:
    wanted = ScriptDirectory.from_config(alembic_config()).get_heads()
    return set(MigrationContext.configure(connection).get_current_heads()) == set(wanted)


async def is_current(engine: AsyncEngine) -> bool:
    """Whether the tables are those of this version."""
    async with engine.connect() as connection:
        return await connection.run_sync(_is_current)


async def migrate(engine: AsyncEngine) -> None:
    """Run the migrations that are missing. All or nothing. Raises `StorageError` on a newer database."""
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade)
