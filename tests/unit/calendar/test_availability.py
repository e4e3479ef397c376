"""Working time and quiet periods across zones, both changes of the clocks, holidays and absences."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendar.availability import (
    Availability,
    Away,
    Exceptional,
    Week,
    answering,
    in_zone,
    is_working,
    narrowed,
    next_look,
    next_opening,
    next_time,
    quiet_period,
    spans_on,
    stretches,
    working_time_after,
)
from bot.calendar.hours import parse_hours

BERLIN = "Europe/Berlin"
OFFICE = parse_hours("Mon-Fri 9-17")


def at(text: str, zone: str = BERLIN, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def berlin(**more: object) -> Availability:
    return Availability.model_validate({"week": OFFICE, "zone": BERLIN, **more})


SHORT = parse_hours("Mon, Wed, Fri 14-16")
LATE = parse_hours("Mon-Fri 15-22")
NIGHTS = parse_hours("Mon-Fri 20-23, Sat 9-12")
HOLIDAYS = berlin(holiday_country="DE", holiday_region="DE-BE")
AWAY = berlin(away=(Away(first=date(2026, 8, 3), last=date(2026, 8, 14), text="Back soon"),))

OPENINGS = [
    # name, availability, asked at, next opening
    ("in working time it is now", berlin(), "2026-12-14T10:30", "2026-12-14T10:30"),
    ("at the very start", berlin(), "2026-12-14T09:00", "2026-12-14T09:00"),
    ("the end is not working any more", berlin(), "2026-12-14T17:00", "2026-12-15T09:00"),
    ("over the weekend", berlin(), "2026-12-11T20:00", "2026-12-14T09:00"),
    ("spring: the clocks went forward", berlin(), "2026-03-27T18:00", "2026-03-30T09:00"),
    ("autumn: the clocks went back", berlin(), "2026-10-23T18:00", "2026-10-26T09:00"),
    ("over Christmas", HOLIDAYS, "2026-12-24T18:00", "2026-12-28T09:00"),
    ("a holiday of that region alone", HOLIDAYS, "2026-03-08T18:00", "2026-03-09T09:00"),
    ("over an absence", AWAY, "2026-07-31T18:00", "2026-08-17T09:00"),
    (
        "an exception opens a holiday",
        berlin(holiday_country="DE", exceptions=(Exceptional(day=date(2026, 12, 25), spans=((600, 660),)),)),
        "2026-12-24T18:00",
        "2026-12-25T10:00",
    ),
    (
        "an exception closes a day",
        berlin(exceptions=(Exceptional(day=date(2026, 12, 15)),)),
        "2026-12-14T18:00",
        "2026-12-16T09:00",
    ),
    ("hours that a pair agreed on", narrowed(berlin(), SHORT), "2026-12-14T09:30", "2026-12-14T14:00"),
    (
        "what they agreed on is over for the day",
        narrowed(berlin(), SHORT),
        "2026-12-14T16:00",
        "2026-12-16T14:00",
    ),
    (
        "agreed hours reach no further than the week",
        narrowed(berlin(), LATE),
        "2026-12-14T17:30",
        "2026-12-15T15:00",
    ),
    ("agreed hours open no holiday", narrowed(HOLIDAYS, SHORT), "2026-12-24T18:00", "2026-12-28T14:00"),
    ("agreed hours open no absence", narrowed(AWAY, SHORT), "2026-07-31T18:00", "2026-08-17T14:00"),
    (
        "agreed hours within an exception",
        narrowed(berlin(exceptions=(Exceptional(day=date(2026, 12, 14), spans=((870, 930),)),)), SHORT),
        "2026-12-14T10:00",
        "2026-12-14T14:30",
    ),
    (
        "hours that take nothing from the week leave a day with other hours as it is",
        narrowed(berlin(exceptions=(Exceptional(day=date(2026, 12, 12), spans=((600, 720),)),)), OFFICE),
        "2026-12-11T18:00",
        "2026-12-12T10:00",
    ),
    ("agreed hours that can't be kept", narrowed(berlin(), NIGHTS), "2026-12-14T18:00", "2026-12-15T09:00"),
    ("days without answers", berlin(no_answers={0, 1}), "2026-12-11T18:00", "2026-12-16T09:00"),
    (
        "an unknown country has no holidays",
        berlin(holiday_country="XX"),
        "2026-12-24T18:00",
        "2026-12-25T09:00",
    ),
]


@pytest.mark.parametrize(
    ("availability", "asked", "opens"), [row[1:] for row in OPENINGS], ids=[r[0] for r in OPENINGS]
)
def test_the_next_opening(availability: Availability, asked: str, opens: str) -> None:
    assert next_opening(availability, at(asked)) == at(opens)
    assert is_working(availability, at(asked)) == (asked == opens)


def test_a_quiet_period_reaches_from_closing_to_opening_and_keeps_its_name() -> None:
    friday, sunday = at("2026-12-11T17:00"), at("2026-12-13T23:00")
    period = quiet_period(berlin(), sunday)
    assert period is not None
    assert (period.start, period.end) == (friday, at("2026-12-14T09:00"))
    # The therapist goes away meanwhile: the end moves, but no second notice goes out.
    longer = quiet_period(berlin(away=(Away(first=date(2026, 12, 14), last=date(2026, 12, 14)),)), sunday)
    assert longer is not None
    assert longer.end == at("2026-12-15T09:00")
    assert longer.id == period.id


def test_without_any_hours_there_is_one_quiet_period_without_an_end() -> None:
    period = quiet_period(Availability(), at("2026-12-14T10:00"))
    assert period is not None
    assert (period.start, period.end) == (None, None)
    assert next_opening(Availability(), at("2026-12-14T10:00")) is None


def test_hours_over_midnight_are_one_stretch() -> None:
    night = Availability(week=parse_hours("Mon 22-2"), zone=BERLIN)
    assert next(stretches(night, at("2026-12-15T01:00"))) == (at("2026-12-14T22:00"), at("2026-12-15T02:00"))
    assert quiet_period(night, at("2026-12-15T00:00")) is None


CLOCKS = [
    # name, hours on Sunday, day, length of the open time
    ("an hour that never comes", "Sun 02:00-03:00", date(2026, 3, 29), None),
    ("a day that lacks an hour", "Sun 0-24", date(2026, 3, 29), timedelta(hours=23)),
    ("over the missing hour", "Sun 01:00-04:00", date(2026, 3, 29), timedelta(hours=2)),
    ("a day with an hour twice", "Sun 0-24", date(2026, 10, 25), timedelta(hours=25)),
    ("over the double hour", "Sun 01:00-04:00", date(2026, 10, 25), timedelta(hours=4)),
]


@pytest.mark.parametrize(
    ("hours", "day", "length"), [row[1:] for row in CLOCKS], ids=[row[0] for row in CLOCKS]
)
def test_open_time_on_days_when_the_clocks_change(hours: str, day: date, length: timedelta | None) -> None:
    availability = Availability(week=parse_hours(hours), zone=BERLIN)
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(BERLIN)).astimezone(UTC)
    start, end = next(stretches(availability, midnight))
    if length is None:
        assert start > midnight + timedelta(days=2)
    else:
        assert end - start == length


REPLIES = [
    # name, asked, working time, instant
    ("within a day", "2026-12-14T10:00", timedelta(hours=4), "2026-12-14T14:00"),
    ("to the end of the day", "2026-12-14T10:00", timedelta(hours=7), "2026-12-14T17:00"),
    ("into the next day", "2026-12-14T16:00", timedelta(hours=2), "2026-12-15T10:00"),
    ("asked at night", "2026-12-14T23:00", timedelta(hours=1), "2026-12-15T10:00"),
    ("over a weekend with a change of clocks", "2026-03-27T16:00", timedelta(hours=2), "2026-03-30T10:00"),
    ("nothing at night is the next opening", "2026-12-14T23:00", timedelta(), "2026-12-15T09:00"),
]


@pytest.mark.parametrize(
    ("asked", "length", "due"), [row[1:] for row in REPLIES], ids=[row[0] for row in REPLIES]
)
def test_only_working_time_counts(asked: str, length: timedelta, due: str) -> None:
    assert working_time_after(berlin(), at(asked), length) == at(due)


def test_the_notice_names_the_next_look_and_the_away_text() -> None:
    asked = at("2026-08-05T10:00")
    notice = next_time(AWAY, asked)
    assert notice is not None
    assert notice.away is not None
    assert (notice.look, notice.away.text) == (at("2026-08-17T09:00"), "Back soon")
    assert next_time(berlin(), at("2026-12-14T10:00")) is None
    checks = berlin(check_times=(18 * 60, 8 * 60))
    assert next_look(checks, at("2026-12-14T10:00")) == at("2026-12-14T18:00")
    assert next_look(checks, at("2026-12-18T19:00")) == at("2026-12-21T08:00")


LOOKS = [
    # name, check times, next look in hours agreed on Mon, Wed, Fri 14-16, asked on a Monday at ten
    ("a check time in them", ("15:00",), "2026-12-14T15:00"),
    ("none in them: when they begin", ("09:00", "12:00"), "2026-12-14T14:00"),
    ("one of both sorts", ("12:00", "14:30"), "2026-12-14T14:30"),
]


@pytest.mark.parametrize(("checks", "looks"), [row[1:] for row in LOOKS], ids=[row[0] for row in LOOKS])
def test_check_times_within_hours_that_a_pair_agreed_on(checks: tuple[str, ...], looks: str) -> None:
    minutes = tuple(int(one[:2]) * 60 + int(one[3:]) for one in checks)
    agreed = narrowed(berlin(check_times=minutes), SHORT)
    assert next_look(agreed, at("2026-12-14T10:00")) == at(looks)


ANSWERING = [
    # name, availability, hours in which messages are answered
    ("nothing agreed", berlin(), "Mon-Fri 9-17"),
    ("what lies in both", narrowed(berlin(), LATE), "Mon-Fri 15-17"),
    ("but not on days without answers", narrowed(berlin(no_answers={0}), SHORT), "Wed, Fri 14-16"),
    ("what was agreed leaves nothing", narrowed(berlin(), NIGHTS), "Mon-Fri 9-17"),
    ("days without answers leave nothing", narrowed(berlin(no_answers={0, 2, 4}), SHORT), "Tue, Thu 9-17"),
]


@pytest.mark.parametrize(
    ("availability", "hours"), [row[1:] for row in ANSWERING], ids=[row[0] for row in ANSWERING]
)
def test_the_hours_in_which_messages_are_answered(availability: Availability, hours: str) -> None:
    assert answering(availability) == parse_hours(hours)


def test_agreed_hours_say_nothing_of_sessions_and_are_never_kept() -> None:
    agreed = narrowed(berlin(), SHORT)
    assert spans_on(agreed, date(2026, 12, 15), answers=False) == ((540, 1020),)
    assert spans_on(agreed, date(2026, 12, 15)) == ()
    assert Availability.model_validate_json(agreed.model_dump_json()) == berlin()


def test_a_week_is_shown_in_another_zone_as_it_is_that_week() -> None:
    # New York changes its clocks on 8 March 2026, Berlin on 29 March: between, five hours apart.
    usual = in_zone(OFFICE, BERLIN, "America/New_York", date(2026, 2, 2))
    between = in_zone(OFFICE, BERLIN, "America/New_York", date(2026, 3, 9))
    assert usual == parse_hours("Mon-Fri 3am-11am")
    assert between == parse_hours("Mon-Fri 4am-noon")
    assert in_zone(parse_hours("Mon 9-17"), BERLIN, "Pacific/Auckland", date(2026, 7, 6)) == parse_hours(
        "Mon 19-24, Tue 0:00-3:00"
    )


ZONES = st.sampled_from(
    [
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Pacific/Apia",
        "America/Santiago",
    ]
)
SPAN = st.tuples(st.integers(0, 95), st.integers(1, 96)).map(lambda two: (min(two) * 15, max(two) * 15))
SPANS = st.lists(SPAN.filter(lambda span: span[0] < span[1]), max_size=2).map(tuple)
WEEKS = st.lists(SPANS, min_size=7, max_size=7).map(lambda days: Week.model_validate({"days": tuple(days)}))
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
AVAILABILITIES = st.builds(
    Availability,
    week=WEEKS,
    zone=ZONES,
    exceptions=st.lists(st.builds(Exceptional, day=DAYS, spans=SPANS), max_size=2).map(tuple),
    holiday_country=st.sampled_from([None, "DE", "US", "AU"]),
    away=st.lists(
        st.builds(
            lambda first, days: Away(first=first, last=first + timedelta(days=days)), DAYS, st.integers(0, 20)
        ),
        max_size=2,
    ).map(tuple),
    no_answers=st.frozensets(st.integers(0, 6), max_size=2),
    agreed=st.one_of(st.none(), WEEKS),
)
# Near the changes of the clocks, where it is hard; and anywhere.
CHANGES = [
    datetime(2026, *day, tzinfo=UTC) for day in ((3, 8), (3, 29), (4, 4), (9, 5), (10, 3), (10, 25), (11, 1))
]
MOMENTS = st.one_of(
    st.builds(
        lambda change, minutes: change + timedelta(minutes=minutes),
        st.sampled_from(CHANGES),
        st.integers(-3 * 1440, 3 * 1440),
    ),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)


@settings(max_examples=150, deadline=None)
@given(AVAILABILITIES, MOMENTS)
def test_every_moment_is_working_or_lies_in_exactly_one_quiet_period(
    one: Availability, moment: datetime
) -> None:
    period = quiet_period(one, moment)
    opening = next_opening(one, moment)
    if is_working(one, moment):
        assert period is None
        assert opening == moment
        return
    assert period is not None
    assert period.end == opening
    assert opening is None or (opening > moment and is_working(one, opening))
    tick = timedelta(microseconds=1)
    # Every other moment of the period tells of the same one, and it can't be made longer.
    for other in (period.start, period.end and period.end - tick):
        if other is not None:
            assert quiet_period(one, other) == period
    if period.start is not None:
        assert period.start <= moment
        assert is_working(one, period.start - tick)


@settings(max_examples=60, deadline=None)
@given(AVAILABILITIES, MOMENTS, st.integers(0, 3000), st.integers(0, 600), st.integers(0, 5000))
def test_working_time_never_goes_backwards(
    one: Availability, moment: datetime, minutes: int, more: int, later: int
) -> None:
    length = timedelta(minutes=minutes)
    first = working_time_after(one, moment, length)
    longer = working_time_after(one, moment, length + timedelta(minutes=more))
    after = working_time_after(one, moment + timedelta(minutes=later), length)
    if first is not None:
        assert first >= moment + length
        assert longer is None or first <= longer
        assert after is None or first <= after


@settings(max_examples=30, deadline=None)
@given(AVAILABILITIES, MOMENTS)
def test_the_wall_clock_agrees(one: Availability, moment: datetime) -> None:
    """Far from changes of the clocks, being open is what the wall clock says."""
    local = moment.astimezone(ZoneInfo(one.zone))
    near = [(moment + timedelta(days=days)).astimezone(ZoneInfo(one.zone)).utcoffset() for days in (-2, 2)]
    if near[0] == near[1]:
        minute = local.hour * 60 + local.minute
        assert is_working(one, moment) == any(a <= minute < b for a, b in spans_on(one, local.date()))
