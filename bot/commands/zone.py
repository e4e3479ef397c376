"""`!zone Lisbon`: where somebody is now, as far as the clock goes."""

from dataclasses import replace

from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from config import places


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Set the time zone in which times are shown."""
    guess = places.find_zone(rest, caller.person.country)
    if guess.zone is None:
        # A city elsewhere: somebody is on a journey. The answer names the zone, so that they see a mix-up.
        guess = places.find_zone(rest, None)
    if guess.zone is None:
        await desk.say(caller.room, caller.language, "zone-unknown")
        return
    person = replace(caller.person, zone=guess.zone)
    await desk.unit.people.save(person)
    await desk.note("person.moved", by=caller.person.id, about=caller.person.id)
    await desk.say(
        caller.room,
        caller.language,
        "zone-set",
        zone=guess.zone.replace("_", " "),
        now=desk.when(person, desk.now),
    )


COMMAND = Command("zone", "zone", run, rooms=frozenset({"direct"}), aliases=("timezone",))
