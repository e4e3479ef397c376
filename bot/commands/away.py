"""`!away 3-14 Aug "text"`: a therapist's absence."""

from bot.calendar import say
from bot.calendar.absence import AwayError, parse_away
from bot.calendar.availability import Availability
from bot.care import availability
from bot.care.desk import Desk
from bot.commands.command import Caller, Command


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Note an absence; clients who write meanwhile see it, with its text."""
    person, language = caller.person, caller.language
    known = await availability.availability_of(desk, person.id) or Availability(zone=desk.zone(person).key)
    try:
        away = parse_away(rest, desk.now, known.zone, language)
    except AwayError as error:
        wrong = desk.text(language, f"calendar-away-error-{error.kind}", part=error.part)
        await desk.say(caller.room, language, "away-unclear", wrong=wrong)
        return
    changed = known.model_copy(update={"away": (*known.away, away)})
    await availability.save_availability(desk, person.id, changed)
    await desk.note("therapist.away", by=person.id, about=person.id)
    first, last = say.day(away.first, language), say.day(away.last, language)
    await desk.say(caller.room, language, "away-set", first=first, last=last)


COMMAND = Command("away", "away", run, for_roles=frozenset({"therapist"}))
