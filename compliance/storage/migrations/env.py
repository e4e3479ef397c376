"""Alembic's entry: it runs on the connection that `compliance.storage.migrate` hands over."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from compliance.storage.columns import Moment
from compliance.storage.schema import metadata

_connection: Connection | None = context.config.attributes.get("connection")
if _connection is None:
    raise RuntimeError("migrations run when the store opens: see compliance.storage.migrate")


def _as_kept(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """A migration names plain types, so that it stays what it was when the models move on."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, Moment) else False


context.configure(
    connection=_connection,
    target_metadata=metadata,
    render_item=_as_kept,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
