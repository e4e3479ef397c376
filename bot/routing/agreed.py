"""What the two of a pair agreed on, as far as deciding needs it."""

import json
from collections.abc import Mapping
from typing import Any

from bot.routing.situation import PairRoom, plain_words
from compliance.boundaries import Direction
from compliance.boundaries.topics import topics
from compliance.storage.pairs import Pair
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from compliance.storage.unit import Unit
from config.ids import PersonId
from config.settings import Settings
from config.words import FALLBACK, Words
from matching.week import Week


async def newest_agreed(unit: Unit, pair: Pair) -> dict[str, Any] | None:
    """The body of the newest version that both agreed to; None if there is none."""
    found: dict[str, Any] | None = None
    for document in await unit.documents.of(pair.client, "agreement"):
        body: dict[str, Any] = json.loads(document.body_json)
        newer = found is None or int(body["version"]) > int(found["version"])
        if body.get("pair") == pair.id and body["state"] == "agreed" and newer:
            found = body
    return found


def asked_of(pair: Pair, body: Mapping[str, Any]) -> PersonId:
    """Who is asked about a proposal: the one of the two who did not make it."""
    return pair.therapist if body.get("by") == "client" else pair.client


def agreed_hours(agreed: Mapping[str, Any] | None) -> Week | None:
    """The answer hours in an agreement, on the therapist's wall clock; None if it names none."""
    hours = agreed["terms"].get("hours") if agreed else None
    return Week.model_validate_json(hours) if isinstance(hours, str) else None


async def pair_room(
    unit: Unit, person: Person, room: Room, settings: Settings, words: Words
) -> PairRoom | None:
    """What is known of a pair's room in which one of the two wrote; None elsewhere."""
    pair = await unit.pairs.get(room.pair) if room.kind == "pair" and room.pair else None
    if pair is None or pair.state != "active" or person.id not in (pair.client, pair.therapist):
        return None
    writer: Direction = "client" if person.id == pair.client else "therapist"
    if writer == "therapist":
        return PairRoom(writer, hosts(settings))
    return PairRoom(
        writer,
        hosts(settings),
        await _kept(unit, pair),
        needless=_listed(words, person.language, "noreply-words"),
        courtesies=_listed(words, person.language, "noreply-courtesies"),
    )


def _listed(words: Words, language: str, key: str) -> frozenset[str]:
    """The words of a list in the person's language, and those of the language that everybody may use."""
    return frozenset(
        plain_words(one)
        for code in dict.fromkeys((FALLBACK, language))
        for one in words.say(code, key).split(";")
    )


def hosts(settings: Settings) -> frozenset[str]:
    """The hosts that are the service's own: those that the operator named, and the homeserver."""
    own = settings.homeserver.url.partition("://")[2].partition("/")[0]
    return frozenset({*settings.links.allowed_hosts, own, settings.account.server_name, "matrix.to"})


async def _kept(unit: Unit, pair: Pair) -> tuple[str, ...]:
    agreed = await newest_agreed(unit, pair)
    terms: dict[str, Any] = agreed["terms"] if agreed else {}
    return topics(str(terms.get("topics-off") or ""))
