"""How the commands of the measuring scales run: filled in by oneself, or asked of the client of a pair."""

from bot.care import pairs, questionnaires
from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from bot.commands.standing import permits_in


def command_for(form: str) -> Command:
    """The command of a scale, by the name of its form."""

    async def run(desk: Desk, caller: Caller, rest: str) -> None:
        """Start the questionnaire in the client's own room."""
        pair = await pairs.here_or_own(desk, caller)
        if pair is None:
            await desk.say(caller.room, caller.language, "pair-none")
            return
        own = pair.client == caller.person.id
        if not own and not await permits_in(desk, caller, "form.ask", pair):
            return
        await questionnaires.start(desk, await desk.person(pair.client), form)
        if caller.room.kind == "pair":
            await desk.say(caller.room, caller.language, "form-asked")

    kinds, roles = frozenset({"direct", "pair"}), frozenset({"client", "therapist"})
    return Command(form, "forms", run, rooms=kinds, for_roles=roles)
