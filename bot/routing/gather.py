"""gather: what we know at the moment, read in the unit of work that will act on it."""

from dataclasses import replace

from pydantic import ValidationError

from bot.forms.state import FormState
from bot.inbound import Edit, Inbound, Media, Text, Vote
from bot.routing.agreed import pair_room
from bot.routing.replies import open_replies
from bot.routing.situation import KnownPoll, OpenForm, Relation, Situation
from compliance import logs
from compliance.sealing import SealBroken
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from compliance.storage.unit import Unit
from config.ids import PersonId, RoomRef
from config.settings import Settings
from config.words import Words

log = logs.get("routing")


async def gather(unit: Unit, inbound: Inbound, settings: Settings, words: Words, bot: str) -> Situation:
    """The situation in which `inbound` arrived."""
    known = await who_and_where(unit, inbound, settings, bot)
    if known.room is None:
        return known
    if known.person is None:
        room = await unit.rooms.get(RoomRef(known.room))
        return replace(known, roster=await _roster(unit, room, bot))
    person = await unit.people.get(PersonId(known.person))
    room = await unit.rooms.get(RoomRef(known.room))
    typed = isinstance(inbound.content, Text | Media)
    return replace(
        known,
        roster=await _roster(unit, room, bot),
        form=await _form(unit, person, room),
        poll=await _poll(unit, inbound),
        replies=await open_replies(unit, words, person, room, inbound.at) if typed else {},
        pair=await pair_room(unit, person, room, settings, words)
        if typed or isinstance(inbound.content, Edit)
        else None,
    )


async def who_and_where(unit: Unit, inbound: Inbound, settings: Settings, bot: str) -> Situation:
    """The part of it that screening needs: who wrote, in which room; nothing of what is open with them."""
    if not inbound.sender:
        return Situation(bot=bot)
    person = await unit.people.by_mxid(inbound.sender)
    room = await unit.rooms.by_matrix_id(inbound.room)
    return Situation(
        bot=bot,
        person=person.id if person else None,
        language=person.language if person else settings.care.languages[0],
        roles=await unit.grants.roles(person.id) if person else frozenset(),
        room=room.ref if room else None,
        room_kind=room.kind if room else None,
        room_state=room.state if room else None,
        relation=relation(person, room),
        inside=person is not None and room is not None and person.id in room.roster,
        detection=settings.care.crisis_mode(
            person.country if person else None, person.region if person else None
        ),
    )


def relation(person: Person | None, room: Room | None) -> Relation:
    """What a person is to a room."""
    if person is None or room is None:
        return "none"
    if room.owner == person.id:
        return "self"
    if person.id in room.roster:
        return "own-pair" if room.kind == "pair" else "self"
    return "other"


async def _roster(unit: Unit, room: Room, bot: str) -> frozenset[str]:
    return frozenset({bot} | {(await unit.people.get(member)).mxid for member in room.roster})


async def _form(unit: Unit, person: Person, room: Room) -> OpenForm | None:
    try:
        run = await unit.forms.active(person.id, room.ref)
        state = None if run is None else FormState.model_validate_json(run.state_json)
    except (SealBroken, ValidationError):
        # Commands and help lines still work; an answer fails where the form is used, and is told there.
        log.error("form-unreadable")
        return OpenForm("", "")
    if run is None or state is None:
        return None
    return OpenForm(run.id, run.form, run.status == "paused", frozenset(state.events))


async def _poll(unit: Unit, inbound: Inbound) -> KnownPoll | None:
    if not isinstance(inbound.content, Vote):
        return None
    row = await unit.polls.by_event(inbound.content.poll)
    if row is None:
        return None
    labels = dict(row.options)
    if row.form_run is not None:
        return KnownPoll("form", row.form_run, row.question, labels)
    purpose, _, subject = row.question.partition(":")
    return KnownPoll(purpose, subject, "", labels)
