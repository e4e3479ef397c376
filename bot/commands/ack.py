"""`!ack 3`: somebody takes an alert."""

from bot.care import crisis
from bot.care.desk import Desk
from bot.commands.alert_number import find
from bot.commands.command import Caller, Command
from bot.commands.standing import permits


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Acknowledge an alert; it stops climbing."""
    alert = await find(desk, caller, rest, "ack")
    if alert is None or not await permits(desk, caller, "alert.take", alert.person):
        return
    key = "ack-done" if await crisis.acknowledge(desk, alert, caller.person) else "ack-already"
    await desk.say(caller.room, caller.language, key, number=alert.number)


COMMAND = Command(
    "ack",
    "alert.ack",
    run,
    rooms=frozenset({"direct", "oncall", "admin"}),
    for_roles=frozenset({"therapist", "oncall", "supervisor", "admin"}),
)
