"""Who may act in which role, from when until when, and by whose word (45 CFR 164.308(a)(3)-(4))."""

from datetime import datetime

from sqlalchemy import or_, select, update

from compliance.storage.schema import grants as table
from compliance.storage.work import Work, one_of
from config.ids import PersonId

ROLES = ("client", "therapist", "admin", "oncall", "supervisor")


class Grants:
    """The grants of one unit of work. Nothing is deleted: a revoked grant stays on record."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def give(self, person: PersonId, role: str, by: str, expires_at: datetime | None = None) -> None:
        """Give a role, for good or until `expires_at`. Raises `UnknownKind` for an unknown role."""
        await self._work.run(
            self._work.insert(table).values(
                person=person,
                role=one_of("role", role, ROLES),
                given_by=by,
                given_at=self._work.now(),
                expires_at=expires_at,
            )
        )

    async def revoke(self, person: PersonId, role: str, by: str) -> bool:
        """Take a role away at once. False if the person did not hold it."""
        done = await self._work.run(
            update(table)
            .where(table.c.person == person, table.c.role == role, self._holds())
            .values(revoked_at=self._work.now(), revoked_by=by)
        )
        return done.rowcount > 0

    async def roles(self, person: PersonId) -> frozenset[str]:
        """The roles that the person holds now."""
        rows = await self._work.rows(select(table.c.role).where(table.c.person == person, self._holds()))
        return frozenset(row.role for row in rows)

    async def holders(self, role: str) -> list[PersonId]:
        """Everybody who holds the role now, the longest-serving first."""
        rows = await self._work.rows(
            select(table.c.person).where(table.c.role == role, self._holds()).order_by(table.c.seq)
        )
        return list(dict.fromkeys(PersonId(row.person) for row in rows))

    def _holds(self):
        later = or_(table.c.expires_at.is_(None), table.c.expires_at > self._work.now())
        return table.c.revoked_at.is_(None) & later
