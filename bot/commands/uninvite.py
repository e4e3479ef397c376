"""`!uninvite @anna:example.org`: take an invitation back."""

from bot.care import invitations
from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from bot.commands.matrix_ids import read


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Take invitations back. Who has begun already stays."""
    for mxid in await read(desk, caller, rest, COMMAND.name):
        became = await invitations.take_back(desk, mxid, caller.person)
        await desk.say(caller.room, caller.language, f"uninvite-{became}", mxid=mxid)


COMMAND = Command("uninvite", "invite", run, rooms=frozenset({"admin"}), for_roles=frozenset({"admin"}))
