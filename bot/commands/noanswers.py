"""`!noanswers Wed, Fri`: working days on which a therapist answers no messages."""

from collections.abc import Iterable

from bot.calendar import say
from bot.calendar.availability import Availability
from bot.calendar.hours import HoursError, parse_hours
from bot.care import availability
from bot.care.desk import Desk
from bot.commands.command import Caller, Command


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Show or set the days; `off` takes them away."""
    person, language = caller.person, caller.language
    known = await availability.availability_of(desk, person.id) or Availability(zone=desk.zone(person).key)
    if not rest:
        key = "noanswers-are" if known.no_answers else "noanswers-none"
        await desk.say(caller.room, language, key, days=_named(desk, caller, known.no_answers))
        return
    days: frozenset[int] = frozenset()
    if rest.casefold() not in ("off", "none"):
        try:
            week = parse_hours(f"{rest} 0-24", language)
        except HoursError:
            await desk.say(caller.room, language, "noanswers-unclear", part=rest[:40])
            return
        days = frozenset(day for day, spans in enumerate(week.days) if spans)
    working = {day for day, spans in enumerate(known.week.days) if spans}
    if working and working <= days:
        await desk.say(caller.room, language, "noanswers-all")
        return
    await availability.save_availability(desk, person.id, known.model_copy(update={"no_answers": days}))
    await desk.note("therapist.hours", by=person.id, about=person.id)
    key = "noanswers-set" if days else "noanswers-off"
    await desk.say(caller.room, language, key, days=_named(desk, caller, days))


def _named(desk: Desk, caller: Caller, days: Iterable[int]) -> str:
    return say.weekdays(days, caller.language, country=desk.country(caller.person))


COMMAND = Command("noanswers", "hours", run, for_roles=frozenset({"therapist"}))
