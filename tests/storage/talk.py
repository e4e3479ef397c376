"""Conversations without Matrix: the real handling on a real store; what would be sent is read instead.

    talk = Talk(store, around)
    await talk.open()
    said = await talk.says(MIA, "hello")

The only thing that is missing is a homeserver: rooms get an id as soon as they are asked for, and what the
outbox holds counts as sent.
"""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from pydantic import TypeAdapter
from storage import stores

from bot.care import opening
from bot.care.desk import Desk, House
from bot.forms.state import FormState
from bot.handling import Handling
from bot.inbound import Content, DueFired, Inbound, Membership, RoomRefused, Text, Vote
from bot.outbound import AdoptRoom, CreateRoom, Effect, Message, PlainPointer, Poll
from compliance.audit.checkpoint import Signer
from compliance.storage.outbox import OutboxRow
from compliance.storage.store import Store
from compliance.storage.unit import Unit
from config.ids import PersonId, RoomRef, new_id
from config.settings import Account, Care, Homeserver, People, Settings
from config.words import Words

BOT, ADMIN, SECOND, ONCALL, SUPERVISOR = (
    f"@{name}:here" for name in ("stillroom", "admin", "second", "oncall", "supervisor")
)
MIA, KELLER, WINTER = "@mia:here", "@keller:here", "@winter:here"

_EFFECT: TypeAdapter[Effect] = TypeAdapter(Effect)


@dataclass(frozen=True)
class Line:
    """Something that would have been sent."""

    room: str
    effect: Effect
    event: str

    @property
    def text(self) -> str:
        match self.effect:
            case Message(body=body) | PlainPointer(body=body):
                return body
            case Poll(fallback=fallback):
                return fallback
            case _:
                return ""


@dataclass
class Talk:
    """A house in which people talk with the bot."""

    store: Store
    around: stores.House
    join: str = "homeserver"
    lines: list[Line] = field(default_factory=list[Line])
    absent: set[str] = field(default_factory=set[str])
    """Who does not accept invitations; everybody else comes in at once."""
    refused: dict[str, str] = field(default_factory=dict[str, str])
    """Rooms (by Matrix id) that can't be used, and why: what is to be sent there is dropped."""
    unmade: set[str] = field(default_factory=set[str])
    """For whom the homeserver makes no rooms."""

    def __post_init__(self) -> None:
        settings = Settings(
            homeserver=Homeserver.model_validate({"url": "http://localhost:8008"}),
            account=Account(user_id=BOT),
            people=People.model_validate(
                {
                    "admins": (ADMIN, SECOND),
                    "oncall": (ONCALL,),
                    "supervisors": (SUPERVISOR,),
                    "join": self.join,
                }
            ),
            care=Care(default_country="DE"),
        )
        signer = Signer(self.around.keyring, "here")
        self.house = House(Words.load(), settings, self.around.clock, signer, BOT)
        self.handling = Handling(self.store, self.house)

    async def open(self) -> None:
        """Open the house: staff rooms are there."""
        async with self.store.unit() as unit:
            await opening.open_house(Desk(unit, self.house))
        await self.deliver()

    async def says(self, mxid: str, text: str, room: str = "") -> str:
        """Somebody writes, by default in their direct room; what comes into that room because of it."""
        return await self.does(mxid, Text(body=text), room)

    async def votes(self, mxid: str, poll: Line, *choices: str) -> str:
        return await self.does(mxid, Vote(poll=poll.event, choices=choices), poll.room)

    async def does(
        self, mxid: str, content: Content, room: str = "", *, encrypted: bool = True, event: str = ""
    ) -> str:
        """Something comes in; what comes into the same room because of it."""
        room = room or await self.direct(mxid)
        before = len(self.lines)
        await self.comes(
            Inbound(
                id=event or f"${new_id()}",
                room=room,
                sender=mxid,
                at=self.around.clock.now(),
                encrypted=encrypted,
                content=content,
            )
        )
        return "\n\n".join(line.text for line in self.lines[before:] if line.room == room and line.text)

    async def comes(self, inbound: Inbound) -> None:
        """Journal, handle, deliver."""
        async with self.store.unit() as unit:
            await unit.journal.add(inbound.id, inbound.model_dump_json())
        await self.work()

    async def work(self) -> None:
        while await self.handling.work_off() or await self.deliver():
            pass

    async def pass_time(self, by: timedelta) -> None:
        """Move the clock; what falls due happens."""
        self.around.clock.move(by)
        async with self.store.unit() as unit:
            ready = await unit.due.ready(self.around.clock.now(), 100)
            for row in ready:
                fired = DueFired(due=row.id, what=row.kind, subject=row.subject)
                inbound = Inbound(
                    id=f"due:{row.id}",
                    room="",
                    sender="",
                    at=self.around.clock.now(),
                    encrypted=False,
                    content=fired,
                )
                await unit.due.fire(row, inbound.model_dump_json())
        await self.work()

    async def deliver(self) -> int:
        """What a homeserver would do with the outbox; how much of it was refused."""
        refused = 0
        while True:
            async with self.store.unit() as unit:
                rows = await unit.outbox.heads(self.around.clock.now(), 100)
                for row in rows:
                    if await self._refuses(unit, row):
                        refused += 1
                        continue
                    effect = _EFFECT.validate_json(row.effect_json)
                    event = f"${row.id}"
                    if isinstance(effect, CreateRoom | AdoptRoom) and row.room is not None:
                        name = effect.matrix_id if isinstance(effect, AdoptRoom) else f"!{row.room}"
                        await unit.rooms.set_matrix_id(row.room, name)
                        await unit.rooms.set_state(row.room, "open")
                        await self._come_in(unit, row.room, effect)
                    if await unit.polls.get(row.id) is not None:
                        await unit.polls.sent(row.id, event)
                    name = (await unit.rooms.get(row.room)).matrix_id if row.room else ""
                    if isinstance(effect, PlainPointer):
                        name = effect.matrix_id
                    await unit.outbox.sent(row.id, event)
                    self.lines.append(Line(name or "", effect, event))
            if not rows:
                return refused

    async def _come_in(self, unit: Unit, ref: RoomRef, effect: CreateRoom | AdoptRoom) -> None:
        for mxid in effect.invite if isinstance(effect, CreateRoom) else ():
            person = await unit.people.by_mxid(mxid)
            if person is not None and mxid not in self.absent:
                await unit.rooms.entered(ref, person.id)

    async def _refuses(self, unit: Unit, row: OutboxRow) -> bool:
        """As the real delivery does it with a room that is not safe."""
        room = await unit.rooms.get(row.room) if row.room else None
        if room is None:
            return False
        effect = _EFFECT.validate_json(row.effect_json)
        unmade = isinstance(effect, CreateRoom) and bool(self.unmade & set(effect.invite))
        if not unmade and room.matrix_id is None and room.state == "unsafe":
            await unit.outbox.dropped(row.id, "no-room")
            return True
        reason = "gone" if unmade else self.refused.get(room.matrix_id or "")
        if reason is None:
            return False
        await unit.outbox.dropped(row.id, "unsafe")
        await unit.rooms.set_state(room.ref, "unsafe")
        refused = Inbound(
            id=f"refused:{row.id}",
            room=room.matrix_id or "",
            sender="",
            at=self.around.clock.now(),
            encrypted=False,
            content=RoomRefused.model_validate({"ref": room.ref, "reason": reason}),
        )
        await unit.journal.add(refused.id, refused.model_dump_json())
        return True

    async def comes_in(self, mxid: str, room: str) -> None:
        """Somebody accepts an invitation."""
        self.absent.discard(mxid)
        await self.does(
            mxid, Membership(user=mxid, membership="join", previous="invite"), room, encrypted=False
        )

    async def goes(self, mxid: str, room: str) -> None:
        """Somebody leaves a room."""
        await self.does(
            mxid, Membership(user=mxid, membership="leave", previous="join"), room, encrypted=False
        )

    # What a test asks for

    async def person(self, mxid: str) -> PersonId:
        async with self.store.unit() as unit:
            found = await unit.people.by_mxid(mxid)
            assert found is not None, mxid
            return found.id

    async def direct(self, mxid: str) -> str:
        """The Matrix id of somebody's direct room; they open one if they have none."""
        async with self.store.unit() as unit:
            person = await unit.people.by_mxid(mxid)
            room = await unit.rooms.direct(person.id) if person else None
        if room is None or room.matrix_id is None:
            name = f"!direct-{new_id()}"
            await self.comes(
                Inbound(
                    id=f"$invite-{new_id()}",
                    room=name,
                    sender=mxid,
                    at=self.around.clock.now(),
                    encrypted=False,
                    content=Membership(user=BOT, membership="invite", is_direct=True),
                )
            )
            return name
        return room.matrix_id

    async def room(self, kind: str) -> str:
        """The Matrix id of the newest room of a kind."""
        async with self.store.unit() as unit:
            return (await unit.rooms.of_kind(kind))[-1].matrix_id or ""

    async def question(self, mxid: str) -> str:
        """`form/question` that is open for somebody in their direct room; empty if none is."""
        person, name = await self.person(mxid), await self.direct(mxid)
        async with self.store.unit() as unit:
            room = await unit.rooms.by_matrix_id(name)
            run = await unit.forms.active(person, room.ref if room else RoomRef(""))
            return f"{run.form}/{FormState.model_validate_json(run.state_json).question}" if run else ""

    async def fill(self, mxid: str, form: str, answers: Mapping[str, str]) -> None:
        """Answer a whole form by typing, and send it; what is not named is skipped."""
        while (asked := await self.question(mxid)).startswith(f"{form}/"):
            question = asked.partition("/")[2]
            await self.says(mxid, answers.get(question, "skip").removeprefix("vote:") if question else "send")
            if await self.question(mxid) == asked and await self._reviewing(mxid):
                await self.says(mxid, "send")

    async def _reviewing(self, mxid: str) -> bool:
        person, name = await self.person(mxid), await self.direct(mxid)
        async with self.store.unit() as unit:
            room = await unit.rooms.by_matrix_id(name)
            run = await unit.forms.active(person, room.ref if room else RoomRef(""))
            return run is not None and FormState.model_validate_json(run.state_json).mode == "reviewing"

    def last(self, room: str) -> Line:
        return [line for line in self.lines if line.room == room and line.text][-1]

    def poll(self, room: str) -> Line:
        """The newest poll in a room."""
        return [line for line in self.lines if line.room == room and isinstance(line.effect, Poll)][-1]


@asynccontextmanager
async def opened(folder: Path, *, join: str = "homeserver", url: str | None = None) -> AsyncGenerator[Talk]:
    """A house on a fresh SQLite store in this folder, or on the database at this address."""
    async with stores.opened(folder, url) as (store, around):
        talk = Talk(store, around, join)
        await talk.open()
        yield talk
