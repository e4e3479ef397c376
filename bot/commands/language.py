"""`!language de`: the language in which the bot speaks to somebody."""

from dataclasses import replace

from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from config import places


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Set the language; one without texts is told with those there are."""
    known = desk.house.words.languages
    code = places.language_code(rest, caller.language) if rest else None
    names = ", ".join(places.language_name(one, caller.language) for one in known)
    if code is None or code not in known:
        await desk.say(caller.room, caller.language, "language-unknown", languages=names)
        return
    await desk.unit.people.save(replace(caller.person, language=code))
    await desk.note("person.moved", by=caller.person.id, about=caller.person.id)
    await desk.say(caller.room, code, "language-set", name=places.language_name(code, code))


COMMAND = Command("language", "language", run, rooms=frozenset({"direct"}))
