"""What came in: kept sealed until it has been handled, each event once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from compliance.storage.errors import NotFound
from compliance.storage.schema import journal as table
from compliance.storage.schema import tokens
from compliance.storage.work import Work

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


class Journal:
    """The journal of one unit of work. States: waiting, held, done, quarantined."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def accept(self, items: Sequence[JournalItem], account: str, next_token: str) -> int:
        """Take in a sync response: its events in their order, and its token. Known events are left out.

        Returns how many were new.
        """
        new = 0
        if items:
            # One statement: aiosqlite and asyncpg both count the rows of a many-valued INSERT.
            statement = self._work.insert(table).values([self._values(item) for item in items])
            done = await self._work.run(
                statement.on_conflict_do_nothing(index_elements=["shard", "event_id"])
            )
            new = done.rowcount
        token = self._work.insert(tokens).values(account=account, token=next_token)
        await self._work.run(
            token.on_conflict_do_update(index_elements=["account"], set_={"token": next_token})
        )
        if new:
            self._work.added.add(EVENT)
        return new

    async def token(self, account: str) -> str | None:
        """The sync token from which to go on."""
        row = await self._work.row(select(tokens.c.token).where(tokens.c.account == account))
        return None if row is None else row.token

    async def waiting(self, limit: int = 100) -> list[JournalRow]:
        """The oldest rows that are to be handled."""
        query = (
            select(table).where(self._mine(), table.c.state == "waiting").order_by(table.c.seq).limit(limit)
        )
        return [self._opened(row) for row in await self._work.rows(query)]

    async def done(self, seq: int) -> None:
        """It is handled; the words are dropped. Raises `NotFound` if it was not waiting."""
        await self._finish(seq, state="done")

    async def quarantine(self, seq: int, why: str) -> None:
        """It cannot be handled; `why` is a short word, no content. The words stay, sealed, for a person
        to look into. Raises `NotFound` if it was not waiting."""
        await self._finish(seq, state="quarantined", why=why)

    async def add(self, event_id: str, body_json: str) -> bool:
        """Add one thing to handle, such as a fired due row. False if it is known already."""
        done = await self._work.run(
            self._work.insert(table)
            .values(**self._values(JournalItem(event_id, body_json)))
            .on_conflict_do_nothing(index_elements=["shard", "event_id"])
        )
        if done.rowcount:
            self._work.added.add(EVENT)
        return done.rowcount > 0

    async def held(self, session: str) -> list[JournalRow]:
        """What waits for the key of this Megolm session, in order."""
        query = select(table).where(self._mine(), table.c.state == "held", table.c.session == session)
        return [self._opened(row) for row in await self._work.rows(query.order_by(table.c.seq))]

    async def held_sessions(self) -> list[str]:
        """The Megolm sessions that something waits for."""
        query = select(table.c.session).where(self._mine(), table.c.state == "held").distinct()
        return [row.session for row in await self._work.rows(query) if row.session is not None]

    async def release(self, event_id: str, body_json: str) -> bool:
        """A held event became readable: it goes to the end of the line. False if it was not held."""
        gone = await self._work.run(
            delete(table).where(self._mine(), table.c.event_id == event_id, table.c.state == "held")
        )
        return gone.rowcount > 0 and await self.add(event_id, body_json)

    async def known(self, event_id: str) -> bool:
        """Whether this event was accepted before."""
        query = select(table.c.seq).where(self._mine(), table.c.event_id == event_id)
        return await self._work.row(query) is not None

    async def pending(self) -> int:
        """How many rows are to be handled."""
        row = await self._work.row(
            select(func.count().label("n")).select_from(table).where(self._mine(), table.c.state == "waiting")
        )
        return 0 if row is None else int(row.n)

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
        values: dict[str, Any] = {"state": state, "handled_at": self._work.now(), "why": why}
        if state == "done":
            values["body_json"] = None
        done = await self._work.run(
            update(table).where(table.c.seq == seq, self._mine(), table.c.state == "waiting").values(**values)
        )
        if done.rowcount == 0:
            raise NotFound("waiting journal row", str(seq))
