"""When a therapist works and answers, and the quiet periods between, in real time.

A week on a wall clock, with absences, exceptional days and public holidays laid over it. Instants are
UTC; days and minutes are the therapist's own. Right across both changes of the clocks: see
`matching.week.instant`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator

from bot.calendar.publicdays import is_holiday
from matching.week import DAY, Span, Week, common, instant, merged

REACH = 400
"""How many days ahead or back openings are looked for; beyond that there are none."""

Stretch = tuple[datetime, datetime]
"""Start and end of an open time, UTC; the end is not included."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Away(_Frozen):
    """Whole days on which the therapist is away, first and last included, with words for their clients."""

    first: date
    last: date
    text: str = Field(default="", max_length=500)


class Exceptional(_Frozen):
    """Other hours on one day; no spans means closed. It counts even on a public holiday."""

    day: date
    spans: tuple[Span, ...] = ()

    @field_validator("spans")
    @classmethod
    def _in_order(cls, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        if any(not 0 <= start < end <= DAY for start, end in spans):
            raise ValueError("hours must lie within a day")
        return merged(spans)


class Availability(_Frozen):
    """All that decides when somebody works. An absence beats an exception beats a holiday beats the week."""

    week: Week = Week()
    zone: str = "UTC"
    """IANA."""
    exceptions: tuple[Exceptional, ...] = ()
    holiday_country: str | None = None
    """ISO 3166-1 alpha-2; None: public holidays are days like others."""
    holiday_region: str | None = None
    """ISO 3166-2."""
    away: tuple[Away, ...] = ()
    check_times: tuple[int, ...] = ()
    """Minutes of the day at which messages are looked at; none: through the working hours."""
    no_answers: frozenset[int] = frozenset()
    """Weekdays (Monday 0) with sessions, but without answers to messages."""
    agreed: Week | None = Field(default=None, exclude=True)
    """Hours in which one client's messages are answered, as the two agreed: see `narrowed`. Never kept."""

    @field_validator("zone")
    @classmethod
    def _known(cls, zone: str) -> str:
        ZoneInfo(zone)
        return zone

    @field_validator("check_times")
    @classmethod
    def _sorted(cls, times: tuple[int, ...]) -> tuple[int, ...]:
        if any(not 0 <= minute < DAY for minute in times):
            raise ValueError("check times must lie within a day")
        return tuple(sorted(set(times)))


class QuietPeriod(_Frozen):
    """A time without answers, as long as it goes on. None for an end that is out of reach."""

    start: AwareDatetime | None
    end: AwareDatetime | None

    @property
    def id(self) -> str:
        """The same for every moment of the period, also if its end is moved meanwhile."""
        return f"quiet:{self.start:%Y-%m-%dT%H:%MZ}" if self.start else "quiet:since-ever"


def away_on(availability: Availability, day: date) -> Away | None:
    """The absence that covers this day, the longest if several do."""
    covering = [away for away in availability.away if away.first <= day <= away.last]
    return max(covering, key=lambda away: away.last, default=None)


def away_at(availability: Availability, at: datetime) -> Away | None:
    """The absence that covers this instant."""
    return away_on(availability, at.astimezone(ZoneInfo(availability.zone)).date())


def narrowed(availability: Availability, agreed: Week) -> Availability:
    """The same, with messages answered only in hours that a pair agreed on (wall clock of the same zone).

    As it was if those take nothing from the usual week (then a single day with other hours counts too), or
    leave nothing of it: an agreement that can't be kept promises nothing.
    """
    found = availability.model_copy(update={"agreed": agreed})
    left = answering(found)
    return found if left and left != answering(availability) else availability


def answering(availability: Availability) -> Week:
    """The hours of a usual week in which messages are answered."""
    agreed = availability.agreed or availability.week
    days = tuple(
        () if day in availability.no_answers else common(spans, agreed.days[day])
        for day, spans in enumerate(availability.week.days)
    )
    return Week.model_validate({"days": days})


def spans_on(availability: Availability, day: date, *, answers: bool = True) -> tuple[Span, ...]:
    """The hours of one day; with `answers` those in which messages are answered."""
    if answers and day.weekday() in availability.no_answers:
        return ()
    spans = _worked(availability, day)
    if answers and availability.agreed is not None:
        return common(spans, availability.agreed.days[day.weekday()])
    return spans


def _worked(availability: Availability, day: date) -> tuple[Span, ...]:
    if away_on(availability, day):
        return ()
    for exception in availability.exceptions:
        if exception.day == day:
            return exception.spans
    if is_holiday(availability.holiday_country, availability.holiday_region, day):
        return ()
    return availability.week.days[day.weekday()]


def stretches(
    availability: Availability, after: datetime, *, answers: bool = True, days: int = REACH
) -> Iterator[Stretch]:
    """Open times that end after this instant, in order; those that touch (at midnight) are one.

    The first one may have begun before `after`.
    """
    held: Stretch | None = None
    for start, end in _each_day(availability, after, days, answers):
        if held and start <= held[1]:
            held = (held[0], max(held[1], end))
            continue
        if held and held[1] > after:
            yield held
        held = (start, end)
    if held and held[1] > after:
        yield held


def _each_day(availability: Availability, after: datetime, days: int, answers: bool) -> Iterator[Stretch]:
    zone = ZoneInfo(availability.zone)
    today = after.astimezone(zone).date()
    # From well before, so that a stretch over midnight has its true start.
    for offset in range(-2, days + 1):
        day = today + timedelta(days=offset)
        for low, high in spans_on(availability, day, answers=answers):
            start, end = instant(day, low, zone), instant(day, high, zone)
            if start < end:
                yield start, end


def is_working(availability: Availability, at: datetime) -> bool:
    """Whether messages are answered at this instant."""
    for start, _ in stretches(availability, at, days=1):
        return start <= at
    return False


def next_opening(availability: Availability, at: datetime) -> datetime | None:
    """The first instant from `at` on in working time; None if there is none within reach."""
    for start, _ in stretches(availability, at):
        return max(start, at.astimezone(UTC))
    return None


def next_look(availability: Availability, at: datetime) -> datetime | None:
    """When messages are looked at next: a check time on an open day, or else the next opening."""
    if not availability.check_times:
        return next_opening(availability, at)
    zone = ZoneInfo(availability.zone)
    today = at.astimezone(zone).date()
    for offset in range(REACH):
        day = today + timedelta(days=offset)
        if spans := spans_on(availability, day):
            for minute in _looks(availability, spans):
                moment = instant(day, minute, zone)
                if moment >= at:
                    return moment
    return None


def _looks(availability: Availability, spans: tuple[Span, ...]) -> tuple[int, ...]:
    """The check times of a day; where a pair agreed on hours, those in them, or else when they begin."""
    if availability.agreed is None:
        return availability.check_times
    within = [minute for minute in availability.check_times if any(a <= minute < b for a, b in spans)]
    return tuple(within or [spans[0][0]])


def quiet_period(availability: Availability, at: datetime) -> QuietPeriod | None:
    """The quiet period that covers this instant; None in working time."""
    end: datetime | None = None
    for start, _ in stretches(availability, at):
        if start <= at:
            return None
        end = start
        break
    return QuietPeriod(start=_last_end(availability, at), end=end)


def _last_end(availability: Availability, at: datetime) -> datetime | None:
    zone = ZoneInfo(availability.zone)
    today = at.astimezone(zone).date()
    for offset in range(-1, REACH):
        day = today - timedelta(days=offset)
        for low, high in reversed(spans_on(availability, day)):
            start, end = instant(day, low, zone), instant(day, high, zone)
            if start < end <= at:
                return end
    return None


def working_time_after(availability: Availability, at: datetime, duration: timedelta) -> datetime | None:
    """The instant by which this much working time has passed since `at`; None if out of reach."""
    left = duration
    for start, end in stretches(availability, at):
        begin = max(start, at.astimezone(UTC))
        if end - begin >= left:
            return begin + left
        left -= end - begin
    return None


def in_zone(week: Week, zone: str, other: str, day: date) -> Week:
    """The seven days from `day` on, shown on the wall clock of another zone.

    A change of the clocks in one of the zones moves what comes out, so give the day at hand.
    """
    here, there = ZoneInfo(zone), ZoneInfo(other)
    days: list[list[Span]] = [[] for _ in range(7)]
    for offset in range(7):
        own = day + timedelta(days=offset)
        for low, high in week.days[own.weekday()]:
            start = instant(own, low, here).astimezone(there)
            end = instant(own, high, here).astimezone(there)
            if start.date() == end.date():
                pieces = [(start.weekday(), _minute(start), _minute(end))]
            else:
                pieces = [(start.weekday(), _minute(start), DAY), (end.weekday(), 0, _minute(end))]
            for weekday, first, last in pieces:
                if first < last:
                    days[weekday].append((first, last))
    return Week.model_validate({"days": tuple(tuple(spans) for spans in days)})


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


@dataclass(frozen=True)
class NextTime:
    """What a notice in a quiet period says: which period, when somebody looks next, and the away text."""

    period: QuietPeriod
    look: datetime | None
    away: Away | None


def next_time(availability: Availability, at: datetime) -> NextTime | None:
    """All that the one notice of a quiet period needs; None in working time."""
    period = quiet_period(availability, at)
    if period is None:
        return None
    return NextTime(period, next_look(availability, at), away_at(availability, at))


__all__ = [
    "REACH",
    "Availability",
    "Away",
    "Exceptional",
    "NextTime",
    "QuietPeriod",
    "Stretch",
    "answering",
    "away_at",
    "away_on",
    "in_zone",
    "is_working",
    "narrowed",
    "next_look",
    "next_opening",
    "next_time",
    "quiet_period",
    "spans_on",
    "stretches",
    "working_time_after",
]
