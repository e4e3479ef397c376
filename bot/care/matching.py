"""Matching: look for a therapist, ask them, and what their answer brings."""

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import timedelta

from pydantic import TypeAdapter

from bot.care import agreement, describing, detection, records
from bot.care.cards import short_card
from bot.care.desk import Choice, Desk
from bot.care.rooms import request_pair_room
from compliance.storage.pairs import Pair
from compliance.storage.people import Person
from config.ids import PairId, PersonId
from matching.match import Match, rank
from matching.profile import ClientNeeds, TherapistProfile
from matching.reasons import Reason
from matching.reasons import say as say_reason

_REASONS = TypeAdapter(list[Reason])


async def look(desk: Desk, client: Person) -> None:
    """Ask the therapist who fits best and has not been asked; say so, or say honestly that there is none."""
    needs = await records.needs_of(desk, client)
    if needs is None:
        return
    pairs = await desk.unit.pairs.of_client(client.id)
    if any(pair.state in ("offered", "active") for pair in pairs):
        return
    asked = {pair.therapist for pair in pairs}
    candidates = [profile for profile in await _therapists(desk) if profile.id not in asked]
    matches = rank(needs, candidates, desk.now)
    if not matches:
        if await desk.unit.notices.once("no-match", client.id, str(len(pairs))):
            await desk.tell(client, "match-none", help=short_card(desk, client, client.language))
            await desk.say(
                await desk.staff_room("admin"), desk.language, "match-none-admin", client=client.name
            )
        return
    await _offer(desk, client, needs, matches[0], first=not asked)


async def look_for_those_who_wait(desk: Desk) -> None:
    """A place became free or a therapist joined: look again for everybody who waits."""
    for client in await desk.unit.people.all(stage="waiting"):
        await look(desk, client)


async def _therapists(desk: Desk) -> list[TherapistProfile]:
    profiles: list[TherapistProfile] = []
    for document in await desk.unit.documents.all("therapist"):
        profile = TherapistProfile.model_validate_json(document.body_json)
        pairs = await desk.unit.pairs.of_therapist(document.person)
        held = sum(pair.state in ("active", "offered") for pair in pairs)
        profiles.append(profile.model_copy(update={"clients": held}))
    return profiles


async def _offer(desk: Desk, client: Person, needs: ClientNeeds, match: Match, *, first: bool) -> None:
    therapist = await desk.person(match.therapist)
    pair = await desk.unit.pairs.add(client.id, therapist.id)
    await desk.unit.documents.put(
        "situation", client.id, pair.id, json.dumps({"reasons": [asdict(one) for one in match.reasons]})
    )
    await desk.note("match.offered", by="service", about=pair.id)
    hours = desk.settings.care.offer_hours
    await desk.tell(
        therapist,
        "offer-new",
        mention=True,
        client=desk.named(client, therapist.language),
        needs=describing.needs(desk, needs, therapist.language),
        reasons=_bullets(desk, match.therapist_reasons, therapist.language),
        hours=hours,
    )
    await desk.ask(
        await desk.direct_room(therapist),
        therapist,
        purpose="offer",
        subject=pair.id,
        question=desk.text(therapist.language, "offer-question"),
        choices=(
            Choice("accept", desk.text(therapist.language, "offer-accept")),
            Choice("decline", desk.text(therapist.language, "offer-decline")),
        ),
        hint=desk.text(therapist.language, "offer-hint"),
    )
    await desk.later("offer-lapse", pair.id, timedelta(hours=hours), key=f"offer-lapse:{pair.id}")
    await desk.tell(client, "match-asked" if first else "match-asked-next", hours=hours)


async def answer_offer(desk: Desk, therapist: Person, pair_id: str, *, accept: bool) -> None:
    """A therapist accepts or declines. A late or foreign answer changes nothing and is told so."""
    pair = await desk.unit.pairs.get(PairId(pair_id))
    if pair.therapist != therapist.id or pair.state != "offered":
        await desk.tell(therapist, "offer-past")
        return
    client = await desk.person(pair.client)
    await desk.unit.due.cancel("offer-lapse", pair.id)
    if not accept:
        await _close(desk, pair, "declined", by=therapist.id)
        await desk.tell(therapist, "offer-declined")
        await look(desk, client)
        return
    pair = replace(pair, state="active", answered_at=desk.now)
    await desk.unit.pairs.save(pair)
    await desk.note("match.accepted", by=therapist.id, about=pair.id)
    client = replace(client, stage="matched")
    await desk.unit.people.save(client)
    await _introduce(desk, pair, client, therapist)


async def lapse(desk: Desk, pair_id: str) -> None:
    """The therapist did not answer in time: the next one is asked."""
    pair = await desk.unit.pairs.get(PairId(pair_id))
    if pair.state != "offered":
        return
    await _close(desk, pair, "lapsed", by="service")
    await desk.tell(await desk.person(pair.therapist), "offer-lapsed")
    await look(desk, await desk.person(pair.client))


async def _close(desk: Desk, pair: Pair, state: str, *, by: str) -> None:
    await desk.unit.pairs.save(replace(pair, state=state, answered_at=desk.now))
    await desk.note(f"match.{state}", by=by, about=pair.id)


async def _introduce(desk: Desk, pair: Pair, client: Person, therapist: Person) -> None:
    """Both hear of each other, the room is asked for, the therapist proposes how the two will work."""
    profile = await records.profile_of(desk, therapist.id)
    await desk.tell(
        client,
        "match-found",
        therapist=therapist.name,
        card=await _card(desk, profile, client.language) if profile else "",
        reasons=await _reasons(desk, pair, client.language),
    )
    await desk.tell(therapist, "offer-accepted", client=desk.named(client, therapist.language))
    room = await request_pair_room(desk, pair, client, therapist)
    await desk.say(
        room,
        client.language,
        "pair-welcome",
        client=desk.named(client, client.language),
        therapist=therapist.name,
        detection="on" if detection.mode(desk, client) == "on" else "off",
        help=short_card(desk, client, client.language),
    )
    wait = timedelta(hours=desk.settings.care.introduce_hours)
    await desk.later("introduce", pair.id, wait, key=f"introduce:{pair.id}")
    await agreement.ask_therapist(desk, pair, client, therapist)


async def _reasons(desk: Desk, pair: Pair, language: str) -> str:
    document = await desk.unit.documents.get("situation", pair.client, pair.id)
    if document is None:
        return ""
    stored = json.loads(document.body_json).get("reasons", [])
    return _bullets(desk, _REASONS.validate_python(stored), language)


def _bullets(desk: Desk, reasons: Iterable[Reason], language: str) -> str:
    return "\n".join(f"- {say_reason(desk.house.words, language, reason)}" for reason in reasons)


async def _card(desk: Desk, profile: TherapistProfile, language: str) -> str:
    made = await records.application_of(desk, PersonId(profile.id))
    about = str(made.answers.get("about", "")) if made else ""
    return describing.therapist_card(desk, profile, about, language)
