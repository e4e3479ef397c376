"""What is said once and not again, such as one availability notice in a quiet period."""

from compliance.storage.schema import notices as table
from compliance.storage.work import Work, insert_once


class Notices:
    """The notices of one unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def once(self, kind: str, subject: str, key: str) -> bool:
        """True the first time for these three, then False. They are ids and times, never content."""
        done = await self._work.run(
            insert_once(table, self._work.dialect, "kind", "subject", "key"),
            {"kind": kind, "subject": subject, "key": key, "at": self._work.now()},
        )
        return done.rowcount > 0
