"""Absences as therapists write them: `3-14 Aug "text for my clients"`."""

import re
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.calendar.availability import Away
from bot.calendar.dates import DateError, FoundDate, find_date

AwayProblem = Literal[
    "empty", "unknown", "no-such-day", "ambiguous", "past", "backwards", "too-long", "text-too-long"
]

_LONGEST_DAYS = 366
_LONGEST_TEXT = 500
_LONGEST_DATES = 100
_QUOTED = re.compile(r"[\"“”„«»](?P<text>[^\"“”„«»]*)[\"“”„«»]?")
_NUMBER = r"\d{1,2}(?:st|nd|rd|th|\.)?"
_COMPACT = re.compile(rf"(?<![\d.\-/])({_NUMBER})\s*-\s*({_NUMBER})\s*(?:of\s+)?([^\W\d_]+\.?)")
_COMPACT_AFTER = re.compile(r"([^\W\d_]{3,}\.?\s*)(\d{1,2})(?:st|nd|rd|th)?\s*-\s*(\d{1,2})(?![\d-])")
_TO = re.compile(r"\s+(?:until|till|-)\s+|(?<=[^\W\d_])-(?=\d)|(?<=\.)-|(?<=\s)-|-(?=\s)")
_OPEN = re.compile(r"^(?:from\s+)?(?:now\s+)?(?:until|till|to|bis|through)\s+")


class AwayError(ValueError):
    """An absence that was not understood. `kind` names the text `calendar-away-error-<kind>`."""

    def __init__(self, kind: AwayProblem, part: str = "") -> None:
        super().__init__(kind)
        self.kind: AwayProblem = kind
        self.part = part


def parse_away(text: str, now: datetime, zone: str, language: str = "en") -> Away:
    """Read an absence of whole days, in the therapist's zone, with words for their clients in quotes.

    "3-14 Aug", "28 Dec - 3 Jan", "2026-08-03 to 2026-08-14", "tomorrow", "until 14 Aug". An absence that
    has begun already may be told as a whole. Raises AwayError.
    """
    today = now.astimezone(ZoneInfo(zone)).date()
    quoted = _QUOTED.search(text)
    words = quoted["text"].strip() if quoted else ""
    if len(words) > _LONGEST_TEXT:
        raise AwayError("text-too-long", str(_LONGEST_TEXT))
    dates = (text[: quoted.start()] + " " + text[quoted.end() :] if quoted else text).casefold().strip(" ,;")
    if not dates:
        raise AwayError("empty")
    if len(dates) > _LONGEST_DATES:
        raise AwayError("unknown", dates[:40])
    dates = re.sub(r"\s*[‐-―−]\s*|\s+(?:to|through|thru|bis)\s+", " - ", dates)
    dates = _COMPACT.sub(r"\1 \3 - \2 \3", dates)
    dates = _COMPACT_AFTER.sub(r"\1\2 - \1\3", dates)
    if opened := _OPEN.match(dates):
        first, last = today, _find(dates[opened.end() :], today, language).day
    else:
        first, last = _range(dates, today, language)
    if last < first:
        raise AwayError("backwards", dates[:40])
    if last < today:
        raise AwayError("past", dates[:40])
    if (last - first).days >= _LONGEST_DAYS:
        raise AwayError("too-long", str(_LONGEST_DAYS))
    return Away(first=first, last=last, text=words)


def _range(dates: str, today: date, language: str) -> tuple[date, date]:
    pieces = _TO.split(dates, maxsplit=1)
    start = _find(pieces[0], today, language)
    if len(pieces) == 1:
        return start.day, start.day
    end = _find(pieces[1], max(today, start.day), language)
    if start.has_year or end.has_year:
        return start.day, end.day
    # "1-14 Aug", told on 5 Aug, has begun already: then the start, looked for a year back, is the nearer one.
    begun = _find(pieces[0], start.day - timedelta(days=366), language).day
    running = _find(pieces[1], today, language).day
    first, last = start.day, end.day
    if begun <= today and 0 <= (running - begun).days <= _LONGEST_DAYS // 2:
        first, last = begun, running
    if (last - first).days > _LONGEST_DAYS // 2:
        raise AwayError("backwards", dates[:40])
    return first, last


def _find(piece: str, today: date, language: str) -> FoundDate:
    try:
        found = find_date(piece, today, language)
    except DateError as error:
        raise AwayError(error.kind, error.part) from None
    rest = piece if found is None else piece[: found.start] + piece[found.end :]
    if found is None or re.search(r"\w", re.sub(r"\b(?:from|on|away|the|all|day)\b", "", rest)):
        raise AwayError("unknown", piece.strip()[:40])
    return found


__all__ = ["AwayError", "AwayProblem", "parse_away"]
