"""Pairs: which one somebody means, from where they write."""

from bot.care.desk import Desk
from bot.commands.command import Caller
from compliance.storage.pairs import Pair
from compliance.storage.people import Person


async def here_or_own(desk: Desk, caller: Caller) -> Pair | None:
    """The pair of this room; elsewhere the active pair of the person, if it is plain which."""
    if caller.room.pair is not None:
        return await desk.unit.pairs.get(caller.room.pair)
    active = await own(desk, caller)
    return active[0] if len(active) == 1 else None


async def own(desk: Desk, caller: Caller) -> list[Pair]:
    """The active pairs of the caller; in a pair's room that one alone."""
    if caller.room.pair is not None:
        return [await desk.unit.pairs.get(caller.room.pair)]
    return await active(desk, caller.person)


async def active(desk: Desk, person: Person) -> list[Pair]:
    """All active pairs of a person, on either side."""
    found = [
        *await desk.unit.pairs.of_client(person.id),
        *await desk.unit.pairs.of_therapist(person.id),
    ]
    return [pair for pair in found if pair.state == "active"]


async def oldest_offer(desk: Desk, therapist: Person) -> Pair | None:
    """The request that has waited longest for this therapist's answer."""
    offered = [pair for pair in await desk.unit.pairs.of_therapist(therapist.id) if pair.state == "offered"]
    return min(offered, key=lambda pair: pair.offered_at, default=None)


async def as_client(desk: Desk, person: Person) -> Pair | None:
    """The pair in which this person is the client now."""
    for pair in await desk.unit.pairs.of_client(person.id):
        if pair.state == "active":
            return pair
    return None
