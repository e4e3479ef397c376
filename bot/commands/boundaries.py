"""`!boundaries`: the agreement of a pair. `change` proposes a new one, line by line; a client may
give their wish in words behind it; `history` lists all versions.
"""

from bot.care import agreement, pairs
from bot.care.desk import Desk
from bot.care.terms import MODES
from bot.commands.command import Caller, Command
from bot.commands.standing import permits_in
from compliance.storage.pairs import Pair


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Show what the two agreed on, its history, or begin a change."""
    pair = await pairs.here_or_own(desk, caller)
    if pair is None:
        await desk.say(caller.room, caller.language, "pair-none")
        return
    if not await permits_in(desk, caller, "record.agreement", pair):
        return
    word, _, more = rest.strip().partition(" ")
    match word.casefold():
        case "change" if pair.therapist == caller.person.id:
            await _change(desk, caller, pair, more.strip().casefold())
        case "change" | "propose" if pair.client == caller.person.id:
            await agreement.ask_for_change(desk, caller.person, caller.room, pair, more.strip())
        case "propose":
            await agreement.offer_templates(desk, caller.person, pair)
        case "history":
            await agreement.history(desk, caller.person, caller.room, pair)
        case _:
            await agreement.show(desk, caller.person, caller.room, pair)


async def _change(desk: Desk, caller: Caller, pair: Pair, template: str) -> None:
    if template in ("last", "scratch", *MODES):
        await agreement.start_from(desk, caller.person, pair.id, template)
        return
    await agreement.offer_templates(desk, caller.person, pair)


COMMAND = Command(
    "boundaries",
    "boundaries",
    run,
    rooms=frozenset({"direct", "pair"}),
    aliases=("agreement",),
    for_roles=frozenset({"client", "therapist"}),
)
