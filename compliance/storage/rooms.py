"""Our rooms. A room exists here before the homeserver has made it, so that words can queue for it."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from compliance.storage.errors import NotFound
from compliance.storage.schema import rooms as table
from compliance.storage.work import Work, one_of
from config.ids import PairId, PersonId, RoomRef, new_id

KINDS = ("direct", "pair", "admin", "oncall")
STATES = ("requested", "open", "closed", "unsafe")


@dataclass(frozen=True, slots=True)
class Room:
    """A room of ours with its pinned roster."""

    ref: RoomRef
    kind: str
    matrix_id: str | None
    owner: PersonId | None
    pair: PairId | None
    roster: tuple[PersonId, ...]
    """Who belongs there besides the bot."""
    state: str
    language: str
    present: tuple[PersonId, ...] = ()
    """Who of them is in the room, as far as the homeserver has told."""


_BY_REF = select(table).where(table.c.ref == bindparam("room"))
_DIRECT = (
    select(table)
    .where(
        table.c.owner == bindparam("person"),
        table.c.kind == "direct",
        table.c.state.in_(("requested", "open")),
    )
    .order_by(table.c.created_at.desc(), table.c.ref)
    .limit(1)
)
_NEWEST_DIRECT = (
    select(table)
    .where(table.c.owner == bindparam("person"), table.c.kind == "direct")
    .order_by(table.c.created_at.desc(), table.c.ref)
    .limit(1)
)
_OF_KIND = (
    select(table).where(table.c.kind == bindparam("room_kind")).order_by(table.c.created_at, table.c.ref)
)
_BY_MATRIX_ID = select(table).where(table.c.matrix_id_index == bindparam("index"))


class Rooms:
    """The rooms of one unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work
        # One message asks for its room again and again.
        self._found: dict[str, Room] = {}
        self._known: dict[RoomRef, Room] = {}

    async def add(
        self,
        kind: str,
        owner: PersonId | None,
        pair: PairId | None,
        roster: tuple[PersonId, ...],
        *,
        language: str = "en",
    ) -> Room:
        """Add a room in state `requested`; its create-room effect is the caller's to queue."""
        room = Room(
            RoomRef(new_id()),
            one_of("room kind", kind, KINDS),
            None,
            owner,
            pair,
            roster,
            "requested",
            language,
        )
        await self._work.run(
            self._work.insert(table).values(
                ref=room.ref,
                shard=self._work.shard,
                kind=room.kind,
                owner=owner,
                pair=pair,
                roster=json.dumps(roster),
                present=json.dumps(()),
                state=room.state,
                language=language,
                created_at=self._work.now(),
            )
        )
        return room

    async def get(self, ref: RoomRef) -> Room:
        """The room. Raises `NotFound`."""
        room = self._known.get(ref) or await self._first(_BY_REF, room=ref)
        if room is None:
            raise NotFound("room", ref)
        self._known[ref] = room
        return room

    async def by_matrix_id(self, matrix_id: str) -> Room | None:
        """The room with this Matrix room id, if it is ours."""
        if matrix_id in self._found:
            return self._found[matrix_id]
        index = self._work.index.of("rooms", "matrix_id", matrix_id)
        room = await self._first(_BY_MATRIX_ID, index=index)
        if room is not None:
            self._found[matrix_id] = self._known[room.ref] = room
        return room

    async def direct(self, person: PersonId) -> Room | None:
        """The newest direct room with the person that is not closed or unsafe."""
        return await self._first(_DIRECT, person=person)

    async def of_kind(self, kind: str) -> list[Room]:
        """Every room of a kind, the oldest first, closed ones included."""
        return [self._opened(row) for row in await self._work.rows(_OF_KIND, room_kind=kind)]

    async def of_pair(self, pair: PairId) -> Room | None:
        """The newest room of a pair, closed or not."""
        return await self._first(
            select(table)
            .where(table.c.pair == pair)
            .order_by(table.c.created_at.desc(), table.c.ref)
            .limit(1)
        )

    async def set_matrix_id(self, ref: RoomRef, matrix_id: str) -> None:
        """Note the Matrix room id. Raises `NotFound`."""
        await self._change(
            ref,
            matrix_id=self._work.seal("rooms", "matrix_id", ref, matrix_id),
            matrix_id_index=self._work.index.of("rooms", "matrix_id", matrix_id),
        )

    async def set_state(self, ref: RoomRef, state: str) -> None:
        """Raises `NotFound`, `UnknownKind`."""
        await self._change(ref, state=one_of("room state", state, STATES))

    async def set_roster(self, ref: RoomRef, roster: tuple[PersonId, ...]) -> None:
        """Pin another roster. Raises `NotFound`."""
        await self._change(ref, roster=json.dumps(roster))

    async def set_present(self, ref: RoomRef, present: tuple[PersonId, ...]) -> None:
        """Note who is in the room. Raises `NotFound`."""
        await self._change(ref, present=json.dumps(present))

    async def entered(self, ref: RoomRef, *people: PersonId) -> None:
        """Note that these of its roster are in the room. Raises `NotFound`."""
        room = await self.get(ref)
        added = tuple(one for one in people if one in room.roster and one not in room.present)
        if added:
            await self.set_present(ref, (*room.present, *added))

    async def left(self, ref: RoomRef, person: PersonId) -> None:
        """Note that somebody is no longer in the room. Raises `NotFound`."""
        room = await self.get(ref)
        if person in room.present:
            await self.set_present(ref, tuple(one for one in room.present if one != person))

    async def newest_direct(self, person: PersonId) -> Room | None:
        """The newest direct room of a person, whatever became of it."""
        return await self._first(_NEWEST_DIRECT, person=person)

    async def _change(self, ref: RoomRef, **values: Any) -> None:
        self._found.clear()
        self._known.clear()
        done = await self._work.run(update(table).where(table.c.ref == ref).values(**values))
        if done.rowcount == 0:
            raise NotFound("room", ref)

    async def _first(self, query: Any, **values: str) -> Room | None:
        row = await self._work.row(query, **values)
        return None if row is None else self._opened(row)

    def _opened(self, row: Row[Any]) -> Room:
        sealed: bytes | None = row.matrix_id
        roster = tuple(json.loads(row.roster))
        return Room(
            ref=RoomRef(row.ref),
            kind=row.kind,
            matrix_id=None if sealed is None else self._work.open("rooms", "matrix_id", row.ref, sealed),
            owner=row.owner,
            pair=row.pair,
            roster=roster,
            state=row.state,
            language=row.language,
            # Of a room from before this was noted nothing is known: nobody in it counts as gone.
            present=roster if row.present is None else tuple(json.loads(row.present)),
        )
