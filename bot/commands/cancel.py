"""`!cancel [number]`: call a session off."""

from bot.care import pairs, sessions
from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from bot.commands.standing import permits_in


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Cancel the only session, or the one with this number in `!sessions`."""
    booked = [one for pair in await pairs.own(desk, caller) for one in await sessions.upcoming(desk, pair)]
    if not booked:
        await desk.say(caller.room, caller.language, "sessions-none")
        return
    number = int(rest) if rest.isascii() and rest.isdigit() else 1 if len(booked) == 1 and not rest else 0
    if not 1 <= number <= len(booked):
        await desk.say(caller.room, caller.language, "cancel-which", most=len(booked))
        return
    session = booked[number - 1]
    if not await permits_in(desk, caller, "session.change", await desk.unit.pairs.get(session.pair)):
        return
    await sessions.cancel(desk, session, caller.person)
    if caller.room.kind == "pair":
        await desk.say(caller.room, caller.language, "cancel-done-here")


COMMAND = Command(
    "cancel", "cancel", run, rooms=frozenset({"direct", "pair"}), for_roles=frozenset({"client", "therapist"})
)
