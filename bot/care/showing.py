"""Showing cards: when one rests in a room, and one that did not arrive is shown again elsewhere."""

from datetime import timedelta

from pydantic import AwareDatetime, BaseModel, ConfigDict

from bot.care import duty, pairs
from bot.care.cards import emergency_card, grave_card
from bot.care.desk import Choice, Desk
from compliance.crisis import Severity
from compliance.storage.alerts import Alert
from compliance.storage.people import Person
from compliance.storage.rooms import Room

MOMENT = timedelta(minutes=1)


class _Shown(BaseModel):
    """The cards that a person was shown in one room."""

    model_config = ConfigDict(frozen=True)

    times: dict[str, AwareDatetime]
    """Severity → when a card of it was last shown."""
    row: str
    """The outbox row of the newest."""
    severity: str
    """Of the newest."""
    country: str = ""
    """For which country they were, as far as it is known."""
    cause: str = ""
    """Id of what came in and brought the newest."""


async def rests(desk: Desk, person: Person, room: Room, severity: Severity) -> bool:
    """Whether a card of this severity or a graver one was shown in this room so lately that it rests.

    A rise in severity breaks it, and so does another country: the numbers above are not for there. Alerts
    to people never rest.
    """
    rest = timedelta(seconds=desk.settings.care.card_rest_seconds)
    known = await _shown(desk, person, room)
    if known is None or known.country != (desk.country(person) or ""):
        return False
    return any(Severity[level] >= severity and desk.now - at < rest for level, at in known.times.items())


async def was_for(desk: Desk, person: Person, room: Room, cause: str) -> bool:
    """Whether the newest card in this room was shown for exactly this that came in."""
    known = await _shown(desk, person, room)
    return known is not None and known.cause == cause


async def just_shown(desk: Desk, person: Person, room: Room) -> bool:
    """Whether a grave card went into this room a moment ago, so that the same again would only be in the
    way."""
    known = await _shown(desk, person, room)
    return known is not None and any(
        Severity[level] >= Severity.high and desk.now - at < MOMENT for level, at in known.times.items()
    )


async def passed_on(desk: Desk, person: Person, room: Room) -> None:
    """While a card rests, say once that what was written since was passed on too."""
    known = await _shown(desk, person, room)
    if known is None or await just_shown(desk, person, room):
        return
    if await desk.unit.notices.once("passed-on", person.id, known.row):
        await desk.say(room, person.language, "crisis-passed-on")


async def show(desk: Desk, person: Person, room: Room, severity: Severity, *, cause: str = "") -> None:
    """Show the card for a severity: a gentle word, or help lines, or the emergency number first."""
    if severity >= Severity.high:
        pair = await pairs.as_client(desk, person)
        told = await duty.told(desk, person, pair)
        plan = await desk.unit.documents.get("safetyplan", person.id) is not None
        write = emergency_card if severity >= Severity.emergency else grave_card
        body = write(desk, person, told=told, plan=plan)
    else:
        # The therapist reads what was written in the room of the two, and nowhere else.
        body = desk.text(person.language, "crisis-concern" if room.kind == "pair" else "crisis-concern-alone")
    row = await desk.speak(room, body, mention=(person.mxid,), urgent=True)
    await shown(desk, person, room, severity, row, cause=cause)


async def shown(
    desk: Desk, person: Person, room: Room, severity: Severity, row: str, *, cause: str = ""
) -> None:
    """Note that a card was put on its way, in this row of the outbox."""
    known = await _shown(desk, person, room)
    times = {**(known.times if known else {}), severity.name: desk.now}
    country = desk.country(person) or ""
    now = _Shown(times=times, row=row, severity=severity.name, country=country, cause=cause)
    await desk.unit.documents.put("situation", person.id, _key(room), now.model_dump_json())
    await desk.note("card.shown", by="service", about=person.id, severity=severity.name)


async def again(desk: Desk, person: Person, room: Room) -> None:
    """A room was lost: a card that was on its way into it is shown in the person's direct room."""
    known = await _shown(desk, person, room)
    if known is None or await desk.unit.outbox.event_of(known.row) is not None:
        return
    # Forgotten at once: each word that was dropped tells of the loss again.
    await desk.unit.documents.delete("situation", person.id, _key(room))
    direct = await desk.direct_room(person)
    await show(desk, person, direct, Severity[known.severity])
    alert = await desk.unit.alerts.current(person.id)
    if alert is not None:
        await ask_how(desk, person, direct, alert)


async def ask_how(desk: Desk, person: Person, room: Room, alert: Alert) -> None:
    """Ask how it is right now: "I need help now" or "I'm safe"."""
    language = person.language
    await desk.ask(
        room,
        person,
        purpose="safe",
        subject=alert.id,
        question=desk.text(language, "crisis-poll-question"),
        choices=(
            Choice("need", desk.text(language, "crisis-poll-help")),
            Choice("safe", desk.text(language, "crisis-poll-safe")),
        ),
        hint=desk.text(language, "crisis-poll-hint"),
    )


async def _shown(desk: Desk, person: Person, room: Room) -> _Shown | None:
    document = await desk.unit.documents.get("situation", person.id, _key(room))
    return _Shown.model_validate_json(document.body_json) if document else None


def _key(room: Room) -> str:
    return f"card:{room.ref}"
