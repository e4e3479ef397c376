"""Sealed JSON documents about people, each under its person's key."""

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from compliance.keys.keystore import PersonKeyMissing
from compliance.storage.columns import DataClass
from compliance.storage.schema import documents as table
from compliance.storage.work import Work, one_of
from config.ids import PersonId, new_id

_PERSONAL, _HEALTH = DataClass.PERSONAL_SEALED, DataClass.HEALTH_SEALED

KINDS = MappingProxyType(
    {
        "intake": _HEALTH,
        "case": _HEALTH,
        "application": _PERSONAL,
        "therapist": _PERSONAL,
        "availability": _PERSONAL,
        "agreement": _HEALTH,
        "rating": _HEALTH,
        "score": _HEALTH,
        "safetyplan": _HEALTH,
        "alert": _HEALTH,
        "note": _HEALTH,
        "situation": _HEALTH,
        "held-message": _HEALTH,
        "conduct": _HEALTH,
        "report": _HEALTH,
        "promise": _HEALTH,
    }
)
"""Every kind of document and the class of its data. Another kind is refused."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document: (kind, person, key) names it."""

    id: str
    kind: str
    person: PersonId
    key: str
    body_json: str
    created_at: datetime
    changed_at: datetime


_NAMED = select(table).where(
    table.c.kind == bindparam("kind"),
    table.c.person == bindparam("person"),
    table.c.key == bindparam("key"),
)
_CHANGE = (
    update(table)
    .where(table.c.id == bindparam("row"))
    .values(body_json=bindparam("body"), changed_at=bindparam("now"))
)


class Documents:
    """The documents of one unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work
        # What was looked for in this unit, found or not: most are read again before they are written.
        self._read: dict[tuple[str, PersonId, str], Document | None] = {}

    async def put(self, kind: str, person: PersonId, key: str, body_json: str) -> Document:
        """Write a document in place of an earlier one of the same name.

        Raises `UnknownKind`; `PersonKeyMissing` if the person was erased.
        """
        one_of("document kind", kind, tuple(KINDS))
        now = self._work.now()
        name = kind, person, key
        # Not opened: one whose seal is broken is replaced too.
        known = self._read.get(name) or await self._work.row(_NAMED, kind=kind, person=person, key=key)
        made = now if known is None else known.created_at
        id_ = new_id() if known is None else known.id
        sealed = self._work.seal("documents", "body_json", id_, body_json, owner=person)
        if known is None:
            await self._work.run(
                self._work.insert(table).values(
                    id=id_,
                    kind=kind,
                    person=person,
                    key=key,
                    body_json=sealed,
                    created_at=now,
                    changed_at=now,
                )
            )
        else:
            await self._work.run(_CHANGE, {"row": id_, "body": sealed, "now": now})
        self._read[name] = written = Document(id_, kind, person, key, body_json, made, now)
        return written

    async def get(self, kind: str, person: PersonId, key: str = "") -> Document | None:
        """The document of this name; None if there is none or its person was erased."""
        try:
            found = await self._find(kind, person, key)
            if found is not None:
                self._work.sealer.keystore.key(person)
        except PersonKeyMissing:
            return None
        return found

    async def all(self, kind: str) -> list[Document]:
        """Every document of a kind, the oldest first; those of erased people are left out."""
        query = select(table).where(table.c.kind == kind)
        return self._readable(await self._work.rows(query.order_by(table.c.created_at, table.c.id)))

    async def of(self, person: PersonId, kind: str) -> list[Document]:
        """Every document of a kind about a person, the oldest first."""
        query = select(table).where(table.c.person == person, table.c.kind == kind)
        return self._readable(await self._work.rows(query.order_by(table.c.created_at, table.c.id)))

    async def delete(self, kind: str, person: PersonId, key: str = "") -> bool:
        """Delete a document. False if there was none."""
        self._read.pop((kind, person, key), None)
        done = await self._work.run(
            delete(table).where(table.c.kind == kind, table.c.person == person, table.c.key == key)
        )
        return done.rowcount > 0

    async def _find(self, kind: str, person: PersonId, key: str) -> Document | None:
        name = kind, person, key
        if name not in self._read:
            row = await self._work.row(_NAMED, kind=kind, person=person, key=key)
            self._read[name] = None if row is None else self._opened(row)
        return self._read[name]

    def _readable(self, rows: Any) -> list[Document]:
        found: list[Document] = []
        for row in rows:
            try:
                if row is not None:
                    found.append(self._opened(row))
            except PersonKeyMissing:
                continue
        return found

    def _opened(self, row: Row[Any]) -> Document:
        body = self._work.open("documents", "body_json", row.id, row.body_json, owner=row.person)
        return Document(row.id, row.kind, row.person, row.key, body, row.created_at, row.changed_at)
