"""Held messages: what a client writes at night for the morning, sealed until their therapist begins work."""

import json
from dataclasses import dataclass
from datetime import datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict

from bot.calendar.availability import stretches
from bot.care import availability
from bot.care.desk import Desk
from compliance.storage.pairs import Pair
from compliance.storage.people import Person
from config.ids import PairId, PersonId, new_id

KIND = "held-message"
"""Kind of the document, of which the person is the client, and of the due row about it."""
MOST = 10
"""Held at one time by one client."""
LONGEST = 8000
"""Letters of one held message."""


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True)

    pair: str
    number: int
    text: str
    at: AwareDatetime


@dataclass(frozen=True, slots=True)
class Held:
    """A message that waits."""

    id: str
    pair: PairId
    number: int
    """What its writer calls it by."""
    text: str
    at: datetime
    """When it is to be posted."""


async def of(desk: Desk, client: PersonId) -> list[Held]:
    """What a client has asked to send later, the next first."""
    found: list[Held] = []
    for document in await desk.unit.documents.of(client, KIND):
        body = _Body.model_validate_json(document.body_json)
        found.append(Held(document.key, PairId(body.pair), body.number, body.text, body.at))
    return sorted(found, key=lambda one: (one.at, one.number))


async def opening(desk: Desk, pair: Pair) -> datetime | None:
    """When the therapist next begins to answer this client, after now; None if that is out of reach."""
    known = await availability.for_pair(desk, pair)
    if known is None:
        return None
    return next((start for start, _ in stretches(known, desk.now) if start > desk.now), None)


async def hold(desk: Desk, client: Person, pair: Pair, text: str, at: datetime) -> Held:
    """Keep a message until a moment."""
    number = 1 + max((one.number for one in await of(desk, client.id)), default=0)
    held = Held(new_id(), pair.id, number, text, at)
    body = _Body(pair=pair.id, number=number, text=text, at=at)
    await desk.unit.documents.put(KIND, client.id, held.id, body.model_dump_json())
    await desk.unit.due.add(
        KIND, held.id, at, key=f"{KIND}:{held.id}", body_json=json.dumps({"client": client.id})
    )
    await desk.note("message.held", by=client.id, about=pair.id, number=number)
    return held


async def drop(desk: Desk, client: Person, held: Held) -> None:
    """The client takes it back; nobody has read it."""
    await desk.unit.due.cancel(KIND, held.id)
    await desk.unit.documents.delete(KIND, client.id, held.id)
    await desk.note("message.dropped", by=client.id, about=held.pair, number=held.number)


async def post(desk: Desk, held_id: str, body_json: str) -> None:
    """Its time has come, or has passed: post it where the two talk. Where that can't be, give it back."""
    client = await desk.person(json.loads(body_json)["client"])
    held = next((one for one in await of(desk, client.id) if one.id == held_id), None)
    if held is None:
        return
    await desk.unit.documents.delete(KIND, client.id, held.id)
    pair = await desk.unit.pairs.get(held.pair)
    room = await desk.unit.rooms.of_pair(pair.id)
    if pair.state != "active" or room is None or room.state not in ("requested", "open"):
        await desk.tell(client, "later-not-sent", text=held.text)
        await desk.note("message.dropped", by="service", about=pair.id, number=held.number)
        return
    therapist = await desk.person(pair.therapist)
    await desk.say(
        room,
        client.language,
        "later-posted",
        mention=(therapist.mxid,),
        client=desk.named(client, client.language),
        text=held.text,
    )
    await desk.note("message.posted", by=client.id, about=pair.id, number=held.number)
    await availability.received(desk, client, pair, room)
