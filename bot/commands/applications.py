"""`!applications`: therapists who wait for an answer."""

from bot.care import records
from bot.care.desk import Desk
from bot.commands.command import Caller, Command


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """List the numbers of applications that wait."""
    waiting = await records.waiting_applications(desk)
    numbers = ", ".join(str(one.number) for one in waiting)
    key = "applications" if waiting else "applications-none"
    await desk.say(caller.room, caller.language, key, numbers=numbers)


COMMAND = Command(
    "applications", "application.list", run, rooms=frozenset({"admin"}), for_roles=frozenset({"admin"})
)
