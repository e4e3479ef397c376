"""What needs no answer: a client says so of their messages, or a therapist of a client's, with the reason.

A promise then ends without counting as kept or missed. Crisis handling goes on as if nothing was said.
"""

import json

from bot.calendar.availability import next_time
from bot.care import availability, promises
from bot.care.cards import short_card
from bot.care.desk import Desk
from compliance.storage.pairs import Pair
from compliance.storage.people import Person
from compliance.storage.rooms import Room

LONGEST = 500
"""Letters of a therapist's reason."""
_SHOWN = "queue"
"""Key of the document that remembers which numbers a therapist saw last."""


async def by_client(desk: Desk, client: Person, room: Room, pair: Pair) -> None:
    """A client needs no answer to what they have written so far."""
    therapist = await desk.person(pair.therapist)
    if await _called_for(desk, client):
        help_lines = short_card(desk, client, client.language)
        await desk.say(room, client.language, "noreply-alert", therapist=therapist.name, help=help_lines)
        return
    ended = await promises.end(desk, pair, by=client)
    if not ended and room.kind == "direct":
        await desk.say(room, client.language, "noreply-nothing", therapist=therapist.name)
        return
    parts = [desk.text(client.language, "noreply-noted", therapist=therapist.name)]
    known = await availability.for_pair(desk, pair)
    if known is not None and next_time(known, desk.now) is not None:
        # At night the one notice with help lines may not have come, as nothing was waiting.
        parts.append(short_card(desk, client, client.language))
    shared = await desk.unit.rooms.of_pair(pair.id)
    for where in {one.ref: one for one in (room, shared) if one is not None}.values():
        if where.ref == room.ref:
            await desk.speak(where, "\n\n".join(parts))
        else:
            name = desk.named(client, client.language)
            await desk.say(where, client.language, "noreply-shared", client=name)


async def by_therapist(desk: Desk, therapist: Person, room: Room, pair: Pair, reason: str) -> None:
    """A therapist sees nothing in it to answer. The client reads why, and can write again."""
    client = await desk.person(pair.client)
    name, language = desk.named(client, therapist.language), therapist.language
    if await _called_for(desk, client):
        await desk.say(room, language, "noreply-alert-therapist", client=name)
        return
    if (await promises.ledger_of(desk, pair)).waiting is None:
        await desk.say(room, language, "noreply-nobody", client=name)
        return
    if not reason or len(reason) > LONGEST:
        await desk.say(room, language, "noreply-why", client=name, most=LONGEST)
        return
    await promises.end(desk, pair, by=therapist)
    shared = await desk.unit.rooms.of_pair(pair.id)
    if shared is not None:
        await desk.say(
            shared,
            client.language,
            "noreply-told",
            mention=(client.mxid,),
            therapist=therapist.name,
            reason=reason,
            help=short_card(desk, client, client.language),
        )
    if room.kind == "direct":
        await desk.say(room, language, "noreply-done", client=name)


async def _called_for(desk: Desk, client: Person) -> bool:
    """Whether people are being called for this client: then nothing they wrote is left without an answer."""
    alert = await desk.unit.alerts.current(client.id)
    return alert is not None and alert.state == "open"


async def remember_numbers(desk: Desk, therapist: Person, shown: list[Pair]) -> None:
    """Keep which number stood for whom in the list that a therapist was shown."""
    await desk.unit.documents.put(
        "situation", therapist.id, _SHOWN, json.dumps({"pairs": [pair.id for pair in shown]})
    )


async def numbered(desk: Desk, therapist: Person, number: int) -> Pair | None:
    """The pair behind a number as it was shown last, so that a reason never reaches somebody else."""
    document = await desk.unit.documents.get("situation", therapist.id, _SHOWN)
    shown: list[str] = json.loads(document.body_json)["pairs"] if document else []
    if not 1 <= number <= len(shown):
        return None
    found = [pair for pair in await desk.unit.pairs.of_therapist(therapist.id) if pair.state == "active"]
    return next((pair for pair in found if pair.id == shown[number - 1]), None)
