"""`!close 3`: a person ends an episode."""

from bot.care import alerts
from bot.care.desk import Desk
from bot.commands.alert_number import find
from bot.commands.command import Caller, Command
from bot.commands.standing import permits


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Close an episode that was acknowledged; software never does this."""
    alert = await find(desk, caller, rest, "close")
    if alert is None or not await permits(desk, caller, "alert.take", alert.person):
        return
    if alert.state != "acknowledged":
        await desk.say(caller.room, caller.language, "close-first-ack", number=alert.number)
        return
    await alerts.close(desk, alert, caller.person)
    await desk.say(caller.room, caller.language, "close-done", number=alert.number)


COMMAND = Command(
    "close",
    "alert.close",
    run,
    rooms=frozenset({"direct", "oncall", "admin"}),
    for_roles=frozenset({"therapist", "oncall", "supervisor", "admin"}),
)
