"""What is to be sent: written in the transaction of its cause, sent in the order of its room."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, literal, select, update

from compliance.storage.errors import NotFound
from compliance.storage.schema import outbox as table
from compliance.storage.work import Work, in_state, insert_once
from config.ids import RoomRef, new_id

EVENT = "outbox"
SENT = "outbox-sent"


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One effect on its way."""

    id: str
    """The transaction id towards the homeserver comes from it, so that a repeat is the same event."""
    room: RoomRef | None
    effect_json: str
    state: str
    attempts: int
    first_tried_at: datetime | None
    created_at: datetime


_WAITING = (table.c.shard == bindparam("shard")) & in_state(table, "waiting")
_FIRST = select(func.min(table.c.seq)).where(_WAITING).group_by(table.c.room)
_HEADS = (
    select(table)
    .where(table.c.seq.in_(_FIRST), table.c.next_at <= bindparam("now"))
    .order_by(table.c.seq)
    .limit(bindparam("limit"))
)
_NEXT_TRY = select(func.min(table.c.next_at).label("at")).where(table.c.seq.in_(_FIRST))
_SENT = (
    update(table)
    .where(table.c.id == bindparam("row"), in_state(table, "waiting"))
    .values(state="sent", event_id=bindparam("event"), effect_json=None)
)

_NEWEST = select(table.c.id).where(table.c.room == bindparam("room")).order_by(table.c.seq.desc()).limit(1)


class Outbox:
    """The outbox of one unit of work. States: waiting, sent, dropped."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def add(self, room: RoomRef | None, effect_json: str, *, key: str | None = None) -> str:
        """Queue an effect behind all others of its room (None: a queue of its own); returns the row's id.

        With a key that was used before, nothing is queued and the earlier row's id is returned.
        """
        id_, now, work = new_id(), self._work.now(), self._work
        values: dict[str, Any] = {
            "id": id_,
            "shard": work.shard,
            "room": room,
            "key": key,
            "effect_json": work.seal("outbox", "effect_json", id_, effect_json),
            "state": "waiting",
            "attempts": 0,
            "created_at": now,
            "next_at": now,
        }
        # Without a key nothing is in the way: NULLs are never equal.
        done = await work.run(insert_once(table, work.dialect, "shard", "key"), values)
        if done.rowcount == 0:
            known = await work.row(select(table.c.id).where(table.c.shard == work.shard, table.c.key == key))
            assert known is not None  # noqa: S101 - the insert just met it
            return known.id
        work.added.add(EVENT)
        return id_

    async def heads(self, now: datetime, limit: int = 100) -> list[OutboxRow]:
        """The oldest unsent row of each room, where its time has come, the oldest first.

        A row that waits for its next try holds back its own room and no other.
        """
        rows = await self._work.rows(_HEADS, shard=self._work.shard, now=now, limit=limit)
        return [
            OutboxRow(
                id=row.id,
                room=row.room,
                effect_json=self._work.open("outbox", "effect_json", row.id, row.effect_json),
                state=row.state,
                attempts=row.attempts,
                first_tried_at=row.first_tried_at,
                created_at=row.created_at,
            )
            for row in rows
        ]

    async def next_try(self) -> datetime | None:
        """When the next room's head is due to be tried, if anything waits."""
        row = await self._work.row(_NEXT_TRY, shard=self._work.shard)
        return None if row is None else row.at

    async def sent(self, id: str, event_id: str | None) -> None:  # noqa: A002
        """The homeserver has it; the words are dropped. Raises `NotFound` if it was not waiting."""
        done = await self._work.run(_SENT, {"row": id, "event": event_id})
        if done.rowcount == 0:
            raise NotFound("waiting outbox row", id)
        self._work.added.add(SENT)

    async def failed(self, id: str, next_at: datetime) -> None:  # noqa: A002
        """It did not go through; the room waits until `next_at`. Raises `NotFound` if it was not waiting."""
        await self._finish(
            id,
            attempts=table.c.attempts + 1,
            first_tried_at=func.coalesce(
                table.c.first_tried_at, literal(self._work.now(), table.c.next_at.type)
            ),
            next_at=next_at,
        )

    async def dropped(self, id: str, why: str) -> None:  # noqa: A002
        """Never to be sent; `why` is a short word, no content. Raises `NotFound` if it was not waiting."""
        await self._finish(id, state="dropped", why=why, effect_json=None)

    async def newest(self, room: RoomRef) -> str | None:
        """The row that was queued last for a room, sent or not."""
        row = await self._work.row(_NEWEST, room=room)
        return None if row is None else row.id

    async def event_of(self, id: str) -> str | None:  # noqa: A002
        """The Matrix event that a row became; None if it was not sent."""
        row = await self._work.row(select(table.c.event_id).where(table.c.id == id))
        return None if row is None else row.event_id

    async def pending(self) -> int:
        """How many rows are unsent."""
        row = await self._work.row(
            select(func.count().label("n")).where(
                table.c.shard == self._work.shard, in_state(table, "waiting")
            )
        )
        return 0 if row is None else int(row.n)

    async def _finish(self, id: str, **values: object) -> None:  # noqa: A002
        done = await self._work.run(
            update(table).where(table.c.id == id, in_state(table, "waiting")).values(**values)
        )
        if done.rowcount == 0:
            raise NotFound("waiting outbox row", id)
