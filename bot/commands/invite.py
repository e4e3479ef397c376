"""`!invite @anna:example.org`: let somebody join, whoever else may."""

from bot.care import invitations
from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from bot.commands.matrix_ids import read


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Invite people by Matrix id; all or, if one of the ids can't be right, nobody."""
    mxids = await read(desk, caller, rest, COMMAND.name)
    if not mxids:
        return
    foreign = [mxid for mxid in mxids if invitations.too_far(desk, mxid)]
    if foreign:
        await desk.say(caller.room, caller.language, "invite-far", mxid=foreign[0])
        return
    for mxid in mxids:
        await invitations.invite(desk, mxid, caller.person)
    names = ", ".join(mxids)
    await desk.say(caller.room, caller.language, "invite-done", mxid=names, bot=desk.house.bot)


COMMAND = Command("invite", "invite", run, rooms=frozenset({"admin"}), for_roles=frozenset({"admin"}))
