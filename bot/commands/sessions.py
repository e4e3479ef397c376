"""`!sessions`: what is booked."""

from bot.care import pairs, sessions
from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from bot.commands.standing import permits_in


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """List coming sessions on the reader's own clock."""
    person, language = caller.person, caller.language
    rows: list[str] = []
    for pair in await pairs.own(desk, caller):
        if not await permits_in(desk, caller, "record.session", pair):
            return
        other = await desk.person(pair.therapist if pair.client == person.id else pair.client)
        rows += [
            desk.text(
                language,
                "sessions-line",
                when=desk.when(person, one.starts_at),
                other=desk.named(other, language),
                way=desk.text(language, f"match-way-{one.way}"),
            )
            for one in await sessions.upcoming(desk, pair)
        ]
    if not rows:
        await desk.say(caller.room, language, "sessions-none")
        return
    listed = "\n".join(f"{number}. {row}" for number, row in enumerate(rows, 1))
    await desk.say(caller.room, language, "sessions", rows=listed)


COMMAND = Command(
    "sessions",
    "sessions",
    run,
    rooms=frozenset({"direct", "pair"}),
    for_roles=frozenset({"client", "therapist"}),
)
