"""Open times for a session: what to offer, and what a person chose of it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain, zip_longest
from typing import Literal
from zoneinfo import ZoneInfo

from bot.calendar.availability import Availability, stretches
from bot.calendar.dates import DateError, find_date
from matching.week import DAY, Week, instant

NOTICE = timedelta(hours=2)
HORIZON = timedelta(days=14)
GRID = timedelta(minutes=30)
"""Sessions begin on the hour and the half hour of the therapist's clock."""

WhenProblem = Literal[
    "empty", "unknown", "no-such-day", "ambiguous", "time-missing", "bad-time", "no-such-time", "past"
]
ChoiceProblem = Literal["number", "taken"] | WhenProblem


@dataclass(frozen=True)
class Booked:
    """A session that is booked already."""

    starts_at: datetime
    minutes: int


def open_slots(
    availability: Availability,
    booked: Iterable[Booked],
    now: datetime,
    *,
    minutes: int = 45,
    notice: timedelta = NOTICE,
    horizon: timedelta = HORIZON,
    pause: timedelta = timedelta(),
) -> tuple[datetime, ...]:
    """All starts (UTC) at which a session of this length fits, in order.

    At least `notice` ahead, at most `horizon`; `pause` is kept free before and after booked sessions.
    """
    length = timedelta(minutes=minutes)
    zone = ZoneInfo(availability.zone)
    taken = sorted(
        (one.starts_at - pause, one.starts_at + timedelta(minutes=one.minutes) + pause) for one in booked
    )
    earliest, latest = now.astimezone(UTC) + notice, now.astimezone(UTC) + horizon
    found: list[datetime] = []
    for start, end in stretches(availability, now, answers=False, days=horizon.days + 1):
        at = _on_grid(max(start, earliest), zone)
        while at + length <= end and at <= latest:
            clash = next((high for low, high in taken if low < at + length and at < high), None)
            if clash is None:
                found.append(at)
            at += GRID
    return tuple(found)


def _on_grid(at: datetime, zone: ZoneInfo) -> datetime:
    """The next full or half hour on the wall clock of the zone."""
    local = at.astimezone(zone)
    over = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond) % GRID
    return at + (GRID - over if over else timedelta())


def offer(
    slots: Sequence[datetime],
    zone: str,
    *,
    limit: int = 8,
    prefer: Week | None = None,
    after: datetime | None = None,
) -> tuple[datetime, ...]:
    """A few slots to show to a person, spread over their days and over each day, in order.

    Those within `prefer`, the hours that suit the person on their own wall clock, come first; others
    only fill up. `after` goes on behind an earlier offer.
    """
    place = ZoneInfo(zone)
    left = [slot for slot in slots if after is None or slot > after]
    suiting = [slot for slot in left if prefer is None or _within(prefer, slot.astimezone(place))]
    rest = [slot for slot in left if slot not in set(suiting)]
    chosen = [*_spread(suiting, place), *_spread(rest, place)][:limit]
    return tuple(sorted(chosen))


def _within(week: Week, local: datetime) -> bool:
    minute = local.hour * 60 + local.minute
    return any(start <= minute < end for start, end in week.days[local.weekday()])


def _spread(slots: Sequence[datetime], place: ZoneInfo) -> list[datetime]:
    """All slots, one of each day before a second of any, far apart within a day."""
    days: dict[date, list[datetime]] = {}
    for slot in slots:
        days.setdefault(slot.astimezone(place).date(), []).append(slot)
    rounds = zip_longest(*(_apart(day) for day in days.values()))
    return [slot for slot in chain.from_iterable(rounds) if slot is not None]


def _apart(slots: list[datetime]) -> list[datetime]:
    order: list[datetime] = []
    left = list(slots)
    while left:
        if not order:
            best = left[0]
        else:
            best = max(left, key=lambda slot: (min(abs(slot - one) for one in order), -slot.timestamp()))
        order.append(best)
        left.remove(best)
    return order


class WhenError(ValueError):
    """A time that was not understood. `kind` names the text `calendar-when-error-<kind>`."""

    def __init__(self, kind: ChoiceProblem, part: str = "") -> None:
        super().__init__(kind)
        self.kind: ChoiceProblem = kind
        self.part = part


_LONGEST = 200

_TIME = re.compile(
    r"(?:\b(?:at|um|à|a las|om|alle)\s+)?(?<![\d.:])(?P<h>\d{1,2})(?:(?P<sep>[:.h])(?P<m>\d{2})(?!\d))?"
    r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?|\s*(?P<clock>uhr|h|o['’]?clock)\b)?(?![\d/])"
)
_PARTS = (("in the morning", "a"), ("in the afternoon", "p"), ("in the evening", "p"), ("at night", "p"))


@dataclass(frozen=True)
class When:
    """What a text says of a time: the instants that it can mean, the likeliest first."""

    candidates: tuple[datetime, ...]

    @property
    def at(self) -> datetime:
        return self.candidates[0]


def parse_when(text: str, zone: str, now: datetime, language: str = "en") -> When:
    """Read a day and a time: "tomorrow at 3", "Tue 15:30", "12 March 3pm", "15:30".

    An hour without am or pm may mean two instants; both are given, that of the day's waking half first.
    Raises WhenError.
    """
    clean = text.casefold().strip(" .!?,")
    if not clean:
        raise WhenError("empty")
    if len(clean) > _LONGEST:
        raise WhenError("unknown", clean[:40])
    place = ZoneInfo(zone)
    today = now.astimezone(place).date()
    try:
        found = find_date(clean, today, language)
    except DateError as error:
        raise WhenError(error.kind, error.part) from None
    rest = clean if found is None else f"{clean[: found.start]} {clean[found.end :]}"
    times = _times(rest)
    if not times:
        raise WhenError("time-missing" if found else "unknown", clean[:40])
    days = [found.day] if found else [today, today + timedelta(days=1)]
    if found and found.by_weekday and found.day == today:
        days.append(today + timedelta(days=7))
    moments: list[datetime] = []
    for minute in times:
        for day in days:
            at = instant(day, minute, place)
            local = at.astimezone(place)
            if (local.date(), local.hour * 60 + local.minute) != (day, minute):
                raise WhenError("no-such-time", clean[:40])
            if at > now:
                moments.append(at)
                break
    if not moments:
        raise WhenError("past", clean[:40])
    return When(tuple(moments))


def _times(text: str) -> list[int]:
    """Minutes of the day that a time may mean, the likeliest first."""
    if re.search(r"\b(?:noon|midday)\b", text):
        return [12 * 60]
    if re.search(r"\bmidnight\b", text):
        return [0]
    match = _TIME.search(text)
    if match is None:
        return []
    hour, minute, half = int(match["h"]), int(match["m"] or 0), match["half"]
    for words, letter in _PARTS:
        if half is None and words in text:
            half = letter
    if hour > 24 or minute > 59 or (half and not 1 <= hour <= 12) or hour * 60 + minute >= DAY:
        raise WhenError("bad-time", match.group().strip())
    if half:
        return [(hour % 12 + (12 if half == "p" else 0)) * 60 + minute]
    exact = hour == 0 or hour > 12 or match["h"].startswith("0") or match["clock"] in ("uhr", "h")
    if exact:
        return [hour * 60 + minute]
    early, late = (hour % 12) * 60 + minute, (hour % 12 + 12) * 60 + minute
    return [late, early] if hour < 7 or hour == 12 else [early, late]


def parse_choice(
    text: str,
    offered: Sequence[datetime],
    open_now: Sequence[datetime],
    zone: str,
    now: datetime,
    language: str = "en",
) -> datetime:
    """The slot that an answer chooses: its number in the offer, or any open time in words.

    "2" is a number; "tomorrow at 3" is the open one of both threes. Raises WhenError: `number` if the
    offer has no such number, `taken` if the time is not open (any more).
    """
    clean = text.strip().strip(".)#( ").casefold()
    number = re.fullmatch(r"(?:number|no\.?|nr\.?|option|#)?\s*(\d{1,3})", clean)
    if number:
        count = int(number[1])
        if 1 <= count <= len(offered) and offered[count - 1] in open_now:
            return offered[count - 1]
        if 1 <= count <= len(offered):
            raise WhenError("taken", clean)
        raise WhenError("number", clean)
    when = parse_when(text, zone, now, language)
    for at in when.candidates:
        if at in open_now:
            return at
    raise WhenError("taken", text.strip()[:40])


__all__ = [
    "HORIZON",
    "NOTICE",
    "Booked",
    "ChoiceProblem",
    "When",
    "WhenError",
    "WhenProblem",
    "offer",
    "open_slots",
    "parse_choice",
    "parse_when",
]
