"""The day after: a gentle question to somebody who was in a crisis, if their therapist wants it asked.

No answer is never taken for a good one: the therapist hears that there was none.
"""

import json
from datetime import datetime, time, timedelta

from bot.care import episode, pairs
from bot.care.desk import Choice, Desk
from compliance.storage.alerts import Alert
from compliance.storage.people import Person
from config.ids import AlertId, PersonId

AT = time(10)
"""The hour of the person's next day at which they are asked, by their own clock."""
WAIT = timedelta(hours=8)
"""After how long without an answer the therapist hears so."""
_SETTING = "follow-up"


async def setting(desk: Desk, therapist: PersonId) -> bool | None:
    """Whether this therapist always wants a follow-up, never, or wants to be asked (None)."""
    document = await desk.unit.documents.get("situation", therapist, _SETTING)
    return bool(json.loads(document.body_json)["on"]) if document else None


async def set_setting(desk: Desk, therapist: PersonId, on: bool | None) -> None:
    """Keep what a therapist wants; None: ask each time."""
    if on is None:
        await desk.unit.documents.delete("situation", therapist, _SETTING)
    else:
        await desk.unit.documents.put("situation", therapist, _SETTING, json.dumps({"on": on}))


async def offer(desk: Desk, alert: Alert, person: Person) -> None:
    """An alert was taken: ask the therapist, once an episode, whether to ask their client tomorrow."""
    pair = await pairs.as_client(desk, person)
    before = episode.read(alert).follow_up
    if pair is not None and before == "agreed":
        # It was taken, flared up and is taken again: the day after counts from now.
        await _decided(desk, alert, person, agree=True)
    if pair is None or before != "none":
        return
    wanted = await setting(desk, pair.therapist)
    if wanted is not None:
        await _decided(desk, alert, person, wanted)
        return
    therapist = await desk.person(pair.therapist)
    await episode.change(desk, alert, follow_up="offered")
    await desk.ask(
        await desk.direct_room(therapist),
        therapist,
        purpose="follow-up",
        subject=alert.id,
        question=desk.text(
            therapist.language, "crisis-follow-up-offer", name=desk.named(person, therapist.language)
        ),
        choices=(
            Choice("yes", desk.text(therapist.language, "crisis-follow-up-yes")),
            Choice("no", desk.text(therapist.language, "crisis-follow-up-no")),
        ),
        hint=desk.text(therapist.language, "crisis-follow-up-hint"),
    )


async def decide(desk: Desk, therapist: Person, alert_id: str, *, agree: bool) -> None:
    """The therapist's answer. It can be changed until the question was asked."""
    alert = await desk.unit.alerts.get(AlertId(alert_id))
    person = await desk.person(alert.person)
    pair = await pairs.as_client(desk, person)
    if pair is None or pair.therapist != therapist.id:
        await desk.tell(therapist, "poll-past")
        return
    if episode.read(alert).follow_up not in ("offered", "agreed", "declined"):
        await desk.tell(therapist, "poll-past")
        return
    await _decided(desk, alert, person, agree)
    key = "crisis-follow-up-agreed" if agree else "crisis-follow-up-declined"
    await desk.tell(therapist, key, name=desk.named(person, therapist.language))


async def _decided(desk: Desk, alert: Alert, person: Person, agree: bool) -> None:
    alert = await episode.change(desk, alert, follow_up="agreed" if agree else "declined")
    await desk.unit.due.cancel("follow-up", alert.id)
    if agree:
        await desk.unit.due.add("follow-up", alert.id, _tomorrow(desk, person))


def _tomorrow(desk: Desk, person: Person) -> datetime:
    """Ten o'clock of the person's next day; by the day's count, so a night is never called by too early."""
    zone = desk.zone(person)
    day = desk.now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, AT, zone)


async def ask(desk: Desk, alert_id: str) -> None:
    """The day has come: ask the person in their direct room, and tell the therapist that it was done."""
    alert = await desk.unit.alerts.get(AlertId(alert_id))
    person = await desk.person(alert.person)
    pair = await pairs.as_client(desk, person)
    # While an alert is unanswered people are being paged: that is not the time for a gentle question.
    if pair is None or alert.state == "open" or episode.read(alert).follow_up != "agreed":
        return
    await desk.ask(
        await desk.direct_room(person),
        person,
        purpose="today",
        subject=alert.id,
        question=desk.text(person.language, "crisis-follow-up-question"),
        choices=(
            Choice("need", desk.text(person.language, "crisis-poll-help")),
            Choice("safe", desk.text(person.language, "crisis-poll-safe")),
        ),
        hint=desk.text(person.language, "crisis-follow-up-how"),
    )
    await episode.change(desk, alert, follow_up="sent")
    await desk.later("follow-up-silence", alert.id, WAIT, key=f"follow-up-silence:{alert.id}")
    therapist = await desk.person(pair.therapist)
    await desk.tell(therapist, "crisis-alert-follow-up", name=desk.named(person, therapist.language))


async def answered(desk: Desk, person: Person, alert: Alert, choice: str) -> None:
    """The person answered; their therapist hears what."""
    await desk.unit.due.cancel("follow-up-silence", alert.id)
    await episode.change(desk, alert, follow_up="answered")
    await _tell_therapist(desk, person, f"crisis-follow-up-answer-{choice}")


async def silence(desk: Desk, alert_id: str) -> None:
    """No answer so far. That says nothing about how the person is, and the therapist hears exactly that."""
    alert = await desk.unit.alerts.get(AlertId(alert_id))
    if episode.read(alert).follow_up == "sent":
        await episode.change(desk, alert, follow_up="silent")
        await _tell_therapist(desk, await desk.person(alert.person), "crisis-follow-up-silent")


async def _tell_therapist(desk: Desk, person: Person, key: str) -> None:
    pair = await pairs.as_client(desk, person)
    if pair is not None:
        therapist = await desk.person(pair.therapist)
        await desk.tell(therapist, key, mention=True, name=desk.named(person, therapist.language))
