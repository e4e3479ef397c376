"""Therapists: an application comes in, an admin reads it, approves or refuses."""

from dataclasses import replace

from bot.care import matching, records
from bot.care.desk import Desk
from bot.care.records import Application
from bot.forms import application
from bot.forms.state import Outcome
from compliance.storage.people import Person
from matching.profile import TherapistProfile


async def applied(desk: Desk, person: Person, outcome: Outcome) -> None:
    """An application was sent: the admins are asked."""
    if outcome.kind == "stopped":
        return
    number = len(await records.applications(desk)) + 1
    previous = await records.application_of(desk, person.id)
    if previous is not None:
        number = previous.number
    await records.keep_application(desk, Application(number, person.id, "waiting", dict(outcome.answers)))
    profile = application.profile(outcome.answers, person.id)
    await desk.unit.people.save(
        replace(
            person, stage="applied", name=profile.name, zone=profile.zone, country=profile.licences[0].country
        )
    )
    await desk.note("application.submitted", by=person.id, about=person.id, number=number)
    await desk.say(
        await desk.staff_room("admin"),
        desk.language,
        "application-new",
        number=number,
        mention=await desk.mxids("admin"),
    )


async def approve(desk: Desk, made: Application, by: Person) -> TherapistProfile:
    """Approve: the licences count as checked by this admin, the therapist can be matched from now on."""
    await records.keep_application(desk, replace(made, state="approved"))
    profile = application.profile(made.answers, made.person)
    profile = profile.model_copy(
        update={"licences": tuple(one.model_copy(update={"verified": True}) for one in profile.licences)}
    )
    person = await desk.person(made.person)
    await desk.unit.documents.put("therapist", person.id, "", profile.model_dump_json())
    await desk.unit.people.save(replace(person, stage="therapist"))
    await desk.unit.grants.give(person.id, "therapist", by=by.id)
    await desk.note("application.approved", by=by.id, about=person.id, number=made.number)
    await desk.note("role.granted", by=by.id, about=person.id, role="therapist")
    await desk.tell(person, "application-approved", name=person.name)
    await matching.look_for_those_who_wait(desk)
    return profile


async def refuse(desk: Desk, made: Application, by: Person, reason: str) -> None:
    """Refuse, with the admin's own words for the applicant."""
    await records.keep_application(desk, replace(made, state="refused"))
    person = await desk.person(made.person)
    await desk.unit.people.save(replace(person, stage="refused"))
    await desk.note("application.refused", by=by.id, about=person.id, number=made.number)
    await desk.tell(person, "application-refused", reason=reason)
