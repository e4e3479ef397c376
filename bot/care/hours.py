"""A therapist's hours in words, on the reader's own clock: the week, and all that is different soon."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar import say
from bot.calendar.availability import (
    Availability,
    answering,
    away_on,
    in_zone,
    narrowed,
    spans_on,
)
from bot.calendar.publicdays import is_holiday
from bot.care.desk import Desk
from bot.routing.agreed import agreed_hours, newest_agreed
from compliance.storage.people import Person
from matching.week import Week, instant

AHEAD = 21
"""Days for which public holidays and changes of the clocks are told."""
AHEAD_AWAY = 90
"""Days for which absences are told. A single day with hours of its own is told however far it is."""


def described(desk: Desk, reader: Person, availability: Availability) -> str:
    """The week; then the clocks' change, single days, holidays and absences that come soon."""
    language, lines = reader.language, [desk.hours(reader, availability)]
    if availability.agreed is not None:
        hours = desk.hours(reader, availability, answering(availability))
        lines.append(desk.text(language, "hours-agreed", hours=hours))
    today = desk.now.astimezone(ZoneInfo(availability.zone)).date()
    if changed := _after_the_clocks_change(desk, reader, availability, today):
        lines.append(changed)
    if availability.no_answers:
        days = say.weekdays(availability.no_answers, language, country=desk.country(reader))
        lines.append(desk.text(language, "hours-no-answers", days=days))
    if times := check_times(desk, reader, availability):
        lines.append(desk.text(language, "hours-check-times", times=times))
    lines += _single_days(desk, reader, availability, today)
    for away in sorted(availability.away, key=lambda one: one.first):
        if today <= away.last and away.first <= today + timedelta(days=AHEAD_AWAY):
            key = "hours-away-day" if away.first == away.last else "hours-away"
            first, last = (_day(desk, reader, one, today) for one in (away.first, away.last))
            lines.append(desk.text(language, key, first=first, last=last))
    return "\n".join(lines)


async def told_apart(desk: Desk, therapist: Person, changed: Availability) -> list[str]:
    """What a therapist who changes their hours should know of hours that they agreed on with clients."""
    narrower, lost = list[str](), list[str]()
    for pair in await desk.unit.pairs.of_therapist(therapist.id):
        hours = agreed_hours(await newest_agreed(desk.unit, pair)) if pair.state == "active" else None
        if hours is None:
            continue
        name = desk.named(await desk.person(pair.client), therapist.language)
        if narrowed(changed, hours).agreed is not None:
            narrower.append(name)
        elif not answering(changed.model_copy(update={"agreed": hours})):
            lost.append(name)
    return [
        desk.text(therapist.language, key, clients=", ".join(names))
        for key, names in (("hours-agreed-narrower", narrower), ("hours-agreed-lost", lost))
        if names
    ]


def check_times(desk: Desk, reader: Person, availability: Availability) -> str:
    """The times at which messages are looked at, as the reader's clock shows them today; where a pair agreed
    on hours, those in them."""
    zone = ZoneInfo(availability.zone)
    today = desk.now.astimezone(zone).date()
    return ", ".join(
        _clock(desk, reader, instant(today, minute, zone))
        for minute in availability.check_times
        if availability.agreed is None or _within(minute, answering(availability))
    )


def _within(minute: int, week: Week) -> bool:
    return any(low <= minute < high for spans in week.days for low, high in spans)


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
            # With hours that a pair agreed on, those are what its client wants to know.
            own = answering(availability) if availability.agreed else availability.week
            week = in_zone(own, availability.zone, there.key, day)
            listed = say.hours(desk.house.words, reader.language, week, country=desk.country(reader))
            shown = _day(desk, reader, day, today)
            key = "hours-change-agreed" if availability.agreed else "hours-change"
            return desk.text(reader.language, key, day=shown, week=listed)
    return ""


def _day(desk: Desk, reader: Person, day: date, today: date) -> str:
    return say.day(day, reader.language, country=desk.country(reader), today=today)


def _clock(desk: Desk, reader: Person, at: datetime) -> str:
    return say.clock(at, reader.language, desk.zone(reader).key, country=desk.country(reader))
