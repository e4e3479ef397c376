"""Crisis episodes, from the first sign until a human has answered and closed them."""

import contextlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from compliance.keys.keystore import PersonKeyMissing
from compliance.storage.errors import NotFound
from compliance.storage.schema import alerts as table
from compliance.storage.schema import counters
from compliance.storage.work import Work, in_state, one_of
from config.ids import AlertId, PairId, PersonId, RoomRef, new_id

STATES = ("open", "acknowledged", "closed")


@dataclass(frozen=True, slots=True)
class Alert:
    """One episode of one person."""

    id: AlertId
    number: int
    """A small running number for people to type."""
    person: PersonId
    room: RoomRef | None
    pair: PairId | None
    severity: str
    state: str
    step: int
    """How far it has climbed."""
    opened_at: datetime
    acknowledged_by: PersonId | None
    acknowledged_at: datetime | None
    closed_at: datetime | None
    body_json: str
    """Empty once the person was erased."""


_CURRENT = (
    select(table)
    .where(table.c.person == bindparam("person"), table.c.state != "closed")
    .order_by(table.c.number.desc())
    .limit(1)
)


class Alerts:
    """The alerts of one unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def open(
        self,
        person: PersonId,
        room: RoomRef | None,
        pair: PairId | None,
        severity: str,
        body_json: str,
    ) -> Alert:
        """Open an episode; whether one runs already is the caller's to look up with `current`."""
        id_, now = AlertId(new_id()), self._work.now()
        number = await self._next_number()
        await self._work.run(
            self._work.insert(table).values(
                id=id_,
                number=number,
                person=person,
                room=room,
                pair=pair,
                severity=severity,
                state="open",
                step=0,
                opened_at=now,
                body_json=self._work.seal("alerts", "body_json", id_, body_json, owner=person),
            )
        )
        return Alert(id_, number, person, room, pair, severity, "open", 0, now, None, None, None, body_json)

    async def current(self, person: PersonId) -> Alert | None:
        """The person's newest episode that is not closed."""
        return await self._first(_CURRENT, person=person)

    async def get(self, id: AlertId) -> Alert:  # noqa: A002
        """The alert. Raises `NotFound`."""
        alert = await self._first(select(table).where(table.c.id == id))
        if alert is None:
            raise NotFound("alert", id)
        return alert

    async def by_number(self, number: int) -> Alert | None:
        """The alert of this number, if there is one."""
        return await self._first(select(table).where(table.c.number == number))

    async def save(self, alert: Alert) -> None:
        """Write the alert as it is now. Raises `NotFound`, `UnknownKind`."""
        values: dict[str, Any] = {
            "severity": alert.severity,
            "state": one_of("alert state", alert.state, STATES),
            "step": alert.step,
            "acknowledged_by": alert.acknowledged_by,
            "acknowledged_at": alert.acknowledged_at,
            "closed_at": alert.closed_at,
        }
        with contextlib.suppress(PersonKeyMissing):  # an erased person's alert can still be closed
            values["body_json"] = self._work.seal(
                "alerts", "body_json", alert.id, alert.body_json, owner=alert.person
            )
        done = await self._work.run(update(table).where(table.c.id == alert.id).values(**values))
        if done.rowcount == 0:
            raise NotFound("alert", alert.id)

    async def unacknowledged(self) -> list[Alert]:
        """Every open alert that nobody has taken yet, the oldest first."""
        query = select(table).where(in_state(table, "open")).order_by(table.c.opened_at, table.c.number)
        return [self._opened(row) for row in await self._work.rows(query)]

    async def not_closed(self) -> list[Alert]:
        """Every alert that no person has closed, the oldest first."""
        query = select(table).where(table.c.state != "closed").order_by(table.c.number)
        return [self._opened(row) for row in await self._work.rows(query)]

    async def _next_number(self) -> int:
        row = await self._work.row(
            self._work.insert(counters)
            .values(name="alert", value=1)
            .on_conflict_do_update(index_elements=["name"], set_={"value": counters.c.value + 1})
            .returning(counters.c.value)
        )
        assert row is not None  # noqa: S101 - an upsert returns its row
        return row.value

    async def _first(self, query: Any, **values: str) -> Alert | None:
        row = await self._work.row(query, **values)
        return None if row is None else self._opened(row)

    def _opened(self, row: Row[Any]) -> Alert:
        try:
            body = self._work.open("alerts", "body_json", row.id, row.body_json, owner=row.person)
        except PersonKeyMissing:
            body = ""
        return Alert(
            id=row.id,
            number=row.number,
            person=row.person,
            room=row.room,
            pair=row.pair,
            severity=row.severity,
            state=row.state,
            step=row.step,
            opened_at=row.opened_at,
            acknowledged_by=row.acknowledged_by,
            acknowledged_at=row.acknowledged_at,
            closed_at=row.closed_at,
            body_json=body,
        )
