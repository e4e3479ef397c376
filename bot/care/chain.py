"""The chain: who is paged about an alert, who next when nobody takes it, and what if nobody does.

It never ends by itself. An alarm that comes late, after an outage, still pages at once.
"""

import json
from dataclasses import replace
from datetime import timedelta

from bot.calendar.availability import away_at
from bot.care import duty, episode, pairs, safetyplan
from bot.care.availability import availability_of
from bot.care.cards import emergency_card
from bot.care.desk import Desk
from bot.care.episode import Episode
from compliance.storage.alerts import Alert
from compliance.storage.people import Person
from config import places
from config.ids import AlertId

STEPS = (("therapist", "oncall"), ("supervisor",), ("oncall",), ("admin",))
"""Who is paged first, and who next when nobody has acknowledged in time.

Somebody who is both therapist and on call is paged in both rooms: twice is better than missed.
"""
AGAIN_AFTER = timedelta(minutes=30)
"""How long the chain rests when all of it was silent, before it begins anew."""


async def page(desk: Desk, alert: Alert, step: int = 0) -> int:
    """Page the people of one step; a step without anybody is passed over at once. Returns how many.

    With nobody left to page the chain is silent: the person hears so, and it begins anew later.
    """
    known = episode.read(alert)
    person = await desk.person(alert.person)
    reached = 0
    while step < len(STEPS):
        for role in STEPS[step]:
            reached += await _page_role(desk, alert, known, person, role, step)
        if reached:
            break
        step += 1
    silent = step >= len(STEPS)
    turn = known.turn + 1
    after = {"turn": turn, "untold": 0, "told_at": desk.now, "rounds": known.rounds + silent}
    await desk.unit.due.cancel("alert-climb", alert.id)
    alert = await episode.change(desk, replace(alert, step=step), **after)
    if silent:
        await _silent(desk, alert, person, first=known.rounds == 0)
    wait = AGAIN_AFTER if silent else timedelta(minutes=desk.settings.care.acknowledge_minutes)
    key = f"alert-climb:{alert.id}:{turn}"
    await desk.later("alert-climb", alert.id, wait, key=key, body=json.dumps({"turn": turn}))
    return reached


async def climb(desk: Desk, alert_id: str, body_json: str) -> None:
    """Nobody acknowledged in time: the next of the chain, or the first again after a silent round."""
    alert = await desk.unit.alerts.get(AlertId(alert_id))
    turn = episode.read(alert).turn
    if alert.state != "open" or json.loads(body_json or "{}").get("turn", turn) != turn:
        return
    step = alert.step + 1 if alert.step < len(STEPS) else 0
    await desk.note("alert.climbed", by="service", about=alert.id, step=step)
    await page(desk, alert, step)


async def tell_paged(desk: Desk, alert: Alert, body: duty.Body) -> int:
    """Write to everybody whom the alert has reached so far: who took it, or all who were paged."""
    if alert.state == "acknowledged" and alert.acknowledged_by is not None:
        taker = await desk.person(alert.acknowledged_by)
        await desk.speak(await desk.direct_room(taker), body(taker.language), mention=(taker.mxid,))
        await duty.reach(desk, "oncall", body, about=alert.person, mention=False)
        return 1
    roles = dict.fromkeys(role for step in STEPS[: alert.step + 1] for role in step)
    count = 0
    for role in roles:
        if role != "therapist":
            count += await duty.reach(desk, role, body, about=alert.person)
        elif (therapist := await therapist_of(desk, alert)) is not None:
            await desk.speak(
                await desk.direct_room(therapist), body(therapist.language), mention=(therapist.mxid,)
            )
            count += 1
    return count


async def therapist_of(desk: Desk, alert: Alert) -> Person | None:
    """The therapist of the person now."""
    pair = await pairs.as_client(desk, await desk.person(alert.person))
    return await desk.person(pair.therapist) if pair is not None else None


async def _page_role(desk: Desk, alert: Alert, known: Episode, person: Person, role: str, step: int) -> int:
    therapist = await therapist_of(desk, alert)
    if role != "therapist":
        away = therapist is not None and await _is_away(desk, therapist)

        def body(language: str) -> str:
            return _text(desk, alert, known, person, language, step, away=away)

        reached = await duty.reach(desk, role, body, about=alert.person)
    elif therapist is None:
        return 0
    else:
        plan = await safetyplan.is_shared(desk, person, therapist)
        words = _text(desk, alert, known, person, therapist.language, step, plan=plan)
        await desk.speak(await desk.direct_room(therapist), words, mention=(therapist.mxid,))
        reached = 1
    if reached:
        await desk.note("alert.paged", by="service", about=alert.id, role=role)
    return reached


async def _is_away(desk: Desk, therapist: Person) -> bool:
    availability = await availability_of(desk, therapist.id)
    return availability is not None and away_at(availability, desk.now) is not None


def _text(
    desk: Desk,
    alert: Alert,
    known: Episode,
    person: Person,
    language: str,
    step: int,
    *,
    away: bool = False,
    plan: bool = False,
) -> str:
    """What a paged person reads. No word of the person is repeated."""
    categories = ", ".join(desk.text(language, f"crisis-category-{one}") for one in known.categories)
    parts = [
        desk.text(language, "crisis-alert-title", severity=alert.severity, number=alert.number),
        desk.text(
            language,
            "crisis-alert-body",
            name=f"{desk.named(person, language)} ({person.mxid})",
            source=known.source,
            categories=categories or desk.text(language, "crisis-category-asked"),
            place=places.country_name(person.country, language) if person.country else "unknown",
        ),
        desk.text(
            language,
            "crisis-alert-acknowledge",
            number=alert.number,
            minutes=desk.settings.care.acknowledge_minutes,
        ),
    ]
    if known.rounds:
        parts.insert(0, desk.text(language, "crisis-alert-again", number=alert.number))
    elif step:
        parts.insert(0, desk.text(language, "crisis-alert-escalated", number=alert.number))
    if away:
        parts.insert(-1, desk.text(language, "crisis-alert-therapist-away"))
    if plan:
        parts.insert(-1, desk.text(language, "crisis-alert-plan"))
    return "\n\n".join(parts)


async def _silent(desk: Desk, alert: Alert, person: Person, *, first: bool) -> None:
    """The whole chain is silent: the person hears it plainly and once, with the lines again."""
    if first:
        room = await episode.room_of(desk, alert, person)
        await desk.say(room, person.language, "crisis-help-nobody", mention=(person.mxid,))
        await desk.speak(room, emergency_card(desk, person, told="nobody"), mention=(person.mxid,))
        await desk.note("card.shown", by="service", about=person.id, severity=alert.severity)
    await duty.tell_oncall(
        desk,
        "crisis-alert-silent",
        about=person.id,
        mention=True,
        number=alert.number,
        minutes=int(AGAIN_AFTER.total_seconds() // 60),
    )
