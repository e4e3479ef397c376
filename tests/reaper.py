"""For tests that kill: a bot with its people, and who kills it a moment after somebody has spoken."""

import asyncio
import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.cli import house
from bot.demo.bot import Bot
from compliance.storage.unit import Unit
from config.clock import SystemClock
from config.settings import load

if TYPE_CHECKING:
    from bot.demo.homeserver import Homeserver
    from bot.demo.person import Person

    MakePerson = Callable[..., Awaitable[Person]]

CAST = ("client", "keller", "winter", "admin", "oncall")
KILLS = int(os.environ.get("TEST_KILLS", "0"))
"""How often the bot is killed, if more often than a test does by itself. (STILLROOM_… names settings.)"""
SEED = int(os.environ.get("TEST_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)


@dataclass
class Reaper:
    """Kills the bot now and then, a moment after somebody has said something to it."""

    bot: Bot
    dice: random.Random
    moments: frozenset[int]
    said: int = 0
    owed: int = 0
    """Kills whose moment came while the bot was dead already: it dies at the next thing said."""
    killed: int = 0
    at_work: int = 0
    """Kills that left something half done."""
    seconds: list[float] = field(default_factory=list[float])

    def watch(self, person: "Person") -> None:
        """Let nothing that this person says be safe."""
        for name in ("say", "vote"):
            setattr(person, name, self._then_kill(getattr(person, name)))

    def _then_kill(self, act: Callable[..., Awaitable[str]]) -> Callable[..., Awaitable[str]]:
        async def acting(*args: Any, **kwargs: Any) -> str:
            event = await act(*args, **kwargs)
            self.said += 1
            self.owed += self.said in self.moments
            if self.owed and self.bot.running:
                self.owed -= 1
                await self.kill()
            return event

        return acting

    async def kill(self) -> None:
        """Kill the bot within a blink, look what it left, and start it again."""
        wait = self.dice.uniform(0, 0.2)
        await asyncio.sleep(wait)
        await self.bot.kill()
        self.killed += 1
        self.seconds.append(wait)
        self.at_work += await pending(self.bot) > 0
        await self.bot.start()


async def pending(bot: Bot) -> int:
    """How many things a dead bot has taken in and not handled, or not sent."""
    async with _opened(bot) as unit:
        return await unit.journal.pending() + await unit.outbox.pending()


async def left_behind(bot: Bot, alert: int, words: str) -> str:
    """How far a dead bot has come with a message that opens the alert of this number and brings a card with
    these words."""
    async with _opened(bot) as unit:
        taken_in = await unit.journal.pending()
        waiting = [row.effect_json for row in await unit.outbox.heads(SystemClock().now())]
        alerted = await unit.alerts.by_number(alert) is not None
    if any(words in effect for effect in waiting):
        return "card not sent" if alerted else "card not sent, no alert"
    if alerted:
        return "card sent, alert not" if waiting else "all done"
    return "taken in" if taken_in else "nothing yet"


@asynccontextmanager
async def _opened(bot: Bot) -> AsyncIterator[Unit]:
    async with house.opened(load(bot.settings)) as opened, opened.store.unit() as unit:
        yield unit


@asynccontextmanager
async def a_bot(
    homeserver: "Homeserver", person: "MakePerson", localpart: Callable[[str], str], folder: Path
) -> AsyncIterator[tuple[Bot, dict[str, "Person"]]]:
    people = {who: await person(who) for who in CAST}
    bot = Bot(homeserver, folder, localpart("bot"))
    await bot.init(admins=[people["admin"].mxid], oncall=[people["oncall"].mxid])
    await bot.start()
    try:
        yield bot, people
    finally:
        await bot.stop()
