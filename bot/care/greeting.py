"""Meeting people: the first word of a stranger, invitations, and who comes into or leaves a room."""

from datetime import timedelta

from bot.care import joining, rota
from bot.care.cards import asked_card
from bot.care.desk import Desk
from bot.care.rooms import adopt_room, point_to_encrypted
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from config import places

GREET_AFTER = timedelta(seconds=5)
"""How long an invitation may wait for words of the person who sent it."""


async def meet(desk: Desk, mxid: str) -> Person:
    """The person of this Matrix id; noted as new if we have not met. Found by id, never by display name."""
    person = await desk.unit.people.by_mxid(mxid)
    if person is not None:
        return person
    person = await desk.unit.people.add(mxid, desk.language)
    await desk.note("person.seen", by=person.id, about=person.id)
    return person


async def open_door(desk: Desk, mxid: str, matrix_room: str) -> None:
    """Somebody invited the bot. Anybody may come in, for help in a crisis depends on nothing; who may go on
    from there is asked when they want to."""
    person = await meet(desk, mxid)
    # The same invitation shows up again in the room's own history once the bot has joined.
    minute = f"{desk.now:%Y-%m-%dT%H:%M}"
    again = not await desk.unit.notices.once("invited", matrix_room[:255], minute)
    if again and await desk.unit.rooms.by_matrix_id(matrix_room) is None:
        return
    room = await adopt_room(desk, person, matrix_room)
    await rota.came(desk, person, room)
    # Most clients send the first words together with the invitation; those are greeted then, so that they
    # are not taken for an answer to a question that their writer has not seen.
    await desk.later("greet", person.id, GREET_AFTER, key=f"greet:{matrix_room}"[:255])


async def ask_into_encrypted(
    desk: Desk, mxid: str, matrix_room: str, lines: str | None = None, *, grave: bool = False
) -> None:
    """Somebody wrote in clear, or in a room that is not ours. Said once a room and day: where to write.

    Help lines are no secret: who asks for them (`lines`, with the country) gets them where they wrote, and
    so does who wrote `grave` words, as often as a card is shown.
    """
    person = await meet(desk, mxid)
    room = await desk.unit.rooms.direct(person.id)
    if room is None:
        await desk.request_direct_room(person)
        if not grave:
            await joining.greet(desk, person)
    fresh = await desk.unit.notices.once("not-encrypted", matrix_room[:255], desk.now.date().isoformat())
    if lines is not None or (grave and await _rested(desk, matrix_room)):
        country = places.meant_country(lines, person.language) if lines else None
        card = asked_card(desk, person, country)
        await point_to_encrypted(desk, matrix_room, person.language, "room-not-encrypted-lines", help=card)
    elif fresh:
        if room is not None:
            await desk.tell(person, "room-write-here")
        await point_to_encrypted(desk, matrix_room, person.language, "room-not-encrypted")


async def _rested(desk: Desk, matrix_room: str) -> bool:
    """Whether no card was shown in this room that is not ours for as long as cards rest."""
    turn = int(desk.now.timestamp() // max(1, desk.settings.care.card_rest_seconds))
    return await desk.unit.notices.once("help-in-clear", matrix_room[:255], str(turn))


async def joined(desk: Desk, room: Room, mxid: str) -> None:
    """Somebody who belongs in the room is there. The admins learn when a staff room is complete."""
    person = await desk.unit.people.by_mxid(mxid)
    if person is None:
        return
    await desk.unit.rooms.entered(room.ref, person.id)
    await desk.note("room.joined", by=person.id, about=room.ref, kind=room.kind)
    await rota.came(desk, person, await desk.unit.rooms.get(room.ref))


async def departed(desk: Desk, room: Room, mxid: str) -> None:
    """Somebody who belongs in the room left it: nothing dead-ends, so they hear how to come back."""
    person = await desk.unit.people.by_mxid(mxid)
    if person is None:
        return
    await desk.note("room.left", by=person.id, about=room.ref, kind=room.kind)
    await desk.unit.rooms.left(room.ref, person.id)
    if room.kind == "direct":
        # They closed the door themselves; a new invitation or message opens it again.
        await desk.unit.rooms.set_state(room.ref, "closed")
    if room.kind != "pair":
        await rota.went(desk, person, await desk.unit.rooms.get(room.ref))
        return
    if room.kind == "pair":
        for member in room.roster:
            if member != person.id:
                other = await desk.person(member)
                await desk.tell(other, "room-pair-other-left", name=desk.named(person, other.language))
        await desk.tell(person, "room-pair-you-left")
