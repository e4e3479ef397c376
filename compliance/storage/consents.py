"""Who agreed to which text in which wording, and when (GDPR article 7): nothing is overwritten."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from compliance.storage.schema import consents as table
from compliance.storage.work import Work
from config.ids import PersonId


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent that holds."""

    person: PersonId
    text: str
    version: str
    digest: str
    """SHA-256 of the exact words, in hexadecimal."""
    given_at: datetime


class Consents:
    """The ledger of consents of one unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def give(self, person: PersonId, text: str, version: str, digest: str) -> Consent:
        """Note that the person agreed, now."""
        consent = Consent(person, text, version, digest, self._work.now())
        await self._work.run(
            self._work.insert(table).values(
                person=person, text=text, version=version, digest=digest, given_at=consent.given_at
            )
        )
        return consent

    async def withdraw(self, person: PersonId, text: str) -> bool:
        """The consent to this text, in any version, ends now. False if there was none."""
        done = await self._work.run(
            update(table)
            .where(table.c.person == person, table.c.text == text, table.c.withdrawn_at.is_(None))
            .values(withdrawn_at=self._work.now())
        )
        return done.rowcount > 0

    async def names(self, person: PersonId) -> frozenset[str]:
        """The texts to which a consent is in force."""
        rows = await self._work.rows(
            select(table.c.text).where(table.c.person == person, table.c.withdrawn_at.is_(None)).distinct()
        )
        return frozenset(row.text for row in rows)

    async def current(self, person: PersonId, text: str) -> Consent | None:
        """The newest consent to this text that was not withdrawn."""
        row = await self._work.row(
            select(table)
            .where(table.c.person == person, table.c.text == text, table.c.withdrawn_at.is_(None))
            .order_by(table.c.seq.desc())
            .limit(1)
        )
        return None if row is None else Consent(person, row.text, row.version, row.digest, row.given_at)
