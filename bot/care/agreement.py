"""The agreement of a pair: the therapist proposes how the two will work, the client answers."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.care import availability, questionnaires, terms
from bot.care.desk import Choice, Desk
from bot.forms.conditions import Value
from bot.forms.state import Outcome
from bot.routing.agreed import asked_of, newest_agreed
from compliance.storage.pairs import Pair
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from config.ids import PairId

_REVIEW_AGAIN = timedelta(days=30)


async def ask_therapist(desk: Desk, pair: Pair, client: Person, therapist: Person) -> None:
    """Ask the therapist to propose, in their own room."""
    await desk.tell(therapist, "agreement-ask", mention=True, client=desk.named(client, therapist.language))
    await questionnaires.start(desk, therapist, "agreement", subject=pair.id)


async def proposed(desk: Desk, proposer: Person, pair_id: str, outcome: Outcome) -> None:
    """One of the two has proposed: both see the terms in their room, the other one is asked."""
    if outcome.kind != "done":
        return
    pair = await desk.unit.pairs.get(PairId(pair_id))
    if proposer.id not in (pair.therapist, pair.client) or pair.state != "active":
        return
    version = await latest_version(desk, pair) + 1
    client, therapist = await desk.person(pair.client), await desk.person(pair.therapist)
    by_client = proposer.id == client.id
    wanted = outcome.answers
    if by_client:
        wanted = terms.changed_by_client(await newest_agreed(desk.unit, pair), outcome.answers)
    body = {
        "pair": pair.id,
        "version": version,
        "state": "proposed",
        "by": "client" if by_client else "therapist",
        "terms": wanted,
        "proposed_at": desk.now.isoformat(),
    }
    await desk.unit.documents.put(
        "agreement", pair.client, _key(pair, version), json.dumps(body, default=str)
    )
    await desk.note("agreement.proposed", by=proposer.id, about=pair.id, version=str(version))
    room = await desk.unit.rooms.of_pair(pair.id)
    if room is None:
        return
    shown = await _listed(desk, pair, wanted, client)
    key = "agreement-shown-by-client" if by_client else "agreement-shown"
    names = {"client": desk.named(client, client.language), "therapist": therapist.name}
    await desk.say(room, client.language, key, terms=shown, **names)
    asked = therapist if by_client else client
    if by_client:
        name = desk.named(client, therapist.language)
        await desk.tell(therapist, "agreement-client-proposed", mention=True, client=name)
    await desk.ask(
        room,
        asked,
        purpose="agreement",
        subject=_key(pair, version),
        question=desk.text(asked.language, "agreement-question"),
        choices=(
            Choice("agree", desk.text(asked.language, "agreement-agree")),
            Choice("talk", desk.text(asked.language, "agreement-talk")),
        ),
        hint=desk.text(asked.language, "agreement-hint"),
    )


async def answer(desk: Desk, person: Person, room: Room, subject: str, *, agree: bool) -> None:
    """The answer to a proposal. The proposer has agreed by proposing."""
    pair_id, _, version = subject.partition(":")
    pair = await desk.unit.pairs.get(PairId(pair_id))
    if person.id not in (pair.client, pair.therapist):
        return
    document = await desk.unit.documents.get("agreement", pair.client, _key(pair, int(version)))
    body: dict[str, Any] = json.loads(document.body_json) if document else {"state": "gone"}
    if body["state"] == "agreed":
        await desk.say(room, person.language, "agreement-already")
        return
    if body["state"] != "proposed" or await latest_version(desk, pair) != int(version):
        await desk.say(room, person.language, "agreement-past")
        return
    if person.id != asked_of(pair, body):
        await desk.say(room, person.language, "agreement-other-answers")
        return
    if not agree:
        await desk.note("agreement.declined", by=person.id, about=pair.id, version=version)
        therapist = desk.named(await desk.person(pair.therapist), person.language)
        key = "agreement-talked" if person.id == pair.client else "agreement-talked-therapist"
        await desk.say(room, person.language, key, therapist=therapist)
        return
    body |= {"state": "agreed", "agreed_at": desk.now.isoformat()}
    await desk.unit.documents.put("agreement", pair.client, _key(pair, int(version)), json.dumps(body))
    await desk.note("agreement.agreed", by=person.id, about=pair.id, version=version)
    await _remember_review(desk, pair, int(version), body["terms"])
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
    shown = await _listed(desk, pair, body["terms"], person)
    agreed = await newest_agreed(desk.unit, pair)
    proposer = await desk.person(pair.client if body.get("by") == "client" else pair.therapist)
    await desk.say(
        room,
        person.language,
        f"agreement-is-{body['state']}",
        terms=shown,
        version=version,
        who=desk.named(proposer, person.language),
        held=int(agreed["version"]) if agreed else 0,
    )


async def _listed(desk: Desk, pair: Pair, agreed: Mapping[str, Value], reader: Person) -> str:
    known = await availability.availability_of(desk, pair.therapist)
    zone = known.zone if known else desk.zone(await desk.person(pair.therapist)).key
    return terms.listed(desk, agreed, reader, zone)


async def allows_phone(desk: Desk, pair: Pair) -> bool:
    """Whether the two agreed that a phone number may be exchanged, and the service lets them."""
    agreed = await newest_agreed(desk.unit, pair)
    if agreed is None:
        return False
    held, _ = terms.overridden(agreed["terms"], desk.settings.boundaries)
    return held.get("phone") in ("logistics", "fallback")


async def on(desk: Desk, pair: Pair, term: str, language: str) -> str:
    """What the two agreed on for one term, in words; empty if they have not."""
    agreed = await newest_agreed(desk.unit, pair)
    return terms.one(desk, agreed["terms"], term, language) if agreed else ""


async def history(desk: Desk, person: Person, room: Room, pair: Pair) -> None:
    """All versions, the newest first: when proposed, when agreed."""
    lines: list[str] = []
    for version in range(await latest_version(desk, pair), 0, -1):
        document = await desk.unit.documents.get("agreement", pair.client, _key(pair, version))
        body: dict[str, Any] = json.loads(document.body_json) if document else {}
        if body:
            at = desk.when(person, datetime.fromisoformat(body.get("agreed_at") or body["proposed_at"]))
            key = "agreement-history-agreed" if body["state"] == "agreed" else "agreement-history-proposed"
            lines.append(desk.text(person.language, key, version=version, at=at))
    if not lines:
        await desk.say(room, person.language, "agreement-none")
        return
    await desk.speak(room, "\n".join(lines))


async def ask_for_change(desk: Desk, client: Person, room: Room, pair: Pair, wish: str) -> None:
    """The client would like something else: they propose it line by line in their own room, or their words
    go to the therapist's own room."""
    if not wish:
        agreed = await newest_agreed(desk.unit, pair)
        if agreed is None:
            await desk.say(room, client.language, "agreement-wish-empty")
            return
        if room.kind != "direct":
            await desk.say(room, client.language, "agreement-change-here")
        standing = terms.open_to_client(terms.again(agreed["terms"], desk.now.date()))
        await questionnaires.start(desk, client, "agreement-client", subject=pair.id, standing=standing)
        return
    therapist = await desk.person(pair.therapist)
    name = desk.named(client, therapist.language)
    await desk.tell(therapist, "agreement-wish", mention=True, client=name, words=wish)
    await desk.note("agreement.asked", by=client.id, about=pair.id)
    other = desk.named(therapist, client.language)
    await desk.say(room, client.language, "agreement-wish-sent", therapist=other)


async def offer_templates(desk: Desk, therapist: Person, pair: Pair) -> None:
    """What a new proposal can begin with; until the client agrees the old one holds."""
    language = therapist.language
    choices = [Choice(mode, desk.text(language, f"agreement-mode-{mode}")) for mode in _modes(desk)]
    choices.append(Choice("scratch", desk.text(language, "agreement-from-scratch")))
    if await newest_agreed(desk.unit, pair) is not None:
        choices.insert(0, Choice("last", desk.text(language, "agreement-as-last-time")))
    await desk.ask(
        await desk.direct_room(therapist),
        therapist,
        purpose="template",
        subject=pair.id,
        question=desk.text(
            language,
            "agreement-template-question",
            client=desk.named(await desk.person(pair.client), language),
        ),
        choices=choices,
        hint=desk.text(language, "agreement-template-hint"),
    )


async def start_from(desk: Desk, therapist: Person, pair_id: str, template: str) -> None:
    """A new version: answers to correct in the review, or the questions from the start."""
    pair = await desk.unit.pairs.get(PairId(pair_id))
    if pair.therapist != therapist.id or pair.state != "active":
        await desk.tell(therapist, "pair-ended")
        return
    today = desk.now.date()
    agreed = await newest_agreed(desk.unit, pair)
    standing: dict[str, Value] | None = None
    if template == "last" and agreed is not None:
        standing = terms.again(agreed["terms"], today)
    elif template in terms.MODES and template in _modes(desk):
        known = await availability.availability_of(desk, therapist.id)
        hours = known.week.model_dump_json() if known else None
        standing = terms.started(template, hours, today)
    if standing is not None:
        standing, _ = terms.overridden(standing, desk.settings.boundaries)
    await questionnaires.start(desk, therapist, "agreement", subject=pair.id, standing=standing)


def _modes(desk: Desk) -> tuple[terms.Mode, ...]:
    return tuple(mode for mode in terms.MODES if mode in desk.settings.boundaries.modes)


async def _remember_review(desk: Desk, pair: Pair, version: int, agreed: dict[str, Value]) -> None:
    """Set the day on which both are reminded to look at it again, at nine in the client's morning."""
    await desk.unit.due.cancel("agreement-review", pair.id)
    try:
        day = date.fromisoformat(str(agreed.get("review-on", "")))
    except ValueError:
        return
    zone = desk.zone(await desk.person(pair.client))
    at = datetime.combine(day, time(9), tzinfo=zone)
    key = f"agreement-review:{pair.id}:{version}:{day.isoformat()}"
    await desk.unit.due.add("agreement-review", pair.id, max(at, desk.now), key=key, body_json=str(version))


async def review(desk: Desk, pair_id: str, body_json: str) -> None:
    """The day has come: both see what they agreed on; the therapist can propose anew. Again in a month, as
    long as nothing newer was agreed."""
    pair = await desk.unit.pairs.get(PairId(pair_id))
    room = await desk.unit.rooms.of_pair(pair.id)
    version = int(body_json)
    agreed = await newest_agreed(desk.unit, pair)
    if pair.state != "active" or room is None or agreed is None or int(agreed["version"]) != version:
        return
    client, therapist = await desk.person(pair.client), await desk.person(pair.therapist)
    shown = await _listed(desk, pair, agreed["terms"], client)
    await desk.say(room, client.language, "agreement-review", terms=shown, version=version)
    await offer_templates(desk, therapist, pair)
    await desk.note("agreement.recalled", by="service", about=pair.id, kind="review")
    at = desk.now + _REVIEW_AGAIN
    key = f"agreement-review:{pair.id}:{version}:{at.date().isoformat()}"
    await desk.unit.due.add("agreement-review", pair.id, at, key=key, body_json=str(version))


def _key(pair: Pair, version: int) -> str:
    return f"{pair.id}:{version}"
