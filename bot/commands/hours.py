"""`!hours Mon-Thu 9-17`: a therapist's working hours."""

from bot.calendar.availability import Availability
from bot.calendar.hours import HoursError, parse_hours
from bot.care import availability, records
from bot.care.desk import Desk
from bot.commands.command import Caller, Command


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Show or set the hours; clients see them on their own clock."""
    person, language = caller.person, caller.language
    known = await availability.availability_of(desk, person.id) or Availability(zone=desk.zone(person).key)
    if not rest:
        await desk.say(caller.room, language, "hours-are", week=desk.hours(person, known))
        return
    try:
        week = parse_hours(rest)
    except HoursError as error:
        wrong = desk.text(language, f"calendar-hours-error-{error.kind}", part=error.part)
        await desk.say(caller.room, language, "hours-unclear", wrong=wrong)
        return
    changed = known.model_copy(update={"week": week})
    await availability.save_availability(desk, person.id, changed)
    profile = await records.profile_of(desk, person.id)
    if profile is not None:
        await records.save_profile(desk, profile.model_copy(update={"week": week}))
    await desk.note("therapist.hours", by=person.id, about=person.id)
    await desk.say(caller.room, language, "hours-set", week=desk.hours(person, changed))


COMMAND = Command("hours", "hours", run, for_roles=frozenset({"therapist"}))
