"""who of a room's roster is in it, so that it is known whom a word there reaches"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rooms", sa.Column("present", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("rooms", "present")
