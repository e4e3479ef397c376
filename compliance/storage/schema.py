"""The tables. Every column says which class of data it carries; nothing is kept without one.

The record of processing (GDPR article 30) is generated from this: see `compliance.storage.processing`.
"""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
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

_SERIAL = BigInteger().with_variant(Integer, "sqlite")
_KIND = String(64)
_ID = String(32)
_DIGEST = String(64)


def _column(
    name: str, kind: Any, data: DataClass, *more: Any, null: bool = False, **options: Any
) -> Column[Any]:
    return Column(name, kind, *more, nullable=null, info={"data": data}, **options)


def _id(name: str = "id") -> Column[Any]:
    return _column(name, _ID, DataClass.PSEUDONYM, primary_key=True)


def _serial(name: str = "seq") -> Column[Any]:
    return _column(name, _SERIAL, DataClass.OPERATIONAL, primary_key=True, autoincrement=True)


def _ref(name: str, target: str, *, null: bool = False) -> Column[Any]:
    return _column(name, _ID, DataClass.PSEUDONYM, ForeignKey(target), null=null)


def _word(name: str, *, null: bool = False) -> Column[Any]:
    return _column(name, _KIND, DataClass.OPERATIONAL, null=null)


def _name(name: str, *, null: bool = False) -> Column[Any]:
    """An id or key of ours or an event id: it names a row, not a person."""
    return _column(name, String(255), DataClass.PSEUDONYM, null=null)


def _time(name: str, *, null: bool = False) -> Column[Any]:
    return _column(name, Moment(), DataClass.PSEUDONYM, null=null)


def _number(name: str, **options: Any) -> Column[Any]:
    return _column(name, BigInteger(), DataClass.OPERATIONAL, **options)


def _sealed(name: str, data: DataClass, *, null: bool = False) -> Column[Any]:
    return _column(name, LargeBinary(), data, null=null)


def _indexed(name: str, *, null: bool = False) -> Column[Any]:
    return _column(name, _DIGEST, DataClass.KEYED_INDEX, null=null)


def _only(condition: str) -> dict[str, Any]:
    """A partial index on both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def _table(name: str, purpose: str, *parts: Any) -> Table:
    return Table(name, metadata, *parts, info={"purpose": purpose})


PERSONAL, HEALTH = DataClass.PERSONAL_SEALED, DataClass.HEALTH_SEALED

people = _table(
    "people",
    "to know who writes, in which language, and which law and time zone apply",
    _id(),
    _indexed("mxid_index"),
    _sealed("mxid", PERSONAL),
    _sealed("name", PERSONAL),
    _sealed("place", PERSONAL),
    _word("language"),
    _word("stage"),
    _time("created_at"),
    UniqueConstraint("mxid_index"),
    Index(None, "stage"),
)

grants = _table(
    "grants",
    "to know who may do what, until when, and who allowed it",
    _serial(),
    _ref("person", "people.id"),
    _word("role"),
    _name("given_by"),
    _time("given_at"),
    _time("expires_at", null=True),
    _name("revoked_by", null=True),
    _time("revoked_at", null=True),
    Index(None, "person", "role"),
    Index(None, "role"),
)

pairs = _table(
    "pairs",
    "to know which therapist cares for which client",
    _id(),
    _ref("client", "people.id"),
    _ref("therapist", "people.id"),
    _word("state"),
    _time("offered_at"),
    _time("answered_at", null=True),
    _time("ended_at", null=True),
    Index(None, "client"),
    Index(None, "therapist"),
)

rooms = _table(
    "rooms",
    "to send only into rooms that are ours, to exactly the people who belong there",
    _id("ref"),
    _word("shard"),
    _word("kind"),
    _indexed("matrix_id_index", null=True),
    _sealed("matrix_id", PERSONAL, null=True),
    _ref("owner", "people.id", null=True),
    _ref("pair", "pairs.id", null=True),
    _column("roster", Text(), DataClass.PSEUDONYM),
    _column("present", Text(), DataClass.PSEUDONYM, null=True),
    _word("state"),
    _word("language"),
    _time("created_at"),
    UniqueConstraint("matrix_id_index"),
    Index(None, "owner", "kind"),
    Index(None, "pair"),
    Index(None, "kind"),
)

forms = _table(
    "forms",
    "to go on with a questionnaire where it was left",
    _id(),
    _ref("person", "people.id"),
    _ref("room", "rooms.ref"),
    _word("form"),
    _word("version"),
    _sealed("state_json", HEALTH),
    _word("status"),
    _time("started_at"),
    _time("ended_at", null=True),
    Index("ix_forms_active", "person", "room", **_only("ended_at IS NULL")),
)

documents = _table(
    "documents",
    "to keep what was told for the care: intake, profile, agreement, scores, safety plan",
    _id(),
    _word("kind"),
    _ref("person", "people.id"),
    _name("key"),
    _sealed("body_json", HEALTH),
    _time("created_at"),
    _time("changed_at"),
    UniqueConstraint("kind", "person", "key"),
    Index(None, "person"),
)

consents = _table(
    "consents",
    "to prove which text a person agreed to and when (GDPR article 7)",
    _serial(),
    _ref("person", "people.id"),
    _word("text"),
    _word("version"),
    _column("digest", String(128), DataClass.PUBLIC),
    _time("given_at"),
    _time("withdrawn_at", null=True),
    Index(None, "person", "text"),
)

sessions = _table(
    "sessions",
    "to keep the calendar of a pair",
    _id(),
    _ref("pair", "pairs.id"),
    _ref("client", "people.id"),
    _ref("therapist", "people.id"),
    _time("starts_at"),
    _time("ends_at"),
    _number("minutes"),
    _word("way"),
    _word("state"),
    _number("sequence"),
    _time("created_at"),
    Index(None, "pair", "starts_at"),
    Index(None, "therapist", "starts_at"),
    Index(None, "client", "starts_at"),
    Index(
        "uq_sessions_slot",
        "therapist",
        "starts_at",
        unique=True,
        **_only("state IN ('booked', 'started')"),
    ),
    CheckConstraint("minutes > 0", name="minutes"),
)

alerts = _table(
    "alerts",
    "to see that a person in a crisis is answered by a human",
    _id(),
    _number("number"),
    _ref("person", "people.id"),
    _ref("room", "rooms.ref", null=True),
    _ref("pair", "pairs.id", null=True),
    _column("severity", _KIND, DataClass.PSEUDONYM),
    _word("state"),
    _number("step"),
    _time("opened_at"),
    _name("acknowledged_by", null=True),
    _time("acknowledged_at", null=True),
    _time("closed_at", null=True),
    _sealed("body_json", HEALTH),
    UniqueConstraint("number"),
    Index(None, "person"),
    Index("ix_alerts_open", "opened_at", **_only("state = 'open'")),
)

notices = _table(
    "notices",
    "to say a thing once and not again",
    _column("kind", _KIND, DataClass.OPERATIONAL, primary_key=True),
    _column("subject", String(255), DataClass.PSEUDONYM, primary_key=True),
    _column("key", String(255), DataClass.PSEUDONYM, primary_key=True),
    _time("at"),
)

polls = _table(
    "polls",
    "to understand a vote: which question it answers and what the choices were",
    _id("outbox_id"),
    _name("form_run", null=True),
    _name("event_id", null=True),
    _sealed("question", HEALTH),
    _sealed("options", HEALTH),
    _time("created_at"),
    Index(None, "event_id", unique=True),
)

due = _table(
    "due",
    "to do a thing at its time, also after a restart",
    _id(),
    _word("shard"),
    _word("kind"),
    _name("subject"),
    _time("at"),
    _word("state"),
    _name("key", null=True),
    _sealed("body_json", HEALTH, null=True),
    _time("created_at"),
    UniqueConstraint("shard", "key"),
    Index("ix_due_waiting", "shard", "at", **_only("state = 'waiting'")),
    Index(None, "subject", "kind"),
)

outbox = _table(
    "outbox",
    "to send each word exactly once, in the order of its room",
    _serial(),
    _column("id", _ID, DataClass.OPERATIONAL),
    _word("shard"),
    _ref("room", "rooms.ref", null=True),
    _name("key", null=True),
    _sealed("effect_json", HEALTH, null=True),
    _word("state"),
    _number("attempts"),
    _time("created_at"),
    _time("first_tried_at", null=True),
    _time("next_at"),
    _name("event_id", null=True),
    _word("why", null=True),
    UniqueConstraint("id"),
    UniqueConstraint("shard", "key"),
    Index("ix_outbox_waiting", "shard", "room", "seq", **_only("state = 'waiting'")),
    Index("ix_outbox_room", "room", "seq"),
    Index(None, "event_id"),
)

journal = _table(
    "journal",
    "to handle each thing that came in exactly once; the words go once it is handled",
    _serial(),
    _word("shard"),
    _name("event_id"),
    _sealed("body_json", HEALTH, null=True),
    _word("state"),
    _name("session", null=True),
    _time("created_at"),
    _time("handled_at", null=True),
    _word("why", null=True),
    UniqueConstraint("shard", "event_id"),
    Index("ix_journal_waiting", "shard", "seq", **_only("state = 'waiting'")),
    Index("ix_journal_held", "shard", "session", **_only("state = 'held'")),
)

tokens = _table(
    "tokens",
    "to go on with the sync where it stopped",
    _column("account", String(255), DataClass.OPERATIONAL, primary_key=True),
    _column("token", Text(), DataClass.OPERATIONAL),
)

counters = _table(
    "counters",
    "to give running numbers",
    _column("name", _KIND, DataClass.OPERATIONAL, primary_key=True),
    _number("value"),
)

audit_entries = _table(
    "audit_entries",
    "to show who did what, and that nothing was taken away from the record",
    _column("number", _SERIAL, DataClass.OPERATIONAL, primary_key=True, autoincrement=False),
    _time("at"),
    _column("action", _KIND, DataClass.OPERATIONAL),
    _name("about"),
    _column("body", LargeBinary(), DataClass.PSEUDONYM),
    Index(None, "about"),
)

audit_frontier = _table(
    "audit_frontier",
    "to add to the record without reading all of it",
    _column("id", Integer(), DataClass.OPERATIONAL, primary_key=True, autoincrement=False),
    _number("size"),
    _column("hashes", LargeBinary(), DataClass.OPERATIONAL),
)

audit_checkpoints = _table(
    "audit_checkpoints",
    "to hold the record against what the admin room has seen",
    _column("size", _SERIAL, DataClass.OPERATIONAL, primary_key=True, autoincrement=False),
    _column("root", LargeBinary(), DataClass.OPERATIONAL),
    _column("note", LargeBinary(), DataClass.OPERATIONAL),
    _time("at"),
)
