"""Dates as people write them. What could be two days is given back as two, to be asked."""

import re
from datetime import date, timedelta
from functools import cache

from babel import Locale, UnknownLocaleError

_MONTH_FIRST = frozenset({"US"})
# Both orders are in daily use there (CLDR short dates and practice differ), so nothing is assumed.
_EITHER = frozenset({"CA", "PH", "PR", "GU", "AS", "VI", "MP"})
_NUMERIC = re.compile(r"(\d{1,4})\s*[./\-\s]\s*(\d{1,2})\s*[./\-\s]\s*(\d{1,4})\.?")


@cache
def _months(language: str) -> dict[str, int]:
    found: dict[str, int] = {"sept": 9}
    for code in ("en", language):
        try:
            locale = Locale.parse(code.replace("-", "_"))
        except (ValueError, UnknownLocaleError):
            continue
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[form][width].items():
                    found[name.casefold().rstrip(".")] = number
    return found


def read_dates(text: str, language: str, country: str | None, today: date) -> tuple[date, ...]:
    """The days that the text can mean: none if it is no date, two if the order of day and month is open.

    Day before month unless the country writes the month first; where the country is unknown or uses both,
    an ambiguous date gives both. Two figures for the year mean the last hundred years.
    """
    text = " ".join(text.casefold().split())
    if match := _NUMERIC.fullmatch(text):
        return _numeric(match.group(1), match.group(2), match.group(3), country, today)
    text = re.sub(r"(?<=\d)(st|nd|rd|th|\.)(?=[\s,]|$)", "", text)
    parts = [part for part in re.split(r"[\s,/\-]+", text) if part not in ("", "of", "the", "on")]
    months = [number for part in parts if (number := _months(language).get(part.rstrip(".")))]
    numbers: list[str] = []
    for part in parts:
        if re.fullmatch(r"\d{1,4}", part, re.ASCII):
            numbers.append(part)
        elif part.rstrip(".") not in _months(language):
            return ()
    if len(months) != 1 or len(numbers) != 2:
        return ()
    first, second = numbers
    if len(first) > 2:
        first, second = second, first
    return _days([(second, months[0], first)], today)


def _numeric(a: str, b: str, c: str, country: str | None, today: date) -> tuple[date, ...]:
    if len(a) == 4:
        return _days([(a, int(b), c)], today)
    if len(a) > 2 or len(c) not in (2, 4):
        return ()
    day_first, month_first = (c, int(b), a), (c, int(a), b)
    if country in _MONTH_FIRST:
        return _days([month_first], today) or _days([day_first], today)
    if country and country not in _EITHER:
        return _days([day_first], today) or _days([month_first], today)
    return _days([day_first, month_first], today)


def _days(candidates: list[tuple[str, int, str]], today: date) -> tuple[date, ...]:
    found: list[date] = []
    for year, month, day in candidates:
        full = int(year)
        if len(year) <= 2:
            full += today.year // 100 * 100
            # A year of two figures: the last hundred years and the next ten (an expiry date).
            full -= 100 if full > (today + timedelta(days=3653)).year else 0
        try:
            made = date(full, month, int(day))
        except ValueError:
            continue
        if made not in found:
            found.append(made)
    return tuple(found)
