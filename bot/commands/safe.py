"""`!safe`: somebody says that they are safe; a person still hears of it."""

from bot.care import crisis
from bot.care.cards import short_card
from bot.care.desk import Desk
from bot.commands.command import Caller, Command


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """The typed way to answer how one is, also when nothing was asked."""
    alert = await desk.unit.alerts.current(caller.person.id)
    if alert is not None:
        await crisis.answer_check(desk, caller.person, caller.room, alert.id, "safe")
        return
    help_lines = short_card(desk, caller.person, caller.language)
    await desk.say(caller.room, caller.language, "crisis-check-nothing-open", help=help_lines)


COMMAND = Command("safe", "crisis", run, rooms=frozenset({"direct", "pair"}))
