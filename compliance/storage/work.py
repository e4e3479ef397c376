"""What every repository works with: one open transaction, the sealer, the keyed index and the clock."""

import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, Executable, Row, Table, literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection

from compliance.keys.keyring import Keyring
from compliance.sealing import SERVICE, Sealer
from compliance.storage.errors import UnknownKind
from config.clock import Clock


class KeyedIndex:
    """Finds a row by something personal without keeping it: HMAC-SHA-256 by table and column."""

    def __init__(self, keyring: Keyring) -> None:
        self._key = keyring.derive("storage-index")

    def of(self, table: str, column: str, value: str) -> str:
        said = "\x00".join((table, column, value)).encode()
        return hmac.new(self._key, said, hashlib.sha256).hexdigest()


@dataclass(slots=True)
class Work:
    """One transaction in the making."""

    connection: AsyncConnection
    sealer: Sealer
    index: KeyedIndex
    clock: Clock
    shard: str
    added: set[str] = field(default_factory=set[str])
    """Names of the store's events to set once this is committed."""
    after: list[Callable[[], object]] = field(default_factory=list[Callable[[], object]])
    """To be called once this is committed."""
    new_keys: list[str] = field(default_factory=list[str])
    """People whose keys were made here, to be destroyed if this is rolled back."""

    def now(self) -> datetime:
        return self.clock.now()

    def insert(self, table: Table) -> postgresql.Insert:
        """An INSERT that knows ON CONFLICT, which both databases spell the same way."""
        return insert(table, self.dialect)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.connection.dialect.name

    async def run(
        self, statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[Any]:
        return await self.connection.execute(statement, values)

    async def rows(self, statement: Executable, **values: Any) -> Sequence[Row[Any]]:
        return (await self.connection.execute(statement, values)).all()

    async def row(self, statement: Executable, **values: Any) -> Row[Any] | None:
        return (await self.connection.execute(statement, values)).first()

    def seal(self, table: str, column: str, row: str, plain: str, owner: str = SERVICE) -> bytes:
        return self.sealer.seal(owner, table, column, row, plain.encode())

    def open(self, table: str, column: str, row: str, sealed: bytes, owner: str = SERVICE) -> str:
        return self.sealer.open(owner, table, column, row, bytes(sealed)).decode()


def in_state(table: Table, state: Literal["waiting", "held", "open"]) -> ColumnElement[bool]:
    """Rows in a state, written out: a partial index is only used where its condition stands literally."""
    return table.c.state == literal_column(f"'{state}'")


def insert(table: Table, dialect: str) -> postgresql.Insert:
    """An INSERT that knows ON CONFLICT, in the words of a database."""
    return (
        postgresql.insert(table)
        if dialect == "postgresql"
        else cast("postgresql.Insert", sqlite.insert(table))
    )


@cache
def insert_once(table: Table, dialect: str, *conflict: str) -> postgresql.Insert:
    """An INSERT that does nothing if these columns are taken; run with the values beside it.

    Statements that are built once cost half of what building them anew costs: that counts on the way of a
    crisis card.
    """
    return insert(table, dialect).on_conflict_do_nothing(index_elements=[*conflict])


def one_of(noun: str, value: str, known: Sequence[str]) -> str:
    """The value, if it is a registered one. Raises `UnknownKind`."""
    if value not in known:
        raise UnknownKind(f"{value!r} is no {noun}; known are {', '.join(known)}")
    return value
