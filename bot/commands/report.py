"""`!report`: tell, in private, people who are not the therapist."""

from bot.care import reports
from bot.care.desk import Desk
from bot.commands.command import Caller, Command


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """In the own room it begins or is sent; typed elsewhere it goes on in the own room."""
    await reports.begin(desk, caller.person, rest, shared=caller.room.kind != "direct")


COMMAND = Command("report", "report", run, rooms=frozenset({"direct", "pair"}))
