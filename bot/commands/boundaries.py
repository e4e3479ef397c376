"""`!boundaries`: the agreement of a pair; a therapist adds `change` to propose a new one."""

from bot.care import agreement, pairs
from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from bot.commands.standing import permits_in


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Show what the two agreed on, or begin a new proposal."""
    pair = await pairs.here_or_own(desk, caller)
    if pair is None:
        await desk.say(caller.room, caller.language, "pair-none")
        return
    if not await permits_in(desk, caller, "record.agreement", pair):
        return
    if rest.casefold() == "change":
        if pair.therapist != caller.person.id:
            await desk.say(caller.room, caller.language, "agreement-client-asks")
            return
        await agreement.propose_again(desk, caller.person, pair)
        return
    await agreement.show(desk, caller.person, caller.room, pair)


COMMAND = Command(
    "boundaries",
    "boundaries",
    run,
    rooms=frozenset({"direct", "pair"}),
    aliases=("agreement",),
    for_roles=frozenset({"client", "therapist"}),
)
