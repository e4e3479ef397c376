"""The one place where the time is read. Everything else is handed a clock."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time. All times inside Stillroom are aware and in UTC."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock: what a running service uses."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class MovedClock:
    """A clock that stands still until it is moved: for the tests and the demo alone."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock starts at an aware time")
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def move(self, by: timedelta) -> datetime:
        """Move the clock on by a duration; it never goes back. Returns the new time."""
        if by < timedelta(0):
            raise ValueError("time does not go back")
        self._now += by
        return self._now

    def move_to(self, moment: datetime) -> datetime:
        """Move the clock on to a later moment. Returns the new time."""
        return self.move(moment.astimezone(UTC) - self._now)
