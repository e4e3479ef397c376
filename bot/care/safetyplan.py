"""Safety plans: sealed, shown to their owner at any time, and to the therapist only if the owner says so."""

import json
from dataclasses import dataclass

from bot.care import describing, pairs, records
from bot.care.cards import short_card
from bot.care.desk import Choice, Desk
from bot.forms.conditions import Value
from bot.forms.state import Outcome
from compliance.storage.people import Person
from config.ids import PersonId


@dataclass(frozen=True, slots=True)
class Plan:
    """A person's safety plan."""

    answers: dict[str, Value]
    shared_with: PersonId | None
    """The therapist who may see it. Another therapist, after a switch, may not."""


async def of(desk: Desk, person: PersonId) -> Plan | None:
    """The plan of a person."""
    document = await desk.unit.documents.get("safetyplan", person)
    if document is None:
        return None
    body = json.loads(document.body_json)
    return Plan(records.values(body["answers"]), body["shared_with"])


async def _keep(desk: Desk, person: Person, plan: Plan) -> None:
    body = {"answers": plan.answers, "shared_with": plan.shared_with}
    await desk.unit.documents.put("safetyplan", person.id, "", json.dumps(body))
    await desk.note("record.written", by=person.id, about=person.id, kind="safetyplan")


async def is_shared(desk: Desk, person: Person, therapist: Person) -> bool:
    """Whether this therapist may see the plan of this person."""
    plan = await of(desk, person.id)
    return plan is not None and plan.shared_with == therapist.id


async def show(desk: Desk, person: Person) -> None:
    """Show the owner their plan in their direct room, with the numbers for where they are now."""
    plan = await of(desk, person.id)
    if plan is None:
        await desk.tell(person, "safetyplan-none")
        return
    help_lines = short_card(desk, person, person.language)
    written = describing.answers(desk, "safetyplan", plan.answers, person.language)
    if not written:
        await desk.tell(person, "safetyplan-empty", help=help_lines)
        return
    pair = await pairs.as_client(desk, person)
    shared = pair is not None and plan.shared_with == pair.therapist
    await desk.tell(
        person, "safetyplan-shown", plan=written, help=help_lines, shared="yes" if shared else "no"
    )


async def finished(desk: Desk, person: Person, outcome: Outcome) -> None:
    """The questions were answered: keep the plan, then ask whether the therapist may see it."""
    if outcome.kind == "stopped":
        return
    before = await of(desk, person.id)
    plan = Plan(outcome.answers, before.shared_with if before else None)
    await _keep(desk, person, plan)
    pair = await pairs.as_client(desk, person)
    if pair is None:
        return
    therapist = await desk.person(pair.therapist)
    if plan.shared_with == therapist.id:
        await _show_therapist(desk, person, therapist, plan, "safetyplan-changed-for-you")
        return
    language = person.language
    await desk.ask(
        await desk.direct_room(person),
        person,
        purpose="safetyplan",
        subject=therapist.id,
        question=desk.text(language, "safetyplan-share-question"),
        choices=(
            Choice("share", desk.text(language, "safetyplan-share-yes")),
            Choice("keep", desk.text(language, "safetyplan-share-no")),
        ),
        hint=desk.text(language, "safetyplan-share-hint"),
    )


async def answer(desk: Desk, person: Person, therapist_id: str, choice: str) -> None:
    """The owner's answer to whether this therapist may see it."""
    pair = await pairs.as_client(desk, person)
    if choice == "share" and (pair is None or pair.therapist != therapist_id):
        await desk.tell(person, "poll-past")  # asked about an earlier therapist
        return
    await (share(desk, person) if choice == "share" else make_private(desk, person))


async def share(desk: Desk, person: Person) -> None:
    """Let the therapist of now see the plan."""
    plan, pair = await of(desk, person.id), await pairs.as_client(desk, person)
    if plan is None:
        await desk.tell(person, "safetyplan-none")
        return
    if pair is None:
        await desk.tell(person, "safetyplan-share-alone")
        return
    therapist = await desk.person(pair.therapist)
    if plan.shared_with != therapist.id:
        plan = Plan(plan.answers, therapist.id)
        await _keep(desk, person, plan)
        await _show_therapist(desk, person, therapist, plan, "safetyplan-shared-with-you")
    await desk.tell(person, "safetyplan-share-done")


async def make_private(desk: Desk, person: Person) -> None:
    """End the sharing; the therapist hears that it has ended."""
    plan = await of(desk, person.id)
    if plan is None:
        await desk.tell(person, "safetyplan-none")
        return
    if plan.shared_with is not None:
        await _keep(desk, person, Plan(plan.answers, None))
        therapist = await desk.person(plan.shared_with)
        name = desk.named(person, therapist.language)
        await desk.tell(therapist, "safetyplan-withdrawn-for-you", client=name)
    await desk.tell(person, "safetyplan-private-done")


async def show_shared(desk: Desk, therapist: Person) -> None:
    """Show a therapist, in their direct room, the plans that their clients share with them."""
    found = False
    for pair in await desk.unit.pairs.of_therapist(therapist.id):
        plan = await of(desk, pair.client) if pair.state == "active" else None
        if plan is not None and plan.shared_with == therapist.id:
            client = await desk.person(pair.client)
            await _show_therapist(desk, client, therapist, plan, "safetyplan-shared-with-you")
            found = True
    if not found:
        await desk.tell(therapist, "safetyplan-not-shared")


async def _show_therapist(desk: Desk, person: Person, therapist: Person, plan: Plan, key: str) -> None:
    head = desk.text(therapist.language, key, client=desk.named(person, therapist.language))
    written = describing.answers(desk, "safetyplan", plan.answers, therapist.language)
    await desk.speak(await desk.direct_room(therapist), f"{head}\n\n{written}")
    await desk.note("record.read", by=therapist.id, about=person.id, kind="safetyplan")
