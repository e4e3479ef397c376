"""`!away 3-14 Aug "text"`: a therapist's absences; `!away off` ends one."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.calendar import say
from bot.calendar.absence import AwayError, parse_away
from bot.calendar.availability import Availability, Away
from bot.care import availability, promises
from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from matching.week import DAY, instant

_ENDS = frozenset({"off", "end", "back", "stop"})


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """List the absences, note one, or end one; clients who write meanwhile see it, with its text."""
    person = caller.person
    known = await availability.availability_of(desk, person.id) or Availability(zone=desk.zone(person).key)
    today = desk.now.astimezone(ZoneInfo(known.zone)).date()
    ahead = sorted((one for one in known.away if one.last >= today), key=lambda one: (one.first, one.last))
    word, _, number = rest.casefold().partition(" ")
    if not rest:
        await _list(desk, caller, ahead)
    elif word in _ENDS:
        await _end(desk, caller, known, ahead, number.strip(" #."), today)
    else:
        await _add(desk, caller, known, rest, today)


async def _list(desk: Desk, caller: Caller, ahead: list[Away]) -> None:
    language = caller.language
    if not ahead:
        await desk.say(caller.room, language, "away-none")
        return
    rows: list[str] = []
    for number, away in enumerate(ahead, 1):
        key = "away-line-day" if away.first == away.last else "away-line"
        first, last = _days(desk, away, language)
        line = desk.text(language, key, number=number, first=first, last=last)
        if away.text:
            line = desk.text(language, "away-line-text", line=line, text=away.text)
        rows.append(line)
    await desk.say(caller.room, language, "away-list", rows="\n".join(rows))


async def _end(
    desk: Desk, caller: Caller, known: Availability, ahead: list[Away], number: str, today: date
) -> None:
    language = caller.language
    if not ahead:
        await desk.say(caller.room, language, "away-none")
        return
    running = [one for one in ahead if one.first <= today]
    chosen: Away | None = None
    if number.isascii() and number.isdigit() and 1 <= int(number) <= len(ahead):
        chosen = ahead[int(number) - 1]
    elif not number and len(running or ahead) == 1:
        chosen = (running or ahead)[0]
    if chosen is None:
        await desk.say(caller.room, language, "away-which", most=len(ahead))
        return
    kept = [one for one in known.away if one is not chosen]
    if chosen.first < today:
        kept.append(chosen.model_copy(update={"last": today - timedelta(days=1)}))
    await _save(desk, caller, known, kept)
    first, last = _days(desk, chosen, language)
    key = "away-dropped-day" if chosen.first == chosen.last else "away-dropped"
    if chosen.first <= today:
        key = "away-ended"
    await desk.say(caller.room, language, key, first=first, last=last)


async def _add(desk: Desk, caller: Caller, known: Availability, rest: str, today: date) -> None:
    language = caller.language
    try:
        away = parse_away(rest, desk.now, known.zone, language)
    except AwayError as error:
        wrong = desk.text(language, f"calendar-away-error-{error.kind}", part=error.part)
        await desk.say(caller.room, language, "away-unclear", wrong=wrong)
        return
    same = [one for one in known.away if (one.first, one.last) == (away.first, away.last)]
    await _save(desk, caller, known, [*(one for one in known.away if one not in same), away])
    first, last = _days(desk, away, language)
    key = "away-set-day" if away.first == away.last else "away-set"
    lines = [desk.text(language, key, first=first, last=last)]
    zone = ZoneInfo(known.zone)
    start, end = instant(max(away.first, today), 0, zone), instant(away.last, DAY, zone)
    if booked := await desk.unit.sessions.of_therapist(caller.person.id, max(start, desk.now), end):
        lines.append(desk.text(language, "away-sessions", count=len(booked)))
    pairs = await desk.unit.pairs.of_therapist(caller.person.id)
    if waiting := await promises.waiting_of(desk, pairs):
        lines.append(desk.text(language, "away-waiting", count=len(waiting)))
        told = [one for _, one in waiting if one.told and not one.missed]
        told = [one for one in told if one.promise and start <= one.promise.due < end]
        if told:
            lines.append(desk.text(language, "away-promised", count=len(told)))
    await desk.speak(caller.room, "\n".join(lines))


async def _save(desk: Desk, caller: Caller, known: Availability, away: list[Away]) -> None:
    changed = known.model_copy(update={"away": tuple(sorted(away, key=lambda one: (one.first, one.last)))})
    await availability.save_availability(desk, caller.person.id, changed)
    await desk.note("therapist.away", by=caller.person.id, about=caller.person.id)


def _days(desk: Desk, away: Away, language: str) -> tuple[str, str]:
    today = desk.now.date()
    return say.day(away.first, language, today=today), say.day(away.last, language, today=today)


COMMAND = Command("away", "away", run, for_roles=frozenset({"therapist"}))
