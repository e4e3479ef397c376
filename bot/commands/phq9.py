"""`!phq9`: fill in the PHQ-9; a therapist asks the client of this room to."""

from bot.care import pairs, questionnaires
from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from bot.commands.standing import permits_in


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Start the questionnaire in the client's own room."""
    pair = await pairs.here_or_own(desk, caller)
    if pair is None:
        await desk.say(caller.room, caller.language, "pair-none")
        return
    own = pair.client == caller.person.id
    if not own and not await permits_in(desk, caller, "form.ask", pair):
        return
    await questionnaires.start(desk, await desk.person(pair.client), "phq9")
    if caller.room.kind == "pair":
        await desk.say(caller.room, caller.language, "form-asked")


COMMAND = Command(
    "phq9", "forms", run, rooms=frozenset({"direct", "pair"}), for_roles=frozenset({"client", "therapist"})
)
