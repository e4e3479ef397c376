"""Duty: how the people who answer for others are reached, whatever has happened to their rooms."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from bot.care.cards import Told
from bot.care.desk import Desk
from compliance.storage.pairs import Pair
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from config.ids import PersonId
from config.words import Argument

Body = Callable[[str], str]
"""A text in a given language."""
Why = Literal["", "left", "unsafe", "never"]
"""Why somebody can't be reached: they left their room, it can't be used, or they never came in. Empty if
they can."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A word to one person, and whether it is known that they can't see it."""

    person: PersonId
    room: str = ""
    """The room that it was put into; empty if it was not written."""
    row: str = ""
    why: Why = ""

    @property
    def seen(self) -> bool:
        """Whether the person is where it was said."""
        return not self.why


def judge(person: PersonId, room: Room | None, newest: Room | None) -> Why:
    """Whether somebody sees what is said to them: by the room that is theirs now, and their newest one."""
    if room is not None:
        return "" if person in room.present else "never"
    if newest is None:
        return "never"
    return "left" if newest.state == "closed" else "unsafe"


async def why_not(desk: Desk, person: PersonId) -> Why:
    """Why somebody can't be reached in a room of their own; empty if they can."""
    room = await desk.unit.rooms.direct(person)
    return judge(person, room, room or await desk.unit.rooms.newest_direct(person))


async def write(desk: Desk, person: Person, body: str, *, mention: bool = True) -> Letter:
    """Write to one person in a room of their own; it waits there for somebody who is not in it yet."""
    why = await why_not(desk, person.id)
    room = await desk.direct_room(person)
    row = await desk.speak(room, body, mention=(person.mxid,) if mention else ())
    return Letter(person.id, room.ref, row, why)


async def send(
    desk: Desk,
    role: str,
    body: Body,
    *,
    about: PersonId | None = None,
    mention: bool = True,
    skip: Iterable[PersonId] = (),
) -> list[Letter]:
    """Write to those of a role, except the person it is about.

    On-call people and admins share a room; supervisors have none in common. Who is not in the common room,
    or where there is none that can be used, each is written to in a room of their own: a lost room must not
    swallow an alert. Nothing is written to those whom `skip` names.
    """
    holders = [await desk.person(one) for one in await desk.unit.grants.holders(role) if one != about]
    letters: list[Letter] = []
    common = await _common_room(desk, role)
    if common is not None and holders:
        mxids = [one.mxid for one in holders] if mention else []
        row = await desk.speak(common, body(desk.language), mention=mxids)
        letters = [Letter(one.id, common.ref, row) for one in holders if one.id in common.present]
        if not mention:
            return letters
    there = {letter.person for letter in letters}
    for one in holders:
        if one.id in there:
            continue
        if one.id in skip:
            letters.append(Letter(one.id, why="unsafe"))
        else:
            letters.append(await write(desk, one, body(one.language), mention=mention))
    return letters


async def reach(
    desk: Desk, role: str, body: Body, *, about: PersonId | None = None, mention: bool = True
) -> int:
    """Write to those of a role, except the person it is about; returns how many of them can see it."""
    return sum(letter.seen for letter in await send(desk, role, body, about=about, mention=mention))


async def told(desk: Desk, person: Person, pair: Pair | None) -> Told:
    """Who hears of a crisis of this person: `therapist` (with those on call), `team`, or `nobody`."""
    if pair is not None and not await why_not(desk, pair.therapist):
        return "therapist"
    for role in ("oncall", "supervisor", "admin"):
        for one in await desk.unit.grants.holders(role):
            if one != person.id and not await role_why(desk, role, one):
                return "team"
    return "nobody"


async def role_why(desk: Desk, role: str, person: PersonId) -> Why:
    """Why somebody can't be reached as a holder of a role, in the common room or one of their own."""
    common = await _common_room(desk, role)
    if common is not None and person in common.present:
        return ""
    return await why_not(desk, person)


async def tell_admins(desk: Desk, key: str, /, **args: Argument) -> None:
    """Say a text in the admin room."""
    await reach(desk, "admin", lambda language: desk.text(language, key, **args), mention=False)


async def _common_room(desk: Desk, role: str) -> Room | None:
    if role not in ("oncall", "admin"):
        return None
    try:
        return await desk.staff_room(role)
    except LookupError:
        return None
