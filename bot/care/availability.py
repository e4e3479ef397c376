"""When a therapist is there, and what their client hears about it: one notice in a quiet period, and by when
to expect an answer."""

from datetime import timedelta

from bot.calendar.availability import Availability, NextTime, answering, narrowed, next_time
from bot.calendar.replyby import Moment, ReplyPromise
from bot.care import promises, records
from bot.care.cards import short_card
from bot.care.desk import Desk
from bot.routing.agreed import agreed_hours, newest_agreed
from compliance.storage.pairs import Pair
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from config.ids import PairId, PersonId


async def availability_of(desk: Desk, therapist: PersonId) -> Availability | None:
    """A therapist's hours with their exceptions; from the application until they say otherwise."""
    document = await desk.unit.documents.get("availability", therapist)
    if document is not None:
        return Availability.model_validate_json(document.body_json)
    profile = await records.profile_of(desk, therapist)
    if profile is None:
        return None
    licence = profile.licences[0] if profile.licences else None
    return Availability(
        week=profile.week,
        zone=profile.zone,
        holiday_country=licence.country if licence else None,
        holiday_region=licence.region if licence else None,
    )


async def for_pair(desk: Desk, pair: Pair) -> Availability | None:
    """When the therapist of a pair answers their client: their hours, within those that the two agreed on."""
    known = await availability_of(desk, pair.therapist)
    hours = agreed_hours(await newest_agreed(desk.unit, pair))
    return known if known is None or hours is None else narrowed(known, hours)


async def save_availability(desk: Desk, therapist: PersonId, availability: Availability) -> None:
    """Keep changed hours."""
    await desk.unit.documents.put("availability", therapist, "", availability.model_dump_json())


async def client_wrote(desk: Desk, client: Person, room: Room) -> None:
    """A client wrote to their therapist: they wait from now on, and hear when to expect somebody."""
    pair = await _pair(desk, room)
    if pair is None or pair.state != "active":
        await desk.say(room, client.language, "pair-ended")
        return
    await received(desk, client, pair, room)


async def received(desk: Desk, client: Person, pair: Pair, room: Room) -> None:
    """A client's message stands in the room. In a session the therapist is there: nothing is to be said."""
    if await _in_session(desk, pair):
        return
    therapist = await desk.person(pair.therapist)
    availability = await for_pair(desk, pair)
    if availability is None:
        return
    waiting = await promises.begin(desk, pair, availability)
    if waiting is None:
        waiting = await promises.refresh(desk, pair, availability)
    if await promises.texting(desk, pair) == "off" and not await _alarmed(desk, client):
        await _between_sessions(desk, client, therapist, pair, room)
        return
    coming = next_time(availability, desk.now)
    if coming is not None and await desk.unit.notices.once("quiet", pair.id, coming.period.id):
        await _quiet(desk, client, therapist, pair, room, availability, coming)
    elif waiting is not None and waiting.promise is not None and not await _not_now(desk, client, pair):
        await _expect(desk, client, pair, room, waiting.promise)
    if waiting is not None and waiting.promise is not None and await _untold(desk, pair) is not None:
        at = desk.now + promises.TALKING
        await promises.set_alarm(desk, pair, waiting, Moment.TELL, at)


async def _between_sessions(desk: Desk, client: Person, therapist: Person, pair: Pair, room: Room) -> None:
    """The two agreed not to write between sessions: when they next talk, once a day."""
    today = desk.now.astimezone(desk.zone(client)).date().isoformat()
    if await _not_now(desk, client, pair) or not await desk.unit.notices.once("no-texts", pair.id, today):
        return
    await desk.say(
        room,
        client.language,
        "promise-between-sessions",
        therapist=therapist.name,
        next=await _next_session(desk, client, pair),
        help=short_card(desk, client, client.language),
    )
    await desk.note("notice.sent", by="service", about=pair.id, kind="availability")


async def _practical(desk: Desk, client: Person, pair: Pair) -> list[str]:
    """Where the two keep messages to practical things: that said, once a day, and where the rest has its
    place. Nobody is turned away with it."""
    if await promises.texting(desk, pair) != "logistics":
        return []
    today = desk.now.astimezone(desk.zone(client)).date().isoformat()
    if not await desk.unit.notices.once("practical", pair.id, today):
        return []
    therapist = await desk.person(pair.therapist)
    following = await _next_session(desk, client, pair)
    return [desk.text(client.language, "promise-practical", therapist=therapist.name, next=following)]


async def _next_session(desk: Desk, client: Person, pair: Pair) -> str:
    """When the two talk next, on the client's clock; `none` if nothing is booked."""
    booked = [one for one in await desk.unit.sessions.of_pair(pair.id, desk.now) if one.state == "booked"]
    return desk.when(client, booked[0].starts_at) if booked else "none"


async def _not_now(desk: Desk, client: Person, pair: Pair) -> bool:
    """Whether a time would only disturb: the two are talking, or people are being called for the client."""
    spoke = (await promises.ledger_of(desk, pair)).spoke
    talking = spoke is not None and desk.now - spoke < promises.TALKING
    return talking or await _alarmed(desk, client)


async def _quiet(
    desk: Desk,
    client: Person,
    therapist: Person,
    pair: Pair,
    room: Room,
    availability: Availability,
    coming: NextTime,
) -> None:
    """The one notice of a quiet period: who looks when, what to expect, where help is now. While people are
    being called for the client it says no more than that nobody sits here, and that they are called."""
    language, name = client.language, therapist.name
    look = desk.when(client, coming.look) if coming.look else ""
    if await _alarmed(desk, client):
        await desk.say(room, language, "availability-quiet-alarm", therapist=name, next=look or "unknown")
        await desk.note("notice.sent", by="service", about=pair.id, kind="availability")
        return
    key = "availability-quiet" if coming.look else "availability-quiet-open-end"
    parts = [desk.text(language, key, therapist=name, next=look)]
    promise = await _running(desk, pair)
    if promise is not None:
        # Told before the therapist knew that they would be away: it stands, but not as if it were new.
        late = coming.look is None or promise.due <= coming.look
        expect = "promise-expect-before" if late else "promise-expect"
        parts[0] += " " + desk.text(language, expect, by=desk.when(client, promise.due))
        await promises.told(desk, pair)
    if coming.look:
        parts[0] += " " + desk.text(language, "availability-quiet-later")
    if coming.away and coming.away.text:
        parts.append(desk.text(language, "availability-quiet-away", therapist=name, text=coming.away.text))
    if coming.look:
        hours = desk.hours(client, availability, answering(availability))
        parts.append(desk.text(language, "availability-quiet-hours", therapist=name, hours=hours))
    parts.extend(await _practical(desk, client, pair))
    parts.append(short_card(desk, client, language))
    await desk.speak(room, "\n\n".join(parts))
    await desk.note("notice.sent", by="service", about=pair.id, kind="availability")


async def _running(desk: Desk, pair: Pair) -> ReplyPromise | None:
    """The promise that still runs, if there is one."""
    waiting = (await promises.ledger_of(desk, pair)).waiting
    if waiting is None or waiting.promise is None or waiting.missed or waiting.promise.missed(desk.now):
        return None
    return waiting.promise


async def _untold(desk: Desk, pair: Pair) -> ReplyPromise | None:
    """The promise that the client has not been told of yet."""
    waiting = (await promises.ledger_of(desk, pair)).waiting
    return None if waiting is None or waiting.told else waiting.promise


async def _alarmed(desk: Desk, client: Person) -> bool:
    """Whether people are being called for this client: a time next week is no answer to that."""
    alert = await desk.unit.alerts.current(client.id)
    return alert is not None and alert.state == "open"


async def _expect(desk: Desk, client: Person, pair: Pair, room: Room, promise: ReplyPromise) -> None:
    expect = desk.text(client.language, "promise-expect", by=desk.when(client, promise.due))
    await desk.speak(room, "\n\n".join([expect, *await _practical(desk, client, pair)]))
    await promises.told(desk, pair)


async def tell_promise(desk: Desk, pair_id: str, body_json: str) -> None:
    """The two were talking, and the therapist has not written since: now the client hears the time."""
    found = await promises.still(desk, pair_id, Moment.TELL, body_json)
    if found is None or found[1].promise is None or found[1].told:
        return
    pair = found[0]
    known = await for_pair(desk, pair)
    if known is not None:
        await promises.refresh(desk, pair, known)
    client, room = await desk.person(pair.client), await desk.unit.rooms.of_pair(pair.id)
    promise = await _untold(desk, pair)
    if room is not None and promise is not None and not await _alarmed(desk, client):
        await _expect(desk, client, pair, room, promise)


async def therapist_wrote(desk: Desk, therapist: Person, room: Room) -> None:
    """A therapist wrote to their client: they have introduced themselves, and nobody waits for them."""
    pair = await _pair(desk, room)
    if pair is None:
        return
    if pair.client == therapist.id:
        # A therapist who is the client of another.
        await client_wrote(desk, therapist, room)
        return
    await desk.unit.due.cancel("introduce", pair.id)
    await promises.answered(desk, pair)


async def _in_session(desk: Desk, pair: Pair) -> bool:
    lately = await desk.unit.sessions.of_pair(pair.id, desk.now - timedelta(hours=4))
    return any(one.state == "started" for one in lately)


async def remind_to_introduce(desk: Desk, pair_id: str) -> None:
    """A day after matching the therapist has not written: a private word to them."""
    pair = await desk.unit.pairs.get(PairId(pair_id))
    if pair.state == "active":
        client = await desk.person(pair.client)
        therapist = await desk.person(pair.therapist)
        await desk.tell(
            therapist, "introduce-reminder", mention=True, client=desk.named(client, therapist.language)
        )


async def _pair(desk: Desk, room: Room) -> Pair | None:
    return await desk.unit.pairs.get(room.pair) if room.pair else None
