"""Absences as therapists write them."""

from datetime import UTC, date, datetime

import pytest

from bot.calendar.absence import AwayError, parse_away
from config.words import Words

JULY = datetime(2026, 7, 1, 12, tzinfo=UTC)
DURING = datetime(2026, 8, 5, 12, tzinfo=UTC)
YEAR_END = datetime(2026, 12, 20, 12, tzinfo=UTC)

READ = [
    (JULY, '3-14 Aug "Back on the 15th"', "2026-08-03", "2026-08-14", "Back on the 15th"),
    (JULY, "3 – 14 Aug “back”", "2026-08-03", "2026-08-14", "back"),
    (JULY, "Aug 3-14", "2026-08-03", "2026-08-14", ""),
    (JULY, "3rd to 14th of August", "2026-08-03", "2026-08-14", ""),
    (JULY, "2026-08-03 to 2026-08-14", "2026-08-03", "2026-08-14", ""),
    (JULY, "3.8.-14.8.", "2026-08-03", "2026-08-14", ""),
    (JULY, "28 Dec - 3 Jan", "2026-12-28", "2027-01-03", ""),
    (JULY, "3 Aug", "2026-08-03", "2026-08-03", ""),
    (JULY, "tomorrow", "2026-07-02", "2026-07-02", ""),
    (JULY, "until 14 Aug", "2026-07-01", "2026-08-14", ""),
    (JULY, "Mon - Fri", "2026-07-06", "2026-07-10", ""),
    (DURING, "1-14 Aug", "2026-08-01", "2026-08-14", ""),
    (YEAR_END, "3-14 Aug", "2027-08-03", "2027-08-14", ""),
]

REFUSED = [
    ("", "empty"),
    ('"only words"', "empty"),
    ("banana", "unknown"),
    ("3-14 Aug and some", "unknown"),
    ("31 June", "no-such-day"),
    ("3/4", "ambiguous"),
    ("1 Jan 2020", "past"),
    ("14 Aug - 3 Aug", "backwards"),
    ("3 Aug 2026 - 3 Jan 2028", "too-long"),
    (f'3 Aug "{"x" * 501}"', "text-too-long"),
]


@pytest.mark.parametrize(("now", "text", "first", "last", "words"), READ)
def test_absences_are_read(now: datetime, text: str, first: str, last: str, words: str) -> None:
    away = parse_away(text, now, "Europe/Berlin")
    assert (away.first, away.last, away.text) == (date.fromisoformat(first), date.fromisoformat(last), words)


@pytest.mark.parametrize(("text", "kind"), REFUSED)
def test_what_is_wrong_is_told(text: str, kind: str) -> None:
    with pytest.raises(AwayError) as caught:
        parse_away(text, JULY, "Europe/Berlin")
    assert caught.value.kind == kind
    assert Words.load().say("en", f"calendar-away-error-{kind}", part=caught.value.part)


def test_today_is_the_therapists_day() -> None:
    late = datetime(2026, 7, 1, 23, tzinfo=UTC)
    assert parse_away("today", late, "Asia/Tokyo").first == date(2026, 7, 2)
    assert parse_away("today", late, "America/New_York").first == date(2026, 7, 1)
