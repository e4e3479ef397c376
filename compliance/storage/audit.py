"""The audit record in the database: entries join the tree in the transaction of their effect.

Entries are gathered while the unit works and appended just before it commits, in one go. So the one row
that every writer needs, the tree's frontier, is locked as late and as briefly as can be.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from compliance.audit.checkpoint import is_due
from compliance.audit.entries import Entry
from compliance.audit.tree import Frontier
from compliance.storage.errors import StorageError
from compliance.storage.schema import audit_checkpoints as checkpoints
from compliance.storage.schema import audit_entries as table
from compliance.storage.schema import audit_frontier as frontiers
from compliance.storage.work import Work

_APPEND = table.insert()
_FRONTIER = select(frontiers).where(frontiers.c.id == 1)
_LOCKED_FRONTIER = _FRONTIER.with_for_update()
_GROW = frontiers.update().where(frontiers.c.id == 1).values(size=bindparam("to"), hashes=bindparam("with"))
_POSTED = "checkpoint.posted"


@dataclass(frozen=True, slots=True)
class Posted:
    """A checkpoint that was signed: how much of the record it covers."""

    size: int
    root: bytes
    note: str
    at: datetime


class Audit:
    """The audit record within one unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._gathered: list[Entry] = []

    async def record(
        self, action: str, *, by: str, about: str = "", outcome: str = "done", **detail: str | int
    ) -> None:
        """Note what was done. Raises `EntryRefused` at once for what must not stand in the record.

        `by` and `about` are random ids or `service`, `operator`, `unknown`.
        """
        self._gathered.append(
            Entry(0, self._work.now(), action, by=by, about=about, outcome=outcome, detail=detail)
        )

    async def flush(self) -> None:
        """Append what was gathered; the unit of work does this before it commits."""
        if not self._gathered:
            return
        frontier = await self._frontier(lock=True)
        rows: list[dict[str, object]] = []
        for gathered in self._gathered:
            entry = dataclasses.replace(gathered, seq=frontier.size)
            rows.append(
                {
                    "number": entry.seq,
                    "at": entry.at,
                    "action": entry.action,
                    "about": entry.about,
                    "body": entry.canonical(),
                }
            )
            frontier = frontier.append(entry.leaf())
        await self._work.run(_APPEND, rows if len(rows) > 1 else rows[0])
        await self._work.run(_GROW, {"to": frontier.size, "with": frontier.to_bytes()})
        self._gathered.clear()

    async def frontier(self) -> Frontier:
        """The tree as it is, what this unit recorded included: what a checkpoint is signed from."""
        await self.flush()
        return await self._frontier()

    async def size(self) -> int:
        """How many entries there are."""
        return (await self.frontier()).size

    async def root(self) -> bytes:
        """The root hash of the tree."""
        return (await self.frontier()).root

    async def entries(self, start: int, end: int) -> list[bytes]:
        """The canonical bytes of the entries from `start` up to, not including, `end`, as they are stored."""
        await self.flush()
        rows = await self._work.rows(
            select(table.c.body).where(table.c.number >= start, table.c.number < end).order_by(table.c.number)
        )
        return [bytes(row.body) for row in rows]

    async def about(self, subject: str) -> list[Entry]:
        """Every entry about a person or thing, the oldest first (45 CFR 164.528)."""
        await self.flush()
        rows = await self._work.rows(
            select(table.c.body).where(table.c.about == subject).order_by(table.c.number)
        )
        return [Entry.from_canonical(bytes(row.body)) for row in rows]

    async def checkpoint_due(self) -> bool:
        """Whether a checkpoint should be posted: 100 entries or 60 seconds after the last.

        That a checkpoint was posted is an entry too; alone it calls for no other.
        """
        last = await self.last_checkpoint()
        covered = 0 if last is None else last.size
        size = await self.size()
        query = select(func.count().label("n")).where(table.c.number >= covered, table.c.action != _POSTED)
        news = await self._work.row(query)
        if news is None or news.n == 0:
            return False
        return is_due(size, self._work.now(), covered, None if last is None else last.at)

    async def checkpointed(self, size: int, root: bytes, note: str) -> None:
        """Keep a signed checkpoint beside the record, in the transaction that queues its posting."""
        statement = self._work.insert(checkpoints).values(
            size=size, root=root, note=note.encode(), at=self._work.now()
        )
        await self._work.run(
            statement.on_conflict_do_update(
                index_elements=["size"],
                set_={
                    "root": statement.excluded.root,
                    "note": statement.excluded.note,
                    "at": self._work.now(),
                },
            )
        )

    async def last_checkpoint(self) -> Posted | None:
        """The newest checkpoint that is kept here."""
        found = await self._checkpoints(select(checkpoints).order_by(checkpoints.c.size.desc()).limit(1))
        return found[0] if found else None

    async def checkpoints(self) -> Sequence[Posted]:
        """Every checkpoint that is kept here, the oldest first."""
        return await self._checkpoints(select(checkpoints).order_by(checkpoints.c.size))

    async def _checkpoints(self, query: Select[Any]) -> list[Posted]:
        return [
            Posted(row.size, bytes(row.root), bytes(row.note).decode(errors="replace"), row.at)
            for row in await self._work.rows(query)
        ]

    async def _frontier(self, *, lock: bool = False) -> Frontier:
        row = await self._work.row(
            _LOCKED_FRONTIER if lock and self._work.dialect == "postgresql" else _FRONTIER
        )
        if row is None:
            raise StorageError("the audit record has lost its frontier: restore a backup")
        try:
            return Frontier.from_bytes(row.size, bytes(row.hashes))
        except ValueError as error:
            raise StorageError("the audit record's frontier is damaged: restore a backup") from error
