"""Reports: what somebody says in private about their therapist or the service reaches people whom it does not
concern. Kept sealed under the key of the one who wrote it.
"""

from pydantic import BaseModel, ConfigDict

from bot.care import questionnaires, supervision
from bot.care.cards import short_card
from bot.care.desk import Desk
from bot.forms.state import Outcome
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from config.ids import PersonId


class Report(BaseModel):
    """One report."""

    model_config = ConfigDict(frozen=True)

    number: int
    by: PersonId
    named: bool
    words: str
    readers: tuple[PersonId, ...] = ()
    """Who was told; nobody else may read or close it."""
    closed: bool = False


async def begin(desk: Desk, person: Person, words: str, *, shared: bool) -> None:
    """`!report`: with words it is sent at once, else two short questions. Always in the person's own room;
    `shared` if it was typed where the other one can read."""
    if shared:
        await desk.tell(person, "report-here", mention=True)
    elif words:
        await file(desk, person, words, named=True)
        return
    room = await desk.direct_room(person)
    if await desk.unit.forms.active(person.id, room.ref) is not None:
        await desk.say(room, person.language, "report-at-once")
        return
    await questionnaires.start(desk, person, "report")


async def finished(desk: Desk, person: Person, outcome: Outcome) -> None:
    """The two questions are answered."""
    if outcome.kind == "done":
        named = outcome.answers.get("named") == "yes"
        await file(desk, person, str(outcome.answers.get("matter", "")), named=named)


async def file(desk: Desk, person: Person, words: str, *, named: bool) -> None:
    """Send a report to people whom it does not concern, and tell the one who wrote who reads it."""
    therapists = await _therapists(desk, person)
    without = {person.id, *therapists}
    number = await _number(desk)
    report = Report(number=number, by=person.id, named=named, words=words)

    def text(language: str) -> str:
        names = [f"{desk.named(one, language)} ({one.mxid})" for one in therapists.values()]
        return desk.text(
            language,
            "report-arrived",
            number=number,
            who=f"{desk.named(person, language)} ({person.mxid})" if named else "unnamed",
            # A therapist with one client would give away who wrote.
            therapist=", ".join(names) if names and named else "none",
            words=words,
        )

    found = await supervision.tell(desk, without, text)
    report = report.model_copy(update={"readers": tuple(one.id for one in found.people)})
    await _save(desk, report)
    await desk.note(
        "report.made",
        by=person.id,
        outcome="done" if found.people else "nobody",
        number=number,
        count=len(found.people),
    )
    room = await desk.direct_room(person)
    help_lines = short_card(desk, person, person.language)
    if not found.people:
        await desk.say(room, person.language, "report-nobody", number=number, help=help_lines)
        return
    unnamed = desk.text(person.language, "report-reader")
    names = ", ".join(dict.fromkeys(one.name or unnamed for one in found.people))
    count = len(found.people)
    await desk.say(
        room, person.language, "report-sent", number=number, names=names, count=count, help=help_lines
    )


async def close(desk: Desk, reader: Person, room: Room, number: int, words: str) -> None:
    """Those who read it say what came of it."""
    report = next((one for one in await waiting(desk, reader.id) if one.number == number), None)
    if report is None or not words:
        await listed(desk, reader, room)
        return
    await _save(desk, report.model_copy(update={"closed": True}))
    await desk.note("report.closed", by=reader.id, number=number)
    person = await desk.person(report.by)
    help_lines = short_card(desk, person, person.language)
    await desk.tell(person, "report-closed", number=number, words=words, help=help_lines, mention=True)
    await desk.say(room, reader.language, "report-closed-noted", number=number)


async def listed(desk: Desk, reader: Person, room: Room) -> None:
    """The numbers of the reports that wait for this reader."""
    numbers = ", ".join(str(one.number) for one in await waiting(desk, reader.id))
    if numbers:
        await desk.say(room, reader.language, "report-list", numbers=numbers)
    else:
        await desk.say(room, reader.language, "report-list-none")


async def waiting(desk: Desk, reader: PersonId) -> list[Report]:
    """Open reports that were sent to this reader; nobody sees another's."""
    return [one for one in await _all(desk) if not one.closed and reader in one.readers]


async def _all(desk: Desk) -> list[Report]:
    found = [Report.model_validate_json(one.body_json) for one in await desk.unit.documents.all("report")]
    return sorted(found, key=lambda one: one.number)


async def _save(desk: Desk, report: Report) -> None:
    await desk.unit.documents.put("report", report.by, str(report.number), report.model_dump_json())


async def _number(desk: Desk) -> int:
    """A number that was never given before, also not to a report whose writer was erased since."""
    number = max((one.number for one in await _all(desk)), default=0) + 1
    while not await desk.unit.notices.once("report", "service", str(number)):
        number += 1
    return number


async def _therapists(desk: Desk, person: Person) -> dict[PersonId, Person]:
    """Everybody who is or was this person's therapist."""
    pairs = await desk.unit.pairs.of_client(person.id)
    known = {pair.therapist for pair in pairs if pair.state in ("active", "ended")}
    return {one: await desk.person(one) for one in sorted(known)}
