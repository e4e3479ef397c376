"""Times as people say them."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.calendar.hours import parse_hours
from bot.calendar.say import duration, hours, moment, numbered
from config.words import Words

AT = datetime(2026, 12, 14, 8, 0, tzinfo=UTC)

MOMENTS = [
    ("Europe/Berlin", None, None, "Monday 14 December, 9:00 in the morning (Berlin time)"),
    ("Europe/Berlin", "GB", None, "Monday 14 December, 09:00 (Berlin time)"),
    ("Europe/Berlin", "DE", None, "Monday 14 December, 09:00 (Berlin time)"),
    ("America/New_York", "US", None, "Monday, December 14, 3:00 in the morning (New York time)"),
    (
        "America/Argentina/Buenos_Aires",
        None,
        None,
        "Monday 14 December, 5:00 in the morning (Buenos Aires time)",
    ),
    ("Etc/GMT-2", "GB", None, "Monday 14 December, 10:00 (UTC+2)"),
    ("Europe/Berlin", "GB", AT, "today, Monday 14 December, 09:00 (Berlin time)"),
    ("Europe/Berlin", "GB", AT - timedelta(days=1), "tomorrow, Monday 14 December, 09:00 (Berlin time)"),
    ("Europe/Berlin", "GB", AT - timedelta(days=365), "Monday 14 December 2026, 09:00 (Berlin time)"),
]


@pytest.mark.parametrize(("zone", "country", "now", "said"), MOMENTS)
def test_moments_are_said_in_the_readers_zone_and_habit(
    zone: str, country: str | None, now: datetime | None, said: str
) -> None:
    assert moment(Words.load(), "en", AT, zone, country=country, now=now) == said


def test_hours_are_said_by_the_habit_of_the_country() -> None:
    week = parse_hours("Mon-Thu 9-17:30, Fri 9-12, Sat 0-24")
    assert hours(Words.load(), "en", week, country="GB").split("\n") == [
        "Monday to Thursday: 09:00–17:30",
        "Friday: 09:00–12:00",
        "Saturday: all day",
    ]
    assert hours(Words.load(), "en", week, country="US").startswith("Monday to Thursday: 9 AM–5:30 PM")
    assert hours(Words.load(), "en", parse_hours("Sat closed")) == "No regular hours."


def test_an_offer_is_numbered_and_names_its_zone() -> None:
    said = numbered(Words.load(), "en", [AT, AT + timedelta(hours=7)], "Europe/London", country="GB", now=AT)
    assert said.split("\n") == [
        "1. Monday 14 December, 08:00",
        "2. Monday 14 December, 15:00",
        "All times are London time.",
    ]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "1 minute"), (10, "10 minutes"), (90, "90 minutes"), (170, "2 hours"), (49 * 60, "2 days")],
)
def test_lengths_are_said_roughly_and_never_too_long(minutes: int, said: str) -> None:
    assert duration(Words.load(), "en", timedelta(minutes=minutes)) == said
