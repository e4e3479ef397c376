"""`!rejoin`: be invited again into a shared room that one has left."""

from bot.care import pairs
from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from bot.outbound import Invite


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Invite the caller again into the rooms of their active pairs."""
    invited = False
    for pair in await pairs.active(desk, caller.person):
        room = await desk.unit.rooms.of_pair(pair.id)
        if room is not None and room.state == "open":
            await desk.send(room, Invite(user=caller.person.mxid))
            invited = True
    await desk.say(caller.room, caller.language, "room-rejoined" if invited else "room-rejoin-none")


COMMAND = Command("rejoin", "sessions", run, for_roles=frozenset({"client", "therapist"}))
