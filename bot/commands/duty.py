"""`!duty`: who would be called about an alert, and whom a call would not reach."""

from bot.care import rota
from bot.care.desk import Desk
from bot.commands.command import Caller, Command


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """List everybody with a duty, those who can't be reached with the reason."""
    language = caller.language
    rows = [
        desk.text(
            language,
            "duty-line",
            name=one.person.name or one.person.mxid,
            role=one.role,
            why=one.why or "none",
        )
        for one in await rota.duties(desk)
    ]
    await desk.say(caller.room, language, "duty", rows="\n".join(rows))


COMMAND = Command("duty", "duty", run, rooms=frozenset({"direct", "oncall", "admin"}))
