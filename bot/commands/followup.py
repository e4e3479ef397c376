"""`!followup on|off|ask`: whether clients of this therapist are asked how they are the day after an alert."""

from bot.care import followup
from bot.care.desk import Desk
from bot.commands.command import Caller, Command

_SETTINGS = {"on": True, "off": False, "ask": None}


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Show the setting, or change it."""
    word = rest.casefold().strip()
    if word in _SETTINGS:
        await followup.set_setting(desk, caller.person.id, _SETTINGS[word])
    now = await followup.setting(desk, caller.person.id)
    key = "ask" if now is None else "on" if now else "off"
    await desk.say(caller.room, caller.language, f"crisis-follow-up-set-{key}")


COMMAND = Command("followup", "desk", run)
