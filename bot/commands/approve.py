"""`!approve 3`: take a therapist on."""

from bot.care import vetting
from bot.care.desk import Desk
from bot.commands.application_number import find
from bot.commands.command import Caller, Command
from bot.commands.standing import permits


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Approve an application; the admin answers for having checked the licence with its register."""
    found = await find(desk, caller, rest, "approve")
    if found is None:
        return
    if found.person == caller.person.id:
        await desk.note("command.refused", by=caller.person.id, about=found.person, command=COMMAND.name)
        await desk.say(caller.room, caller.language, "application-own")
        return
    if not await permits(desk, caller, "application.decide", found.person):
        return
    if found.state != "waiting":
        await desk.say(caller.room, caller.language, "application-answered", number=found.number)
        return
    profile = await vetting.approve(desk, found, caller.person)
    await desk.say(caller.room, caller.language, "approve-done", number=found.number, name=profile.name)


COMMAND = Command(
    "approve", "application.approve", run, rooms=frozenset({"admin"}), for_roles=frozenset({"admin"})
)
