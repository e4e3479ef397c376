"""Booked appointments. A therapist or client is never in two at once."""

import dataclasses
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select, update

from compliance.storage.errors import NotFound, SlotTaken
from compliance.storage.schema import people
from compliance.storage.schema import sessions as table
from compliance.storage.work import Work, one_of
from config.ids import PairId, PersonId, SessionId, new_id

STATES = ("booked", "cancelled", "started", "ended")
_LIVE = ("booked", "started")


@dataclass(frozen=True, slots=True)
class Session:
    """One appointment of a pair."""

    id: SessionId
    pair: PairId
    client: PersonId
    therapist: PersonId
    starts_at: datetime
    minutes: int
    way: str
    state: str
    sequence: int
    """How often it was changed: the SEQUENCE of its calendar file (RFC 5545)."""
    created_at: datetime

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class Sessions:
    """The appointments of one unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def add(
        self,
        pair: PairId,
        client: PersonId,
        therapist: PersonId,
        starts_at: datetime,
        minutes: int,
        way: str,
    ) -> Session:
        """Book. Raises `SlotTaken` if therapist or client has another session in that time; the unit of
        work stays usable then."""
        if minutes <= 0:
            raise ValueError("a session lasts at least a minute")
        session = Session(
            SessionId(new_id()),
            pair,
            client,
            therapist,
            starts_at,
            minutes,
            way,
            "booked",
            0,
            self._work.now(),
        )
        await self._refuse_overlap(session)
        await self._work.run(self._work.insert(table).values(**_values(session)))
        return session

    async def get(self, id: SessionId) -> Session:  # noqa: A002
        """The session. Raises `NotFound`."""
        row = await self._work.row(select(table).where(table.c.id == id))
        if row is None:
            raise NotFound("session", id)
        return _opened(row)

    async def save(self, session: Session) -> None:
        """Write the session as it is now. Raises `NotFound`, `UnknownKind`, `SlotTaken` as `add`."""
        one_of("session state", session.state, STATES)
        await self._refuse_overlap(session)
        done = await self._work.run(update(table).where(table.c.id == session.id).values(**_values(session)))
        if done.rowcount == 0:
            raise NotFound("session", session.id)

    async def of_pair(self, pair: PairId, after: datetime | None = None) -> list[Session]:
        """Sessions of a pair in any state, the earliest first; only those that start at `after` or later."""
        query = select(table).where(table.c.pair == pair)
        if after is not None:
            query = query.where(table.c.starts_at >= after)
        return await self._list(query)

    async def of_therapist(self, therapist: PersonId, start: datetime, end: datetime) -> list[Session]:
        """What takes the therapist's time between two moments: booked and started sessions."""
        return await self._list(self._taken(start, end).where(table.c.therapist == therapist))

    async def of_client(self, client: PersonId, start: datetime, end: datetime) -> list[Session]:
        """What takes the client's time between two moments: booked and started sessions."""
        return await self._list(self._taken(start, end).where(table.c.client == client))

    async def _list(self, query: Any) -> list[Session]:
        rows = await self._work.rows(query.order_by(table.c.starts_at, table.c.id))
        return [_opened(row) for row in rows]

    @staticmethod
    def _taken(start: datetime, end: datetime):
        return select(table).where(table.c.state.in_(_LIVE), table.c.starts_at < end, table.c.ends_at > start)

    async def _refuse_overlap(self, session: Session) -> None:
        if session.state not in _LIVE:
            return
        if self._work.connection.dialect.name == "postgresql":
            # Another shard may be booking the same people: wait for it, in an order that can't deadlock.
            both = people.c.id.in_((session.client, session.therapist))
            await self._work.rows(select(people.c.id).where(both).order_by(people.c.id).with_for_update())
        taken = await self._work.row(
            self._taken(session.starts_at, session.ends_at)
            .where(
                (table.c.therapist == session.therapist) | (table.c.client == session.client),
                table.c.id != session.id,
            )
            .limit(1)
        )
        if taken is not None:
            raise SlotTaken(f"session {taken.id} is at that time")


def _values(session: Session) -> dict[str, Any]:
    return {**dataclasses.asdict(session), "ends_at": session.ends_at}


def _opened(row: Row[Any]) -> Session:
    return Session(
        id=row.id,
        pair=row.pair,
        client=row.client,
        therapist=row.therapist,
        starts_at=row.starts_at,
        minutes=row.minutes,
        way=row.way,
        state=row.state,
        sequence=row.sequence,
        created_at=row.created_at,
    )
