"""Rooms that could not be used, or can be no longer: nobody is left waiting in them."""

from bot.care.cards import grave_card
from bot.care.desk import Desk
from bot.care.joining import greet
from bot.care.rooms import point_to_encrypted
from compliance.storage.rooms import Room
from config.ids import PersonId, RoomRef


async def room_lost(desk: Desk, ref: str, reason: str) -> None:
    """A room could not be used, or can be no longer: nobody may be left waiting in it."""
    room = await desk.unit.rooms.get(RoomRef(ref))
    await desk.note("room.unsafe", by="service", about=room.ref, outcome=reason)
    if room.kind == "direct" and room.owner is not None:
        await _replace_direct_room(desk, room, room.owner, reason)
        return
    await desk.unit.rooms.set_state(room.ref, "unsafe")
    admins = await desk.staff_room("admin")
    if admins.ref != room.ref:
        await desk.say(admins, desk.language, "room-lost", room=room.ref[:8], kind=room.kind, reason=reason)
    if room.kind == "pair":
        for member in room.roster:
            await desk.tell(await desk.person(member), "room-pair-lost")
            await _card_again(desk, member)


async def _replace_direct_room(desk: Desk, room: Room, owner: PersonId, reason: str) -> None:
    person = await desk.person(owner)
    current = await desk.unit.rooms.direct(owner)
    if current is not None and current.ref != room.ref:
        return  # Each word that could not be sent tells of the loss once more.
    if reason == "not-encrypted" and room.matrix_id is not None:
        await point_to_encrypted(desk, room.matrix_id, person.language, "room-not-encrypted")
    await desk.unit.rooms.set_state(room.ref, "unsafe")
    if reason in ("not-encrypted", "roster", "join-rule", "power"):
        await desk.request_direct_room(person)
        await desk.tell(person, "room-replaced", reason=reason)
        await _card_again(desk, owner)
        await greet(desk, person)


async def _card_again(desk: Desk, member: PersonId) -> None:
    """A card that was on its way into the lost room has not arrived."""
    if await desk.unit.alerts.current(member) is not None:
        person = await desk.person(member)
        card = grave_card(desk, person, told=True)
        await desk.speak(await desk.direct_room(person), card, mention=(person.mxid,))
