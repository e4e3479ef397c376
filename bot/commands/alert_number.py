"""Which alert a command means, among those that this person may see."""

from bot.care.desk import Desk
from bot.commands.command import Caller
from compliance.storage.alerts import Alert


async def find(desk: Desk, caller: Caller, rest: str, command: str) -> Alert | None:
    """The alert with the number that was typed, or the only one; otherwise says what to write.

    A therapist sees alerts of their own clients alone; those of others look like none at all.
    """
    seen = [alert for alert in await desk.unit.alerts.not_closed() if await _may_see(desk, caller, alert)]
    word = rest.strip().lstrip("#")
    if word.isascii() and word.isdigit():
        for alert in seen:
            if alert.number == int(word):
                return alert
    elif not word and len(seen) == 1:
        return seen[0]
    numbers = ", ".join(str(alert.number) for alert in seen)
    key = "alert-which" if seen else "alert-none"
    await desk.say(caller.room, caller.language, key, numbers=numbers, command=command)
    return None


async def _may_see(desk: Desk, caller: Caller, alert: Alert) -> bool:
    if caller.roles & {"oncall", "supervisor", "admin"}:
        return True
    if alert.pair is None:
        return False
    return (await desk.unit.pairs.get(alert.pair)).therapist == caller.person.id
