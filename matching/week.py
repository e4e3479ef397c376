"""A week of opening hours on a wall clock, and what it comes to in real time in a zone."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, field_validator

Span = tuple[int, int]
"""Start and end in minutes after local midnight, 0 ≤ start < end ≤ 1440; the end is not included."""

DAY = 24 * 60
"""Minutes of a day on the wall clock."""


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that touch or overlap made one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)


def without(spans: Iterable[Span], holes: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of the spans once the holes are cut out of them."""
    left = list(merged(spans))
    for low, high in holes:
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, low)), (max(start, high), end))
            if piece[0] < piece[1]
        ]
    return tuple(left)


def common(one: Iterable[Span], other: Iterable[Span]) -> tuple[Span, ...]:
    """What lies in both."""
    second = merged(other)
    return tuple(
        (max(low, start), min(high, end))
        for low, high in merged(one)
        for start, end in second
        if max(low, start) < min(high, end)
    )


class Week(BaseModel):
    """The hours of each weekday on the wall clock of a place, Monday first. Hashable; written as JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: tuple[
        tuple[Span, ...],
        tuple[Span, ...],
        tuple[Span, ...],
        tuple[Span, ...],
        tuple[Span, ...],
        tuple[Span, ...],
        tuple[Span, ...],
    ] = ((), (), (), (), (), (), ())

    @field_validator("days")
    @classmethod
    def _in_order(cls, days: tuple[tuple[Span, ...], ...]) -> tuple[tuple[Span, ...], ...]:
        for spans in days:
            for start, end in spans:
                if not 0 <= start < end <= DAY:
                    raise ValueError(f"hours must lie within a day, got minutes {start} to {end}")
        return tuple(merged(spans) for spans in days)

    @property
    def minutes(self) -> int:
        """Opening time in a whole week, in minutes."""
        return sum(end - start for spans in self.days for start, end in spans)

    def __bool__(self) -> bool:
        return any(self.days)


def instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which the wall clock of the zone shows this minute of this day.

    Where the clocks went back and the time comes twice, it is the first one (PEP 495, fold=0); where
    they went forward and it never comes, it is the moment of the change. Minute 1440 is midnight at the
    end of the day. So later minutes never come out earlier.
    """
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001
    late = wall.replace(tzinfo=zone).astimezone(UTC)
    if late.astimezone(zone).replace(tzinfo=None) == wall:
        return late
    early = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    before = early.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) // 2
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late.replace(microsecond=0)


__all__ = ["DAY", "Span", "Week", "common", "instant", "merged", "without"]
