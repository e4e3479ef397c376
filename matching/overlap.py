"""Hours that two weeks in two zones have in common, in real minutes, quick enough for thousands."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from matching.week import DAY, Span, Week, instant

DAYS = 14
_EPOCH = date(1970, 1, 1)
_ALL = (1 << (DAYS * DAY)) - 1
_MARGIN = 2
"""Days before and after, since a day in one zone lies across two in another."""


@lru_cache(maxsize=4096)
def _midnights(zone: str, first: date) -> tuple[tuple[int, ...], bool]:
    """UTC minutes since `first` (UTC) of local midnights from two days before; whether all days are plain."""
    place = ZoneInfo(zone)
    base = (first - _EPOCH).days * DAY
    starts = tuple(
        int(instant(first + timedelta(days=offset), 0, place).timestamp()) // 60 - base
        for offset in range(-_MARGIN, DAYS + _MARGIN + 1)
    )
    return starts, all(b - a == DAY for a, b in pairwise(starts))


@lru_cache(maxsize=32_768)
def _mask(days: tuple[tuple[Span, ...], ...], zone: str, first: date) -> int:
    """The open minutes of fourteen days from `first` (UTC) as bits, the first minute lowest."""
    starts, plain = _midnights(zone, first)
    one = first - timedelta(days=_MARGIN)
    if plain:
        # Without a change of the clocks it is one week, over and over, from the Monday before.
        week = 0
        for weekday, spans in enumerate(days):
            for low, high in spans:
                week |= ((1 << (high - low)) - 1) << (weekday * DAY + low)
        weeks = week | week << (7 * DAY)
        weeks |= weeks << (14 * DAY)
        return weeks >> (one.weekday() * DAY - starts[0]) & _ALL
    place = ZoneInfo(zone)
    base = (first - _EPOCH).days * DAY
    bits = 0
    for offset in range(len(starts) - 1):
        day = one + timedelta(days=offset)
        for low, high in days[day.weekday()]:
            begin = max(int(instant(day, low, place).timestamp()) // 60 - base, 0)
            end = int(instant(day, high, place).timestamp()) // 60 - base
            if begin < end:
                bits |= ((1 << (end - begin)) - 1) << begin
    return bits & _ALL


def shared_minutes(week: Week, zone: str, other: Week, other_zone: str, now: datetime) -> int:
    """Minutes in which both are open in the fourteen days from this day (UTC) on."""
    first = now.date()
    return (_mask(week.days, zone, first) & _mask(other.days, other_zone, first)).bit_count()


__all__ = ["DAYS", "shared_minutes"]
