"""A crisis: the card at once, people alerted, and nobody left alone with silence.

The bot shows the way to people. It never counsels, never closes an episode by itself, and takes neither
silence nor "I'm safe" for safety.
"""

import json
from dataclasses import replace
from datetime import timedelta

from bot.care.cards import emergency_card, grave_card
from bot.care.desk import Choice, Desk
from compliance.crisis import Screening, Severity
from compliance.storage.alerts import Alert
from compliance.storage.pairs import Pair
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from config import places
from config.ids import AlertId

FLAG_SEVERITY = {"item9": Severity.high, "suicide-now": Severity.high, "danger-now": Severity.emergency}
"""What an answer that a form marks as urgent counts for, beside what the words say."""

CHAIN = (("therapist", "oncall"), ("supervisor",), ("oncall",), ("admin",))
"""Who is alerted first, and who next when nobody has acknowledged in time."""


async def respond(desk: Desk, person: Person, room: Room | None, screening: Screening) -> None:
    """Show the way to help where it was written, and alert people if it is grave.

    Without a room that is safe to write into, the card goes to the person's direct room.
    """
    await desk.note("crisis.detected", by="service", about=person.id, severity=screening.severity.name)
    where = room if room is not None and room.state == "open" else await desk.direct_room(person)
    pair = await active_pair(desk, person)
    if await _should_show(desk, where, screening.severity):
        await _show(desk, person, where, screening.severity, pair)
    if screening.severity >= Severity.high:
        await _alert(desk, person, where, screening.severity, sorted(screening.categories), pair)


async def flagged(desk: Desk, person: Person, room: Room, flag: str) -> None:
    """An answer of a form that a person must know of at once, such as item 9 of the PHQ-9."""
    severity = FLAG_SEVERITY.get(flag)
    if severity is not None:
        await respond(desk, person, room, Screening(severity, frozenset({"suicide"}), (f"form/{flag}",)))


async def _should_show(desk: Desk, room: Room, severity: Severity) -> bool:
    """Whether the card is due: it rests for a while in a room, unless things have become graver."""
    rest = max(1, desk.settings.care.card_rest_seconds)
    window = int(desk.now.timestamp() // rest)
    fresh = True
    for level in range(Severity.concern, severity + 1):
        fresh = await desk.unit.notices.once("card", room.ref, f"{level}:{window}")
    return fresh


async def _show(desk: Desk, person: Person, room: Room, severity: Severity, pair: Pair | None) -> None:
    plan = await desk.unit.documents.get("safetyplan", person.id) is not None
    match severity:
        case Severity.emergency:
            body = emergency_card(desk, person, told=pair is not None, plan=plan)
        case Severity.high:
            body = grave_card(desk, person, told=pair is not None, plan=plan)
        case _:
            body = desk.text(person.language, "crisis-concern" if pair else "crisis-concern-alone")
    await desk.speak(room, body, mention=(person.mxid,))
    await desk.note("card.shown", by="service", about=person.id, severity=severity.name)


async def _alert(
    desk: Desk, person: Person, room: Room, severity: Severity, categories: list[str], pair: Pair | None
) -> None:
    """Open an episode, or gather the message into the one that is open; page people if it became graver."""
    alert = await desk.unit.alerts.current(person.id)
    if alert is None:
        body = json.dumps({"categories": categories, "messages": 1})
        alert = await desk.unit.alerts.open(
            person.id, room.ref, pair.id if pair else None, severity.name, body
        )
        await desk.note("alert.opened", by="service", about=alert.id, severity=severity.name)
        await _page(desk, alert, 0)
        await _ask_how(desk, person, room, alert)
        return
    known = json.loads(alert.body_json)
    graver = severity > Severity[alert.severity]
    body = {
        "categories": sorted(set(known["categories"]) | set(categories)),
        "messages": known["messages"] + 1,
    }
    alert = replace(alert, body_json=json.dumps(body), severity=severity.name if graver else alert.severity)
    if graver:
        # Somebody who acknowledged the lesser alert has not seen this one.
        alert = replace(alert, state="open", acknowledged_by=None, acknowledged_at=None, step=0)
    await desk.unit.alerts.save(alert)
    if graver:
        await _page(desk, alert, 0)


async def _ask_how(desk: Desk, person: Person, room: Room, alert: Alert) -> None:
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


async def _page(desk: Desk, alert: Alert, step: int) -> None:
    """Alert the people of one step of the chain; an empty step goes on to the next at once."""
    while step < len(CHAIN):
        reached = 0
        for role in CHAIN[step]:
            reached += await _page_role(desk, alert, role, step)
        if reached:
            break
        step += 1
    await desk.unit.alerts.save(replace(alert, step=step))
    if step >= len(CHAIN):
        await _nobody(desk, alert)
        return
    wait = timedelta(minutes=desk.settings.care.acknowledge_minutes)
    key = f"alert-climb:{alert.id}:{alert.severity}:{step}"
    await desk.later("alert-climb", alert.id, wait, key=key, body=json.dumps({"step": step}))


async def _page_role(desk: Desk, alert: Alert, role: str, step: int) -> int:
    """Alert those of a role; returns how many. No word of the person is repeated."""
    person = await desk.person(alert.person)
    if role == "therapist":
        pair = await desk.unit.pairs.get(alert.pair) if alert.pair else None
        if pair is None:
            return 0
        therapist = await desk.person(pair.therapist)
        body = _alert_text(desk, alert, person, therapist.language, step)
        await desk.speak(await desk.direct_room(therapist), body, mention=(therapist.mxid,))
        await desk.note("alert.paged", by="service", about=alert.id, role=role)
        return 1
    holders = await desk.unit.grants.holders(role)
    if not holders:
        return 0
    body = _alert_text(desk, alert, person, desk.language, step)
    if role == "supervisor":
        # Supervisors have no room of their own in common: each is alerted in their direct room.
        for holder in holders:
            await desk.speak(
                await desk.direct_room(await desk.person(holder)),
                body,
                mention=((await desk.person(holder)).mxid,),
            )
    else:
        await desk.speak(
            await desk.staff_room("admin" if role == "admin" else "oncall"),
            body,
            mention=await desk.mxids(role),
        )
    await desk.note("alert.paged", by="service", about=alert.id, role=role)
    return len(holders)


def _alert_text(desk: Desk, alert: Alert, person: Person, language: str, step: int) -> str:
    name = desk.named(person, language)
    categories = json.loads(alert.body_json or "{}").get("categories", [])
    parts = [
        desk.text(language, "crisis-alert-title", severity=alert.severity, number=alert.number),
        desk.text(
            language,
            "crisis-alert-body",
            name=f"{name} ({person.mxid})",
            categories=", ".join(desk.text(language, f"crisis-category-{one}") for one in categories)
            or desk.text(language, "crisis-category-asked"),
            place=places.country_name(person.country, language) if person.country else "unknown",
        ),
        desk.text(
            language,
            "crisis-alert-acknowledge",
            number=alert.number,
            minutes=desk.settings.care.acknowledge_minutes,
        ),
    ]
    if step:
        parts.insert(0, desk.text(language, "crisis-alert-escalated", number=alert.number))
    return "\n\n".join(parts)


async def climb(desk: Desk, alert_id: str, body_json: str) -> None:
    """Nobody acknowledged in time: the next of the chain. It is never dropped, however late."""
    alert = await desk.unit.alerts.get(AlertId(alert_id))
    if alert.state != "open" or json.loads(body_json or "{}").get("step", alert.step) != alert.step:
        return
    await desk.note("alert.climbed", by="service", about=alert.id, step=alert.step + 1)
    await _page(desk, alert, alert.step + 1)


async def _nobody(desk: Desk, alert: Alert) -> None:
    """The whole chain is silent: the person hears it plainly, with the lines again."""
    person = await desk.person(alert.person)
    room = await _room_of(desk, alert, person)
    await desk.say(room, person.language, "crisis-help-nobody", mention=(person.mxid,))
    await desk.speak(room, emergency_card(desk, person, told=False), mention=(person.mxid,))
    await desk.note("card.shown", by="service", about=person.id, severity=alert.severity)
    await desk.say(await desk.staff_room("oncall"), desk.language, "crisis-alert-silent", number=alert.number)


async def _room_of(desk: Desk, alert: Alert, person: Person) -> Room:
    """Where the episode began, as long as that room can be used; else the person's direct room."""
    room = await desk.unit.rooms.get(alert.room) if alert.room else None
    return room if room is not None and room.state == "open" else await desk.direct_room(person)


async def acknowledge(desk: Desk, alert: Alert, by: Person) -> bool:
    """Somebody takes an alert. True if they are the first. The person hears that it was seen, and by whom."""
    if alert.state != "open":
        return False
    await desk.unit.alerts.save(
        replace(alert, state="acknowledged", acknowledged_by=by.id, acknowledged_at=desk.now)
    )
    await desk.unit.due.cancel("alert-climb", alert.id)
    await desk.note("alert.acknowledged", by=by.id, about=alert.id)
    person = await desk.person(alert.person)
    name = by.name or desk.text(person.language, "crisis-team")
    await desk.say(await _room_of(desk, alert, person), person.language, "crisis-acknowledged", name=name)
    await desk.say(
        await desk.staff_room("oncall"),
        desk.language,
        "crisis-alert-taken",
        number=alert.number,
        name=by.name or by.mxid,
    )
    return True


async def close(desk: Desk, alert: Alert, by: Person) -> None:
    """A person closes an episode; software never does."""
    await desk.unit.alerts.save(replace(alert, state="closed", closed_at=desk.now))
    await desk.unit.due.cancel("alert-climb", alert.id)
    await desk.note("alert.closed", by=by.id, about=alert.id)


async def answer_check(desk: Desk, person: Person, room: Room, alert_id: str, choice: str) -> None:
    """How the person says they are. "Safe" is passed on and closes nothing; "need help" pages again."""
    alert = await desk.unit.alerts.get(AlertId(alert_id))
    if alert.person != person.id:
        return
    if choice == "need":
        await _needs_help(desk, person, room, alert)
        return
    await desk.say(room, person.language, "crisis-safe")
    await _tell_team(desk, alert, person, "crisis-alert-safe")


async def _needs_help(desk: Desk, person: Person, room: Room, alert: Alert) -> None:
    pair = await active_pair(desk, person)
    await desk.speak(room, emergency_card(desk, person, told=True), mention=(person.mxid,))
    await desk.note("card.shown", by="service", about=person.id, severity=Severity.emergency.name)
    if alert.state != "closed":
        await _tell_team(desk, alert, person, "crisis-alert-help")
    if alert.state == "closed" or alert.severity != Severity.emergency.name:
        await _alert(desk, person, room, Severity.emergency, [], pair)
    elif alert.state == "acknowledged":
        again = replace(alert, state="open", acknowledged_by=None, acknowledged_at=None)
        await _page(desk, again, 0)


async def _tell_team(desk: Desk, alert: Alert, person: Person, key: str) -> None:
    """Pass on to on-call and therapist how the person says they are."""
    name = desk.named(person, desk.language)
    await desk.say(await desk.staff_room("oncall"), desk.language, key, name=name)
    if alert.pair:
        therapist = await desk.person((await desk.unit.pairs.get(alert.pair)).therapist)
        await desk.tell(therapist, key, name=name)


async def active_pair(desk: Desk, client: Person) -> Pair | None:
    """The pair in which this person is the client now."""
    for pair in await desk.unit.pairs.of_client(client.id):
        if pair.state == "active":
            return pair
    return None
