"""The chain: who is paged about an alert, who next when nobody takes it, and what if nobody does.

It never ends by itself. An alarm that comes late, after an outage, still pages at once; somebody who can't be
reached is not waited for.
"""

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.care import duty, episode, pages, pairs, showing
from bot.care.cards import emergency_card
from bot.care.desk import Desk
from bot.care.duty import Letter
from compliance import logs
from compliance.storage.alerts import Alert
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from config.ids import AlertId, PersonId

log = logs.get("care")

STEPS = (("therapist", "oncall"), ("supervisor",), ("oncall",), ("admin",))
"""Who is paged first, and who next when nobody has acknowledged in time.

Somebody who is both therapist and on call is paged in both rooms: twice is better than missed.
"""
AGAIN_AFTER = timedelta(minutes=30)
"""How long the chain rests when all of it was silent, before it begins anew."""


@dataclass(slots=True)
class Told:
    """What was written to each role in one go. A role is called once in it."""

    letters: dict[str, list[Letter]] = field(default_factory=dict[str, list[Letter]])

    def seen(self, *roles: str) -> int:
        """How many people of these roles can see it; of all, without any."""
        return sum(one.seen for role in roles or tuple(self.letters) for one in self.letters.get(role, ()))

    def missed(self, role: str) -> bool:
        """Whether a role has people and none of them can see it."""
        return bool(self.letters.get(role)) and not self.seen(role)


async def page(desk: Desk, alert: Alert, step: int = 0) -> int:
    """Page the people of one step; returns how many can see it.

    A step without anybody is passed over at once, and where nobody of a role can be reached the next are
    told at once as well. With nobody left to page the chain is silent: the person hears so, and it begins
    anew later.
    """
    return await _go(desk, alert, step, Told())


async def _go(desk: Desk, alert: Alert, step: int, told: Told) -> int:
    known = episode.read(alert)
    person = await desk.person(alert.person)
    while step < len(STEPS):
        for role in STEPS[step]:
            if role not in told.letters:
                early = any(told.missed(before) for before in told.letters if before not in STEPS[step])
                told.letters[role] = await _page_role(desk, alert, person, role, step, early=early)
        if told.seen(*STEPS[step]) and not any(told.missed(role) for role in STEPS[step]):
            break
        step += 1
    silent = not told.seen()
    step = step if silent else min(step, len(STEPS) - 1)
    turn = known.turn + 1
    after = {"turn": turn, "untold": 0, "told_at": desk.now, "rounds": known.rounds + silent}
    await desk.unit.due.cancel("alert-climb", alert.id)
    alert = await _remember(desk, replace(alert, step=step), told, **after)
    if silent:
        await _silent(desk, alert, person, first=known.rounds == 0)
    wait = AGAIN_AFTER if silent else timedelta(minutes=desk.settings.care.acknowledge_minutes)
    key = f"alert-climb:{alert.id}:{turn}"
    await desk.later("alert-climb", alert.id, wait, key=key, body=json.dumps({"turn": turn}))
    return told.seen()


async def climb(desk: Desk, alert_id: str, body_json: str) -> None:
    """Nobody acknowledged in time: the next of the chain, or the first again after a silent round."""
    alert = await desk.unit.alerts.get(AlertId(alert_id))
    turn = episode.read(alert).turn
    if alert.state != "open" or json.loads(body_json or "{}").get("turn", turn) != turn:
        return
    step = alert.step + 1 if alert.step < len(STEPS) else 0
    await desk.note("alert.climbed", by="service", about=alert.id, step=step)
    await page(desk, alert, step)


# Rooms that are lost or left, and people who come in


async def not_delivered(desk: Desk, room: Room, *, gone: PersonId | None = None) -> None:
    """A room can't be used any more, or somebody left it (`gone`): whoever was paged there about an alert
    that nobody has taken is paged where they can be reached now, and is not waited for."""
    for alert in await desk.unit.alerts.unacknowledged():
        lost = [one for one in episode.read(alert).pages if one.room == room.ref]
        if gone is None:
            lost = [one for one in lost if await desk.unit.outbox.event_of(one.row) is None]
        else:
            # Others who were called there still are there.
            lost = [one for one in lost if gone in one.people and not set(one.people) & set(room.present)]
        if lost:
            await _again(desk, alert, room, {one.role for one in lost})


async def _again(desk: Desk, alert: Alert, room: Room, roles: set[str]) -> None:
    # A room that could not even be made is not asked for again at once, and again.
    skip = (room.owner,) if room.owner is not None and room.matrix_id is None else ()
    known = episode.read(alert)
    kept = tuple(one for one in known.pages if one.room != room.ref)
    alert = await episode.change(desk, alert, pages=kept)
    person = await desk.person(alert.person)
    told = Told()
    for role in roles:
        told.letters[role] = await _page_role(desk, alert, person, role, alert.step, skip=skip)
    now = STEPS[min(alert.step, len(STEPS) - 1)]
    if alert.step >= len(STEPS) or not any(told.missed(role) for role in roles & set(now)):
        # They have it now, or the chain has gone past them: the alarm that runs stays.
        await _remember(desk, alert, told)
        return
    for one in kept:
        told.letters.setdefault(one.role, [Letter(PersonId(person)) for person in one.people])
    await _go(desk, alert, alert.step, told)


async def entered(desk: Desk, person: Person, room: Room) -> None:
    """Somebody came into a room: what they could not be told of is told now, if it is still open."""
    for alert in await desk.unit.alerts.unacknowledged():
        known = episode.read(alert)
        waited = [one for one in known.unreached if one.person == person.id]
        if not waited or person.id == alert.person:
            continue
        left = tuple(one for one in known.unreached if one.person != person.id)
        # What was put into this very room is read there now.
        mine = [one for one in known.pages if person.id in one.people and one.room == room.ref]
        if not mine:
            about = await desk.person(alert.person)
            body = await pages.text(desk, alert, about, waited[0].role, alert.step)
            row = await desk.speak(room, body(person.language), mention=(person.mxid,))
            fresh = episode.Page(role=waited[0].role, room=room.ref, row=row, people=(person.id,))
            known = known.model_copy(update={"pages": (*known.pages, fresh)})
        await episode.change(desk, alert, unreached=left, pages=known.pages)
        await desk.note("alert.paged", by="service", about=alert.id, role=waited[0].role)


async def _remember(desk: Desk, alert: Alert, told: Told, **changes: object) -> Alert:
    """Keep which rows are pages, and who could not be reached; of the latter, those who run the service
    hear once."""
    known = episode.read(alert)
    pages_ = {(one.role, one.room): one for one in known.pages}
    for role, letters in told.letters.items():
        for row in {one.row: one for one in letters if one.row}.values():
            people = tuple(one.person for one in letters if one.row == row.row)
            pages_[role, row.room] = episode.Page(role=role, room=row.room, row=row.row, people=people)
    written = {one.person for letters in told.letters.values() for one in letters}
    missed = {
        one.person: episode.Unreached(person=one.person, role=role, why=one.why)
        for role, letters in told.letters.items()
        for one in letters
        if not one.seen
    }
    before = {one.person for one in known.unreached}
    unreached = (*(one for one in known.unreached if one.person not in written), *missed.values())
    alert = await episode.change(
        desk, alert, pages=tuple(pages_.values()), unreached=tuple(unreached), **changes
    )
    for one in missed.values():
        if one.person not in before:
            await _tell_unreached(desk, alert, one, nobody=not told.seen())
    return alert


async def _tell_unreached(desk: Desk, alert: Alert, missed: episode.Unreached, *, nobody: bool) -> None:
    log.warning("alert-unreached", alert=alert.number, role=missed.role, why=missed.why)
    await desk.note(
        "alert.unreached", by="service", about=alert.id, outcome=missed.why or "unsafe", role=missed.role
    )
    one = await desk.person(missed.person)
    await duty.tell_admins(
        desk,
        "crisis-alert-unreached",
        number=alert.number,
        name=one.name or one.mxid,
        role=missed.role,
        why=missed.why,
        next="nobody" if nobody else "told",
    )


async def tell_paged(desk: Desk, alert: Alert, body: duty.Body, *, mention: bool = True) -> int:
    """Write to everybody whom the alert has reached so far: who took it, or all who were paged."""
    if alert.state == "acknowledged" and alert.acknowledged_by is not None:
        taker = await desk.person(alert.acknowledged_by)
        await duty.write(desk, taker, body(taker.language), mention=mention)
        await duty.reach(desk, "oncall", body, about=alert.person, mention=False)
        return 1
    return await tell_called(desk, alert, body, mention=mention)


async def tell_called(
    desk: Desk, alert: Alert, body: duty.Body, *, mention: bool = False, but: PersonId | None = None
) -> int:
    """Write to all who were paged, whoever took it; returns how many can see it."""
    roles = dict.fromkeys(role for step in STEPS[: alert.step + 1] for role in step)
    count = 0
    for role in roles:
        if role != "therapist":
            letters = await duty.send(
                desk, role, body, about=alert.person, mention=mention, skip=(but,) if but else ()
            )
            count += sum(one.seen for one in letters)
        elif (therapist := await therapist_of(desk, alert)) is not None and therapist.id != but:
            letter = await duty.write(desk, therapist, body(therapist.language), mention=mention)
            count += letter.seen
    return count


async def therapist_of(desk: Desk, alert: Alert) -> Person | None:
    """The therapist of the person now."""
    pair = await pairs.as_client(desk, await desk.person(alert.person))
    return await desk.person(pair.therapist) if pair is not None else None


async def _page_role(
    desk: Desk,
    alert: Alert,
    person: Person,
    role: str,
    step: int,
    *,
    early: bool = False,
    skip: tuple[PersonId, ...] = (),
) -> list[Letter]:
    if role != "therapist":
        body = await pages.text(desk, alert, person, role, step, early=early)
        letters = await duty.send(desk, role, body, about=alert.person, skip=skip)
    elif (therapist := await therapist_of(desk, alert)) is None:
        return []
    elif therapist.id in skip:
        letters = [Letter(therapist.id, why="unsafe")]
    else:
        body = await pages.text(desk, alert, person, role, step)
        letters = [await duty.write(desk, therapist, body(therapist.language))]
    if any(one.row for one in letters):
        await desk.note("alert.paged", by="service", about=alert.id, role=role)
    return letters


async def _silent(desk: Desk, alert: Alert, person: Person, *, first: bool) -> None:
    """The whole chain is silent: the person hears it plainly and once, with the lines again."""
    if first:
        room = await episode.room_of(desk, alert, person)
        await desk.say(room, person.language, "crisis-help-nobody", mention=(person.mxid,))
        if not await showing.just_shown(desk, person, room):
            await desk.speak(room, emergency_card(desk, person, told="nobody"), mention=(person.mxid,))
            await desk.note("card.shown", by="service", about=person.id, severity=alert.severity)
    minutes = int(AGAIN_AFTER.total_seconds() // 60)

    def body(language: str) -> str:
        return desk.text(language, "crisis-alert-silent", number=alert.number, minutes=minutes)

    await duty.reach(desk, "oncall", body, about=person.id)
