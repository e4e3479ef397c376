"""What is to happen at a time: a row, written with its cause, so that a restart forgets nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from compliance.storage import journal as journals
from compliance.storage.errors import NotFound
from compliance.storage.schema import due as table
from compliance.storage.work import Work, in_state, one_of
from config.ids import new_id

EVENT = "due"
ENDS = ("done", "dropped", "cancelled")


@dataclass(frozen=True, slots=True)
class Due:
    """One thing and its time."""

    id: str
    kind: str
    subject: str
    at: datetime
    state: str
    """waiting, then fired (it is in the journal), then done or dropped; or cancelled."""
    body_json: str


class Dues:
    """The due rows of one unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def add(
        self, kind: str, subject: str, at: datetime, *, key: str | None = None, body_json: str = ""
    ) -> Due:
        """Set an alarm. A key that was used before sets no second one: the earlier row is returned, even
        if it has fired or was cancelled."""
        work, id_ = self._work, new_id()
        statement = work.insert(table).values(
            id=id_,
            shard=work.shard,
            kind=kind,
            subject=subject,
            at=at,
            state="waiting",
            key=key,
            body_json=work.seal("due", "body_json", id_, body_json) if body_json else None,
            created_at=work.now(),
        )
        if key is not None:
            statement = statement.on_conflict_do_nothing(index_elements=["shard", "key"])
        done = await work.run(statement)
        if done.rowcount == 0:
            row = await work.row(select(table).where(table.c.shard == work.shard, table.c.key == key))
            assert row is not None  # noqa: S101 - the insert just met it
            return self._opened(row)
        work.added.add(EVENT)
        return Due(id_, kind, subject, at, "waiting", body_json)

    async def cancel(self, kind: str, subject: str) -> int:
        """Cancel every waiting alarm of a kind about a subject; returns how many."""
        done = await self._work.run(
            update(table)
            .where(table.c.kind == kind, table.c.subject == subject, in_state(table, "waiting"))
            .values(state="cancelled")
        )
        if done.rowcount:
            self._work.added.add(EVENT)
        return done.rowcount

    async def next_at(self) -> datetime | None:
        """The time of the next alarm."""
        row = await self._work.row(select(func.min(table.c.at).label("at")).where(self._waiting()))
        return None if row is None else row.at

    async def ready(self, now: datetime, limit: int = 100) -> list[Due]:
        """The alarms whose time has come, the earliest first."""
        query = select(table).where(self._waiting(), table.c.at <= now)
        rows = await self._work.rows(query.order_by(table.c.at, table.c.id).limit(limit))
        return [self._opened(row) for row in rows]

    async def get(self, id: str) -> Due:  # noqa: A002
        """The alarm. Raises `NotFound`."""
        row = await self._work.row(select(table).where(table.c.id == id))
        if row is None:
            raise NotFound("due row", id)
        return self._opened(row)

    async def fire(self, due: Due, body_json: str) -> bool:
        """Put the alarm into the journal, as `due:<id>` with this body. False if it no longer waits."""
        done = await self._work.run(
            update(table).where(table.c.id == due.id, in_state(table, "waiting")).values(state="fired")
        )
        if done.rowcount == 0:
            return False
        return await journals.Journal(self._work).add(f"due:{due.id}", body_json)

    async def finish(self, id: str, how: str) -> None:  # noqa: A002
        """End an alarm: done, dropped or cancelled. Raises `NotFound` if it has ended already."""
        done = await self._work.run(
            update(table)
            .where(table.c.id == id, table.c.state.in_(("waiting", "fired")))
            .values(state=one_of("end of a due row", how, ENDS), body_json=None)
        )
        if done.rowcount == 0:
            raise NotFound("running due row", id)
        self._work.added.add(EVENT)

    def _waiting(self):
        return (table.c.shard == self._work.shard) & (in_state(table, "waiting"))

    def _opened(self, row: Row[Any]) -> Due:
        sealed: bytes | None = row.body_json
        body = "" if sealed is None else self._work.open("due", "body_json", row.id, sealed)
        return Due(row.id, row.kind, row.subject, row.at, row.state, body)
