"""Rooms: the direct room of a person, the room of a pair, the staff rooms; and who does not belong there."""

from bot.care.cards import short_card
from bot.care.desk import Desk
from bot.outbound import AdoptRoom, CreateRoom, Invite, PlainPointer, Remove
from compliance.storage.pairs import Pair
from compliance.storage.people import Person
from compliance.storage.rooms import Room


async def adopt_room(desk: Desk, person: Person, matrix_room: str) -> Room:
    """Take the room into which a person invited the bot as their direct room."""
    current = await desk.unit.rooms.direct(person.id)
    room = await desk.unit.rooms.by_matrix_id(matrix_room)
    if room is not None and room.owner == person.id:
        # A room of theirs that we had lost.
        if current is not None and current.ref != room.ref:
            await desk.unit.rooms.set_state(current.ref, "closed")
        await desk.unit.rooms.set_state(room.ref, "requested")
    else:
        # A row of its own: if this room can't be used, the one that they have stays as it is.
        room = await desk.unit.rooms.add("direct", owner=person.id, pair=None, roster=(person.id,))
    # What was open in an earlier room goes on in this one. Who invites is there.
    await desk.unit.forms.move(person.id, room.ref)
    await desk.unit.rooms.entered(room.ref, person.id)
    await desk.send(room, AdoptRoom(matrix_id=matrix_room))
    await desk.note("room.requested", by=person.id, about=room.ref, kind="direct")
    return await desk.unit.rooms.get(room.ref)


async def request_pair_room(desk: Desk, pair: Pair, client: Person, therapist: Person) -> Room:
    """Ask for the encrypted private room of a pair; the two are its whole roster."""
    room = await desk.unit.rooms.add("pair", owner=None, pair=pair.id, roster=(client.id, therapist.id))
    await desk.send(
        room,
        CreateRoom(
            name=desk.text(client.language, "room-pair-name"),
            topic=desk.text(client.language, "room-pair-topic"),
            invite=(client.mxid, therapist.mxid),
        ),
    )
    await desk.note("room.requested", by="service", about=room.ref, kind="pair")
    return room


async def ensure_staff_room(desk: Desk, kind: str, members: list[Person]) -> Room:
    """The admin or on-call room with exactly these members; asked for if there is none yet."""
    roster = tuple(member.id for member in members)
    rooms = [room for room in await desk.unit.rooms.of_kind(kind) if room.state in ("requested", "open")]
    if rooms:
        room = rooms[0]
        newcomers = [member for member in members if member.id not in room.roster]
        gone = [person for person in room.roster if person not in roster]
        if newcomers or gone:
            await desk.unit.rooms.set_roster(room.ref, roster)
        for member in newcomers:
            await desk.send(room, Invite(user=member.mxid))
            await desk.expect(room, member)
        for person in gone:
            await desk.send(room, Remove(user=(await desk.person(person)).mxid))
        return room
    room = await desk.unit.rooms.add(kind, owner=None, pair=None, roster=roster)
    language = desk.language
    await desk.send(
        room,
        CreateRoom(
            name=desk.text(language, f"room-{kind}-name"),
            topic=desk.text(language, f"room-{kind}-topic"),
            invite=tuple(member.mxid for member in members),
        ),
    )
    await desk.note("room.requested", by="service", about=room.ref, kind=kind)
    for member in members:
        await desk.expect(room, member)
    await desk.say(room, language, f"room-{kind}-welcome")
    return room


async def point_to_encrypted(
    desk: Desk,
    matrix_room: str,
    language: str,
    key: str,
    *,
    help: str = "",  # noqa: A002
) -> None:
    """The one text that may go into an unencrypted room: it says where to write, and how to get help now."""
    body = desk.text(language, key, help=help or short_card(desk, None, language))
    effect = PlainPointer(matrix_id=matrix_room, body=body)
    await desk.unit.outbox.add(None, effect.model_dump_json())


async def remove_intruder(desk: Desk, room: Room, user: str) -> None:
    """Somebody who is not on the roster was invited or is in the room: out, and the admins are told.

    The room counts as unsafe until the homeserver's own state shows the pinned roster again, which
    delivery checks before it sends.
    """
    await desk.send(room, Remove(user=user))
    await desk.note("room.unsafe", by="service", about=room.ref, outcome="intruder")
    if not await desk.unit.notices.once("intruder", room.ref, f"{desk.now.date()}:{user}"[:255]):
        return
    if room.kind in ("direct", "pair"):
        # Queued behind the removal: it is only sent once they are alone again.
        language = (await desk.person(room.roster[0])).language
        await desk.say(room, language, f"room-intruder-{room.kind}")
    admins = await desk.staff_room("admin")
    if admins.ref != room.ref:
        await desk.say(admins, desk.language, "room-intruder", room=room.ref[:8], kind=room.kind)
