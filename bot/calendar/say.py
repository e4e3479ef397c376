"""Times as people say them, in the reader's language, zone and habit of 12 or 24 hours.

CLDR through Babel gives names and patterns; the little words between come from the Fluent files.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, get_timezone_location, match_skeleton
from babel.languages import get_official_languages

from bot.calendar.hours import HoursLine, describe
from config.words import Words
from matching.week import DAY, Week


@lru_cache(maxsize=256)
def _locale(language: str, country: str | None) -> Locale:
    base = language.replace("_", "-").split("-")[0]
    # English of no country is read all over the world, so it is not American.
    territories = (country or "001", "001") if base == "en" else (country, None)
    for territory in territories:
        try:
            return Locale(base, territory=territory)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en", territory="001")


@lru_cache(maxsize=256)
def _clock_pattern(language: str, country: str | None) -> str:
    """The time pattern by the habit of the country, or else of the language."""
    habit = _locale(language, country)
    if country and habit.territory != country:
        for spoken in get_official_languages(country):
            try:
                habit = Locale(spoken, territory=country)
                break
            except (UnknownLocaleError, ValueError):
                continue
    pattern = habit.time_formats["short"].pattern
    # "9:00 in the morning" can't be misread, "9:00 AM" can in half of the world.
    return "h:mm B" if "a" in pattern or "B" in pattern else pattern


@lru_cache(maxsize=256)
def _day_pattern(language: str, country: str | None, year: bool) -> str:
    locale = _locale(language, country)
    found = match_skeleton("yMMMMEEEEd" if year else "MMMMEEEEd", locale.datetime_skeletons)
    if found is None:
        return "EEEE d MMMM y" if year else "EEEE d MMMM"
    pattern = str(locale.datetime_skeletons[found].pattern)
    pattern = re.sub(r"(?<!E)E{1,3}(?!E)", "EEEE", pattern)
    pattern = re.sub(r"(?<!M)MMM(?!M)", "MMMM", pattern)
    return pattern.replace("EEEE,", "EEEE") if language.startswith("en") and country != "US" else pattern


def day(on: date, language: str, *, country: str | None = None, today: date | None = None) -> str:
    """Such as "Monday 14 December"; with the year if it isn't this one."""
    year = today is not None and on.year != today.year
    return format_date(on, _day_pattern(language, country, year), _locale(language, country))


def clock(at: datetime, language: str, zone: str, *, country: str | None = None) -> str:
    """Such as "9:00 in the morning" or "15:30", by the habit of the country."""
    local = at.astimezone(ZoneInfo(zone))
    return format_datetime(local, _clock_pattern(language, country), locale=_locale(language, country))


def zone_name(words: Words, language: str, zone: str) -> str:
    """Such as "Berlin time"."""
    if match := re.fullmatch(r"Etc/(?:GMT|UTC|UCT|Zulu)(?:([+-])(\d{1,2}))?", zone):
        # POSIX counts westward: Etc/GMT-2 is two hours ahead of UTC.
        sign, hours = match[1], match[2]
        return f"UTC{'-' if sign == '+' else '+'}{hours}" if sign and hours != "0" else "UTC"
    if zone in ("UTC", "GMT"):
        return "UTC"
    place = get_timezone_location(ZoneInfo(zone), locale=_locale(language, None), return_city=True)
    place = place.rsplit("/", 1)[-1]
    return words.say(language, "calendar-zone", place=place)


def moment(
    words: Words,
    language: str,
    at: datetime,
    zone: str,
    *,
    country: str | None = None,
    now: datetime | None = None,
) -> str:
    """Such as "Monday 14 December, 9:00 in the morning (Berlin time)".

    With `now`, days near at hand are named so: "today, ...", "tomorrow, Tuesday 15 December, ...".
    """
    local = at.astimezone(ZoneInfo(zone)).date()
    today = now.astimezone(ZoneInfo(zone)).date() if now else None
    shown = day(local, language, country=country, today=today)
    near = "other"
    if today is not None and local == today:
        near = "today"
    elif today is not None and local == today + timedelta(days=1):
        near = "tomorrow"
    return words.say(
        language,
        "calendar-moment",
        day=shown,
        near=near,
        time=clock(at, language, zone, country=country),
        zone=zone_name(words, language, zone),
    )


def time_and_zone(words: Words, language: str, at: datetime, zone: str, *, country: str | None = None) -> str:
    """Such as "9:00 in the morning (Berlin time)", where the day is plain from what stands around it."""
    return words.say(
        language,
        "calendar-time",
        time=clock(at, language, zone, country=country),
        zone=zone_name(words, language, zone),
    )


def hours(words: Words, language: str, week: Week, *, country: str | None = None) -> str:
    """A week in words, one line for days that are alike: "Monday to Thursday: 09:00-17:00"."""
    lines = describe(week)
    if not lines:
        return words.say(language, "calendar-hours-none")
    return "\n".join(_line(words, language, country, line) for line in lines)


def _line(words: Words, language: str, country: str | None, line: HoursLine) -> str:
    names = _locale(language, country).days["stand-alone"]["wide"]
    first, last = str(names[line.first]), str(names[line.last])
    spans = ", ".join(
        f"{_wall(start, language, country)}–{_wall(end, language, country)}" for start, end in line.spans
    )
    if line.spans == ((0, DAY),):
        spans = words.say(language, "calendar-hours-all-day")
    if line.first == line.last:
        return words.say(language, "calendar-hours-day", day=first, hours=spans)
    return words.say(language, "calendar-hours-days", first=first, last=last, hours=spans)


def weekdays(days: Iterable[int], language: str, *, country: str | None = None) -> str:
    """Such as "Wednesday, Friday"; Monday is 0."""
    names = _locale(language, country).days["stand-alone"]["wide"]
    return ", ".join(str(names[day]) for day in sorted(days))


def _wall(minute: int, language: str, country: str | None) -> str:
    if _clock_pattern(language, country) != "h:mm B":
        if minute == DAY:
            return "24:00"
        pattern = _clock_pattern(language, country)
    else:
        pattern = "h:mm B" if minute % 720 == 0 else "h:mm a" if minute % 60 else "h a"
    at = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    return format_datetime(at, pattern, locale=_locale(language, country)).replace(" ", " ")


def duration(words: Words, language: str, length: timedelta) -> str:
    """A rough length: "10 minutes", "2 hours", "3 days"; rounded down, so that nobody comes late."""
    minutes = max(1, int(length.total_seconds()) // 60)
    if minutes < 120:
        return words.say(language, "calendar-minutes", count=minutes)
    if minutes < 48 * 60:
        return words.say(language, "calendar-hours", count=minutes // 60)
    return words.say(language, "calendar-days", count=minutes // DAY)


def numbered(
    words: Words,
    language: str,
    slots: Sequence[datetime],
    zone: str,
    *,
    country: str | None = None,
    now: datetime,
) -> str:
    """An offer of slots as numbered lines in the reader's zone, which is named once at the end."""
    lines: list[str] = []
    today = now.astimezone(ZoneInfo(zone)).date()
    for number, slot in enumerate(slots, 1):
        shown = day(slot.astimezone(ZoneInfo(zone)).date(), language, country=country, today=today)
        time = clock(slot, language, zone, country=country)
        lines.append(words.say(language, "calendar-slot", number=number, day=shown, time=time))
    lines.append(words.say(language, "calendar-slots-zone", zone=zone_name(words, language, zone)))
    return "\n".join(lines)


__all__ = [
    "clock",
    "day",
    "duration",
    "hours",
    "moment",
    "numbered",
    "time_and_zone",
    "weekdays",
    "zone_name",
]
