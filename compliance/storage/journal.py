"""What came in: kept sealed until it has been handled, each event once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Executable, Row, bindparam, delete, func, select, update

from compliance.storage.errors import NotFound
from compliance.storage.schema import journal as table
from compliance.storage.schema import tokens
from compliance.storage.work import Work, in_state, insert, insert_once

EVENT = "journal"


@dataclass(frozen=True, slots=True)
class JournalItem:
    """Something to accept. `held`: it could not be read yet and waits for the key of `megolm_session`."""

    event_id: str
    body_json: str
    held: bool = False
    megolm_session: str | None = None


@dataclass(frozen=True, slots=True)
class JournalRow:
    """Something that is to be handled, in the order of `seq`."""

    seq: int
    event_id: str
    body_json: str


_WAITING = (
    select(table)
    .where(table.c.shard == bindparam("shard"), in_state(table, "waiting"))
    .order_by(table.c.seq)
    .limit(bindparam("limit"))
)
_KNOWN = select(table.c.seq).where(
    table.c.shard == bindparam("shard"), table.c.event_id == bindparam("event_id")
)
_END = (
    update(table)
    .where(table.c.seq == bindparam("row"), table.c.shard == bindparam("of"), in_state(table, "waiting"))
    .values(state=bindparam("to"), handled_at=bindparam("now"), why=bindparam("because"))
)
_DONE = _END.values(body_json=None)


@cache
def _move_token(dialect: str) -> Executable:
    statement = insert(tokens, dialect)
    return statement.on_conflict_do_update(
        index_elements=["account"], set_={"token": statement.excluded.token}
    )


class Journal:
    """The journal of one unit of work. States: waiting, held, done, quarantined."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def accept(self, items: Sequence[JournalItem], account: str, next_token: str) -> int:
        """Take in a sync response: its events in their order, and its token. Known events are left out.

        Returns how many were new.
        """
        new = 0
        for item in items:
            new += await self._insert(item)
        await self._work.run(_move_token(self._work.dialect), {"account": account, "token": next_token})
        if new:
            self._work.added.add(EVENT)
        return new

    async def token(self, account: str) -> str | None:
        """The sync token from which to go on."""
        row = await self._work.row(select(tokens.c.token).where(tokens.c.account == account))
        return None if row is None else row.token

    async def waiting(self, limit: int = 100) -> list[JournalRow]:
        """The oldest rows that are to be handled."""
        rows = await self._work.rows(_WAITING, shard=self._work.shard, limit=limit)
        return [self._opened(row) for row in rows]

    async def done(self, seq: int) -> None:
        """It is handled; the words are dropped. Raises `NotFound` if it was not waiting."""
        await self._finish(seq, state="done")

    async def quarantine(self, seq: int, why: str) -> None:
        """It cannot be handled; `why` is a short word, no content. The words stay, sealed, for a person
        to look into. Raises `NotFound` if it was not waiting."""
        await self._finish(seq, state="quarantined", why=why)

    async def add(self, event_id: str, body_json: str) -> bool:
        """Add one thing to handle, such as a fired due row. False if it is known already."""
        added = await self._insert(JournalItem(event_id, body_json))
        if added:
            self._work.added.add(EVENT)
        return bool(added)

    async def held(self, session: str) -> list[JournalRow]:
        """What waits for the key of this Megolm session, in order."""
        query = select(table).where(self._mine(), in_state(table, "held"), table.c.session == session)
        return [self._opened(row) for row in await self._work.rows(query.order_by(table.c.seq))]

    async def held_sessions(self) -> list[str]:
        """The Megolm sessions that something waits for."""
        query = select(table.c.session).where(self._mine(), in_state(table, "held")).distinct()
        return [row.session for row in await self._work.rows(query) if row.session is not None]

    async def release(self, event_id: str, body_json: str) -> bool:
        """A held event became readable: it goes to the end of the line. False if it was not held."""
        gone = await self._work.run(
            delete(table).where(self._mine(), table.c.event_id == event_id, in_state(table, "held"))
        )
        return gone.rowcount > 0 and await self.add(event_id, body_json)

    async def known(self, event_id: str) -> bool:
        """Whether this event was accepted before."""
        return await self._work.row(_KNOWN, shard=self._work.shard, event_id=event_id) is not None

    async def pending(self) -> int:
        """How many rows are to be handled."""
        row = await self._work.row(
            select(func.count().label("n")).select_from(table).where(self._mine(), in_state(table, "waiting"))
        )
        return 0 if row is None else int(row.n)

    async def _insert(self, item: JournalItem) -> int:
        statement = insert_once(table, self._work.dialect, "shard", "event_id")
        return (await self._work.run(statement, self._values(item))).rowcount

    def _mine(self):
        return table.c.shard == self._work.shard

    def _values(self, item: JournalItem) -> dict[str, Any]:
        return {
            "shard": self._work.shard,
            "event_id": item.event_id,
            "body_json": self._work.seal("journal", "body_json", item.event_id, item.body_json),
            "state": "held" if item.held else "waiting",
            "session": item.megolm_session,
            "created_at": self._work.now(),
        }

    def _opened(self, row: Row[Any]) -> JournalRow:
        body = self._work.open("journal", "body_json", row.event_id, row.body_json)
        return JournalRow(row.seq, row.event_id, body)

    async def _finish(self, seq: int, *, state: str, why: str | None = None) -> None:
        values = {"now": self._work.now(), "to": state, "because": why}
        statement = _DONE if state == "done" else _END
        done = await self._work.run(statement, {"row": seq, "of": self._work.shard, **values})
        if done.rowcount == 0:
            raise NotFound("waiting journal row", str(seq))
