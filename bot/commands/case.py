"""`!case 2`: somebody for whom a person decides whether therapy by text suits."""

import json

from bot.care import describing, intakes, matching, records
from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from bot.commands.standing import permits
from config.ids import PersonId


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Read a case, or decide it: `match` looks for a therapist, `refer` passes on words of the admin."""
    word, _, decision = rest.partition(" ")
    cases = await desk.unit.documents.all("case")
    open_now = {one.key: one for one in cases if json.loads(one.body_json)["state"] == "open"}
    case = open_now.get(word.strip().lstrip("#"))
    if case is None:
        numbers = ", ".join(sorted(open_now, key=int))
        key = "case-which" if open_now else "case-none"
        await desk.say(caller.room, caller.language, key, numbers=numbers)
        return
    person = await desk.person(PersonId(case.person))
    if not await permits(desk, caller, "case.decide", person.id):
        return
    step, _, words = decision.strip().partition(" ")
    if step == "match":
        await intakes.accept_case(desk, person, case.key, caller.person)
        await matching.look(desk, await desk.person(person.id))
        await desk.say(caller.room, caller.language, "case-matched", number=case.key)
        return
    if step == "refer" and words.strip():
        await intakes.refer_case(desk, person, case.key, caller.person, words.strip()[:2000])
        await desk.say(caller.room, caller.language, "case-referred", number=case.key)
        return
    document = await desk.unit.documents.get("intake", person.id)
    told: dict[str, object] = json.loads(document.body_json)["answers"] if document else {}
    await desk.note("record.read", by=caller.person.id, about=person.id, kind="intake")
    await desk.say(
        caller.room,
        caller.language,
        "case-shown",
        number=case.key,
        mxid=person.mxid,
        answers=describing.answers(desk, "intake", records.values(told), caller.language),
    )


COMMAND = Command(
    "case", "case", run, rooms=frozenset({"admin"}), aliases=("cases",), for_roles=frozenset({"admin"})
)
