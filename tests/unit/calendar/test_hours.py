"""Hours as people write them, and what they are told when they can't be read."""

import pytest

from bot.calendar.hours import HoursError, Week, describe, parse_hours
from config.words import Words

H = 60
FULL = (9 * H, 17 * H)

READ = [
    # what is written, the open days (Monday 0) with their spans in hours
    ("Mon-Thu 9-17, Fri 9-12", {0: [(9, 17)], 1: [(9, 17)], 2: [(9, 17)], 3: [(9, 17)], 4: [(9, 12)]}),
    ("weekdays 9am-5pm", {day: [(9, 17)] for day in range(5)}),
    ("Mo–Do 9–17 Uhr", {day: [(9, 17)] for day in range(4)}),
    ("lundi 9h-17h", {0: [(9, 17)]}),
    ("Tue 14:00-20:00", {1: [(14, 20)]}),
    ("Tue from 2 p.m. until 8 p.m.", {1: [(14, 20)]}),
    ("every day 8-12 and 14-18", {day: [(8, 12), (14, 18)] for day in range(7)}),
    ("Mon to Fri, 9 to 5", {day: [(9, 17)] for day in range(5)}),
    ("Mon-Fri 9-5, Sat closed", {day: [(9, 17)] for day in range(5)}),
    ("every day 10-12, Sun closed", {day: [(10, 12)] for day in range(6)}),
    ("every day but Sunday 10am - 6pm", {day: [(10, 18)] for day in range(6)}),
    ("weekdays except Wed 0900-1700", {day: [(9, 17)] for day in (0, 1, 3, 4)}),
    ("Mon, Wed & Fri 9.30 to 12, then 1pm-5pm", {day: [(9.5, 12), (13, 17)] for day in (0, 2, 4)}),
    ("Mon/Wed 9-17", {0: [(9, 17)], 2: [(9, 17)]}),
    ("9-17 Mon-Fri", {day: [(9, 17)] for day in range(5)}),
    ("Fri-Mon 9-12", {day: [(9, 12)] for day in (4, 5, 6, 0)}),
    ("Mon-Fri 9-17 lunch 12-13", {day: [(9, 12), (13, 17)] for day in range(5)}),
    ("Mon: 8:30 – 12:30; 13:30 – 17:00", {0: [(8.5, 12.5), (13.5, 17)]}),
    ("Mon 9-12\nMon 14-18", {0: [(9, 12), (14, 18)]}),
    ("Mon-Fri 9-17, Fri 9-12", {**{day: [(9, 17)] for day in range(4)}, 4: [(9, 12)]}),
    ("Mon 9-13, 12-17", {0: [(9, 17)]}),
    ("Sun 6pm-midnight", {6: [(18, 24)]}),
    ("Sun 22-2", {6: [(22, 24)], 0: [(0, 2)]}),
    ("Mondays 9 a.m. to noon", {0: [(9, 12)]}),
    ("Mon 11-1pm", {0: [(11, 13)]}),
    ("Mon 12-4pm", {0: [(12, 16)]}),
    ("24/7", {day: [(0, 24)] for day in range(7)}),
    ("Sat closed", {}),
]

REFUSED = [
    ("", "empty", ""),
    ("   ", "empty", ""),
    ("banana", "unknown", "banana"),
    ("Mon-Fri 9-17 banana", "unknown", "banana"),
    ("Mon", "times-missing", ""),
    ("9-17", "days-missing", ""),
    ("Tue 9", "bad-time", "9"),
    ("Tue 25-26", "bad-time", "25"),
    ("Tue 9:75-12", "bad-time", "9:75"),
    ("Mon 13pm-5pm", "bad-time", "13pm"),
    ("Mon 1-5", "ambiguous", "1-5"),
    ("Mon 17-9", "backwards", "17-9"),
    ("Mon 9-17 🙂", "unknown", "🙂"),
    ("Mon 9-17 " * 100, "too-long", "500"),
]


@pytest.mark.parametrize(("text", "days"), READ, ids=[text for text, _ in READ])
def test_hours_are_read_as_people_write_them(text: str, days: dict[int, list[tuple[float, float]]]) -> None:
    want = tuple(tuple((int(low * H), int(high * H)) for low, high in days.get(day, [])) for day in range(7))
    assert parse_hours(text).days == want


def test_day_names_of_the_persons_own_language_are_read() -> None:
    assert parse_hours("понедельник 9-17", "ru").days[0] == (FULL,)


@pytest.mark.parametrize(("text", "kind", "part"), REFUSED)
def test_what_is_not_understood_is_named_and_told_with_an_example(text: str, kind: str, part: str) -> None:
    with pytest.raises(HoursError) as caught:
        parse_hours(text)
    assert (caught.value.kind, caught.value.part) == (kind, part)
    told = Words.load().say("en", f"calendar-hours-error-{kind}", part=part)
    assert part in told


def test_a_week_survives_as_json() -> None:
    week = parse_hours("Mon-Thu 9-12 and 14-18, Sun 22-2")
    assert Week.model_validate_json(week.model_dump_json()) == week
    assert week.minutes == 4 * 7 * H + 4 * H


def test_neighbouring_days_with_the_same_hours_are_told_together() -> None:
    lines = [(line.first, line.last) for line in describe(parse_hours("Mon-Thu 9-17, Fri 9-12, Sun 9-12"))]
    assert lines == [(0, 3), (4, 4), (6, 6)]
