"""Who may act in which role, from when until when, and by whose word (45 CFR 164.308(a)(3)-(4))."""

from datetime import datetime

from sqlalchemy import bindparam, or_, select, update

from compliance.storage.schema import grants as table
from compliance.storage.work import Work, one_of
from config.ids import PersonId

ROLES = ("client", "therapist", "admin", "oncall", "supervisor")


_HOLDS = table.c.revoked_at.is_(None) & or_(
    table.c.expires_at.is_(None), table.c.expires_at > bindparam("now")
)
_ROLES = select(table.c.role).where(table.c.person == bindparam("person"), _HOLDS)
_HOLDERS = select(table.c.person).where(table.c.role == bindparam("role"), _HOLDS).order_by(table.c.seq)
_REVOKE = (
    update(table)
    .where(table.c.person == bindparam("whose"), table.c.role == bindparam("which"), _HOLDS)
    .values(revoked_at=bindparam("now"), revoked_by=bindparam("who"))
)


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
        now = self._work.now()
        done = await self._work.run(_REVOKE, {"whose": person, "which": role, "now": now, "who": by})
        return done.rowcount > 0

    async def roles(self, person: PersonId) -> frozenset[str]:
        """The roles that the person holds now."""
        rows = await self._work.rows(_ROLES, person=person, now=self._work.now())
        return frozenset(row.role for row in rows)

    async def holders(self, role: str) -> list[PersonId]:
        """Everybody who holds the role now, the longest-serving first."""
        rows = await self._work.rows(_HOLDERS, role=role, now=self._work.now())
        return list(dict.fromkeys(PersonId(row.person) for row in rows))
