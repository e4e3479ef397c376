"""A client and a therapist, offered to each other, then working together."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from compliance.storage.errors import NotFound
from compliance.storage.schema import pairs as table
from compliance.storage.work import Work, one_of
from config.ids import PairId, PersonId, new_id

STATES = ("offered", "declined", "active", "ended", "lapsed")


@dataclass(frozen=True, slots=True)
class Pair:
    """A match and how it went."""

    id: PairId
    client: PersonId
    therapist: PersonId
    state: str
    offered_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None


_BY_ID = select(table).where(table.c.id == bindparam("pair"))
_IN_ORDER = (table.c.offered_at, table.c.id)
_OF_CLIENT = select(table).where(table.c.client == bindparam("person")).order_by(*_IN_ORDER)
_OF_THERAPIST = select(table).where(table.c.therapist == bindparam("person")).order_by(*_IN_ORDER)


class Pairs:
    """The pairs of one unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def add(self, client: PersonId, therapist: PersonId, state: str = "offered") -> Pair:
        """Add a pair. Raises `UnknownKind` for an unknown state."""
        pair = Pair(
            PairId(new_id()), client, therapist, one_of("pair state", state, STATES), self._work.now()
        )
        await self._work.run(
            self._work.insert(table).values(
                id=pair.id, client=client, therapist=therapist, state=state, offered_at=pair.offered_at
            )
        )
        return pair

    async def get(self, id: PairId) -> Pair:  # noqa: A002
        """The pair. Raises `NotFound`."""
        row = await self._work.row(_BY_ID, pair=id)
        if row is None:
            raise NotFound("pair", id)
        return _opened(row)

    async def save(self, pair: Pair) -> None:
        """Write state and times; who they are does not change. Raises `NotFound`, `UnknownKind`."""
        done = await self._work.run(
            update(table)
            .where(table.c.id == pair.id)
            .values(
                state=one_of("pair state", pair.state, STATES),
                offered_at=pair.offered_at,
                answered_at=pair.answered_at,
                ended_at=pair.ended_at,
            )
        )
        if done.rowcount == 0:
            raise NotFound("pair", pair.id)

    async def of_client(self, client: PersonId) -> list[Pair]:
        """Every pair of a client, the oldest first, in any state."""
        return [_opened(row) for row in await self._work.rows(_OF_CLIENT, person=client)]

    async def of_therapist(self, therapist: PersonId) -> list[Pair]:
        """Every pair of a therapist, the oldest first, in any state."""
        return [_opened(row) for row in await self._work.rows(_OF_THERAPIST, person=therapist)]


def _opened(row: Row[Any]) -> Pair:
    return Pair(row.id, row.client, row.therapist, row.state, row.offered_at, row.answered_at, row.ended_at)
