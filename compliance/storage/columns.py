"""What tables are made of: columns that say which class of data they carry, and moments that are the same on
every database."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    text,
)
from sqlalchemy.types import TypeDecorator


class DataClass(StrEnum):
    """How much a column tells about a person."""

    PUBLIC = "public"
    """Known to anybody, such as the number of a version."""
    OPERATIONAL = "operational"
    """About the running of the service, of no person."""
    PSEUDONYM = "pseudonym"
    """A random id, a time or a state of a person whom only the keystore's holder can name."""
    KEYED_INDEX = "keyed-index"
    """An HMAC of something personal: it finds a row and tells nothing without the key."""
    PERSONAL_SEALED = "personal-sealed"
    """Who or where somebody is, sealed."""
    HEALTH_SEALED = "health-sealed"
    """What somebody told or how somebody is (GDPR article 9), sealed."""


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Moment(TypeDecorator[datetime]):
    """An aware time, kept as whole microseconds since 1970 UTC: the same on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("only aware times are kept")
        return (value - _EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + timedelta(microseconds=value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

SERIAL = BigInteger().with_variant(Integer, "sqlite")
KIND = String(64)
ID = String(32)
DIGEST = String(64)


def column(
    name: str, kind: Any, data: DataClass, *more: Any, null: bool = False, **options: Any
) -> Column[Any]:
    """A column with the class of its data."""
    return Column(name, kind, *more, nullable=null, info={"data": data}, **options)


def identifier(name: str = "id") -> Column[Any]:
    """The random id of a row, its primary key."""
    return column(name, ID, DataClass.PSEUDONYM, primary_key=True)


def serial(name: str = "seq") -> Column[Any]:
    """A number that the database counts up, its primary key."""
    return column(name, SERIAL, DataClass.OPERATIONAL, primary_key=True, autoincrement=True)


def ref(name: str, target: str, *, null: bool = False) -> Column[Any]:
    """The id of a row in another table."""
    return column(name, ID, DataClass.PSEUDONYM, ForeignKey(target), null=null)


def word(name: str, *, null: bool = False) -> Column[Any]:
    """A short word of ours: a kind, a state, a language."""
    return column(name, KIND, DataClass.OPERATIONAL, null=null)


def name(name: str, *, null: bool = False) -> Column[Any]:
    """An id or key of ours or an event id: it names a row, not a person."""
    return column(name, String(255), DataClass.PSEUDONYM, null=null)


def time(name: str, *, null: bool = False) -> Column[Any]:
    """A moment."""
    return column(name, Moment(), DataClass.PSEUDONYM, null=null)


def number(name: str, **options: Any) -> Column[Any]:
    """A whole number."""
    return column(name, BigInteger(), DataClass.OPERATIONAL, **options)


def sealed(name: str, data: DataClass, *, null: bool = False) -> Column[Any]:
    """Something sealed."""
    return column(name, LargeBinary(), data, null=null)


def indexed(name: str, *, null: bool = False) -> Column[Any]:
    """The keyed index of something personal."""
    return column(name, DIGEST, DataClass.KEYED_INDEX, null=null)


def only(condition: str) -> dict[str, Any]:
    """A partial index on both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def table(name: str, purpose: str, *parts: Any) -> Table:
    """A table, and what it is kept for."""
    return Table(name, metadata, *parts, info={"purpose": purpose})
