"""`!needhelp`: somebody needs help now."""

from bot.care import crisis
from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from compliance.crisis import Screening, Severity


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """The typed way to answer how one is, also when nothing was asked."""
    alert = await desk.unit.alerts.current(caller.person.id)
    if alert is not None:
        await crisis.answer_check(desk, caller.person, caller.room, alert.id, "need")
        return
    screening = Screening(Severity.emergency, frozenset(), ("asked-for-help",))
    await crisis.respond(desk, caller.person, caller.room, screening)


COMMAND = Command("needhelp", "crisis", run, rooms=frozenset({"direct", "pair"}))
