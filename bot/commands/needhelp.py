"""`!needhelp`: somebody needs help now."""

from bot.care import crisis
from bot.care.desk import Desk
from bot.commands.command import Caller, Command


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """The typed way to ask for help, also when nothing was asked."""
    await crisis.ask_for_help(desk, caller.person, caller.room)


COMMAND = Command("needhelp", "crisis", run, rooms=frozenset({"direct", "pair"}))
