"""`!fine`: what a nudge was about is fine between the two, so say no more of it for a while."""

from bot.care import conduct
from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from compliance.boundaries import KINDS


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """The typed way to answer a nudge, about the last one or a kind that is named."""
    pair = await conduct.newest_nudged(desk, caller.person.id)
    if pair is None:
        await desk.say(caller.room, caller.language, "pair-none")
        return
    await conduct.fine(desk, caller.person, caller.room, pair, _kind(desk, caller, rest))


def _kind(desk: Desk, caller: Caller, rest: str) -> str:
    """The kind that was named, in the caller's words or in ours; what is not understood stays as it is."""
    word = rest.strip().casefold()
    for kind in KINDS:
        if word and (
            word == kind or word in desk.text(caller.language, f"boundaries-kind-{kind}").casefold()
        ):
            return kind
    return word


COMMAND = Command("fine", "boundaries", run, for_roles=frozenset({"client", "therapist"}))
