"""`!agree`: one of the two agrees to what the other one proposed."""

from bot.care import agreement, pairs
from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from bot.commands.standing import permits_in


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """The typed way to agree, for people whose program shows no polls."""
    pair = await pairs.here_or_own(desk, caller)
    if pair is None:
        await desk.say(caller.room, caller.language, "pair-none")
        return
    if not await permits_in(desk, caller, "agreement.agree", pair):
        return
    version = await agreement.latest_version(desk, pair)
    if not version:
        await desk.say(caller.room, caller.language, "agreement-none")
        return
    await agreement.answer(desk, caller.person, caller.room, f"{pair.id}:{version}", agree=True)


COMMAND = Command(
    "agree", "agreement.agree", run, rooms=frozenset({"pair"}), for_roles=frozenset({"client", "therapist"})
)
