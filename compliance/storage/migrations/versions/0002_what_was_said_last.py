"""what was said last in a room is found without reading the whole outbox"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_outbox_room", "outbox", ["room", "seq"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_outbox_room", table_name="outbox")
