"""`!reports`: supervisors and admins see which reports wait, and tell what came of one."""

from bot.care import reports
from bot.care.desk import Desk
from bot.commands.command import Caller, Command


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """List, or close one with words for the one who wrote it."""
    number, _, words = rest.strip().partition(" ")
    if number.lstrip("#").isascii() and number.lstrip("#").isdigit():
        await reports.close(desk, caller.person, caller.room, int(number.lstrip("#")), words.strip())
        return
    await reports.listed(desk, caller.person, caller.room)


COMMAND = Command(
    "reports",
    "alert.list",
    run,
    rooms=frozenset({"direct", "admin"}),
    for_roles=frozenset({"supervisor", "admin"}),
)
