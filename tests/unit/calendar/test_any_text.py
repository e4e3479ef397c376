"""Whatever people type, the readers answer with a reading or with a kind of error that has words."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.calendar.absence import AwayError, parse_away
from bot.calendar.hours import HoursError, parse_hours
from bot.calendar.slots import WhenError, parse_choice, parse_when
from config.words import Words

NOW = datetime(2026, 10, 24, 22, tzinfo=UTC)
_WORDS = (
    "mon tue-thu weekdays every day 17 9am 5pm 25 9:75 24 0 - – , ; and to until except closed noon midnight "
    "3 aug 31 june 29 feb 3/4 2026-10-25 9999-12-31 0001-01-01 tomorrow next in days \" 9 ' 🙂 ٣ \u202e at"
)
PIECES = st.sampled_from(_WORDS.split(" "))
TEXTS = st.one_of(st.lists(PIECES, max_size=8).map(" ".join), st.text(max_size=40))


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.sampled_from(["en", "de", "ar", "xx", "not a language"]))
@example("x" * 65_536, "en")
@example("9-" * 30_000, "en")
@example("1 " * 30_000, "en")
@example('"' * 60_000, "en")
def test_any_text_is_read_or_refused_with_words(text: str, language: str) -> None:
    for name, read in (
        ("hours", lambda: parse_hours(text, language)),
        ("away", lambda: parse_away(text, NOW, "Europe/Berlin", language)),
        ("when", lambda: parse_when(text, "Europe/Berlin", NOW, language)),
        ("when", lambda: parse_choice(text, (), (), "Europe/Berlin", NOW, language)),
    ):
        try:
            read()
        except (HoursError, AwayError, WhenError) as error:
            told = Words.load().say("en", f"calendar-{name}-error-{error.kind}", part=error.part)
            assert len(told) < 300


def test_hostile_lengths_are_refused_at_once() -> None:
    with pytest.raises(HoursError):
        parse_hours("mon " * 20_000)
    with pytest.raises(WhenError):
        parse_when("tomorrow " * 10_000, "UTC", NOW)
