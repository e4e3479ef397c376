"""The alarm clock: APScheduler wakes for the next due row; what is due becomes something that came in."""

from datetime import UTC, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger

from bot.inbound import DueFired, Inbound
from compliance.storage.store import Store
from config.clock import Clock, SystemClock

_JOB = "next-due"
_FAR = timedelta(hours=6)
"""However far the next row is, look again after this long: a machine may have slept."""
_BATCH = 100


class Alarms:
    """Fires due rows at their time. The rows are the truth; the scheduler only wakes us."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    def wake(self) -> None:
        """Look at the rows now: the time has come, or the clock was moved."""
        self._store.due_changed.set()

    async def run(self) -> None:
        """Fire rows until cancelled. Alarms are rebuilt from the rows at every start."""
        self._scheduler.start()
        try:
            while True:
                self._store.due_changed.clear()
                await self.fire()
                await self._set()
                await self._store.due_changed.wait()
        finally:
            self._scheduler.shutdown(wait=False)

    async def fire(self) -> int:
        """Put every row whose time has come into the journal; returns how many."""
        fired = 0
        while True:
            now = self._clock.now()
            async with self._store.unit() as unit:
                ready = await unit.due.ready(now, _BATCH)
                for row in ready:
                    happened = DueFired(
                        due=row.id,
                        what=row.kind,
                        subject=row.subject,
                        late=max(0.0, (now - row.at).total_seconds()),
                    )
                    inbound = Inbound(
                        id=f"due:{row.id}", room="", sender="", at=now, encrypted=True, content=happened
                    )
                    fired += await unit.due.fire(row, inbound.model_dump_json())
            if len(ready) < _BATCH:
                return fired

    async def _set(self) -> None:
        async with self._store.unit() as unit:
            at = await unit.due.next_at()
        wait = _FAR if at is None else min(max(at - self._clock.now(), timedelta()), _FAR)
        # The scheduler runs on the machine's time even where ours is a moved clock: only the wait is told.
        when = SystemClock().now() + wait
        self._scheduler.add_job(
            self.wake, DateTrigger(when), id=_JOB, replace_existing=True, misfire_grace_time=None
        )
