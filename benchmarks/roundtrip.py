"""How fast a person in a crisis is answered, beside what Matrix itself costs; and the memory of a practice.

    python benchmarks/roundtrip.py [--times 100] [--pairs 100] [--runs 1]

Measured, taking turns so that all see the same load: one PUT to the homeserver; an encrypted echo by a bare
nio bot; Stillroom's crisis card. Each is timed in the client: from before the message is encrypted and sent
until the answer is decrypted. Both bots are processes of their own.

The card is the whole work of a new episode. A message of high severity in a pair's room is taken into the
journal, screened, decided; then come the card, the alert to the therapist and to the on-call room, and the
question how they are. Between two of them the on-call person acknowledges and closes the alert. In the
settings of this bot the card does not rest (`care.card_rest_seconds = 0`).
"""

import argparse
import asyncio
import logging
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.echo import BARE_ECHO, BARE_PUT, WARM_UP, Stopwatch, echoing, percentile, putting, table
from benchmarks.practice import CLIENTS_OF_ONE, Member, add_pairs, few_at_once, resident, settled
from bot.demo.answering import WORDS
from bot.demo.bot import Bot
from bot.demo.homeserver import Homeserver
from bot.demo.week import said

CARD = "Stillroom's crisis card"
WORDS_OF_CRISIS = "I can't do this any more, I want to kill myself"
CARD_WORDS = said("crisis-card-high")
NO_REST = 1.05
"""Seconds between two cards: without a rest the card still comes at most once a second."""
QUIET = 0.25
"""Seconds after each measurement, in which what it caused comes to its end."""


@dataclass
class Crisis:
    """A client in the room of their pair, and the on-call person who answers."""

    watch: Stopwatch
    room: str
    oncall: Member
    alerts: int = 0
    last: float = 0.0

    async def once(self) -> float:
        """A message of high severity until the card is there; seconds."""
        await asyncio.sleep(max(0.0, self.last + NO_REST - time.monotonic()))
        self.last = time.monotonic()
        taken = await self.watch.ask(
            self.room,
            WORDS_OF_CRISIS,
            lambda room, event: room.room_id == self.room and CARD_WORDS in event.source["content"]["body"],
        )
        self.alerts += 1
        return taken

    async def end(self) -> None:
        """The on-call person has seen the alert, acknowledges and closes it, as people do."""
        room = await self.oncall.hear(f"!ack {self.alerts}")
        for command, answer in (("ack", "ack-done"), ("close", "close-done")):
            await self.oncall.say(room, f"!{command} {self.alerts}")
            await self.oncall.hear(WORDS.say("en", answer, number=self.alerts))


async def practice(hs: Homeserver, folder: Path, pairs: int) -> tuple[Bot, Crisis, list[tuple[str, float]]]:
    """A running bot with so many pairs, each in its room and with a message of the client; the memory."""
    admin, oncall = await Member.login(hs, "ada"), await Member.login(hs, "otto")
    bot = Bot(hs, folder / "bot")
    await bot.init(admins=[admin.mxid], oncall=[oncall.mxid])
    text = bot.settings.read_text()
    assert "\n[care]\n" in text
    bot.settings.write_text(text.replace("\n[care]\n", "\n[care]\ncard_rest_seconds = 0\n"))
    memory: list[tuple[str, float]] = []

    async def note(what: str) -> None:
        await settled(bot.pid)
        memory.append((what, resident(bot.pid)))

    await bot.start()
    for one, key in ((admin, "room-admin-welcome"), (oncall, "room-oncall-welcome")):
        await one.hear(said(key))
    await admin.close()
    await note("idle, only the staff rooms")
    await bot.stop()

    watch = await Stopwatch.login(hs, "client-0")
    members = await few_at_once(Member.login(hs, f"client-{number}") for number in range(1, pairs))
    needed = range(-(-pairs // CLIENTS_OF_ONE))
    therapists = await few_at_once(Member.login(hs, f"therapist-{number}") for number in needed)
    clients = [str(watch.client.user_id), *(member.mxid for member in members)]
    treating = [therapists[number // CLIENTS_OF_ONE].mxid for number in range(pairs)]
    await add_pairs(bot, zip(clients, treating, strict=True))

    await bot.start()
    room = await watch.enter(bot.mxid)
    await few_at_once(member.enter() for member in members)
    for number, therapist in enumerate(therapists):
        await therapist.enter(treating[number * CLIENTS_OF_ONE :].count(therapist.mxid))
    await few_at_once(_write(member) for member in members)
    for member in (*members, *therapists):
        await member.close()
    await note(f"{pairs} pairs, each in its room and with a message")
    await bot.stop()
    await bot.start()
    await note("the same after a restart")
    return bot, Crisis(watch, room, oncall), memory


async def _write(member: Member) -> None:
    await member.look()
    for room in member.client.rooms:
        await member.say(room, "Good evening. It was a long day, and I am glad to write here.")


async def measure(hs: Homeserver, crisis: Crisis, times: int) -> dict[str, list[float]]:
    """So many of each kind, taking turns."""
    rows: dict[str, list[float]] = {BARE_PUT: [], BARE_ECHO: [], CARD: []}
    async with putting(hs) as put, echoing(hs) as echo:
        for number in range(-WARM_UP, times):
            for name, once in ((BARE_PUT, put), (BARE_ECHO, echo), (CARD, crisis.once)):
                taken = await once()
                if number >= 0:
                    rows[name].append(taken)
                await asyncio.sleep(QUIET)
            await crisis.end()
            await asyncio.sleep(QUIET)
    return rows


def ratio(rows: dict[str, list[float]]) -> float:
    return percentile(rows[CARD], 50) / percentile(rows[BARE_ECHO], 50)


async def run(times: int, pairs: int, runs: int) -> None:
    with tempfile.TemporaryDirectory(prefix="stillroom-bench-") as folder:
        async with Homeserver(Path(folder) / "synapse") as hs:
            bot, crisis, memory = await practice(hs, Path(folder), pairs)
            try:
                for _ in range(runs):
                    load = os.getloadavg()[0]
                    rows = await measure(hs, crisis, times)
                    print(table(rows))
                    print(f"card / echo, medians: {ratio(rows):.2f}   (load before: {load:.2f})\n")
                memory.append(("after the crisis cards", resident(bot.pid)))
            finally:
                await bot.stop()
                await crisis.watch.close()
                await crisis.oncall.close()
    print("Resident memory of the bot's process:")
    for what, megabytes in memory:
        print(f"  {megabytes:6.0f} MB  {what}")


def main() -> None:
    logging.getLogger("nio").setLevel(logging.ERROR)
    parser = argparse.ArgumentParser(description="The crisis card beside what Matrix itself costs; memory.")
    parser.add_argument("--times", type=int, default=100, help="measurements of each kind (at least 2)")
    parser.add_argument("--pairs", type=int, default=100, help="pairs with a room of their own (at least 1)")
    parser.add_argument("--runs", type=int, default=1, help="how often to measure, one table each")
    options = parser.parse_args()
    asyncio.run(run(max(options.times, 2), max(options.pairs, 1), max(options.runs, 1)))


if __name__ == "__main__":
    main()
