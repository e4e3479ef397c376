"""Duty: how the people who answer for others are reached, whatever has happened to their rooms."""

from collections.abc import Callable

from bot.care.cards import Told
from bot.care.desk import Desk
from compliance.storage.pairs import Pair
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from config.ids import PersonId
from config.words import Argument

Body = Callable[[str], str]
"""A text in a given language."""


async def reach(
    desk: Desk, role: str, body: Body, *, about: PersonId | None = None, mention: bool = True
) -> int:
    """Write to those of a role, except the person it is about; returns how many that are.

    On-call people and admins share a room; supervisors have none in common. Without a room that can be used
    each is written to in their direct room: a lost room must not swallow an alert.
    """
    held = [one for one in await desk.unit.grants.holders(role) if one != about]
    holders = [await desk.person(one) for one in held]
    if not holders:
        return 0
    room = await _common_room(desk, role)
    if room is not None:
        mxids = [one.mxid for one in holders] if mention else []
        await desk.speak(room, body(desk.language), mention=mxids)
        return len(holders)
    for one in holders:
        mxids = [one.mxid] if mention else []
        await desk.speak(await desk.direct_room(one), body(one.language), mention=mxids)
    return len(holders)


async def tell_oncall(
    desk: Desk, key: str, /, *, about: PersonId | None = None, mention: bool = False, **args: Argument
) -> None:
    """Say a text to the people on call."""
    await reach(
        desk, "oncall", lambda language: desk.text(language, key, **args), about=about, mention=mention
    )


async def told(desk: Desk, person: Person, pair: Pair | None) -> Told:
    """Who hears of a crisis of this person: `therapist` (with those on call), `team`, or `nobody`."""
    if pair is not None:
        return "therapist"
    for role in ("oncall", "supervisor", "admin"):
        if any(one != person.id for one in await desk.unit.grants.holders(role)):
            return "team"
    return "nobody"


async def _common_room(desk: Desk, role: str) -> Room | None:
    if role not in ("oncall", "admin"):
        return None
    try:
        return await desk.staff_room(role)
    except LookupError:
        return None
