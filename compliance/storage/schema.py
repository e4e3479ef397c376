"""The tables. Every column says which class of data it carries; nothing is kept without one.

The record of processing (GDPR article 30) is generated from this: see `compliance.storage.processing`.
"""

from sqlalchemy import (
    CheckConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)

from compliance.storage import columns as c
from compliance.storage.columns import DataClass

metadata = c.metadata
"""All of the tables below."""

PERSONAL, HEALTH = DataClass.PERSONAL_SEALED, DataClass.HEALTH_SEALED

people = c.table(
    "people",
    "to know who writes, in which language, and which law and time zone apply",
    c.identifier(),
    c.indexed("mxid_index"),
    c.sealed("mxid", PERSONAL),
    c.sealed("name", PERSONAL),
    c.sealed("place", PERSONAL),
    c.word("language"),
    c.word("stage"),
    c.time("created_at"),
    UniqueConstraint("mxid_index"),
    Index(None, "stage"),
)

grants = c.table(
    "grants",
    "to know who may do what, until when, and who allowed it",
    c.serial(),
    c.ref("person", "people.id"),
    c.word("role"),
    c.name("given_by"),
    c.time("given_at"),
    c.time("expires_at", null=True),
    c.name("revoked_by", null=True),
    c.time("revoked_at", null=True),
    Index(None, "person", "role"),
    Index(None, "role"),
)

pairs = c.table(
    "pairs",
    "to know which therapist cares for which client",
    c.identifier(),
    c.ref("client", "people.id"),
    c.ref("therapist", "people.id"),
    c.word("state"),
    c.time("offered_at"),
    c.time("answered_at", null=True),
    c.time("ended_at", null=True),
    Index(None, "client"),
    Index(None, "therapist"),
)

rooms = c.table(
    "rooms",
    "to send only into rooms that are ours, to exactly the people who belong there",
    c.identifier("ref"),
    c.word("shard"),
    c.word("kind"),
    c.indexed("matrix_id_index", null=True),
    c.sealed("matrix_id", PERSONAL, null=True),
    c.ref("owner", "people.id", null=True),
    c.ref("pair", "pairs.id", null=True),
    c.column("roster", Text(), DataClass.PSEUDONYM),
    c.column("present", Text(), DataClass.PSEUDONYM, null=True),
    c.word("state"),
    c.word("language"),
    c.time("created_at"),
    UniqueConstraint("matrix_id_index"),
    Index(None, "owner", "kind"),
    Index(None, "pair"),
    Index(None, "kind"),
)

forms = c.table(
    "forms",
    "to go on with a questionnaire where it was left",
    c.identifier(),
    c.ref("person", "people.id"),
    c.ref("room", "rooms.ref"),
    c.word("form"),
    c.word("version"),
    c.sealed("state_json", HEALTH),
    c.word("status"),
    c.time("started_at"),
    c.time("ended_at", null=True),
    Index("ix_forms_active", "person", "room", **c.only("ended_at IS NULL")),
)

documents = c.table(
    "documents",
    "to keep what was told for the care: intake, profile, agreement, scores, safety plan",
    c.identifier(),
    c.word("kind"),
    c.ref("person", "people.id"),
    c.name("key"),
    c.sealed("body_json", HEALTH),
    c.time("created_at"),
    c.time("changed_at"),
    UniqueConstraint("kind", "person", "key"),
    Index(None, "person"),
)

consents = c.table(
    "consents",
    "to prove which text a person agreed to and when (GDPR article 7)",
    c.serial(),
    c.ref("person", "people.id"),
    c.word("text"),
    c.word("version"),
    c.column("digest", String(128), DataClass.PUBLIC),
    c.time("given_at"),
    c.time("withdrawn_at", null=True),
    Index(None, "person", "text"),
)

sessions = c.table(
    "sessions",
    "to keep the calendar of a pair",
    c.identifier(),
    c.ref("pair", "pairs.id"),
    c.ref("client", "people.id"),
    c.ref("therapist", "people.id"),
    c.time("starts_at"),
    c.time("ends_at"),
    c.number("minutes"),
    c.word("way"),
    c.word("state"),
    c.number("sequence"),
    c.time("created_at"),
    Index(None, "pair", "starts_at"),
    Index(None, "therapist", "starts_at"),
    Index(None, "client", "starts_at"),
    Index(
        "uq_sessions_slot",
        "therapist",
        "starts_at",
        unique=True,
        **c.only("state IN ('booked', 'started')"),
    ),
    CheckConstraint("minutes > 0", name="minutes"),
)

alerts = c.table(
    "alerts",
    "to see that a person in a crisis is answered by a human",
    c.identifier(),
    c.number("number"),
    c.ref("person", "people.id"),
    c.ref("room", "rooms.ref", null=True),
    c.ref("pair", "pairs.id", null=True),
    c.column("severity", c.KIND, DataClass.PSEUDONYM),
    c.word("state"),
    c.number("step"),
    c.time("opened_at"),
    c.name("acknowledged_by", null=True),
    c.time("acknowledged_at", null=True),
    c.time("closed_at", null=True),
    c.sealed("body_json", HEALTH),
    UniqueConstraint("number"),
    Index(None, "person"),
    Index("ix_alerts_open", "opened_at", **c.only("state = 'open'")),
)

notices = c.table(
    "notices",
    "to say a thing once and not again",
    c.column("kind", c.KIND, DataClass.OPERATIONAL, primary_key=True),
    c.column("subject", String(255), DataClass.PSEUDONYM, primary_key=True),
    c.column("key", String(255), DataClass.PSEUDONYM, primary_key=True),
    c.time("at"),
)

polls = c.table(
    "polls",
    "to understand a vote: which question it answers and what the choices were",
    c.identifier("outbox_id"),
    c.name("form_run", null=True),
    c.name("event_id", null=True),
    c.sealed("question", HEALTH),
    c.sealed("options", HEALTH),
    c.time("created_at"),
    Index(None, "event_id", unique=True),
)

due = c.table(
    "due",
    "to do a thing at its time, also after a restart",
    c.identifier(),
    c.word("shard"),
    c.word("kind"),
    c.name("subject"),
    c.time("at"),
    c.word("state"),
    c.name("key", null=True),
    c.sealed("body_json", HEALTH, null=True),
    c.time("created_at"),
    UniqueConstraint("shard", "key"),
    Index("ix_due_waiting", "shard", "at", **c.only("state = 'waiting'")),
    Index(None, "subject", "kind"),
)

outbox = c.table(
    "outbox",
    "to send each word exactly once, in the order of its room",
    c.serial(),
    c.column("id", c.ID, DataClass.OPERATIONAL),
    c.word("shard"),
    c.ref("room", "rooms.ref", null=True),
    c.name("key", null=True),
    c.sealed("effect_json", HEALTH, null=True),
    c.word("state"),
    c.number("attempts"),
    c.time("created_at"),
    c.time("first_tried_at", null=True),
    c.time("next_at"),
    c.name("event_id", null=True),
    c.word("why", null=True),
    UniqueConstraint("id"),
    UniqueConstraint("shard", "key"),
    Index("ix_outbox_waiting", "shard", "room", "seq", **c.only("state = 'waiting'")),
    Index("ix_outbox_room", "room", "seq"),
    Index(None, "event_id"),
)

journal = c.table(
    "journal",
    "to handle each thing that came in exactly once; the words go once it is handled",
    c.serial(),
    c.word("shard"),
    c.name("event_id"),
    c.sealed("body_json", HEALTH, null=True),
    c.word("state"),
    c.name("session", null=True),
    c.time("created_at"),
    c.time("handled_at", null=True),
    c.word("why", null=True),
    UniqueConstraint("shard", "event_id"),
    Index("ix_journal_waiting", "shard", "seq", **c.only("state = 'waiting'")),
    Index("ix_journal_held", "shard", "session", **c.only("state = 'held'")),
)

tokens = c.table(
    "tokens",
    "to go on with the sync where it stopped",
    c.column("account", String(255), DataClass.OPERATIONAL, primary_key=True),
    c.column("token", Text(), DataClass.OPERATIONAL),
)

counters = c.table(
    "counters",
    "to give running numbers",
    c.column("name", c.KIND, DataClass.OPERATIONAL, primary_key=True),
    c.number("value"),
)

audit_entries = c.table(
    "audit_entries",
    "to show who did what, and that nothing was taken away from the record",
    c.column("number", c.SERIAL, DataClass.OPERATIONAL, primary_key=True, autoincrement=False),
    c.time("at"),
    c.column("action", c.KIND, DataClass.OPERATIONAL),
    c.name("about"),
    c.column("body", LargeBinary(), DataClass.PSEUDONYM),
    Index(None, "about"),
)

audit_frontier = c.table(
    "audit_frontier",
    "to add to the record without reading all of it",
    c.column("id", Integer(), DataClass.OPERATIONAL, primary_key=True, autoincrement=False),
    c.number("size"),
    c.column("hashes", LargeBinary(), DataClass.OPERATIONAL),
)

audit_checkpoints = c.table(
    "audit_checkpoints",
    "to hold the record against what the admin room has seen",
    c.column("size", c.SERIAL, DataClass.OPERATIONAL, primary_key=True, autoincrement=False),
    c.column("root", LargeBinary(), DataClass.OPERATIONAL),
    c.column("note", LargeBinary(), DataClass.OPERATIONAL),
    c.time("at"),
)
