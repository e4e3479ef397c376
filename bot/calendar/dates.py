"""Days as people write them.

"3 Aug", "Aug 3rd", "2026-08-03", "3.8.", "tomorrow", "next Tue", "in 3 days".
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError

DateProblem = Literal["no-such-day", "ambiguous"]


class DateError(ValueError):
    """A day that was recognised, but can't be: 31 June, or 3/4 that means two days."""

    def __init__(self, kind: DateProblem, part: str) -> None:
        super().__init__(kind)
        self.kind: DateProblem = kind
        self.part = part


@dataclass(frozen=True)
class FoundDate:
    """A day and where in the text it stood."""

    day: date
    start: int
    end: int
    has_year: bool
    by_weekday: bool = False
    """Named by its weekday alone."""


_YEARS = 100
"""A year further from now than this is a slip."""

_YEAR = r"(?:,?\s*(?P<y>\d{4}))?"
_ISO = re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b")
_DOTTED = re.compile(r"\b(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.(?:\s?(?P<y>\d{4})\b)?")
_SLASHED = re.compile(r"\b(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>\d{4}))?\b")
_IN_DAYS = re.compile(r"\bin\s+(?P<n>\d{1,2}|a|an|one|two|three)\s+(?P<unit>days?|weeks?)\b")
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_RELATIVE = (("day after tomorrow", 2), ("tomorrow", 1), ("tonight", 0), ("today", 0))


@dataclass(frozen=True)
class _Names:
    months: dict[str, int]
    days: dict[str, int]
    day_month: re.Pattern[str]
    month_day: re.Pattern[str]
    weekday: re.Pattern[str]


@lru_cache(maxsize=64)
def _names(language: str) -> _Names:
    months: dict[str, int] = {"sept": 9}
    days: dict[str, int] = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
    for code in dict.fromkeys((language, "en")):
        try:
            locale = Locale.parse(code.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            continue
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    months.setdefault(name.casefold().strip(". "), number)
                for number, name in locale.days[context][width].items():
                    days.setdefault(name.casefold().strip(". "), number)
    month = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    day = "|".join(sorted(map(re.escape, days), key=len, reverse=True))
    number = r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.|º|er)?"
    return _Names(
        months,
        days,
        re.compile(rf"\b{number}\s*(?:of\s+|de\s+)?(?P<month>{month})\b\.?{_YEAR}"),
        re.compile(rf"\b(?P<month>{month})\b\.?\s*(?:the\s+)?{number}(?![\d:]){_YEAR}"),
        re.compile(rf"\b(?:(?P<which>next|this|on)\s+)?(?P<name>{day})\b\.?"),
    )


def find_date(text: str, today: date, language: str = "en") -> FoundDate | None:
    """The first day that the (casefolded) text names, from today on where no year is given.

    Raises DateError if a day is named that doesn't exist or could be two.
    """
    names = _names(language)
    for pattern in (_ISO, names.day_month, names.month_day, _DOTTED, _SLASHED):
        match = pattern.search(text)
        if match:
            return _from_numbers(match, names, today)
    if match := _IN_DAYS.search(text):
        count = _NUMBERS.get(match["n"]) or int(match["n"])
        step = timedelta(weeks=count) if match["unit"].startswith("week") else timedelta(days=count)
        return FoundDate(today + step, match.start(), match.end(), True)
    for word, offset in _RELATIVE:
        if match := re.search(rf"\b{word}\b", text):
            return FoundDate(today + timedelta(days=offset), match.start(), match.end(), True)
    if match := names.weekday.search(text):
        ahead = (names.days[match["name"]] - today.weekday()) % 7
        if ahead == 0 and match["which"] == "next":
            ahead = 7
        return FoundDate(today + timedelta(days=ahead), match.start(), match.end(), False, True)
    return None


def _from_numbers(match: re.Match[str], names: _Names, today: date) -> FoundDate:
    groups = match.groupdict()
    shown = match.group().strip()
    number = int(groups["d"])
    month = names.months[groups["month"]] if groups.get("month") else int(groups["m"])
    if match.re is _SLASHED:
        # Day first in most of the world, month first in the US: only one reading may be left.
        if number > 12 >= month:
            pass
        elif month > 12 >= number:
            number, month = month, number
        elif number != month:
            raise DateError("ambiguous", shown)
    year = groups.get("y")
    if year and abs(int(year) - today.year) > _YEARS:
        raise DateError("no-such-day", shown)
    for candidate in [int(year)] if year else range(today.year, today.year + 9):
        try:
            day = date(candidate, month, number)
        except ValueError:
            if year or (month, number) != (2, 29):
                raise DateError("no-such-day", shown) from None
            continue
        if year or day >= today:
            return FoundDate(day, match.start(), match.end(), bool(year))
    raise DateError("no-such-day", shown)


__all__ = ["DateError", "DateProblem", "FoundDate", "find_date"]
