"""`!safetyplan`: see or begin one's safety plan; `change`, `share` or `private` after it."""

from bot.care import questionnaires, safetyplan
from bot.care.desk import Desk
from bot.commands.command import Caller, Command


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """All of it happens in the caller's direct room: a pair's room has another reader."""
    person = caller.person
    if "client" not in caller.roles or (caller.room.kind == "pair" and "therapist" in caller.roles):
        await safetyplan.show_shared(desk, person)
        return
    match rest.casefold().strip():
        case "":
            plan = await safetyplan.of(desk, person.id)
            if plan is None:
                await _ask(desk, caller)
            else:
                await safetyplan.show(desk, person)
        case "change":
            await _ask(desk, caller)
        case "share":
            await safetyplan.share(desk, person)
        case "private" | "keep" | "unshare":
            await safetyplan.make_private(desk, person)
        case _:
            await desk.tell(person, "safetyplan-usage")
    if caller.room.kind == "pair":
        await desk.say(caller.room, caller.language, "safetyplan-in-direct")


async def _ask(desk: Desk, caller: Caller) -> None:
    """Begin the questions; a plan that is there is shown as it stands, to be changed line by line."""
    room = await desk.direct_room(caller.person)
    if await desk.unit.forms.active(caller.person.id, room.ref) is not None:
        await desk.tell(caller.person, "safetyplan-after-form")
        return
    plan = await safetyplan.of(desk, caller.person.id)
    await questionnaires.start(
        desk, caller.person, "safetyplan", standing=plan.answers if plan is not None else None
    )


COMMAND = Command(
    "safetyplan",
    "safetyplan",
    run,
    rooms=frozenset({"direct", "pair"}),
    aliases=("plan",),
    for_roles=frozenset({"client", "therapist"}),
)
