"""What Matrix itself costs: a message to the homeserver, and an encrypted echo by a bare nio bot.

    python benchmarks/echo.py [--times 100] [--together]

Everything that Stillroom does is measured beside these (benchmarks/roundtrip.py). The bot and the client
have a process each, as in life; `--together` runs both in one.
"""

import argparse
import asyncio
import contextlib
import itertools
import logging
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import aiohttp
from nio import (
    AsyncClient,
    AsyncClientConfig,
    InviteMemberEvent,
    LoginResponse,
    MatrixRoom,
    RoomCreateResponse,
    RoomMessage,
    RoomMessageText,
)
from nio.store import SqliteMemoryStore

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.demo.homeserver import Homeserver

ENCRYPTION = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
LONG_POLL = 30_000
PATIENCE = 30.0
WARM_UP = 5
BARE_PUT = "bare PUT to the homeserver"
BARE_ECHO = "bare nio echo, encrypted"
Measure = Callable[[], Awaitable[float]]
"""Makes one measurement, in seconds."""


class Stopwatch:
    """A bare nio client, in memory, that measures how long an answer takes.

    From the moment before a message is encrypted and sent to the moment in which the answer has been
    decrypted; what the homeserver costs, three times, is in it.
    """

    def __init__(self, client: AsyncClient) -> None:
        self.client = client
        self._answers: asyncio.Queue[tuple[float, MatrixRoom, RoomMessage]] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    @classmethod
    async def login(cls, hs: Homeserver, name: str) -> Self:
        """Register an account, log in and begin to sync."""
        password = secrets.token_urlsafe(12)
        await hs.register(name, password)
        client = AsyncClient(hs.url, hs.mxid(name), config=AsyncClientConfig(store=SqliteMemoryStore))
        await _log_in(client, password)
        watch = cls(client)
        client.add_event_callback(watch._hear, RoomMessage)  # pyright: ignore[reportArgumentType]
        watch._task = asyncio.create_task(client.sync_forever(timeout=LONG_POLL))
        return watch

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await self.client.close()

    async def enter(self, *others: str) -> str:
        """Wait for an invitation, accept it, and wait until these others are seen there, joined; the room."""
        async with asyncio.timeout(10 * PATIENCE):
            while not self.client.invited_rooms:
                await self.client.synced.wait()
        room = next(iter(self.client.invited_rooms))
        await self.client.join(room)
        await self._until_joined(room, others)
        return room

    async def open_room(self, mxid: str) -> str:
        """An encrypted direct room with somebody, as soon as they have joined."""
        made = await self.client.room_create(is_direct=True, invite=[mxid], initial_state=[ENCRYPTION])
        assert isinstance(made, RoomCreateResponse), made
        await self._until_joined(made.room_id, [mxid])
        return made.room_id

    async def ask(
        self, room: str, text: str, answered: Callable[[MatrixRoom, RoomMessage], bool] | None = None
    ) -> float:
        """Send a text; the seconds until the first message of somebody else for which `answered` holds."""
        while not self._answers.empty():
            self._answers.get_nowait()
        began = time.perf_counter()
        await self.client.room_send(
            room, "m.room.message", {"msgtype": "m.text", "body": text}, ignore_unverified_devices=True
        )
        async with asyncio.timeout(PATIENCE):
            while True:
                at, where, event = await self._answers.get()
                if event.sender != self.client.user_id and (answered is None or answered(where, event)):
                    return at - began

    async def _hear(self, room: MatrixRoom, event: RoomMessage) -> None:
        self._answers.put_nowait((time.perf_counter(), room, event))

    async def _until_joined(self, room: str, others: Sequence[str]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not all(self._joined(room, mxid) for mxid in others):
                await self.client.synced.wait()

    def _joined(self, room: str, mxid: str) -> bool:
        known = self.client.rooms.get(room)
        return known is not None and mxid in known.users and mxid not in known.invited_users


async def echo_bot(url: str, mxid: str, password: str) -> None:
    """The smallest encrypting bot: joins where it is invited and says again what it hears. Runs for ever."""
    with tempfile.TemporaryDirectory(prefix="stillroom-echo-") as store:
        client = AsyncClient(url, mxid, store_path=store)
        try:
            await _log_in(client, password)

            async def join(room: MatrixRoom, event: InviteMemberEvent) -> None:
                if event.state_key == client.user_id and event.membership == "invite":
                    await client.join(room.room_id)

            async def echo(room: MatrixRoom, event: RoomMessageText) -> None:
                if event.sender != client.user_id:
                    content = {"msgtype": "m.notice", "body": event.body}
                    await client.room_send(
                        room.room_id, "m.room.message", content, ignore_unverified_devices=True
                    )

            client.add_event_callback(join, InviteMemberEvent)  # pyright: ignore[reportArgumentType]
            client.add_event_callback(echo, RoomMessageText)  # pyright: ignore[reportArgumentType]
            await client.sync_forever(timeout=LONG_POLL)
        finally:
            await client.close()


@contextlib.asynccontextmanager
async def running_echo_bot(hs: Homeserver, name: str, *, together: bool = False) -> AsyncGenerator[str]:
    """An echo bot in a process of its own, or in this one; its Matrix id."""
    password = secrets.token_urlsafe(12)
    mxid = await hs.register(name, password)
    if together:
        task = asyncio.create_task(echo_bot(hs.url, mxid, password))
        try:
            yield mxid
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        return
    process = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "--bot", hs.url, mxid, stdin=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(password.encode() + b"\n")
    try:
        yield mxid
    finally:
        process.terminate()
        await process.wait()


@contextlib.asynccontextmanager
async def putting(hs: Homeserver) -> AsyncGenerator[Measure]:
    """Measures how long the homeserver takes to accept a message, unencrypted, over one open connection."""
    name, password = f"put-{secrets.token_hex(3)}", secrets.token_urlsafe(12)
    await hs.register(name, password)
    client = AsyncClient(hs.url, hs.mxid(name), config=AsyncClientConfig(encryption_enabled=False))
    try:
        await _log_in(client, password)
        made = await client.room_create()
        assert isinstance(made, RoomCreateResponse), made
        headers = {"Authorization": f"Bearer {client.access_token}"}
    finally:
        await client.close()
    content = {"msgtype": "m.text", "body": "a message of a usual length, to see what one costs"}
    numbers = itertools.count()
    async with aiohttp.ClientSession(hs.url, headers=headers) as session:

        async def once() -> float:
            path = f"/_matrix/client/v3/rooms/{made.room_id}/send/m.room.message/{next(numbers)}"
            began = time.perf_counter()
            async with session.put(path, json=content) as answer:
                await answer.read()
                assert answer.status == 200, await answer.text()
            return time.perf_counter() - began

        yield once


@contextlib.asynccontextmanager
async def echoing(hs: Homeserver, *, together: bool = False) -> AsyncGenerator[Measure]:
    """Measures an encrypted round trip to a bare nio echo bot, keys already shared after the first."""
    run = secrets.token_hex(3)
    watch = await Stopwatch.login(hs, f"caller-{run}")
    numbers = itertools.count()
    try:
        async with running_echo_bot(hs, f"echo-{run}", together=together) as bot:
            room = await watch.open_room(bot)

            async def once() -> float:
                text = f"message {next(numbers)}"
                return await watch.ask(room, text, lambda _, event: event.source["content"]["body"] == text)

            yield once
    finally:
        await watch.close()


async def repeat(once: Measure, times: int) -> list[float]:
    """So many measurements, one after the other, after a few to warm up."""
    for _ in range(WARM_UP):
        await once()
    return [await once() for _ in range(times)]


def percentile(taken: Sequence[float], percent: int) -> float:
    return statistics.quantiles(taken, n=100, method="inclusive")[percent - 1]


def table(rows: Mapping[str, Sequence[float]]) -> str:
    """Median and 95th percentile of each row, in milliseconds."""
    width = max(len(name) for name in rows)
    lines = [f"{'':{width}}  {'times':>6} {'median':>9} {'p95':>9}"]
    for name, taken in rows.items():
        median, p95 = (f"{percentile(taken, percent) * 1000:.0f} ms" for percent in (50, 95))
        lines.append(f"{name:{width}}  {len(taken):>6} {median:>9} {p95:>9}")
    return "\n".join(lines)


async def _log_in(client: AsyncClient, password: str) -> None:
    answer: Any = await client.login(password)
    assert isinstance(answer, LoginResponse), answer
    if client.should_upload_keys:
        await client.keys_upload()


async def _measure(times: int, *, together: bool) -> None:
    async with Homeserver() as hs, putting(hs) as put, echoing(hs, together=together) as echo:
        rows = {BARE_PUT: await repeat(put, times), BARE_ECHO: await repeat(echo, times)}
    print(table(rows))


def main() -> None:
    logging.getLogger("nio").setLevel(logging.ERROR)
    parser = argparse.ArgumentParser(description="What Matrix itself costs.")
    parser.add_argument("--times", type=int, default=100, help="measurements of each kind (at least 2)")
    parser.add_argument("--together", action="store_true", help="bot and client in one process")
    parser.add_argument("--bot", nargs=2, metavar=("URL", "MXID"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bot:
        url, mxid = options.bot
        asyncio.run(echo_bot(url, mxid, sys.stdin.readline().strip()))
    else:
        asyncio.run(_measure(max(options.times, 2), together=options.together))


if __name__ == "__main__":
    main()
