"""A practice with many pairs, for measuring: made-up clients and therapists with devices of their own.

People and pairs are written with Stillroom's own use cases while the bot is stopped, since a hundred intakes
in conversation would take an hour; everything after that is the running bot's work on a real homeserver: it
makes the rooms, invites, welcomes, shares keys, reads what the clients write.
"""

import asyncio
import contextlib
import os
import secrets
from collections.abc import AsyncGenerator, Awaitable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Self, TypeVar, cast

from nio import (
    AsyncClient,
    AsyncClientConfig,
    Event,
    JoinResponse,
    LoginResponse,
    RoomMessageNotice,
    RoomMessageText,
    RoomSendResponse,
    SyncResponse,
)
from nio.store import SqliteMemoryStore

from bot.care.desk import Desk, House
from bot.care.rooms import request_pair_room
from bot.demo.bot import Bot
from bot.demo.homeserver import Homeserver
from compliance.audit.checkpoint import Signer
from compliance.keys.keyring import Keyring
from compliance.keys.keystore import Keystore
from compliance.sealing import Sealer
from compliance.storage.store import Store
from config.clock import SystemClock
from config.ids import PersonId
from config.settings import load
from config.words import Words
from matching.profile import TherapistProfile, Week

CLIENTS_OF_ONE = 10
"""How many clients a made-up therapist has."""
_AT_ONCE = 4
_DAY = ((9 * 60, 17 * 60),)
_WEEK = Week(days=(_DAY, _DAY, _DAY, _DAY, _DAY, (), ()))
_T = TypeVar("_T")


class Member:
    """Somebody with an account and an encrypting device, whose client works only when it is told to."""

    def __init__(self, client: AsyncClient) -> None:
        self.client = client
        self.mxid = client.user_id

    @classmethod
    async def login(cls, hs: Homeserver, name: str) -> Self:
        password = secrets.token_urlsafe(12)
        await hs.register(name, password)
        client = AsyncClient(hs.url, hs.mxid(name), config=AsyncClientConfig(store=SqliteMemoryStore))
        answer = await client.login(password)
        assert isinstance(answer, LoginResponse), answer
        await client.keys_upload()
        return cls(client)

    async def look(self) -> list[tuple[str, str]]:
        """What has come since the last look: rooms and texts. Invitations are accepted."""
        answer = await self.client.sync(timeout=0)
        assert isinstance(answer, SyncResponse), answer
        for room in list(self.client.invited_rooms):
            joined = await self.client.join(room)
            assert isinstance(joined, JoinResponse), joined
            self.client.invited_rooms.pop(room)
        return [
            (room, event.body)
            for room, info in answer.rooms.join.items()
            for event in cast("list[Event]", info.timeline.events)
            if isinstance(event, RoomMessageText | RoomMessageNotice)
        ]

    async def enter(self, rooms: int = 1, within: float = 300) -> None:
        """Look until invited to so many rooms, and join them."""
        async with asyncio.timeout(within):
            while len(self.client.rooms) < rooms:
                await self.look()
                await asyncio.sleep(0.1)

    async def hear(self, words: str, within: float = 30) -> str:
        """Look until somebody says these words; the room."""
        async with asyncio.timeout(within):
            while True:
                for room, text in await self.look():
                    if words in text:
                        return room
                await asyncio.sleep(0.05)

    async def say(self, room: str, text: str) -> None:
        if self.client.should_query_keys:
            await self.client.keys_query()
        content = {"msgtype": "m.text", "body": text}
        sent = await self.client.room_send(room, "m.room.message", content, ignore_unverified_devices=True)
        assert isinstance(sent, RoomSendResponse), sent

    async def close(self) -> None:
        await self.client.close()


async def add_pairs(bot: Bot, pairs: Iterable[tuple[str, str]]) -> None:
    """Write active pairs, client and therapist by Matrix id, into the store of a bot that is stopped; each
    pair's room and the welcome in it are on the outbox then."""
    async with _desk_of(bot) as desk:
        people: dict[str, PersonId] = {}
        for client, therapist in pairs:
            for mxid in (client, therapist):
                if mxid not in people:
                    people[mxid] = await _person(desk, mxid, therapist=mxid == therapist)
            one, other = await desk.person(people[client]), await desk.person(people[therapist])
            pair = await desk.unit.pairs.add(one.id, other.id, state="active")
            room = await request_pair_room(desk, pair, one, other)
            names = {"client": one.name, "therapist": other.name}
            await desk.say(room, one.language, "pair-welcome", **names, help="112", detection="on")


async def _person(desk: Desk, mxid: str, *, therapist: bool) -> PersonId:
    person = await desk.unit.people.add(mxid)
    name = mxid.partition(":")[0].removeprefix("@").capitalize()
    stage = "therapist" if therapist else "matched"
    await desk.unit.people.save(replace(person, name=name, zone="Europe/Berlin", country="DE", stage=stage))
    await desk.unit.grants.give(person.id, "therapist" if therapist else "client", by="operator")
    if therapist:
        profile = TherapistProfile(
            id=person.id,
            name=name,
            languages=("en",),
            capacity=CLIENTS_OF_ONE,
            week=_WEEK,
            zone="Europe/Lisbon",
        )
        await desk.unit.documents.put("therapist", person.id, "", profile.model_dump_json())
    return person.id


@contextlib.asynccontextmanager
async def _desk_of(bot: Bot) -> AsyncGenerator[Desk]:
    """One unit of work on the store of a bot that is stopped."""
    assert not bot.running
    settings, clock = load(bot.settings), SystemClock()
    keyring = Keyring.load(settings.keys.path)
    keystore = Keystore.load(settings.storage.keystore, keyring, clock)
    try:
        store = await Store.open(
            settings.storage.address, sealer=Sealer(keystore), keyring=keyring, clock=clock
        )
        try:
            house = House(
                Words.load(), settings, clock, Signer(keyring, settings.account.server_name), bot.mxid
            )
            async with store.unit() as unit:
                yield Desk(unit, house)
        finally:
            await store.close()
    finally:
        keystore.close()


async def few_at_once(doing: Iterable[Awaitable[_T]]) -> list[_T]:
    """Do all of it, a few at a time, and keep the order."""
    free = asyncio.Semaphore(_AT_ONCE)

    async def one(work: Awaitable[_T]) -> _T:
        async with free:
            return await work

    return list(await asyncio.gather(*(one(work) for work in doing)))


def resident(pid: int) -> float:
    """Resident memory of a process (RSS), in MB of a million bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise ProcessLookupError(f"no memory figure for process {pid}")


async def settled(pid: int, seconds: float = 1.0, within: float = 300) -> None:
    """Wait until a process has had next to nothing to do for a while. Raises TimeoutError."""
    async with asyncio.timeout(within):
        before = _busy(pid)
        while True:
            await asyncio.sleep(seconds)
            now = _busy(pid)
            if now - before <= 0.02 * seconds:
                return
            before = now


def _busy(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
