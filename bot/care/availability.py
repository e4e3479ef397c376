"""When a client writes while the therapist is away from the desk: one notice in a quiet period."""

from bot.calendar.availability import Availability, next_time
from bot.care import records
from bot.care.cards import short_card
from bot.care.desk import Desk
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


async def save_availability(desk: Desk, therapist: PersonId, availability: Availability) -> None:
    """Keep changed hours."""
    await desk.unit.documents.put("availability", therapist, "", availability.model_dump_json())


async def client_wrote(desk: Desk, client: Person, room: Room) -> None:
    """A client wrote to their therapist; out of hours they hear, once, when to expect somebody."""
    pair = await _pair(desk, room)
    if pair is None or pair.state != "active":
        await desk.say(room, client.language, "pair-ended")
        return
    therapist = await desk.person(pair.therapist)
    availability = await availability_of(desk, therapist.id)
    coming = next_time(availability, desk.now) if availability is not None else None
    if availability is None or coming is None:
        return
    if not await desk.unit.notices.once("quiet", pair.id, coming.period.id):
        return
    key = "availability-quiet" if coming.look else "availability-quiet-open-end"
    await desk.say(
        room,
        client.language,
        key,
        therapist=therapist.name,
        hours=desk.hours(client, availability),
        next=desk.when(client, coming.look) if coming.look else "",
        away=coming.away.text if coming.away else "",
        help=short_card(desk, client, client.language),
    )
    await desk.note("notice.sent", by="service", about=pair.id, kind="availability")


async def therapist_wrote(desk: Desk, therapist: Person, room: Room) -> None:
    """A therapist wrote to their client: they have introduced themselves, and nobody waits for them."""
    pair = await _pair(desk, room)
    if pair is not None:
        await desk.unit.due.cancel("introduce", pair.id)


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
