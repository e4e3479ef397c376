"""The desk: what every use case has at hand while it works: the unit of work, the words, the time."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar import say
from bot.calendar.availability import Availability, in_zone
from bot.outbound import Attachment, CreateRoom, Effect, Message, Poll
from compliance.audit.checkpoint import Signer
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from compliance.storage.unit import Unit
from config.clock import Clock
from config.ids import PersonId
from config.settings import Settings
from config.words import Argument, Words
from matching.week import Week

STAFF_ROLES = frozenset({"therapist", "admin", "oncall", "supervisor"})
ENTER_WITHIN = timedelta(hours=1)
"""How long somebody with duties may take to accept an invitation before those who run the service hear."""
_ANSWERS = "answers"
"""Key of the document that remembers how a person answers."""


@dataclass(frozen=True, slots=True)
class House:
    """What does not change while the service runs."""

    words: Words
    settings: Settings
    clock: Clock
    signer: Signer
    """Signs checkpoints of the audit record."""
    bot: str
    """The bot's own Matrix id."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a poll that is not a form's."""

    id: str
    label: str


class Desk:
    """One unit of work with the tools to speak, to schedule and to note what was done."""

    def __init__(self, unit: Unit, house: House) -> None:
        self.unit = unit
        self.house = house
        self.settings = house.settings
        self.now: datetime = house.clock.now()
        self.language: str = house.settings.care.languages[0]
        """The language of the staff rooms, and of people whose own is not known."""

    def text(self, language: str, key: str, /, **args: Argument) -> str:
        """A text in the reader's language."""
        return self.house.words.say(language, key, **args)

    async def send(self, room: Room, effect: Effect) -> str:
        """Put an effect on the outbox. Returns the id of its row."""
        return await self.unit.outbox.add(room.ref, effect.model_dump_json())

    async def say(
        self,
        room: Room,
        language: str,
        key: str,
        /,
        *,
        mention: Iterable[str] = (),
        **args: Argument,
    ) -> str:
        """Say a text in a room. With a mention it is a message that must be acted on, else a notice."""
        return await self.speak(room, self.text(language, key, **args), mention=mention)

    async def speak(self, room: Room, body: str, *, mention: Iterable[str] = (), urgent: bool = False) -> str:
        """Say something that is already in words, such as a card of help lines."""
        mentions = tuple(mention)
        message = Message(body=body, notice=not mentions, mentions=mentions, urgent=urgent)
        return await self.send(room, message)

    async def tell(self, person: Person, key: str, /, *, mention: bool = False, **args: Argument) -> str:
        """Say a text to a person in their direct room, in their language."""
        room = await self.direct_room(person)
        body = self.text(person.language, key, **args)
        return await self.speak(room, body, mention=(person.mxid,) if mention else ())

    async def ask(
        self,
        room: Room,
        person: Person,
        *,
        purpose: str,
        subject: str,
        question: str,
        choices: Iterable[Choice],
        hint: str = "",
        numbers: bool = False,
    ) -> str:
        """Put a question with choices as a poll, after the same as text unless this person answers by poll.

        Some clients show nothing of a poll. The text comes first, so that the poll stays the newest thing
        that was said and a bare number counts. In a room where two people talk it does not, and the choices
        have `numbers` there only if the question's command takes them.
        """
        options = [(choice.id, choice.label) for choice in choices]
        numbers = numbers or room.kind == "direct"
        listed = "\n".join(
            f"{f'{number}.' if numbers else '•'} {label}" for number, (_, label) in enumerate(options, 1)
        )
        body = "\n".join(part for part in (question, listed, hint) if part)
        # In a crisis nobody shall be left without the question because they have changed to another client.
        if purpose == "safe" or not await self.answers_by_poll(person):
            await self.speak(room, body)
        poll = Poll(question=question, answers=tuple(options), fallback=body)
        outbox = await self.send(room, poll)
        await self.unit.polls.add(outbox, None, f"{purpose}:{subject}", options)
        return outbox

    async def answers_by_poll(self, person: Person) -> bool:
        """Whether this person's latest answer to a question with choices was a vote."""
        document = await self.unit.documents.get("situation", person.id, _ANSWERS)
        return document is not None and bool(json.loads(document.body_json)["by_poll"])

    async def answered(self, person: Person, *, by_poll: bool) -> None:
        """Remember how this person answers questions with choices."""
        if await self.answers_by_poll(person) != by_poll:
            await self.unit.documents.put("situation", person.id, _ANSWERS, json.dumps({"by_poll": by_poll}))

    async def attach(self, person: Person, attachment: Attachment) -> None:
        """Send a file to a person's direct room."""
        await self.send(await self.direct_room(person), attachment)

    async def direct_room(self, person: Person) -> Room:
        """The direct room of a person; asked for now if there is none that can be used."""
        room = await self.unit.rooms.direct(person.id)
        if room is None or room.state in ("closed", "unsafe"):
            return await self.request_direct_room(person)
        return room

    async def request_direct_room(self, person: Person) -> Room:
        """Ask for a direct room if none can be used; what was open in an earlier one goes on."""
        known = await self.unit.rooms.direct(person.id)
        if known is not None:
            return known
        room = await self.unit.rooms.add("direct", owner=person.id, pair=None, roster=(person.id,))
        await self.unit.forms.move(person.id, room.ref)
        effect = CreateRoom(
            name=self.text(person.language, "room-direct-name"),
            topic=self.text(person.language, "room-direct-topic"),
            invite=(person.mxid,),
            direct=True,
        )
        await self.send(room, effect)
        await self.note("room.requested", by="service", about=room.ref, kind="direct")
        await self.expect(room, person)
        return await self.unit.rooms.get(room.ref)

    async def expect(self, room: Room, person: Person) -> None:
        """Somebody was invited into a room: if they have duties, those who run the service hear when they
        don't come, before a crisis shows it."""
        if await self.unit.grants.roles(person.id) & STAFF_ROLES:
            key = f"expected:{room.ref}:{person.id}:{self.now.isoformat()}"
            await self.later(
                "expected", person.id, ENTER_WITHIN, key=key, body=json.dumps({"room": room.ref})
            )

    async def staff_room(self, kind: str) -> Room:
        """The admin room or the on-call room.

        Raises LookupError if the service has not asked for it yet, which its start does.
        """
        rooms = [room for room in await self.unit.rooms.of_kind(kind) if room.state in ("requested", "open")]
        if not rooms:
            raise LookupError(f"there is no {kind} room")
        return rooms[0]

    async def mxids(self, role: str) -> list[str]:
        """Matrix ids of those who hold a role: for mentions."""
        return [(await self.person(holder)).mxid for holder in await self.unit.grants.holders(role)]

    async def person(self, person: PersonId | str) -> Person:
        """A person by id."""
        return await self.unit.people.get(PersonId(person))

    async def later(
        self, kind: str, subject: str, wait: timedelta, *, key: str | None = None, body: str = ""
    ) -> None:
        """Let something fall due after a wait."""
        await self.unit.due.add(kind, subject, self.now + wait, key=key, body_json=body)

    async def note(
        self, action: str, *, by: str, about: str = "", outcome: str = "done", **detail: str | int
    ) -> None:
        """Write an audit entry in this transaction."""
        await self.unit.audit.record(action, by=by, about=about, outcome=outcome, **detail)

    def zone(self, person: Person) -> ZoneInfo:
        """A person's time zone; UTC, which every time that is shown names, until they have told theirs."""
        return ZoneInfo(person.zone or "UTC")

    def when(self, reader: Person, at: datetime, *, near: bool = True) -> str:
        """A moment on the reader's own clock, with the zone named; with `near`, today is called today."""
        return say.moment(
            self.house.words,
            reader.language,
            at,
            self.zone(reader).key,
            country=self.country(reader),
            now=self.now if near else None,
        )

    def hours(self, reader: Person, availability: Availability, week: Week | None = None) -> str:
        """A therapist's hours on the reader's own clock; `week` for others than those they work."""
        zone = self.zone(reader).key
        today = self.now.astimezone(self.zone(reader)).date()
        week = in_zone(week or availability.week, availability.zone, zone, today)
        listed = say.hours(self.house.words, reader.language, week, country=self.country(reader))
        return f"{listed}\n({say.zone_name(self.house.words, reader.language, zone)})"

    def named(self, person: Person, language: str) -> str:
        """What a person is called, or a word for somebody who gave no name."""
        return person.name or self.text(language, "somebody")

    def country(self, person: Person | None) -> str | None:
        """Where a person is now as far as we know, else where the service is."""
        return (person.country if person else None) or self.settings.care.default_country
