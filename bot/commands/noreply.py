"""`!noreply`: what a client wrote needs no answer. A therapist adds the number in `!queue`, and why."""

import re

from bot.care import noreply, pairs
from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from bot.routing.noreply import COMMANDS
from compliance.storage.pairs import Pair

_NUMBERED = re.compile(r"#?(?P<number>\d{1,4})(?:[.:,)]|\s|$)\s*(?P<reason>.*)", re.DOTALL)


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """In the shared room it is about that pair; in the own room a therapist names whom they mean."""
    if caller.room.pair is not None:
        await _about(desk, caller, await desk.unit.pairs.get(caller.room.pair), rest)
        return
    own = await pairs.as_client(desk, caller.person)
    if own is not None and ("therapist" not in caller.roles or not rest):
        await _about(desk, caller, own, rest)
        return
    if "therapist" not in caller.roles:
        await desk.say(caller.room, caller.language, "pair-none")
        return
    match = _NUMBERED.fullmatch(rest)
    found = await noreply.numbered(desk, caller.person, int(match["number"])) if match else None
    if match is None or found is None:
        await desk.say(caller.room, caller.language, "noreply-which")
        return
    await _about(desk, caller, found, match["reason"])


async def _about(desk: Desk, caller: Caller, pair: Pair, rest: str) -> None:
    if pair.state != "active":
        await desk.say(caller.room, caller.language, "pair-ended")
    elif pair.client == caller.person.id:
        await noreply.by_client(desk, caller.person, caller.room, pair)
    else:
        await noreply.by_therapist(desk, caller.person, caller.room, pair, rest.strip())


COMMAND = Command(
    COMMANDS[0],
    "noreply",
    run,
    rooms=frozenset({"direct", "pair"}),
    aliases=COMMANDS[1:],
    for_roles=frozenset({"client", "therapist"}),
)
