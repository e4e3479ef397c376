"""The bot's account with a store of its own, for tests: it syncs into the journal and keeps what it took."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.demo.homeserver import Homeserver
from bot.demo.person import Person
from bot.inbound import Content, Inbound
from bot.matrix.account import MatrixAccount
from bot.matrix.crosssigning import Seeds
from bot.matrix.delivery import Delivery
from bot.matrix.login import Credentials, log_in
from bot.matrix.sync import Sync
from compliance.keys.keyring import Keyring
from compliance.keys.keystore import Keystore
from compliance.sealing import Sealer
from compliance.storage.store import Store
from config.clock import MovedClock

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

Match = Callable[[Inbound], bool]


class Bot:
    """An account, its two loops and what it heard. `delivery` runs when a test says so."""

    account: MatrixAccount
    sync: Sync
    delivery: Delivery

    def __init__(
        self, server: Homeserver, store: Store, clock: MovedClock, folder: Path, credentials: Credentials
    ) -> None:
        self.server = server
        self.store = store
        self.clock = clock
        self.folder = folder
        self.credentials = credentials
        self.seeds = Seeds.new()
        self.key = secrets.token_bytes(32)
        self.heard: list[Inbound] = []
        self._task: asyncio.Task[None] | None = None

    @classmethod
    async def make(
        cls, server: Homeserver, localpart: str, store: Store, clock: MovedClock, folder: Path
    ) -> "Bot":
        password = secrets.token_urlsafe(12)
        await server.register(localpart, password)
        bot = cls(server, store, clock, folder, await log_in(server.url, localpart, password))
        await bot.start()
        return bot

    @property
    def mxid(self) -> str:
        return self.credentials.user_id

    async def open(self) -> MatrixAccount:
        """Open the account without syncing."""
        self.account = await MatrixAccount.open(
            self.server.url,
            self.credentials,
            store_path=self.folder / "crypto.db",
            store_key=self.key,
            seeds=self.seeds,
            clock=self.clock,
        )
        self.sync = self.account.syncing(self.store)
        self.delivery = self.account.delivery(self.store)
        return self.account

    async def start(self) -> MatrixAccount:
        await self.open()
        self._task = asyncio.create_task(self.sync.run())
        return self.account

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        await self.account.close()

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
