"""Which application a command means."""

from bot.care import records
from bot.care.desk import Desk
from bot.care.records import Application
from bot.commands.command import Caller


async def find(desk: Desk, caller: Caller, rest: str, command: str) -> Application | None:
    """The application whose number was typed first; otherwise says what to write."""
    word = rest.split(maxsplit=1)[0].lstrip("#") if rest.split() else ""
    if word.isascii() and word.isdigit():
        found = await records.find_application(desk, int(word))
        if found is not None:
            return found
    numbers = ", ".join(str(one.number) for one in await records.waiting_applications(desk))
    key = "application-which" if numbers else "applications-none"
    await desk.say(caller.room, caller.language, key, numbers=numbers, command=command)
    return None
