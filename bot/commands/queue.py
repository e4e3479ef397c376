"""`!queue`: who waits for an answer, and how long."""

from bot.calendar import say
from bot.care import noreply, promises
from bot.care.desk import Desk
from bot.care.promises import Waiting
from bot.commands.command import Caller, Command


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """To a therapist their own clients; to those who supervise everybody, without names."""
    language = caller.language
    own = "therapist" in caller.roles and caller.room.kind == "direct"
    if own:
        pairs = await desk.unit.pairs.of_therapist(caller.person.id)
        found = await promises.waiting_of(desk, pairs)
    else:
        found = await promises.everybody_waiting(desk)
    if not found:
        await desk.say(caller.room, language, "queue-none" if own else "queue-all-none")
        return
    rows: list[str] = []
    for number, (pair, waiting) in enumerate(found, 1):
        client = desk.named(await desk.person(pair.client), language)
        rows.append(
            _row(desk, caller, waiting, number, client if own else desk.text(language, "queue-somebody"))
        )
    if own:
        await noreply.remember_numbers(desk, caller.person, [pair for pair, _ in found])
    await desk.say(caller.room, language, "queue" if own else "queue-all", rows="\n".join(rows))


def _row(desk: Desk, caller: Caller, waiting: Waiting, number: int, client: str) -> str:
    promise = waiting.promise
    late = waiting.missed or (promise is not None and promise.missed(desk.now))
    key = "queue-line-open" if promise is None else "queue-line-missed" if late else "queue-line"
    return desk.text(
        caller.language,
        key,
        number=number,
        client=client,
        waiting=say.duration(desk.house.words, caller.language, desk.now - waiting.since),
        by=desk.when(caller.person, promise.due) if promise else "",
    )


COMMAND = Command(
    "queue",
    "queue",
    run,
    rooms=frozenset({"direct", "admin"}),
    for_roles=frozenset({"therapist", "supervisor", "admin"}),
)
