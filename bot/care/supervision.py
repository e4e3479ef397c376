"""Supervision: who hears of what must not go through the therapist whom it concerns."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.care.desk import Desk
from compliance.storage.people import Person
from config.ids import PersonId


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads. Supervisors in their own rooms, else the admins; empty if nobody is left to read."""

    people: tuple[Person, ...]
    together: bool = False
    """Whether they read in the admin room: only if nobody is in it whom it concerns."""


async def readers(desk: Desk, without: Collection[PersonId]) -> Readers:
    """The supervisors, else the admins, but none of those whom it concerns."""
    supervisors = [one for one in await desk.unit.grants.holders("supervisor") if one not in without]
    if supervisors:
        return Readers(tuple([await desk.person(one) for one in supervisors]))
    admins = await desk.unit.grants.holders("admin")
    people = tuple([await desk.person(one) for one in admins if one not in without])
    return Readers(people, together=bool(people) and len(people) == len(admins))


async def tell(desk: Desk, without: Collection[PersonId], text: Callable[[str], str]) -> Readers:
    """Tell those who may read, each in their language: `text` makes the words for a language."""
    found = await readers(desk, without)
    if found.together:
        room = await desk.staff_room("admin")
        await desk.speak(room, text(desk.language), mention=[one.mxid for one in found.people])
        return found
    for one in found.people:
        await desk.speak(await desk.direct_room(one), text(one.language), mention=(one.mxid,))
    return found
