"""`!ack 3`: somebody takes an alert."""

from bot.care import alerts
from bot.care.desk import Desk
from bot.commands.alert_number import find
from bot.commands.command import Caller, Command
from bot.commands.standing import permits


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Acknowledge an alert; it stops climbing."""
    alert = await find(desk, caller, rest, "ack")
    if alert is None or not await permits(desk, caller, "alert.take", alert.person):
        return
    if await alerts.acknowledge(desk, alert, caller.person):
        await desk.say(caller.room, caller.language, "ack-done", number=alert.number)
        return
    taker = await desk.person(alert.acknowledged_by) if alert.acknowledged_by else None
    await desk.say(
        caller.room,
        caller.language,
        "crisis-alert-taken-already",
        number=alert.number,
        name=(taker.name or taker.mxid) if taker else desk.text(caller.language, "crisis-team"),
    )


COMMAND = Command(
    "ack",
    "alert.ack",
    run,
    rooms=frozenset({"direct", "oncall", "admin"}),
    for_roles=frozenset({"therapist", "oncall", "supervisor", "admin"}),
)
