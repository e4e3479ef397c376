"""`!start`: begin, or go on where one stopped."""

from bot.care import joining, questionnaires
from bot.care.desk import Desk
from bot.commands.command import Caller, Command


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Begin joining again after a stop or a refusal of consent; an open form goes on."""
    person = caller.person
    room = await desk.direct_room(person)
    if await desk.unit.forms.active(person.id, room.ref) is not None:
        await joining.greet(desk, person)
        return
    match person.stage:
        case "new":
            await joining.begin(desk, person)
        case "consented":
            await questionnaires.start(desk, person, "intake")
        case _:
            await joining.greet(desk, person)


COMMAND = Command("start", "start", run, rooms=frozenset({"direct"}), aliases=("begin",))
