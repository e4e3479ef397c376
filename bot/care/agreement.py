"""The agreement of a pair: the therapist proposes how the two will work, the client answers."""

import json

from bot.care import describing, questionnaires
from bot.care.desk import Choice, Desk
from bot.forms.state import Outcome
from bot.routing.agreed import newest_agreed
from compliance.storage.pairs import Pair
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from config.ids import PairId


async def ask_therapist(desk: Desk, pair: Pair, client: Person, therapist: Person) -> None:
    """Ask the therapist to propose, in their own room."""
    await desk.tell(therapist, "agreement-ask", mention=True, client=desk.named(client, therapist.language))
    await questionnaires.start(desk, therapist, "agreement", subject=pair.id)


async def proposed(desk: Desk, therapist: Person, pair_id: str, outcome: Outcome) -> None:
    """The therapist has proposed: both see the terms in their room, the client is asked."""
    if outcome.kind != "done":
        return
    pair = await desk.unit.pairs.get(PairId(pair_id))
    if pair.therapist != therapist.id or pair.state != "active":
        return
    version = await latest_version(desk, pair) + 1
    body = {
        "pair": pair.id,
        "version": version,
        "state": "proposed",
        "terms": outcome.answers,
        "proposed_at": desk.now.isoformat(),
    }
    await desk.unit.documents.put(
        "agreement", pair.client, _key(pair, version), json.dumps(body, default=str)
    )
    await desk.note("agreement.proposed", by=therapist.id, about=pair.id, version=str(version))
    client = await desk.person(pair.client)
    room = await desk.unit.rooms.of_pair(pair.id)
    if room is None:
        return
    terms = describing.answers(desk, "agreement", outcome.answers, client.language)
    await desk.say(room, client.language, "agreement-shown", terms=terms, therapist=therapist.name)
    await desk.ask(
        room,
        client,
        purpose="agreement",
        subject=f"{pair.id}:{version}",
        question=desk.text(client.language, "agreement-question"),
        choices=(
            Choice("agree", desk.text(client.language, "agreement-agree")),
            Choice("talk", desk.text(client.language, "agreement-talk")),
        ),
        hint=desk.text(client.language, "agreement-hint"),
    )


async def answer(desk: Desk, person: Person, room: Room, subject: str, *, agree: bool) -> None:
    """The client's answer to a proposal. The proposer has agreed by proposing."""
    pair_id, _, version = subject.partition(":")
    pair = await desk.unit.pairs.get(PairId(pair_id))
    if person.id == pair.therapist:
        await desk.say(room, person.language, "agreement-client-answers")
        return
    if person.id != pair.client:
        return
    document = await desk.unit.documents.get("agreement", pair.client, _key(pair, int(version)))
    body = json.loads(document.body_json) if document else {"state": "gone"}
    if body["state"] == "agreed":
        await desk.say(room, person.language, "agreement-already")
        return
    if body["state"] != "proposed" or await latest_version(desk, pair) != int(version):
        await desk.say(room, person.language, "agreement-past")
        return
    if not agree:
        await desk.note("agreement.declined", by=person.id, about=pair.id, version=version)
        therapist = desk.named(await desk.person(pair.therapist), person.language)
        await desk.say(room, person.language, "agreement-talked", therapist=therapist)
        return
    body |= {"state": "agreed", "agreed_at": desk.now.isoformat()}
    await desk.unit.documents.put("agreement", pair.client, _key(pair, int(version)), json.dumps(body))
    await desk.note("agreement.agreed", by=person.id, about=pair.id, version=version)
    await desk.say(room, person.language, "agreement-recorded", version=int(version))


async def latest_version(desk: Desk, pair: Pair) -> int:
    """The newest version of a pair's agreement; 0 if none was proposed."""
    return len(
        [one for one in await desk.unit.documents.of(pair.client, "agreement") if one.key.startswith(pair.id)]
    )


async def show(desk: Desk, person: Person, room: Room, pair: Pair) -> None:
    """Show the newest terms, and whether both have agreed to them."""
    version = await latest_version(desk, pair)
    document = (
        await desk.unit.documents.get("agreement", pair.client, _key(pair, version)) if version else None
    )
    if document is None:
        await desk.say(room, person.language, "agreement-none")
        return
    body = json.loads(document.body_json)
    terms = describing.answers(desk, "agreement", body["terms"], person.language)
    await desk.say(room, person.language, f"agreement-is-{body['state']}", terms=terms, version=version)


async def allows_phone(desk: Desk, pair: Pair) -> bool:
    """Whether the two agreed that a phone number may be exchanged for a purpose."""
    agreed = await newest_agreed(desk.unit, pair)
    return agreed is not None and agreed["terms"].get("phone") in ("logistics", "fallback")


async def propose_again(desk: Desk, therapist: Person, pair: Pair) -> None:
    """A new version: the therapist proposes, the client agrees; until then the old one holds."""
    await questionnaires.start(desk, therapist, "agreement", subject=pair.id)


def _key(pair: Pair, version: int) -> str:
    return f"{pair.id}:{version}"
