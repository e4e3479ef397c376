"""A therapist's hours in words, on the reader's own clock: the week, and all that is different soon."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar import say
from bot.calendar.availability import Availability, away_on, in_zone, is_holiday, spans_on
from bot.care.desk import Desk
from compliance.storage.people import Person
from matching.week import instant

AHEAD = 21
"""Days for which public holidays and changes of the clocks are told."""
AHEAD_AWAY = 90
"""Days for which absences are told. A single day with hours of its own is told however far it is."""


def described(desk: Desk, reader: Person, availability: Availability) -> str:
    """The week; then the clocks' change, single days, holidays and absences that come soon."""
    language, lines = reader.language, [desk.hours(reader, availability)]
    today = desk.now.astimezone(ZoneInfo(availability.zone)).date()
    if changed := _after_the_clocks_change(desk, reader, availability, today):
        lines.append(changed)
    if availability.no_answers:
        days = say.weekdays(availability.no_answers, language, country=desk.country(reader))
        lines.append(desk.text(language, "hours-no-answers", days=days))
    if availability.check_times:
        times = check_times(desk, reader, availability)
        lines.append(desk.text(language, "hours-check-times", times=times))
    lines += _single_days(desk, reader, availability, today)
    for away in sorted(availability.away, key=lambda one: one.first):
        if today <= away.last and away.first <= today + timedelta(days=AHEAD_AWAY):
            key = "hours-away-day" if away.first == away.last else "hours-away"
            first, last = (_day(desk, reader, one, today) for one in (away.first, away.last))
            lines.append(desk.text(language, key, first=first, last=last))
    return "\n".join(lines)


def check_times(desk: Desk, reader: Person, availability: Availability) -> str:
    """The times at which messages are looked at, as the reader's clock shows them today."""
    zone = ZoneInfo(availability.zone)
    today = desk.now.astimezone(zone).date()
    return ", ".join(
        _clock(desk, reader, instant(today, minute, zone)) for minute in availability.check_times
    )


def _single_days(desk: Desk, reader: Person, availability: Availability, today: date) -> list[str]:
    language, lines = reader.language, list[str]()
    own = {one.day for one in availability.exceptions if one.day >= today}
    for day in sorted(own | {today + timedelta(days=offset) for offset in range(AHEAD)}):
        shown = _day(desk, reader, day, today)
        if away_on(availability, day):
            continue
        if day in own:
            hours = _spans(desk, reader, availability, day)
            key = "hours-exception" if hours else "hours-exception-closed"
            lines.append(desk.text(language, key, day=shown, hours=hours))
        elif availability.week.days[day.weekday()] and is_holiday(
            availability.holiday_country, availability.holiday_region, day
        ):
            lines.append(desk.text(language, "hours-holiday", day=shown))
    return lines


def _spans(desk: Desk, reader: Person, availability: Availability, day: date) -> str:
    zone = ZoneInfo(availability.zone)
    return ", ".join(
        f"{_clock(desk, reader, instant(day, low, zone))}–{_clock(desk, reader, instant(day, high, zone))}"
        for low, high in spans_on(availability, day, answers=False)
    )


def _after_the_clocks_change(desk: Desk, reader: Person, availability: Availability, today: date) -> str:
    """How the hours look on the reader's clock once one of the two clocks has changed and the other not."""
    here, there = ZoneInfo(availability.zone), desk.zone(reader)

    def apart(day: date) -> timedelta | None:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=here)
        ours, theirs = noon.utcoffset(), noon.astimezone(there).utcoffset()
        return None if ours is None or theirs is None else theirs - ours

    for offset in range(1, AHEAD):
        day = today + timedelta(days=offset)
        if apart(day) != apart(today):
            week = in_zone(availability.week, availability.zone, there.key, day)
            listed = say.hours(desk.house.words, reader.language, week, country=desk.country(reader))
            shown = _day(desk, reader, day, today)
            return desk.text(reader.language, "hours-change", day=shown, week=listed)
    return ""


def _day(desk: Desk, reader: Person, day: date, today: date) -> str:
    return say.day(day, reader.language, country=desk.country(reader), today=today)


def _clock(desk: Desk, reader: Person, at: datetime) -> str:
    return say.clock(at, reader.language, desk.zone(reader).key, country=desk.country(reader))
