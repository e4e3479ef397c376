"""Slots, choices, reminders, calendar files and the reply promise."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from bot.calendar.availability import Availability
from bot.calendar.hours import parse_hours
from bot.calendar.ics import calendar_file
from bot.calendar.reminders import Reminder, Treatment, due_rows, treatment
from bot.calendar.replyby import promise
from bot.calendar.slots import Booked, WhenError, offer, open_slots, parse_choice, parse_when
from config.words import Words

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"


def at(text: str, zone: str = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


MORNINGS = Availability(week=parse_hours("Mon-Fri 9-12"), zone=BERLIN)
MONDAY_NIGHT = at("2026-12-14T03:00")


def test_slots_lie_in_the_hours_far_enough_ahead_and_beside_what_is_booked() -> None:
    booked = [Booked(at("2026-12-14T10:00"), 45), Booked(at("2026-12-15T11:00"), 45)]
    slots = open_slots(
        MORNINGS, booked, at("2026-12-14T07:10"), minutes=45, horizon=timedelta(days=1, hours=6)
    )
    assert [slot.astimezone(ZoneInfo(BERLIN)).strftime("%d %H:%M") for slot in slots] == [
        "14 11:00",  # 9:30 would run into 10:00; 9:00 is less than two hours ahead
        "15 09:00",
        "15 09:30",
        "15 10:00",
    ]


def test_days_without_answers_have_slots_and_absences_have_none() -> None:
    silent = MORNINGS.model_copy(update={"no_answers": frozenset({0})})
    assert at("2026-12-14T09:00") in open_slots(silent, [], MONDAY_NIGHT)
    assert open_slots(Availability(), [], MONDAY_NIGHT) == ()


def test_slots_keep_to_the_wall_clock_over_a_change_of_the_clocks() -> None:
    slots = open_slots(MORNINGS, [], at("2026-03-27T13:00"), minutes=60, horizon=timedelta(days=4))
    assert slots[0] == datetime(2026, 3, 30, 7, 0, tzinfo=UTC)


def test_an_offer_is_spread_over_days_and_prefers_what_suits() -> None:
    slots = open_slots(MORNINGS, [], MONDAY_NIGHT)
    few = offer(slots, BERLIN, limit=5)
    assert len({slot.date() for slot in few}) == 5
    assert offer(slots, BERLIN, limit=5, after=few[-1])[0] > few[-1]
    suiting = parse_hours("Wed 10-12")
    shown = offer(slots, BERLIN, limit=3, prefer=suiting)
    assert all(slot.astimezone(ZoneInfo(BERLIN)).weekday() == 2 for slot in shown)
    assert list(shown) == sorted(shown)


NOW = at("2026-12-14T10:00")  # a Monday
WHEN = [
    ("tomorrow at 3", ["2026-12-15T15:00", "2026-12-15T03:00"]),
    ("tomorrow at 10", ["2026-12-15T10:00", "2026-12-15T22:00"]),
    ("Tue 15:30", ["2026-12-15T15:30"]),
    ("Tuesday, 3.30pm", ["2026-12-15T15:30"]),
    ("12 March 3pm", ["2027-03-12T15:00"]),
    ("March 12th at 3 pm", ["2027-03-12T15:00"]),
    ("2026-12-16 08:00", ["2026-12-16T08:00"]),
    ("15:30", ["2026-12-14T15:30"]),
    ("9:00 in the morning", ["2026-12-15T09:00"]),
    ("Monday 15:00", ["2026-12-14T15:00"]),
    ("Monday 08:00", ["2026-12-21T08:00"]),
    ("next Monday 15:00", ["2026-12-21T15:00"]),
    ("noon tomorrow", ["2026-12-15T12:00"]),
    ("tomorrow 7 in the evening", ["2026-12-15T19:00"]),
    ("in 3 days at 14:00", ["2026-12-17T14:00"]),
]
NOT_WHEN = [
    ("", "empty"),
    ("banana", "unknown"),
    ("Tuesday", "time-missing"),
    ("tomorrow at 25", "bad-time"),
    ("31 June 15:00", "no-such-day"),
    ("3/4 15:00", "ambiguous"),
    ("today 8:00 am", "past"),
    ("28 March 2027 02:30", "no-such-time"),
]


@pytest.mark.parametrize(("text", "moments"), WHEN, ids=[text for text, _ in WHEN])
def test_times_are_read_as_people_write_them(text: str, moments: list[str]) -> None:
    assert parse_when(text, BERLIN, NOW).candidates == tuple(at(moment) for moment in moments)


@pytest.mark.parametrize(("text", "kind"), NOT_WHEN)
def test_times_that_cannot_be_are_told_why(text: str, kind: str) -> None:
    with pytest.raises(WhenError) as caught:
        parse_when(text, BERLIN, NOW)
    assert caught.value.kind == kind
    assert Words.load().say("en", f"calendar-when-error-{kind}", part=caught.value.part)


OPEN = tuple(at(moment) for moment in ("2026-12-15T03:00", "2026-12-15T16:00", "2026-12-16T09:00"))
CHOICES = [
    ("2", OPEN[1]),
    (" 2. ", OPEN[1]),
    ("number 3", OPEN[2]),
    ("tomorrow at 3", OPEN[0]),  # only the night's three is open
    ("Wed 9", OPEN[2]),
    ("4", "number"),
    ("0", "number"),
    ("Wed 10:00", "taken"),
    ("banana", "unknown"),
]


@pytest.mark.parametrize(("text", "want"), CHOICES)
def test_a_choice_is_a_number_or_an_open_time(text: str, want: datetime | str) -> None:
    if isinstance(want, datetime):
        assert parse_choice(text, OPEN, OPEN, BERLIN, NOW) == want
        return
    with pytest.raises(WhenError) as caught:
        parse_choice(text, OPEN, OPEN, BERLIN, NOW)
    assert caught.value.kind == want


def test_a_slot_that_somebody_else_took_meanwhile_is_told_so() -> None:
    with pytest.raises(WhenError, match="taken"):
        parse_choice("1", OPEN, OPEN[1:], BERLIN, NOW)


START = at("2026-12-15T16:00")


def test_a_session_brings_its_rows_in_order_and_those_that_passed_stay_away() -> None:
    rows = due_rows("s1", START, 45, 0, START - timedelta(days=3))
    before = [(row.kind, START - row.at) for row in rows]
    assert before == [
        (Reminder.DAY, timedelta(hours=24)),
        (Reminder.HOUR, timedelta(hours=1)),
        (Reminder.SOON, timedelta(minutes=10)),
        (Reminder.START, timedelta()),
        (Reminder.END, -timedelta(minutes=45)),
        (Reminder.RATING, -timedelta(minutes=60)),
    ]
    soon = due_rows("s1", START, 45, 0, START - timedelta(minutes=40))
    assert [row.kind for row in soon] == [Reminder.SOON, Reminder.START, Reminder.END, Reminder.RATING]


def test_a_moved_session_gets_rows_of_its_own() -> None:
    now = START - timedelta(days=3)
    first = {row.key for row in due_rows("s1", START, 45, 0, now)}
    moved = {row.key for row in due_rows("s1", START + timedelta(days=1), 45, 1, now)}
    assert not first & moved


M = timedelta(minutes=1)
SEND, SHORT, DROP = Treatment.SEND, Treatment.SHORTENED, Treatment.DROP
LATENESS = [
    # kind, minutes after the start of the session, its state, what to do
    (Reminder.DAY, -24 * 60, "booked", SEND),
    (Reminder.DAY, -10 * 60, "booked", SHORT),
    (Reminder.DAY, -50, "booked", DROP),
    (Reminder.DAY, -24 * 60, "cancelled", DROP),
    (Reminder.HOUR, -58, "booked", SEND),
    (Reminder.HOUR, -30, "booked", SHORT),
    (Reminder.HOUR, -5, "booked", DROP),
    (Reminder.SOON, -10, "booked", SEND),
    (Reminder.SOON, -4, "booked", SHORT),
    (Reminder.SOON, 0, "booked", DROP),
    (Reminder.SOON, -10, "started", DROP),
    (Reminder.START, 0, "booked", SEND),
    (Reminder.START, 20, "booked", SHORT),
    (Reminder.START, 45, "booked", DROP),
    (Reminder.START, 0, "cancelled", DROP),
    (Reminder.START, -60, "booked", DROP),  # a row of an earlier time, fired while the session was moved
    (Reminder.END, 45, "started", SEND),
    (Reminder.END, 45 + 24 * 60, "started", SHORT),
    (Reminder.END, 45, "ended", DROP),
    (Reminder.RATING, 60, "ended", SEND),
    (Reminder.RATING, 60 + 2 * 1440, "ended", SHORT),
    (Reminder.RATING, 60 + 4 * 1440, "ended", DROP),
    (Reminder.RATING, 60, "cancelled", DROP),
]


@pytest.mark.parametrize(("kind", "minutes", "state", "want"), LATENESS)
def test_what_a_late_reminder_does(kind: Reminder, minutes: int, state: str, want: Treatment) -> None:
    assert treatment(kind, START, 45, state, START + minutes * M) is want


def test_a_calendar_file_tells_nothing_but_a_time_and_replaces_itself() -> None:
    stamp = START - timedelta(days=1)
    made = calendar_file("s1", START, 45, summary="Appointment", sequence=0, stamp=stamp)
    gone = calendar_file("s1", START, 45, summary="Appointment", sequence=1, stamp=stamp, cancelled=True)
    first, second = (Calendar.from_ical(data) for data in (made, gone))
    events = [calendar.walk("VEVENT")[0] for calendar in (first, second)]
    assert [str(calendar["METHOD"]) for calendar in (first, second)] == ["PUBLISH", "CANCEL"]
    assert events[0]["UID"] == events[1]["UID"]
    assert [int(event["SEQUENCE"]) for event in events] == [0, 1]
    assert events[0].decoded("dtstart") == START
    assert events[1]["STATUS"] == "CANCELLED"
    for word in (b"therap", b"still", b"session", b"s1", b"VALARM", b"DESCRIPTION", b"LOCATION", b"ATTENDEE"):
        assert word.lower() not in made.lower()


OFFICE = Availability(week=parse_hours("Mon-Fri 9-17"), zone=BERLIN)


def test_a_promise_counts_working_time_and_nudges_before_it_lapses() -> None:
    friday = at("2026-12-18T15:00")
    made = promise(OFFICE, friday, timedelta(hours=8))
    assert made is not None
    assert made.due == at("2026-12-21T15:00")
    assert made.nudge == at("2026-12-21T13:00")
    assert not made.missed(made.due)
    assert made.missed(made.due + M)


def test_no_answer_is_promised_before_messages_are_looked_at() -> None:
    afternoons = OFFICE.model_copy(update={"check_times": (16 * 60,)})
    made = promise(afternoons, at("2026-12-14T09:00"), timedelta(hours=2))
    assert made is not None
    assert (made.nudge, made.due) == (at("2026-12-14T16:00"), at("2026-12-14T17:00"))
    later = promise(afternoons, at("2026-12-14T09:00"), timedelta(hours=24))
    assert later is not None
    assert later.due == at("2026-12-16T17:00")


def test_nothing_is_promised_that_cannot_be_kept() -> None:
    assert promise(Availability(), NOW, timedelta(hours=8)) is None
    with pytest.raises(ValueError, match="longer than nothing"):
        promise(OFFICE, NOW, timedelta())
