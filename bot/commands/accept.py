"""`!accept`: a therapist's answer to the oldest open request."""

from bot.care import matching, pairs
from bot.care.desk import Desk
from bot.commands.command import Caller, Command


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Answer the oldest request that waits for this therapist."""
    pair = await pairs.oldest_offer(desk, caller.person)
    if pair is None:
        await desk.say(caller.room, caller.language, "offer-none")
        return
    await matching.answer_offer(desk, caller.person, pair.id, accept=True)


COMMAND = Command("accept", "match.accept", run, for_roles=frozenset({"therapist"}))
