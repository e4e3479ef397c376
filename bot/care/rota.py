"""The rota: whether those who answer for others are in the rooms in which they would be called.

Known before a crisis: those who run the service hear when somebody leaves such a room or does not come in.
"""

import json
from dataclasses import dataclass

from bot.care import chain, duty
from bot.care.desk import STAFF_ROLES, Desk
from bot.care.duty import Why
from bot.outbound import Invite
from compliance import logs
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from config.ids import PersonId, RoomRef

log = logs.get("care")

ROLES = ("oncall", "supervisor", "admin", "therapist")


@dataclass(frozen=True, slots=True)
class Duty:
    """One person in one duty, and whether a call would reach them."""

    role: str
    person: Person
    why: Why


async def duties(desk: Desk) -> list[Duty]:
    """Everybody who would be called about an alert; of the therapists, those who have clients."""
    found: list[Duty] = []
    for role in ROLES:
        for holder in await desk.unit.grants.holders(role):
            if role == "therapist" and not await _has_clients(desk, holder):
                continue
            person = await desk.person(holder)
            found.append(Duty(role, person, await duty.role_why(desk, role, holder)))
    return found


async def _has_clients(desk: Desk, therapist: PersonId) -> bool:
    return any(pair.state == "active" for pair in await desk.unit.pairs.of_therapist(therapist))


async def came(desk: Desk, person: Person, room: Room) -> None:
    """Somebody came into a room: what they missed is told now."""
    if room.kind != "pair" and await desk.unit.grants.roles(person.id) & STAFF_ROLES:
        await chain.entered(desk, person, room)


async def went(desk: Desk, person: Person, room: Room) -> None:
    """Somebody left a room in which they would be called: they are invited again, once a day; those who run
    the service hear; and what they had been called for goes on at once."""
    if not await desk.unit.grants.roles(person.id) & STAFF_ROLES or person.id not in room.roster:
        return
    if await desk.unit.notices.once("invited-again", person.id, f"{room.kind}:{desk.now.date()}"):
        if room.kind == "direct":
            await desk.request_direct_room(person)
        else:
            await desk.send(room, Invite(user=person.mxid))
    await _tell(desk, person, room, "left")
    await chain.not_delivered(desk, room, gone=person.id)


async def expected(desk: Desk, person_id: str, body_json: str) -> None:
    """Somebody was invited a while ago, and may not have come."""
    room = await desk.unit.rooms.get(RoomRef(json.loads(body_json)["room"]))
    person = await desk.person(PersonId(person_id))
    waited_for = room.state in ("requested", "open") and person.id in room.roster
    if waited_for and person.id not in room.present:
        await _tell(desk, person, room, "never")


async def _tell(desk: Desk, person: Person, room: Room, why: Why) -> None:
    log.warning("duty-unreachable", person=person.id, room_kind=room.kind, why=why)
    await duty.tell_admins(desk, "duty-unreachable", name=person.name or person.mxid, kind=room.kind, why=why)
