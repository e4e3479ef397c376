"""Typed answers to open questions that are not a form's: the words of a choice, or its number.

Somebody whose program shows no polls answers by writing, and somebody in need writes what is quickest.
"""

import json
from datetime import datetime, timedelta

from bot.routing.agreed import asked_of
from bot.routing.intents import DecideByVote, RunCommand
from bot.routing.situation import plain_words
from compliance.storage.alerts import Alert
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from compliance.storage.unit import Unit
from config.ids import AlertId, PairId
from config.words import FALLBACK, Words

Replies = dict[str, DecideByVote | RunCommand]
JUST_ASKED = timedelta(minutes=3)
"""So long a bare number between two people is an answer to the times that its writer asked to see."""


async def open_replies(unit: Unit, words: Words, person: Person, room: Room, at: datetime) -> Replies:
    """What this person may answer here by typing, at this moment. In a room where two people talk, bare
    numbers are talk, unless the writer has just asked to see open times."""
    if room.kind not in ("direct", "pair"):
        return {}
    replies = await _how_they_are(unit, words, person)
    numbers = room.kind == "direct" or await _just_asked(unit, person, room, at)
    newest = await unit.outbox.newest(room.ref) if numbers else None
    for poll in reversed(await unit.polls.lately(room.ref)):
        purpose, _, subject = poll.question.partition(":")
        if not await _is_open(unit, person, purpose, subject):
            continue
        for number, (choice, label) in enumerate(poll.options, 1):
            replies[plain_words(label)] = DecideByVote(purpose, subject, choice)
            if poll.outbox_id == newest:
                replies[str(number)] = DecideByVote(purpose, subject, choice)
    return replies


async def _just_asked(unit: Unit, person: Person, room: Room, at: datetime) -> bool:
    """Whether this person asked for open times a moment ago, and the other one has not written since."""
    pair = await unit.pairs.get(room.pair) if room.pair else None
    if pair is None:
        return False
    shown = await unit.documents.get("situation", pair.client, f"book:{pair.id}")
    if shown is None or json.loads(shown.body_json).get("by") != person.id:
        return False
    ledger = await unit.documents.get("promise", pair.client, pair.id)
    spoke = json.loads(ledger.body_json).get("spoke") if ledger else None
    if spoke is not None and datetime.fromisoformat(spoke) >= shown.changed_at:
        return False
    return at - shown.changed_at < JUST_ASKED


async def _how_they_are(unit: Unit, words: Words, person: Person) -> Replies:
    """The two answers about safety. "I need help now" counts at any time, asked or not."""
    alert = await unit.alerts.current(person.id)
    if alert is None and await unit.grants.roles(person.id) - {"client"}:
        return {}  # staff at work
    replies: Replies = {}
    for language in dict.fromkeys((FALLBACK, person.language)):
        need = _ways(words, language, "crisis-poll-help", "crisis-need-always")
        if alert is None:
            replies.update(dict.fromkeys(need, RunCommand("needhelp", "")))
            continue
        # Asked how it is, people answer in fewer words.
        need |= _ways(words, language, "crisis-need-asked")
        safe = _ways(words, language, "crisis-poll-safe", "crisis-safe-asked")
        replies.update(dict.fromkeys(safe, DecideByVote("safe", alert.id, "safe")))
        replies.update(dict.fromkeys(need, DecideByVote("safe", alert.id, "need")))
    return replies


def _ways(words: Words, language: str, *keys: str) -> set[str]:
    """The ways to write an answer that these texts hold, one a line."""
    lines = "\n".join(words.say(language, key) for key in keys).split("\n")
    return {plain_words(line) for line in lines if line.strip()}


async def _is_open(unit: Unit, person: Person, purpose: str, subject: str) -> bool:
    """Whether the question still waits for an answer of this person."""
    match purpose:
        case "safe":
            alert = await unit.alerts.get(AlertId(subject))
            return alert.person == person.id and alert.state != "closed"
        case "today":
            alert = await unit.alerts.get(AlertId(subject))
            return alert.person == person.id and _follow_up(alert) in ("sent", "silent")
        case "follow-up":
            alert = await unit.alerts.get(AlertId(subject))
            return _follow_up(alert) in ("offered", "agreed", "declined")
        case "safetyplan":
            return any(
                pair.therapist == subject and pair.state == "active"
                for pair in await unit.pairs.of_client(person.id)
            )
        case "offer":
            pair = await unit.pairs.get(PairId(subject))
            return pair.therapist == person.id and pair.state == "offered"
        case "book":
            pair = await unit.pairs.get(PairId(subject))
            return person.id in (pair.client, pair.therapist) and pair.state == "active"
        case "template":
            pair = await unit.pairs.get(PairId(subject))
            return person.id == pair.therapist and pair.state == "active"
        case "fine":
            pair = await unit.pairs.get(PairId(subject.partition(":")[0]))
            return person.id in (pair.client, pair.therapist) and pair.state == "active"
        case "remedy":
            pair = await unit.pairs.get(PairId(subject.partition(":")[0]))
            return pair.client == person.id and pair.state == "active"
        case "agreement":
            pair = await unit.pairs.get(PairId(subject.partition(":")[0]))
            document = await unit.documents.get("agreement", pair.client, subject)
            body = json.loads(document.body_json) if document else {"state": "gone"}
            return body["state"] == "proposed" and asked_of(pair, body) == person.id
        case _:
            return False


def _follow_up(alert: Alert) -> str:
    return json.loads(alert.body_json or "{}").get("follow_up", "none")
