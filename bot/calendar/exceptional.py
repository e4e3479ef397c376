"""Other hours on one day as therapists write them: `24 Dec 9-12`, `24 Dec closed`, `24 Dec usual`."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from bot.calendar.dates import DateError, FoundDate, find_date
from bot.calendar.hours import HoursError, parse_hours
from matching.week import Span

_USUAL = frozenset({"usual", "normal", "as usual", "regular", "off", "usual hours", "normal hours"})
_LONGEST = 200


class DayError(ValueError):
    """Hours of one day that were not understood."""

    def __init__(self, kind: Literal["unclear", "past"], day: date) -> None:
        super().__init__(kind)
        self.kind: Literal["unclear", "past"] = kind
        self.day = day


@dataclass(frozen=True)
class DayHours:
    """Hours of one day; no spans means closed, None that the usual hours hold again."""

    day: date
    spans: tuple[Span, ...] | None


def parse_day(text: str, now: datetime, zone: str, language: str = "en") -> DayHours | None:
    """Read one day and its hours, in the therapist's zone. None if no day of the calendar is named.

    Raises DayError for a day without hours that can be read, or one that is over.
    """
    if len(text) > _LONGEST:
        return None
    today = now.astimezone(ZoneInfo(zone)).date()
    clean = re.sub(r"\s*[‐-―−]\s*", "-", text.casefold()).strip()
    found = _day(clean, today, language)
    if found is None:
        return None
    if found.day < today:
        raise DayError("past", found.day)
    rest = f"{clean[: found.start]} {clean[found.end :]}".strip(" ,:;")
    if rest in _USUAL:
        return DayHours(found.day, None)
    try:
        # One weekday stands for the day, so that hours past midnight show on the next.
        week = parse_hours(f"Mon {rest}", language)
    except HoursError:
        raise DayError("unclear", found.day) from None
    if not rest or any(week.days[1:]):
        raise DayError("unclear", found.day)
    return DayHours(found.day, week.days[0])


def _day(text: str, today: date, language: str) -> FoundDate | None:
    try:
        found = find_date(text, today, language)
    except DateError:
        return None
    return None if found is None or found.by_weekday else found


__all__ = ["DayError", "DayHours", "parse_day"]
