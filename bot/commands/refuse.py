"""`!refuse 3 reason`: do not take a therapist on."""

from bot.care import vetting
from bot.care.desk import Desk
from bot.commands.application_number import find
from bot.commands.command import Caller, Command
from bot.commands.standing import permits


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Refuse an application, with words for the applicant."""
    found = await find(desk, caller, rest, "refuse")
    if found is None:
        return
    if found.person == caller.person.id:
        await desk.note("command.refused", by=caller.person.id, about=found.person, command=COMMAND.name)
        await desk.say(caller.room, caller.language, "application-own")
        return
    if not await permits(desk, caller, "application.decide", found.person):
        return
    _, _, reason = rest.partition(" ")
    if not reason.strip():
        await desk.say(caller.room, caller.language, "refuse-why", number=found.number)
        return
    if found.state != "waiting":
        await desk.say(caller.room, caller.language, "application-answered", number=found.number)
        return
    await vetting.refuse(desk, found, caller.person, reason.strip()[:1000])
    await desk.say(caller.room, caller.language, "refuse-done", number=found.number)


COMMAND = Command(
    "refuse", "application.refuse", run, rooms=frozenset({"admin"}), for_roles=frozenset({"admin"})
)
