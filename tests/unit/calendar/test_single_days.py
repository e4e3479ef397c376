"""Hours of one day, and times of the day, as therapists write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar.checktimes import TimesError, parse_times
from bot.calendar.exceptional import DayError, DayHours, parse_day

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
CHRISTMAS = date(2026, 12, 24)

DAYS = [
    ("24 Dec 9-12", CHRISTMAS, ((540, 720),)),
    ("24 December: 9am-1pm", CHRISTMAS, ((540, 780),)),
    ("Dec 24 9:00–12:30 and 14-16", CHRISTMAS, ((540, 750), (840, 960))),
    ("24.12. 9-12", CHRISTMAS, ((540, 720),)),
    ("2026-12-24 closed", CHRISTMAS, ()),
    ("closed on 24 Dec", CHRISTMAS, ()),
    ("24 Dec usual", CHRISTMAS, None),
    ("tomorrow 9-12", date(2026, 3, 3), ((540, 720),)),
]


@pytest.mark.parametrize(("text", "day", "spans"), DAYS, ids=[row[0] for row in DAYS])
def test_one_day(text: str, day: date, spans: tuple[tuple[int, int], ...] | None) -> None:
    assert parse_day(text, NOW, "Europe/Berlin") == DayHours(day, spans)


@pytest.mark.parametrize("text", ["Mon-Thu 9-17", "weekdays 9-17", "closed", "", "31/31 9-12"])
def test_without_a_day_of_the_calendar_it_is_for_the_week(text: str) -> None:
    assert parse_day(text, NOW, "Europe/Berlin") is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("24 Dec", "unclear"),
        ("24 Dec in the morning", "unclear"),
        ("24 Dec 22-2", "unclear"),
        ("24-26 Dec closed", "unclear"),
        ("24 Dec 2025 closed", "past"),
    ],
)
def test_a_day_that_says_too_little(text: str, kind: str) -> None:
    with pytest.raises(DayError) as raised:
        parse_day(text, NOW, "Europe/Berlin")
    assert raised.value.kind == kind


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("9:00, 13:00", (540, 780)),
        ("16.30 and 9", (540, 990)),
        ("9am, 4:30 pm; noon", (540, 720, 990)),
        ("12am & 12 p.m.", (0, 720)),
        ("9, 9:00", (540,)),
    ],
)
def test_times_of_the_day(text: str, minutes: tuple[int, ...]) -> None:
    assert parse_times(text) == minutes


@pytest.mark.parametrize("text", ["", "soon", "25:00", "9:75", "13 pm", ", ".join("9" * 13), "-9"])
def test_no_times_of_the_day(text: str) -> None:
    with pytest.raises(TimesError):
        parse_times(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read, refusal in (
        (lambda: parse_day(text, NOW, "Asia/Kathmandu"), DayError),
        (lambda: parse_times(text), TimesError),
    ):
        try:
            read()
        except refusal:
            continue
