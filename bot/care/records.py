"""Records as use cases read and keep them: what a client needs, a therapist's application and profile."""

import json
from dataclasses import dataclass
from typing import cast

from bot.care.desk import Desk
from bot.forms.conditions import Value
from compliance.storage.documents import Document
from compliance.storage.people import Person
from config.ids import PersonId
from matching.profile import ClientNeeds, TherapistProfile


@dataclass(frozen=True, slots=True)
class Application:
    """A therapist's application."""

    number: int
    person: PersonId
    state: str
    """waiting, approved or refused"""
    answers: dict[str, Value]


async def needs_of(desk: Desk, client: Person) -> ClientNeeds | None:
    """What a client told at intake, as matching reads it; None before the intake is done."""
    document = await desk.unit.documents.get("intake", client.id)
    if document is None:
        return None
    return ClientNeeds.model_validate(json.loads(document.body_json)["needs"])


def values(stored: dict[str, object]) -> dict[str, Value]:
    """Answers as they were before they were JSON, which knows no tuples."""
    found: dict[str, Value] = {}
    for name, value in stored.items():
        if isinstance(value, list):
            found[name] = tuple(str(one) for one in cast("list[object]", value))
        elif isinstance(value, str | int):
            found[name] = value
    return found


async def keep_application(desk: Desk, made: Application) -> None:
    """Keep an application as it is now."""
    body = {"number": made.number, "state": made.state, "answers": made.answers}
    await desk.unit.documents.put("application", made.person, "", json.dumps(body))


def _read(document: Document) -> Application:
    body = json.loads(document.body_json)
    return Application(body["number"], document.person, body["state"], values(body["answers"]))


async def applications(desk: Desk) -> list[Application]:
    """Every application, the oldest first."""
    return [_read(document) for document in await desk.unit.documents.all("application")]


async def find_application(desk: Desk, number: int) -> Application | None:
    """The application with this number."""
    return next((one for one in await applications(desk) if one.number == number), None)


async def application_of(desk: Desk, person: PersonId) -> Application | None:
    """A person's application."""
    document = await desk.unit.documents.get("application", person)
    return _read(document) if document else None


async def profile_of(desk: Desk, therapist: PersonId) -> TherapistProfile | None:
    """A therapist's profile; None for somebody who was never approved."""
    document = await desk.unit.documents.get("therapist", therapist)
    return TherapistProfile.model_validate_json(document.body_json) if document else None


async def save_profile(desk: Desk, profile: TherapistProfile) -> None:
    """Keep a changed profile."""
    await desk.unit.documents.put("therapist", PersonId(profile.id), "", profile.model_dump_json())


async def waiting_applications(desk: Desk) -> list[Application]:
    """Applications that nobody has answered, oldest number first."""
    return sorted(
        (one for one in await applications(desk) if one.state == "waiting"), key=lambda one: one.number
    )
