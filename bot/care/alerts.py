"""Alerts: one a person and episode. It gathers what follows, until a person has taken and closed it."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.care import chain, episode, followup, pairs
from bot.care.desk import Desk
from bot.care.episode import Episode, Source
from compliance.crisis import Severity
from compliance.storage.alerts import Alert
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from config.ids import AlertId

MORE_EVERY = timedelta(minutes=3)
"""People who were paged hear of further messages at most this often; none goes uncounted."""
TAKEN_FOR = timedelta(hours=1)
"""Who took an alert counts as at hand this long after taking it or after the last message in it."""
TAKEN_AT_MOST = timedelta(hours=4)
"""And never longer than this after taking it, however steadily the person writes."""


async def sound(
    desk: Desk,
    person: Person,
    room: Room,
    severity: Severity,
    categories: frozenset[str],
    source: Source = "message",
) -> int:
    """Open an episode, or gather this into the one that is open. Returns how many people were paged.

    People are paged anew when it became graver, for whoever took the lesser alert has not seen this one,
    and when it was taken so long ago that nobody may be at hand.
    """
    alert = await desk.unit.alerts.current(person.id)
    if alert is None:
        pair = await pairs.as_client(desk, person)
        made = Episode(categories=tuple(sorted(categories)), messages=1, source=source, latest_at=desk.now)
        alert = await desk.unit.alerts.open(
            person.id, room.ref, pair.id if pair else None, severity.name, made.model_dump_json()
        )
        await desk.note("alert.opened", by="service", about=alert.id, severity=severity.name)
        return await chain.page(desk, alert)
    known = episode.read(alert)
    graver = severity > Severity[alert.severity]
    alone = alert.state == "acknowledged" and not _at_hand(alert, known, desk.now)
    alert = episode.write(
        alert,
        known.model_copy(
            update={
                "categories": tuple(sorted({*known.categories, *categories})),
                "messages": known.messages + 1,
                "untold": known.untold + 1,
                "latest_at": desk.now,
            }
        ),
    )
    if graver or alone:
        severity = max(severity, Severity[alert.severity])
        return await chain.page(desk, _reopened(replace(alert, severity=severity.name)))
    await desk.unit.alerts.save(alert)
    await tell_more(desk, alert.id)
    return 0


def _at_hand(alert: Alert, known: Episode, now: datetime) -> bool:
    taken = alert.acknowledged_at or alert.opened_at
    return now - taken < TAKEN_AT_MOST and now - max(taken, known.latest_at or taken) < TAKEN_FOR


def _reopened(alert: Alert) -> Alert:
    """The alert as nobody has taken it. If all stay silent the person hears so again, and once it is taken
    the therapist is asked again about the day after."""
    if alert.state == "open":
        return alert
    known = episode.read(alert)
    asked = known.follow_up in ("sent", "answered", "silent")
    known = known.model_copy(update={"rounds": 0, "follow_up": "none" if asked else known.follow_up})
    return episode.write(replace(alert, state="open", acknowledged_by=None, acknowledged_at=None), known)


async def need_help(desk: Desk, alert: Alert, person: Person, room: Room) -> int:
    """The person asks for help in an episode that is open. Everybody whom it has reached hears so at once;
    if it was taken or has become graver, the chain begins anew. Returns how many people that are."""
    if alert.state == "acknowledged" or alert.severity != Severity.emergency.name:
        graver = replace(_reopened(alert), severity=Severity.emergency.name)
        changed = episode.read(graver).model_copy(update={"source": "asked", "latest_at": desk.now})
        return await chain.page(desk, episode.write(graver, changed))
    return await chain.tell_paged(
        desk,
        alert,
        lambda language: desk.text(
            language, "crisis-alert-help", name=desk.named(person, language), number=alert.number
        ),
    )


async def tell_safe(desk: Desk, alert: Alert, person: Person) -> None:
    """Pass on that the person says they are safe. It closes nothing."""

    def body(language: str) -> str:
        return desk.text(
            language, "crisis-alert-safe", name=desk.named(person, language), number=alert.number
        )

    await chain.tell_called(desk, alert, body)


async def tell_more(desk: Desk, alert_id: str) -> None:
    """Tell those who were paged of further messages: now, or when they were last told long enough ago."""
    alert = await desk.unit.alerts.get(AlertId(alert_id))
    known = episode.read(alert)
    if alert.state == "closed" or not known.untold:
        return
    wait = known.told_at + MORE_EVERY - desk.now if known.told_at else timedelta()
    if wait > timedelta():
        assert known.told_at is not None  # noqa: S101 - or there is nothing to wait for
        key = f"alert-more:{alert.id}:{known.told_at.isoformat()}"
        await desk.later("alert-more", alert.id, wait, key=key)
        return
    person = await desk.person(alert.person)
    await chain.tell_paged(
        desk,
        alert,
        lambda language: desk.text(
            language,
            "crisis-alert-more",
            name=desk.named(person, language),
            number=alert.number,
            count=known.untold,
        ),
    )
    await episode.change(desk, alert, untold=0, told_at=desk.now)


async def acknowledge(desk: Desk, alert: Alert, by: Person) -> bool:
    """Somebody takes an alert. True if they are the first. The person hears that it was seen, and by whom."""
    if alert.state != "open":
        return False
    alert = replace(alert, state="acknowledged", acknowledged_by=by.id, acknowledged_at=desk.now)
    await desk.unit.alerts.save(alert)
    await desk.unit.due.cancel("alert-climb", alert.id)
    await desk.note("alert.acknowledged", by=by.id, about=alert.id)
    person = await desk.person(alert.person)
    name = by.name or desk.text(person.language, "crisis-team")
    await desk.say(
        await episode.room_of(desk, alert, person), person.language, "crisis-acknowledged", name=name
    )
    taker = by.name or by.mxid
    await chain.tell_called(
        desk,
        alert,
        lambda language: desk.text(language, "crisis-alert-taken", number=alert.number, name=taker),
        but=by.id,
    )
    await followup.offer(desk, alert, person)
    return True


async def close(desk: Desk, alert: Alert, by: Person) -> None:
    """A person closes an episode; software never does."""
    await desk.unit.alerts.save(replace(alert, state="closed", closed_at=desk.now))
    for kind in ("alert-climb", "alert-more"):
        await desk.unit.due.cancel(kind, alert.id)
    await desk.note("alert.closed", by=by.id, about=alert.id)
    closer = by.name or by.mxid
    await chain.tell_called(
        desk,
        alert,
        lambda language: desk.text(language, "crisis-alert-closed", number=alert.number, name=closer),
        but=by.id,
    )
