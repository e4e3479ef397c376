"""What an intake leads to: looking for a therapist, a person who looks first, or a kind refusal."""

import json
from dataclasses import replace

from bot.care import matching
from bot.care.cards import asked_card, short_card
from bot.care.desk import Desk
from bot.forms import intake
from bot.forms.state import Outcome
from compliance.storage.people import Person


async def intake_ended(desk: Desk, person: Person, outcome: Outcome) -> None:
    """An intake ended: done, to be looked at by a person first, or with somebody who is under age."""
    match outcome.kind:
        case "minor":
            await _minor(desk, person)
        case "refer":
            await _keep(desk, person, outcome, stage="referred")
            await _refer(desk, person, outcome)
        case "done":
            person = await _keep(desk, person, outcome, stage="waiting")
            await matching.look(desk, person)
        case _:
            await desk.tell(person, "intake-stopped", help=short_card(desk, person, person.language))


async def _keep(desk: Desk, person: Person, outcome: Outcome, *, stage: str) -> Person:
    needs = intake.needs(outcome.answers)
    person = replace(
        person,
        stage=stage,
        name=intake.name(outcome.answers) or person.name,
        zone=needs.zone,
        country=needs.country,
        region=needs.region,
    )
    await desk.unit.people.save(person)
    body = {"answers": outcome.answers, "flags": list(outcome.flags), "needs": needs.model_dump(mode="json")}
    await desk.unit.documents.put("intake", person.id, "", json.dumps(body, default=str))
    await desk.unit.grants.give(person.id, "client", by="service")
    await desk.note("role.granted", by="service", about=person.id, role="client")
    return person


async def _minor(desk: Desk, person: Person) -> None:
    """Too young for this service: a kind refusal with help lines. What was told so far is not kept."""
    await desk.unit.people.save(replace(person, stage="minor"))
    age = desk.settings.care.minimum_age
    await desk.tell(person, "intake-minor", age=age, help=asked_card(desk, person))


async def _refer(desk: Desk, person: Person, outcome: Outcome) -> None:
    """Signs that therapy by text may not suit: a person decides, never software alone."""
    await desk.tell(person, "intake-referred", help=short_card(desk, person, person.language))
    admins = await desk.staff_room("admin")
    number = await _case_number(desk, person)
    await desk.say(
        admins,
        desk.language,
        "case-new",
        number=number,
        flags=", ".join(outcome.flags),
        mention=await desk.mxids("admin"),
    )
    await desk.note("case.opened", by="service", about=person.id)


async def _case_number(desk: Desk, person: Person) -> int:
    cases = await desk.unit.documents.all("case")
    number = len(cases) + 1
    await desk.unit.documents.put("case", person.id, str(number), json.dumps({"state": "open"}))
    return number


async def accept_case(desk: Desk, person: Person, number: str, by: Person) -> None:
    """A person has looked: therapy by text can be tried, so they wait for a therapist like others."""
    await desk.unit.documents.put("case", person.id, number, json.dumps({"state": "accepted"}))
    await desk.unit.people.save(replace(person, stage="waiting"))
    await desk.note("case.accepted", by=by.id, about=person.id)
    await desk.tell(person, "case-accepted")


async def refer_case(desk: Desk, person: Person, number: str, by: Person, words: str) -> None:
    """A person has looked: something else suits better; they say what, in their own words."""
    await desk.unit.documents.put("case", person.id, number, json.dumps({"state": "referred"}))
    await desk.note("case.referred", by=by.id, about=person.id)
    await desk.tell(person, "case-referred-client", words=words, help=asked_card(desk, person))
