"""`!checktimes 9:00, 13:00`: when in the day a therapist looks at messages."""

from bot.calendar.availability import Availability
from bot.calendar.checktimes import TimesError, parse_times
from bot.care import availability, hours
from bot.care.desk import Desk
from bot.commands.command import Caller, Command


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Show or set the times; `off` takes them away."""
    person, language = caller.person, caller.language
    known = await availability.availability_of(desk, person.id) or Availability(zone=desk.zone(person).key)
    if not rest:
        key = "checktimes-are" if known.check_times else "checktimes-none"
        await desk.say(caller.room, language, key, times=hours.check_times(desk, person, known))
        return
    try:
        times = () if rest.casefold() in ("off", "none") else parse_times(rest)
    except TimesError as error:
        await desk.say(caller.room, language, "checktimes-unclear", part=error.part)
        return
    changed = known.model_copy(update={"check_times": times})
    await availability.save_availability(desk, person.id, changed)
    await desk.note("therapist.hours", by=person.id, about=person.id)
    shown = hours.check_times(desk, person, changed)
    await desk.say(caller.room, language, "checktimes-set" if times else "checktimes-off", times=shown)


COMMAND = Command("checktimes", "hours", run, for_roles=frozenset({"therapist"}))
