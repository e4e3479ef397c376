"""Remedies: what follows when a promised answer did not come in time."""

from bot.calendar.replyby import Moment
from bot.care import availability, promises, sessions, supervision
from bot.care.cards import short_card
from bot.care.desk import Choice, Desk
from compliance.storage.pairs import Pair
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from config.ids import PairId

CHOICES = ("more", "session", "switch")


async def missed(desk: Desk, pair_id: str, body_json: str) -> None:
    """The promised time has passed. However late this fires, the client hears it and chooses what helps."""
    found = await promises.still(desk, pair_id, Moment.MISSED, body_json)
    if found is None or found[1].promise is None or found[1].missed:
        return
    pair, waiting = found
    due = found[1].promise.due
    ledger = await promises.ledger_of(desk, pair)
    misses = tuple(at for at in (*ledger.misses, due) if at > desk.now - promises.ROLLING)
    await promises.keep(
        desk,
        pair,
        ledger.model_copy(
            update={
                "waiting": waiting.model_copy(update={"missed": True}),
                "missed": ledger.missed + 1,
                "misses": misses,
            }
        ),
    )
    await desk.note("promise.missed", by="service", about=pair.id, number=waiting.number)
    client, therapist = await desk.person(pair.client), await desk.person(pair.therapist)
    await desk.tell(
        therapist,
        "promise-missed-therapist",
        mention=True,
        client=desk.named(client, therapist.language),
        by=desk.when(therapist, due),
    )
    await _offer(desk, pair, client, therapist, due_text=desk.when(client, due), number=waiting.number)
    if len(misses) > 1:
        await _tell_supervisors(desk, pair, therapist, len(misses))


async def _offer(
    desk: Desk, pair: Pair, client: Person, therapist: Person, *, due_text: str, number: int
) -> None:
    language = client.language
    await desk.tell(
        client,
        "promise-missed-client",
        mention=True,
        therapist=therapist.name,
        by=due_text,
        help=short_card(desk, client, language),
    )
    await desk.ask(
        await desk.direct_room(client),
        client,
        purpose="remedy",
        subject=f"{pair.id}:{number}",
        question=desk.text(language, "promise-remedy-question"),
        choices=[Choice(one, desk.text(language, f"promise-remedy-{one}")) for one in CHOICES],
        hint=desk.text(language, "promise-remedy-hint"),
    )


async def _tell_supervisors(desk: Desk, pair: Pair, therapist: Person, count: int) -> None:
    """The second miss within the rolling time, and every one after it. The client is not named, and nobody is
    told about themselves."""
    found = await supervision.tell(
        desk,
        {therapist.id, pair.client},
        lambda language: desk.text(
            language, "promise-missed-supervisor", therapist=desk.named(therapist, language), count=count
        ),
    )
    outcome = "done" if found.people else "nobody"
    await desk.note("promise.escalated", by="service", about=pair.id, outcome=outcome, count=count)


async def choose(desk: Desk, client: Person, room: Room, subject: str, choice: str) -> None:
    """What the client chose. It may come late: after the answer, or after a further promise."""
    pair_id, _, number = subject.partition(":")
    pair = await desk.unit.pairs.get(PairId(pair_id))
    if pair.client != client.id:
        return
    if pair.state != "active":
        await desk.say(room, client.language, "pair-ended")
        return
    match choice:
        case "session":
            await sessions.offer_slots(desk, client, room, pair)
        case "switch":
            await _ask_for_somebody_else(desk, pair, client, room, number)
        case _:
            await _give_time(desk, pair, client, room)


async def _give_time(desk: Desk, pair: Pair, client: Person, room: Room) -> None:
    therapist = await desk.person(pair.therapist)
    known = await availability.for_pair(desk, pair)
    made = await promises.renew(desk, pair, known) if known else None
    if made is None:
        waiting = (await promises.ledger_of(desk, pair)).waiting
        key = "promise-remedy-running" if waiting else "promise-remedy-answered"
        await desk.say(room, client.language, key, therapist=therapist.name)
        return
    by = made.promise.due if made.promise else None
    await desk.say(
        room,
        client.language,
        "promise-more" if by else "promise-more-open",
        therapist=therapist.name,
        by=desk.when(client, by) if by else "",
    )
    await desk.tell(
        therapist,
        "promise-more-therapist" if by else "promise-more-therapist-open",
        client=desk.named(client, therapist.language),
        by=desk.when(therapist, by) if by else "",
    )


async def _ask_for_somebody_else(desk: Desk, pair: Pair, client: Person, room: Room, number: str) -> None:
    if not await desk.unit.notices.once("switch", pair.id, number):
        await desk.say(room, client.language, "promise-switch-already")
        return
    therapist = await desk.person(pair.therapist)
    await desk.say(
        await desk.staff_room("admin"),
        desk.language,
        "promise-switch-admin",
        mention=await desk.mxids("admin"),
        client=f"{desk.named(client, desk.language)} ({client.mxid})",
        therapist=therapist.name,
    )
    await desk.note("match.switch", by=client.id, about=pair.id)
    await desk.say(
        room, client.language, "promise-switch-asked", help=short_card(desk, client, client.language)
    )
