"""`!help`: what can be written here, by whom."""

from bot.care.cards import short_card
from bot.care.desk import Desk
from bot.commands.command import Caller, Command


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """List the commands that this person may use in this room, one line each."""
    from bot.commands.registry import offered

    names = [desk.text(caller.language, f"command-{command.name}") for command in offered(caller)]
    await desk.say(
        caller.room,
        caller.language,
        "help",
        commands="\n".join(names),
        help=short_card(desk, caller.person, caller.language),
    )


COMMAND = Command(
    "help", "help", run, rooms=frozenset({"direct", "pair", "admin", "oncall"}), aliases=("commands", "hilfe")
)
