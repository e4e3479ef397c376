"""Polls that were sent: what was asked and what could be chosen, to understand a vote."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from compliance.storage.errors import NotFound
from compliance.storage.schema import outbox
from compliance.storage.schema import polls as table
from compliance.storage.work import Work
from config.ids import RoomRef


@dataclass(frozen=True, slots=True)
class PollRow:
    """One poll, by the outbox row that carries it."""

    outbox_id: str
    form_run: str | None
    question: str
    options: tuple[tuple[str, str], ...]
    """Answer id and label, in order."""
    event_id: str | None


_ROWS_BACK = 40
"""How far back in a room `lately` looks: a question further up has been talked over."""

_LATELY = (
    select(outbox.c.id, outbox.c.seq)
    .where(outbox.c.room == bindparam("room"))
    .order_by(outbox.c.seq.desc())
    .limit(_ROWS_BACK)
    .subquery()
)
_OPEN_QUESTIONS = (
    select(table)
    .join(_LATELY, table.c.outbox_id == _LATELY.c.id)
    .where(table.c.form_run.is_(None))
    .order_by(_LATELY.c.seq.desc())
)


class Polls:
    """The polls of one unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def add(
        self, outbox_id: str, form_run: str | None, question: str, options: Sequence[tuple[str, str]]
    ) -> None:
        """Note a poll with the outbox row that will send it."""
        await self._work.run(
            self._work.insert(table).values(
                outbox_id=outbox_id,
                form_run=form_run,
                question=self._work.seal("polls", "question", outbox_id, question),
                options=self._work.seal("polls", "options", outbox_id, json.dumps([*options])),
                created_at=self._work.now(),
            )
        )

    async def sent(self, outbox_id: str, event_id: str) -> None:
        """Note the event id that the homeserver gave it. Raises `NotFound`."""
        done = await self._work.run(
            update(table).where(table.c.outbox_id == outbox_id).values(event_id=event_id)
        )
        if done.rowcount == 0:
            raise NotFound("poll", outbox_id)

    async def get(self, outbox_id: str) -> PollRow | None:
        """The poll of an outbox row."""
        return self._opened(await self._work.row(select(table).where(table.c.outbox_id == outbox_id)))

    async def by_event(self, event_id: str) -> PollRow | None:
        """The poll of a Matrix event."""
        return self._opened(await self._work.row(select(table).where(table.c.event_id == event_id)))

    async def lately(self, room: RoomRef) -> list[PollRow]:
        """Polls among the last things said in a room, those of forms aside, the newest first."""
        found = [self._opened(row) for row in await self._work.rows(_OPEN_QUESTIONS, room=room)]
        return [poll for poll in found if poll is not None]

    async def newest(self, form_run: str) -> PollRow | None:
        """The latest poll of a form's run."""
        query = select(table).where(table.c.form_run == form_run)
        return self._opened(
            await self._work.row(query.order_by(table.c.created_at.desc(), table.c.outbox_id).limit(1))
        )

    def _opened(self, row: Row[Any] | None) -> PollRow | None:
        if row is None:
            return None
        options: list[list[str]] = json.loads(self._open(row, "options"))
        return PollRow(
            outbox_id=row.outbox_id,
            form_run=row.form_run,
            question=self._open(row, "question"),
            options=tuple((id_, label) for id_, label in options),
            event_id=row.event_id,
        )

    def _open(self, row: Row[Any], column: str) -> str:
        return self._work.open("polls", column, row.outbox_id, getattr(row, column))
