"""Joining: hello, what brings you here, consent, and on to the intake."""

from dataclasses import replace

from bot.care import invitations, questionnaires
from bot.care.cards import short_card
from bot.care.desk import Desk
from bot.forms.state import Outcome
from compliance import consent
from compliance.storage.people import Person


async def greet(desk: Desk, person: Person) -> None:
    """Say who we are and how to get help now, then go on where this person is."""
    room = await desk.direct_room(person)
    await desk.unit.due.cancel("greet", person.id)
    run = await desk.unit.forms.active(person.id, room.ref)
    if run is not None:
        await desk.say(room, person.language, "greeting-back")
        await questionnaires.repeat(desk, person, room, run)
        return
    roles = await desk.unit.grants.roles(person.id)
    if roles & {"admin", "oncall", "supervisor"} and "client" not in roles:
        await desk.say(room, person.language, "greeting-staff")
    elif "therapist" in roles:
        await desk.say(room, person.language, "greeting-therapist", name=person.name)
    elif person.stage == "new":
        if await desk.unit.notices.once("greeting", person.id, room.ref):
            await desk.say(
                room, person.language, "greeting-hello", help=short_card(desk, person, person.language)
            )
        await begin(desk, person)
    else:
        await desk.say(
            room,
            person.language,
            f"greeting-{person.stage}",
            age=desk.settings.care.minimum_age,
            help=short_card(desk, person, person.language),
        )


async def begin(desk: Desk, person: Person) -> None:
    """Ask what brings somebody here, if they may join; otherwise say kindly that they can't yet."""
    if not await invitations.may_join(desk, person):
        await desk.tell(person, "joining-closed", help=short_card(desk, person, person.language))
        return
    await questionnaires.start(desk, person, "welcome")


async def welcomed(desk: Desk, person: Person, outcome: Outcome) -> None:
    """What brings them here is known."""
    if outcome.answers.get("role") == "therapist":
        await questionnaires.start(desk, person, "application")
    elif outcome.answers.get("role") == "client":
        await questionnaires.start(desk, person, "consent")


async def consent_answered(desk: Desk, person: Person, outcome: Outcome) -> None:
    """Consent is a recorded act: the version and a digest of exactly the text that was shown."""
    if outcome.answers.get("agree") != "agree":
        await desk.tell(person, "consent-declined", help=short_card(desk, person, person.language))
        return
    shown = desk.text(person.language, "consent-text")
    version = desk.settings.care.consent_version
    await desk.unit.consents.give(person.id, "client", version, consent.digest(shown))
    await desk.note("consent.given", by=person.id, about=person.id, version=version)
    person = replace(person, stage="consented")
    await desk.unit.people.save(person)
    await questionnaires.start(desk, person, "intake")
