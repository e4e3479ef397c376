"""`!book`: open times; `!book 2` or `!book tomorrow at 3` takes one."""

from bot.calendar.slots import WhenError
from bot.care import pairs, sessions
from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from bot.commands.standing import permits_in
from matching.profile import Way


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Show open times, or book the one that was named."""
    pair = await pairs.here_or_own(desk, caller)
    if pair is None:
        await desk.say(caller.room, caller.language, "pair-none")
        return
    if not await permits_in(desk, caller, "session.change", pair):
        return
    if not rest or rest.casefold() in {way.value for way in Way}:
        await sessions.offer_slots(desk, caller.person, caller.room, pair, rest.casefold())
        return
    try:
        await sessions.book_by_words(desk, caller.person, caller.room, pair, rest)
    except WhenError as error:
        wrong = desk.text(caller.language, f"calendar-when-error-{error.kind}", part=error.part)
        await desk.say(caller.room, caller.language, "book-unclear", wrong=wrong)


COMMAND = Command(
    "book", "book", run, rooms=frozenset({"direct", "pair"}), for_roles=frozenset({"client", "therapist"})
)
