"""the first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_checkpoints",
        sa.Column(
            "size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_audit_checkpoints")),
    )
    op.create_table(
        "audit_entries",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("about", sa.String(length=255), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_entries")),
    )
    op.create_index(op.f("ix_audit_entries_about"), "audit_entries", ["about"], unique=False)
    op.create_table(
        "audit_frontier",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_frontier")),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.create_table(
        "due",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("shard", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=True),
        sa.Column("body_json", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due")),
        sa.UniqueConstraint("shard", "key", name=op.f("uq_due_shard_key")),
    )
    op.create_index(op.f("ix_due_subject_kind"), "due", ["subject", "kind"], unique=False)
    op.create_index(
        "ix_due_waiting",
        "due",
        ["shard", "at"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "journal",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("shard", sa.String(length=64), nullable=False),
        sa.Column("event_id", sa.String(length=255), nullable=False),
        sa.Column("body_json", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("session", sa.String(length=255), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("handled_at", sa.BigInteger(), nullable=True),
        sa.Column("why", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
        sa.UniqueConstraint("shard", "event_id", name=op.f("uq_journal_shard_event_id")),
    )
    op.create_index(
        "ix_journal_held",
        "journal",
        ["shard", "session"],
        unique=False,
        sqlite_where=sa.text("state = 'held'"),
        postgresql_where=sa.text("state = 'held'"),
    )
    op.create_index(
        "ix_journal_waiting",
        "journal",
        ["shard", "seq"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "notices",
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", "key", name=op.f("pk_notices")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("mxid_index", sa.String(length=64), nullable=False),
        sa.Column("mxid", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("place", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=64), nullable=False),
        sa.Column("stage", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("mxid_index", name=op.f("uq_people_mxid_index")),
    )
    op.create_index(op.f("ix_people_stage"), "people", ["stage"], unique=False)
    op.create_table(
        "polls",
        sa.Column("outbox_id", sa.String(length=32), nullable=False),
        sa.Column("form_run", sa.String(length=255), nullable=True),
        sa.Column("event_id", sa.String(length=255), nullable=True),
        sa.Column("question", sa.LargeBinary(), nullable=False),
        sa.Column("options", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("outbox_id", name=op.f("pk_polls")),
    )
    op.create_index(op.f("ix_polls_event_id"), "polls", ["event_id"], unique=True)
    op.create_table(
        "tokens",
        sa.Column("account", sa.String(length=255), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_tokens")),
    )
    op.create_table(
        "consents",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("text", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=128), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_consents_person")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_person_text"), "consents", ["person", "text"], unique=False)
    op.create_table(
        "documents",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("body_json", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_documents_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("kind", "person", "key", name=op.f("uq_documents_kind_person_key")),
    )
    op.create_index(op.f("ix_documents_person"), "documents", ["person"], unique=False)
    op.create_table(
        "grants",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("given_by", sa.String(length=255), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_by", sa.String(length=255), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_grants_person")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_grants")),
    )
    op.create_index(op.f("ix_grants_person_role"), "grants", ["person", "role"], unique=False)
    op.create_index(op.f("ix_grants_role"), "grants", ["role"], unique=False)
    op.create_table(
        "pairs",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("client", sa.String(length=32), nullable=False),
        sa.Column("therapist", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("offered_at", sa.BigInteger(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["client"], ["people.id"], name=op.f("fk_pairs_client")),
        sa.ForeignKeyConstraint(["therapist"], ["people.id"], name=op.f("fk_pairs_therapist")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairs")),
    )
    op.create_index(op.f("ix_pairs_client"), "pairs", ["client"], unique=False)
    op.create_index(op.f("ix_pairs_therapist"), "pairs", ["therapist"], unique=False)
    op.create_table(
        "rooms",
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("shard", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("matrix_id_index", sa.String(length=64), nullable=True),
        sa.Column("matrix_id", sa.LargeBinary(), nullable=True),
        sa.Column("owner", sa.String(length=32), nullable=True),
        sa.Column("pair", sa.String(length=32), nullable=True),
        sa.Column("roster", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["people.id"], name=op.f("fk_rooms_owner")),
        sa.ForeignKeyConstraint(["pair"], ["pairs.id"], name=op.f("fk_rooms_pair")),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_rooms")),
        sa.UniqueConstraint("matrix_id_index", name=op.f("uq_rooms_matrix_id_index")),
    )
    op.create_index(op.f("ix_rooms_kind"), "rooms", ["kind"], unique=False)
    op.create_index(op.f("ix_rooms_owner_kind"), "rooms", ["owner", "kind"], unique=False)
    op.create_index(op.f("ix_rooms_pair"), "rooms", ["pair"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("pair", sa.String(length=32), nullable=False),
        sa.Column("client", sa.String(length=32), nullable=False),
        sa.Column("therapist", sa.String(length=32), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_sessions_minutes")),
        sa.ForeignKeyConstraint(["client"], ["people.id"], name=op.f("fk_sessions_client")),
        sa.ForeignKeyConstraint(["pair"], ["pairs.id"], name=op.f("fk_sessions_pair")),
        sa.ForeignKeyConstraint(["therapist"], ["people.id"], name=op.f("fk_sessions_therapist")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_client_starts_at"), "sessions", ["client", "starts_at"], unique=False)
    op.create_index(op.f("ix_sessions_pair_starts_at"), "sessions", ["pair", "starts_at"], unique=False)
    op.create_index(
        op.f("ix_sessions_therapist_starts_at"), "sessions", ["therapist", "starts_at"], unique=False
    )
    op.create_index(
        "uq_sessions_slot",
        "sessions",
        ["therapist", "starts_at"],
        unique=True,
        sqlite_where=sa.text("state IN ('booked', 'started')"),
        postgresql_where=sa.text("state IN ('booked', 'started')"),
    )
    op.create_table(
        "alerts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("room", sa.String(length=32), nullable=True),
        sa.Column("pair", sa.String(length=32), nullable=True),
        sa.Column("severity", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("acknowledged_by", sa.String(length=255), nullable=True),
        sa.Column("acknowledged_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("body_json", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["pair"], ["pairs.id"], name=op.f("fk_alerts_pair")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_alerts_person")),
        sa.ForeignKeyConstraint(["room"], ["rooms.ref"], name=op.f("fk_alerts_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("number", name=op.f("uq_alerts_number")),
    )
    op.create_index(
        "ix_alerts_open",
        "alerts",
        ["opened_at"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(op.f("ix_alerts_person"), "alerts", ["person"], unique=False)
    op.create_table(
        "forms",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("room", sa.String(length=32), nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("state_json", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_forms_person")),
        sa.ForeignKeyConstraint(["room"], ["rooms.ref"], name=op.f("fk_forms_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forms")),
    )
    op.create_index(
        "ix_forms_active",
        "forms",
        ["person", "room"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "outbox",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("shard", sa.String(length=64), nullable=False),
        sa.Column("room", sa.String(length=32), nullable=True),
        sa.Column("key", sa.String(length=255), nullable=True),
        sa.Column("effect_json", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("first_tried_at", sa.BigInteger(), nullable=True),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.String(length=255), nullable=True),
        sa.Column("why", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["room"], ["rooms.ref"], name=op.f("fk_outbox_room")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox")),
        sa.UniqueConstraint("id", name=op.f("uq_outbox_id")),
        sa.UniqueConstraint("shard", "key", name=op.f("uq_outbox_shard_key")),
    )
    op.create_index(op.f("ix_outbox_event_id"), "outbox", ["event_id"], unique=False)
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["shard", "room", "seq"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    frontier = sa.table(
        "audit_frontier", sa.column("id"), sa.column("size"), sa.column("hashes", sa.LargeBinary())
    )
    op.bulk_insert(frontier, [{"id": 1, "size": 0, "hashes": b""}])


def downgrade() -> None:
    raise NotImplementedError("there is nothing before the first tables: restore a backup instead")
