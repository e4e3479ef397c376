"""`!alerts`: episodes that are not closed."""

from bot.care.desk import Desk
from bot.commands.alert_number import visible
from bot.commands.command import Caller, Command


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """List open and acknowledged alerts, oldest first; to a therapist those of their own clients."""
    language = caller.language
    rows = [
        desk.text(
            language,
            f"alerts-line-{alert.state}",
            number=alert.number,
            severity=desk.text(language, f"alert-severity-{alert.severity}"),
            since=desk.when(caller.person, alert.opened_at),
        )
        for alert in await visible(desk, caller)
    ]
    if not rows:
        await desk.say(caller.room, language, "alert-none")
        return
    await desk.say(caller.room, language, "alerts", rows="\n".join(rows))


COMMAND = Command("alerts", "alert.list", run, rooms=frozenset({"direct", "oncall", "admin"}))
