"""Blind spots: what the bot can't see is told where it happens, so that nobody relies on it."""

from bot.care.desk import Desk
from compliance.storage.people import Person
from compliance.storage.rooms import Room


async def unseen(desk: Desk, person: Person, room: Room, kind: str) -> None:
    """A picture, recording or file came: said once a room, kind and day, without calling anybody."""
    if await desk.unit.notices.once("unseen", room.ref, f"{kind}:{desk.now.date().isoformat()}"):
        await desk.say(room, person.language, "crisis-blind" if room.kind == "pair" else "room-unseen")
