"""`!about`: what this is, what the bot reads, who runs it."""

from bot.care import detection
from bot.care.desk import Desk
from bot.commands.command import Caller, Command


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Say what the service is and what the bot reads and keeps."""
    await desk.say(
        caller.room,
        caller.language,
        "about",
        detection=detection.mode(desk, caller.person),
        blind=desk.text(caller.language, "crisis-blind"),
    )


COMMAND = Command("about", "about", run, rooms=frozenset({"direct", "pair"}), aliases=("privacy",))
