"""`!promises`: how many answers came in the time that clients were told."""

from bot.care import promises
from bot.care.desk import Desk
from bot.commands.command import Caller, Command


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """To a therapist their own; to those who supervise one share over all, if enough pairs are in it."""
    if "therapist" in caller.roles and caller.room.kind == "direct":
        await _own(desk, caller)
        return
    share = await promises.share(desk)
    if share is None:
        await desk.say(caller.room, caller.language, "promises-few", fewest=promises.FEWEST)
        return
    lines = [desk.text(caller.language, "promises-share", share=share)]
    if left := await promises.left(desk):
        lines.append(desk.text(caller.language, "promises-share-left", left=left))
    await desk.speak(caller.room, " ".join(lines))


async def _own(desk: Desk, caller: Caller) -> None:
    ledgers = [
        await promises.ledger_of(desk, pair) for pair in await desk.unit.pairs.of_therapist(caller.person.id)
    ]
    kept, missed = sum(one.kept for one in ledgers), sum(one.missed for one in ledgers)
    key = "promises-own" if kept + missed else "promises-own-none"
    lines = [desk.text(caller.language, key, kept=kept, missed=missed)]
    if none := sum(one.unneeded + one.left for one in ledgers):
        left = sum(one.left for one in ledgers)
        lines.append(desk.text(caller.language, "promises-own-unneeded", count=none, left=left))
    await desk.speak(caller.room, " ".join(lines))


COMMAND = Command(
    "promises",
    "promises",
    run,
    rooms=frozenset({"direct", "admin"}),
    for_roles=frozenset({"therapist", "supervisor", "admin"}),
)
