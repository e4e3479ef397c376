"""The bot's account with a store of its own, for tests: it syncs into the journal and keeps what it took."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
from nio.crypto import InboundGroupSession
from nio.store.models import MegolmInboundSessions

from bot.demo.homeserver import Homeserver
from bot.demo.person import Person
from bot.inbound import Content, Inbound
from bot.matrix.account import MatrixAccount
from bot.matrix.carrier import Done, Task
from bot.matrix.crosssigning import Seeds
from bot.matrix.delivery import Delivery
from bot.matrix.login import Credentials, log_in
from bot.matrix.sync import AtOnce, Sync
from bot.outbound import CreateRoom, Effect
from compliance.keys.keyring import Keyring
from compliance.keys.keystore import Keystore
from compliance.sealing import Sealer
from compliance.storage.outbox import OutboxRow
from compliance.storage.store import Store
from config.clock import MovedClock
from config.ids import RoomRef

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

Match = Callable[[Inbound], bool]


class KilledError(Exception):
    """The process ended at this line."""


class _Dying(Delivery):
    """Ends after the homeserver has an effect and before the outbox row says so."""

    async def _sent(self, row: OutboxRow, task: Task, done: Done) -> None:
        raise KilledError


class Bot:
    """An account, its two loops and what it heard. `delivery` runs when a test says so."""

    account: MatrixAccount
    sync: Sync
    delivery: Delivery

    def __init__(
        self,
        server: Homeserver,
        store: Store,
        clock: MovedClock,
        folder: Path,
        credentials: Credentials,
        password: str,
    ) -> None:
        self.server = server
        self.store = store
        self.clock = clock
        self.folder = folder
        self.credentials = credentials
        self.password = password
        self.seeds = Seeds.new()
        self.key = secrets.token_bytes(32)
        self.heard: list[Inbound] = []
        self.at_once: AtOnce | None = None
        self._task: asyncio.Task[None] | None = None

    @classmethod
    async def make(
        cls, server: Homeserver, localpart: str, store: Store, clock: MovedClock, folder: Path
    ) -> "Bot":
        password = secrets.token_urlsafe(12)
        await server.register(localpart, password)
        bot = cls(server, store, clock, folder, await log_in(server.url, localpart, password), password)
        await bot.start()
        return bot

    @property
    def mxid(self) -> str:
        return self.credentials.user_id

    async def open(self, password: str | None = None) -> MatrixAccount:
        """Open the account without syncing."""
        self.account = await MatrixAccount.open(
            self.server.url,
            self.credentials,
            store_path=self.folder / "crypto.db",
            store_key=self.key,
            seeds=self.seeds,
            clock=self.clock,
            password=password,
        )
        self.sync = self.account.syncing(self.store, at_once=self.at_once)
        self.delivery = self.account.delivery(self.store)
        return self.account

    async def start(self) -> MatrixAccount:
        await self.open()
        await self.run()
        return self.account

    async def run(self) -> None:
        """Begin to sync with an account that is open."""
        self._task = asyncio.create_task(self.sync.run())

    async def log_in_again(self) -> None:
        """Another access token for the same device."""
        answer = await self.admin(
            "POST",
            "/_matrix/client/v3/login",
            {
                "type": "m.login.password",
                "identifier": {"type": "m.id.user", "user": self.mxid},
                "password": self.password,
                "device_id": self.credentials.device_id,
            },
        )
        self.credentials = Credentials.model_validate(answer)

    def forget_session(self, session: InboundGroupSession) -> None:
        """As if a room key had never come."""
        machine = self.account.machine
        del machine.inbound_group_store[session.room_id][session.sender_key][session.id]
        MegolmInboundSessions.delete().where(MegolmInboundSessions.session_id == session.id).execute(
            machine.store.database
        )

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        await self.account.close()

    async def pair_room(self, *people: Person) -> RoomRef:
        """A pair room with these people, made as the service makes it; our name of it."""
        async with self.store.unit() as unit:
            roster = [(await unit.people.by_mxid(p.mxid)) or await unit.people.add(p.mxid) for p in people]
            room = await unit.rooms.add("pair", None, None, tuple(one.id for one in roster))
        effect = CreateRoom(name="Quiet room", topic="", invite=tuple(p.mxid for p in people))
        await self.queue(room.ref, effect)
        return room.ref

    async def queue(self, ref: RoomRef | None, *effects: Effect) -> None:
        """Put effects into the outbox and deliver all that waits."""
        async with self.store.unit() as unit:
            for effect in effects:
                await unit.outbox.add(ref, effect.model_dump_json())
        await self.delivery.idle()

    def dying_delivery(self) -> Delivery:
        """A delivery whose process is killed between the PUT and the mark."""
        carrier = self.account.delivery(self.store)._carrier  # pyright: ignore[reportPrivateUsage]
        return _Dying(carrier, self.store, self.clock, self.mxid)

    async def admin(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """A request with the rights of the homeserver's operator."""
        headers = {"Authorization": f"Bearer {await self.server.admin_token()}"}
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, self.server.url + path, json=body, headers=headers) as answer,
        ):
            content = await answer.json()
            assert answer.status == 200, content
            return content

    async def sent_at(self, event_id: str) -> int:
        """When the homeserver took an event, in milliseconds."""
        answer = await self.admin("GET", f"/_synapse/admin/v1/fetch_event/{quote(event_id, safe='')}")
        return int(answer["event"]["origin_server_ts"])

    async def take(self) -> None:
        """Handle what waits in the journal."""
        async with self.store.unit() as unit:
            for row in await unit.journal.waiting(limit=1000):
                self.heard.append(Inbound.model_validate_json(row.body_json))
                await unit.journal.done(row.seq)

    async def hears(self, match: Content | Match, within: float = 15) -> Inbound:
        """The first thing that came in and fits, waiting for it if need be."""
        until = asyncio.get_running_loop().time() + within
        while True:
            await self.take()
            for inbound in self.heard:
                if match(inbound) if callable(match) else inbound.content == match:
                    return inbound
            if self._task is not None and self._task.done():
                self._task.result()
            if asyncio.get_running_loop().time() > until:
                kinds = [inbound.content.kind for inbound in self.heard]
                raise AssertionError(f"not heard within {within} s; heard {kinds}, {self.account.health()}")
            self.store.journal_added.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.store.journal_added.wait(), 0.25)

    async def events(self, room: str) -> list[dict[str, Any]]:
        """All events of a room that are no state, as the server has them, oldest first."""
        answer = await self.account.homeserver.get("rooms", room, "messages", dir="b", limit="1000")
        return [event for event in answer["chunk"][::-1] if "state_key" not in event]

    async def plain_events(self, room: str) -> list[dict[str, Any]]:
        """What the bot sent into a room unencrypted."""
        events = await self.events(room)
        return [e for e in events if e["sender"] == self.mxid and e["type"] != "m.room.encrypted"]


async def ask(person: Person, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """A request below `/_matrix/client/v3/` with a person's own token, past their client."""
    path = f"/_matrix/client/v3/{path}"
    return await person._ask(method, path, body)  # pyright: ignore[reportPrivateUsage]


async def until(met: Callable[[], Awaitable[bool]], what: str, within: float = 15) -> None:
    """Wait until a condition is met."""
    end = asyncio.get_running_loop().time() + within
    while not await met():
        if asyncio.get_running_loop().time() > end:
            raise AssertionError(f"waited {within} s {what}")
        await asyncio.sleep(0.05)


MakeBot = Callable[..., Awaitable[Bot]]
MakePerson = Callable[..., Awaitable[Person]]


@asynccontextmanager
async def opened(folder: Path) -> AsyncGenerator[tuple[Store, MovedClock]]:
    """A fresh store on SQLite in this folder, and its clock."""
    clock = MovedClock(START)
    keyring = Keyring.generate(folder / "stillroom.keys")
    keystore = Keystore.generate(folder / "keystore.db", keyring, clock)
    store = await Store.open(
        f"sqlite+aiosqlite:///{folder}/stillroom.db", sealer=Sealer(keystore), keyring=keyring, clock=clock
    )
    try:
        yield store, clock
    finally:
        await store.close()
        keystore.close()
