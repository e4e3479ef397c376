"""Sessions: open slots, booking, cancelling, moving; reminders, start and end."""

import base64
import json
from dataclasses import replace
from datetime import datetime, timedelta

from bot.calendar import ics, reminders, say, slots
from bot.calendar.reminders import Reminder, Treatment
from bot.care import availability, promises, questionnaires, records
from bot.care.cards import short_card
from bot.care.desk import Choice, Desk
from bot.inbound import DueFired
from bot.outbound import Attachment, SetCalls
from compliance.storage.errors import SlotTaken
from compliance.storage.pairs import Pair
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from compliance.storage.sessions import Session
from config.ids import PairId, SessionId
from matching.profile import Way

CALL_WAYS = frozenset({Way.VOICE.value, Way.VIDEO.value})
_PREFERRED = (Way.VIDEO, Way.VOICE, Way.CHAT)


async def offer_slots(desk: Desk, person: Person, room: Room, pair: Pair, wanted: str = "") -> None:
    """Show open times in the reader's own zone, as a poll and as numbers."""
    way = await _way(desk, pair, wanted)
    open_now = await _open(desk, pair)
    needs = await records.needs_of(desk, await desk.person(pair.client))
    zone = desk.zone(person)
    chosen = slots.offer(open_now, zone.key, prefer=needs.available if needs else None)
    therapist = await desk.person(pair.therapist)
    if not chosen:
        await desk.say(room, person.language, "book-none", therapist=therapist.name)
        return
    stamps = [slot.isoformat() for slot in chosen]
    await desk.unit.documents.put(
        "situation",
        pair.client,
        f"book:{pair.id}",
        json.dumps({"slots": stamps, "way": way, "by": person.id}),
    )
    await desk.ask(
        room,
        person,
        purpose="book",
        subject=pair.id,
        question=desk.text(
            person.language,
            "book-question",
            therapist=therapist.name,
            way=desk.text(person.language, f"match-way-{way}"),
            minutes=await _minutes(desk, pair),
            zone=say.zone_name(desk.house.words, person.language, zone.key),
        ),
        choices=[
            Choice(stamp, _slot(desk, person, slot)) for stamp, slot in zip(stamps, chosen, strict=True)
        ],
        hint=desk.text(person.language, "book-hint"),
        numbers=True,
    )


def _slot(desk: Desk, reader: Person, slot: datetime) -> str:
    """An open time, without the zone that the question names already."""
    zone, country = desk.zone(reader), desk.country(reader)
    day = say.day(
        slot.astimezone(zone).date(), reader.language, country=country, today=desk.now.astimezone(zone).date()
    )
    return f"{day}, {say.clock(slot, reader.language, zone.key, country=country)}"


async def _open(desk: Desk, pair: Pair) -> tuple[datetime, ...]:
    hours = await availability.availability_of(desk, pair.therapist)
    if hours is None:
        return ()
    horizon = desk.now + slots.HORIZON + timedelta(days=1)
    taken = await desk.unit.sessions.of_therapist(pair.therapist, desk.now - timedelta(hours=4), horizon)
    booked = [slots.Booked(one.starts_at, one.minutes) for one in taken if one.state in ("booked", "started")]
    return slots.open_slots(
        hours,
        booked,
        desk.now,
        minutes=await _minutes(desk, pair),
        notice=timedelta(minutes=desk.settings.care.booking_notice_minutes),
    )


async def _minutes(desk: Desk, pair: Pair) -> int:
    profile = await records.profile_of(desk, pair.therapist)
    return profile.session_minutes if profile else desk.settings.care.session_minutes


async def _way(desk: Desk, pair: Pair, wanted: str) -> str:
    profile = await records.profile_of(desk, pair.therapist)
    needs = await records.needs_of(desk, await desk.person(pair.client))
    offered = profile.ways if profile else frozenset({Way.CHAT})
    suiting = needs.ways if needs and needs.ways else offered
    for way in (*(one for one in Way if one.value == wanted), *_PREFERRED):
        if way in offered and (way in suiting or way.value == wanted):
            return way.value
    return Way.CHAT.value


async def book_by_vote(desk: Desk, person: Person, room: Room, pair_id: str, stamp: str) -> None:
    """A vote on the open times."""
    pair = await desk.unit.pairs.get(PairId(pair_id))
    if person.id not in (pair.client, pair.therapist):
        return
    await _book(desk, person, room, pair, datetime.fromisoformat(stamp))


async def book_by_words(desk: Desk, person: Person, room: Room, pair: Pair, text: str) -> None:
    """`!book 2` or `!book tomorrow at 3`. Raises slots.WhenError for what can't be read or isn't open."""
    document = await desk.unit.documents.get("situation", pair.client, f"book:{pair.id}")
    offered: list[str] = json.loads(document.body_json)["slots"] if document else []
    at = slots.parse_choice(
        text,
        [datetime.fromisoformat(stamp) for stamp in offered],
        await _open(desk, pair),
        desk.zone(person).key,
        desk.now,
        person.language,
    )
    await _book(desk, person, room, pair, at)


async def _book(desk: Desk, person: Person, room: Room, pair: Pair, at: datetime) -> None:
    if pair.state != "active":
        await desk.say(room, person.language, "pair-ended")
        return
    if at not in await _open(desk, pair):
        await desk.say(room, person.language, "book-taken")
        return
    ahead = [one for one in await desk.unit.sessions.of_pair(pair.id, desk.now) if one.state == "booked"]
    if len(ahead) >= desk.settings.care.sessions_ahead:
        await desk.say(room, person.language, "book-enough", number=desk.settings.care.sessions_ahead)
        return
    document = await desk.unit.documents.get("situation", pair.client, f"book:{pair.id}")
    way = json.loads(document.body_json)["way"] if document else await _way(desk, pair, "")
    try:
        session = await desk.unit.sessions.add(
            pair.id, pair.client, pair.therapist, at, await _minutes(desk, pair), way
        )
    except SlotTaken:
        await desk.say(room, person.language, "book-taken")
        return
    await desk.note("session.booked", by=person.id, about=session.id)
    await _schedule(desk, session)
    await _confirm(desk, session, "book-done")
    if room.kind == "pair":
        await desk.say(room, person.language, "book-done-here")


async def _schedule(desk: Desk, session: Session) -> None:
    rows = reminders.due_rows(session.id, session.starts_at, session.minutes, session.sequence, desk.now)
    for row in rows:
        await desk.unit.due.add(row.kind, row.subject, row.at, key=row.key)


async def _confirm(desk: Desk, session: Session, key: str) -> None:
    """Each hears the time on their own clock, with a calendar file that says nothing private."""
    client, therapist = await desk.person(session.client), await desk.person(session.therapist)
    for reader, other in ((client, therapist), (therapist, client)):
        language = reader.language
        await desk.tell(
            reader,
            key,
            when=desk.when(reader, session.starts_at),
            other=desk.named(other, language),
            minutes=session.minutes,
            way=desk.text(language, f"match-way-{session.way}"),
        )
        content = ics.calendar_file(
            session.id,
            session.starts_at,
            session.minutes,
            summary=desk.text(language, "calendar-file-summary"),
            sequence=session.sequence,
            stamp=desk.now,
            cancelled=session.state == "cancelled",
        )
        await desk.attach(
            reader,
            Attachment(
                filename=ics.FILENAME,
                mimetype=ics.MIMETYPE,
                data=base64.b64encode(content).decode(),
                body=desk.text(
                    language,
                    "calendar-file-caption-cancelled"
                    if session.state == "cancelled"
                    else "calendar-file-caption",
                ),
            ),
        )


async def upcoming(desk: Desk, pair: Pair) -> list[Session]:
    """The pair's booked sessions that are still to come, the next first."""
    found = await desk.unit.sessions.of_pair(pair.id, desk.now)
    return sorted((one for one in found if one.state == "booked"), key=lambda one: one.starts_at)


async def cancel(desk: Desk, session: Session, by: Person) -> None:
    """Call a session off; both hear it and get a calendar file that takes it out again."""
    session = replace(session, state="cancelled", sequence=session.sequence + 1)
    await desk.unit.sessions.save(session)
    for kind in reminders.KINDS:
        await desk.unit.due.cancel(kind, session.id)
    late = session.starts_at - desk.now < timedelta(hours=desk.settings.care.cancel_hours)
    await desk.note("session.cancelled", by=by.id, about=session.id, outcome="late" if late else "done")
    await _confirm(desk, session, "session-cancelled")


async def fire(desk: Desk, fired: DueFired) -> None:
    """A reminder, start, end or rating of a session fell due."""
    session = await desk.unit.sessions.get(SessionId(fired.subject))
    kind = Reminder(fired.what)
    do = reminders.treatment(kind, session.starts_at, session.minutes, session.state, desk.now)
    if do is Treatment.DROP:
        await desk.note("reminder.dropped", by="service", about=session.id, kind=kind.value)
        return
    match kind:
        case Reminder.START:
            await _start(desk, session)
        case Reminder.END:
            await _end(desk, session)
        case Reminder.RATING:
            await _ask_rating(desk, session)
        case _:
            await _remind(desk, session, kind, shortened=do is Treatment.SHORTENED)


async def _remind(desk: Desk, session: Session, kind: Reminder, *, shortened: bool) -> None:
    client, therapist = await desk.person(session.client), await desk.person(session.therapist)
    if kind is Reminder.SOON and session.way in CALL_WAYS and not desk.settings.calls.element_call:
        shortened = True  # the room is not the place
    for reader, other, role in ((client, therapist, "client"), (therapist, client, "therapist")):
        key = "reminder-short" if shortened else f"reminder-{kind.value}-{role}"
        await desk.tell(
            reader,
            key,
            mention=kind is Reminder.SOON,
            when=desk.when(reader, session.starts_at, near=False),
            other=desk.named(other, reader.language),
            way=desk.text(reader.language, f"match-way-{session.way}"),
        )
    await desk.note("reminder.sent", by="service", about=session.id, kind=kind.value)


async def _start(desk: Desk, session: Session) -> None:
    await desk.unit.sessions.save(replace(session, state="started"))
    await desk.note("session.started", by="service", about=session.id)
    await promises.answered(desk, await desk.unit.pairs.get(session.pair))
    room = await desk.unit.rooms.of_pair(session.pair)
    if room is None:
        return
    client, therapist = await desk.person(session.client), await desk.person(session.therapist)
    key = f"session-starts-{session.way}"
    if session.way in CALL_WAYS and desk.settings.calls.element_call:
        await desk.send(room, SetCalls(open=True))
    elif session.way in CALL_WAYS:
        key = "session-starts-elsewhere"
    await desk.say(
        room,
        client.language,
        key,
        mention=(client.mxid, therapist.mxid),
        minutes=session.minutes,
        help=short_card(desk, client, client.language),
    )


async def _end(desk: Desk, session: Session) -> None:
    await desk.unit.sessions.save(replace(session, state="ended"))
    await desk.note("session.ended", by="service", about=session.id)
    room = await desk.unit.rooms.of_pair(session.pair)
    if room is None:
        return
    if session.way in CALL_WAYS:  # also if the setting was changed meanwhile
        await desk.send(room, SetCalls(open=False))
    client, therapist = await desk.person(session.client), await desk.person(session.therapist)
    await desk.say(room, client.language, "session-ends")
    await desk.tell(therapist, "session-notes-reminder", client=desk.named(client, therapist.language))


async def _ask_rating(desk: Desk, session: Session) -> None:
    client = await desk.person(session.client)
    await questionnaires.start(desk, client, "rating", subject=session.id)
