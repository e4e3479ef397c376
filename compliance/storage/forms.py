"""Questionnaires on their way: the engine's state between two answers, sealed with the person's key."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, case, select, update

from compliance.storage.errors import NotFound
from compliance.storage.schema import forms as table
from compliance.storage.work import Work, one_of
from config.ids import PersonId, RoomRef, new_id

STATUSES = ("open", "paused", "done", "stopped")
_ENDED = ("done", "stopped")


@dataclass(frozen=True, slots=True)
class FormRun:
    """One person's run through one questionnaire."""

    id: str
    person: PersonId
    room: RoomRef
    form: str
    version: str
    state_json: str
    status: str
    started_at: datetime
    ended_at: datetime | None


_ACTIVE = (
    select(table)
    .where(
        table.c.person == bindparam("person"),
        table.c.room == bindparam("room"),
        table.c.ended_at.is_(None),
    )
    .order_by(case((table.c.status == "open", 0), else_=1), table.c.started_at.desc(), table.c.id)
    .limit(1)
)


class Forms:
    """The runs of one unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def start(
        self, person: PersonId, room: RoomRef, form: str, version: str, state_json: str
    ) -> FormRun:
        """Begin a run, open. Raises `PersonKeyMissing` for an erased person."""
        run = FormRun(new_id(), person, room, form, version, state_json, "open", self._work.now(), None)
        await self._work.run(
            self._work.insert(table).values(
                id=run.id,
                person=person,
                room=room,
                form=form,
                version=version,
                state_json=self._seal(run.id, person, state_json),
                status=run.status,
                started_at=run.started_at,
            )
        )
        return run

    async def active(self, person: PersonId, room: RoomRef) -> FormRun | None:
        """The run that has not ended: an open one before a paused one, the newest first."""
        row = await self._work.row(_ACTIVE, person=person, room=room)
        return None if row is None else self._opened(row)

    async def get(self, id: str) -> FormRun:  # noqa: A002
        """The run. Raises `NotFound`; `PersonKeyMissing` for an erased person."""
        row = await self._work.row(select(table).where(table.c.id == id))
        if row is None:
            raise NotFound("form run", id)
        return self._opened(row)

    async def save(self, id: str, state_json: str, status: str) -> None:  # noqa: A002
        """Write where the run is. Raises `NotFound`, `UnknownKind`."""
        one_of("form status", status, STATUSES)
        row = await self._work.row(select(table.c.person).where(table.c.id == id))
        if row is None:
            raise NotFound("form run", id)
        await self._work.run(
            update(table)
            .where(table.c.id == id)
            .values(
                state_json=self._seal(id, row.person, state_json),
                status=status,
                ended_at=self._work.now() if status in _ENDED else None,
            )
        )

    async def move(self, person: PersonId, room: RoomRef) -> None:
        """Let what is open with a person go on in another room."""
        await self._work.run(
            update(table).where(table.c.person == person, table.c.ended_at.is_(None)).values(room=room)
        )

    def _seal(self, id: str, person: PersonId, state_json: str) -> bytes:  # noqa: A002
        return self._work.seal("forms", "state_json", id, state_json, owner=person)

    def _opened(self, row: Row[Any]) -> FormRun:
        state = self._work.open("forms", "state_json", row.id, row.state_json, owner=row.person)
        return FormRun(
            row.id,
            row.person,
            row.room,
            row.form,
            row.version,
            state,
            row.status,
            row.started_at,
            row.ended_at,
        )
