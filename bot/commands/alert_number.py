"""Which alert a command means, among those that this person may see."""

from bot.care.desk import Desk
from bot.commands.command import Caller
from bot.commands.standing import may
from compliance.storage.alerts import Alert


async def find(desk: Desk, caller: Caller, rest: str, command: str) -> Alert | None:
    """The alert with the number that was typed, or the only one; otherwise says what to write.

    A therapist sees alerts of their own clients alone; those of others look like none at all.
    """
    seen = await visible(desk, caller)
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


async def visible(desk: Desk, caller: Caller) -> list[Alert]:
    """Alerts that are not closed and that the policy lets the caller see."""
    return [
        alert
        for alert in await desk.unit.alerts.not_closed()
        if await may(desk, caller, "record.alert", alert.person)
    ]
