"""`!place France`: where somebody is now: decides help lines and which licences hold."""

from dataclasses import replace

from bot.care import detection
from bot.care.cards import short_card
from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from config import places


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Set the country where somebody is now."""
    country = places.find_country(rest, caller.language) if rest else None
    if country is None:
        await desk.say(caller.room, caller.language, "place-unknown")
        return
    person = replace(caller.person, country=country, region=None)
    await desk.unit.people.save(person)
    await desk.note("person.moved", by=person.id, about=person.id)
    name = places.country_name(country, caller.language)
    help_lines = short_card(desk, person, caller.language)
    await desk.say(caller.room, caller.language, "place-set", place=name, help=help_lines)
    await detection.tell_if_changed(desk, person)


COMMAND = Command("place", "place", run, rooms=frozenset({"direct"}))
