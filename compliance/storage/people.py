"""People: clients, therapists, admins, on-call. A Matrix id is found by a keyed index."""

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from compliance.keys.keystore import PersonKeyMissing
from compliance.storage.errors import NotFound
from compliance.storage.schema import people as table
from compliance.storage.work import Work
from config.ids import PersonId, new_id


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes to Stillroom."""

    id: PersonId
    mxid: str
    name: str
    language: str
    """BCP 47 tag."""
    zone: str | None
    """IANA name."""
    country: str | None
    """ISO 3166-1 alpha-2."""
    region: str | None
    """ISO 3166-2, where licences are regional."""
    stage: str
    """Where on their way they are, in the words of `bot.care`."""
    created_at: datetime


_BY_MXID = select(table).where(table.c.mxid_index == bindparam("index"))
_BY_ID = select(table).where(table.c.id == bindparam("person"))


class People:
    """The people of one unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work
        # One message asks for the same few people again and again.
        self._met: dict[PersonId, Person] = {}
        self._ids: dict[str, PersonId] = {}

    async def add(self, mxid: str, language: str = "en", *, stage: str = "new") -> Person:
        """Add a person and make their key. If the Matrix id is known already, that person is returned."""
        known = await self.by_mxid(mxid)
        if known is not None:
            return known
        person = Person(PersonId(new_id()), mxid, "", language, None, None, None, stage, self._work.now())
        self._work.new_keys.append(person.id)
        await asyncio.to_thread(self._work.sealer.keystore.create, person.id)
        await self._work.run(
            self._work.insert(table).values(created_at=person.created_at, **self._sealed(person))
        )
        return self._keep(person)

    async def by_mxid(self, mxid: str) -> Person | None:
        """The person with exactly this Matrix id, if known and not erased."""
        if mxid in self._ids:
            return self._again(self._ids[mxid])
        row = await self._work.row(_BY_MXID, index=self._work.index.of("people", "mxid", mxid))
        try:
            return None if row is None else self._keep(self._opened(row))
        except PersonKeyMissing:
            return None

    async def get(self, id: PersonId) -> Person:  # noqa: A002
        """The person. Raises `NotFound`, also for one who was erased."""
        known = self._again(id)
        if known is not None:
            return known
        row = await self._work.row(_BY_ID, person=id)
        if row is None:
            raise NotFound("person", id)
        try:
            return self._keep(self._opened(row))
        except PersonKeyMissing:
            raise NotFound("person", id) from None

    async def save(self, person: Person) -> None:
        """Write the person as they are now. Raises `NotFound`."""
        try:
            values = self._sealed(person)
        except PersonKeyMissing:
            raise NotFound("person", person.id) from None
        done = await self._work.run(update(table).where(table.c.id == person.id).values(**values))
        if done.rowcount == 0:
            raise NotFound("person", person.id)
        self._keep(person)

    async def all(self, stage: str | None = None) -> list[Person]:
        """Everybody, or everybody at a stage, in the order in which they came. Erased people are left out."""
        query = select(table).order_by(table.c.created_at, table.c.id)
        if stage is not None:
            query = query.where(table.c.stage == stage)
        found: list[Person] = []
        for row in await self._work.rows(query):
            try:
                found.append(self._opened(row))
            except PersonKeyMissing:
                continue
        return found

    def _keep(self, person: Person) -> Person:
        self._met[person.id] = person
        self._ids[person.mxid] = person.id
        return person

    def _again(self, id: PersonId) -> Person | None:  # noqa: A002
        """The person if this unit has met them and they have not been erased since."""
        try:
            self._work.sealer.keystore.key(id)
        except PersonKeyMissing:
            return None
        return self._met.get(id)

    def _sealed(self, person: Person) -> dict[str, Any]:
        place = json.dumps({"zone": person.zone, "country": person.country, "region": person.region})
        return {
            "id": person.id,
            "mxid_index": self._work.index.of("people", "mxid", person.mxid),
            "mxid": self._seal(person.id, "mxid", person.mxid),
            "name": self._seal(person.id, "name", person.name),
            "place": self._seal(person.id, "place", place),
            "language": person.language,
            "stage": person.stage,
        }

    def _seal(self, id: PersonId, column: str, plain: str) -> bytes:  # noqa: A002
        return self._work.seal("people", column, id, plain, owner=id)

    def _opened(self, row: Row[Any]) -> Person:
        def opened(column: str) -> str:
            return self._work.open("people", column, row.id, getattr(row, column), owner=row.id)

        place: dict[str, str | None] = json.loads(opened("place"))
        return Person(
            id=PersonId(row.id),
            mxid=opened("mxid"),
            name=opened("name"),
            language=row.language,
            zone=place["zone"],
            country=place["country"],
            region=place["region"],
            stage=row.stage,
            created_at=row.created_at,
        )
