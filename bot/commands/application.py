"""`!application 3`: read an application."""

from bot.care import describing
from bot.care.desk import Desk
from bot.commands.application_number import find
from bot.commands.command import Caller, Command
from bot.commands.standing import permits


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Show an application in the admin room; that it was read is written down."""
    found = await find(desk, caller, rest, "application")
    if found is None or not await permits(desk, caller, "record.application", found.person):
        return
    person = await desk.person(found.person)
    await desk.note("application.read", by=caller.person.id, about=person.id, number=found.number)
    await desk.say(
        caller.room,
        caller.language,
        "application-shown",
        number=found.number,
        mxid=person.mxid,
        answers=describing.answers(desk, "application", found.answers, caller.language),
    )


COMMAND = Command(
    "application", "application.read", run, rooms=frozenset({"admin"}), for_roles=frozenset({"admin"})
)
