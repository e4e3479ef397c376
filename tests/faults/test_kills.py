"""SIGKILL at random moments: the conversation is the same, nothing lost, nothing doubled."""

import asyncio
import os
import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.demo.bot import Bot
from bot.demo.week import Week, said
from compliance.keys.keyring import Keyring
from compliance.keys.keystore import Keystore
from compliance.sealing import Sealer
from compliance.storage.store import Store
from config.clock import SystemClock
from config.settings import load

if TYPE_CHECKING:
    from bot.demo.homeserver import Homeserver
    from bot.demo.person import Person

    MakePerson = Callable[..., Awaitable[Person]]

CAST = ("client", "keller", "winter", "admin", "oncall")
KILLS = int(os.environ.get("STILLROOM_KILLS", "10"))
"""How often the bot is killed, in the week and in the crisis."""
SEED = int(os.environ.get("STILLROOM_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
SAYINGS = 100
"""About how often people say or vote something in the week."""


@dataclass
class Reaper:
    """Kills the bot now and then, a moment after somebody has said something to it."""

    bot: Bot
    dice: random.Random
    moments: frozenset[int]
    said: int = 0
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
            if self.said in self.moments:
                await self.kill()
            return event

        return acting

    async def kill(self) -> None:
        """Kill the bot within the next half second, look what it left, and start it again."""
        wait = self.dice.uniform(0, 0.5)
        await asyncio.sleep(wait)
        await self.bot.kill()
        self.killed += 1
        self.seconds.append(wait)
        self.at_work += await pending(self.bot) > 0
        await self.bot.start()


async def pending(bot: Bot) -> int:
    """How many things a dead bot has taken in and not handled, or not sent."""
    settings, clock = load(bot.settings), SystemClock()
    keyring = Keyring.load(settings.keys.path)
    keystore = Keystore.load(settings.storage.keystore, keyring, clock)
    store = await Store.open(settings.storage.address, sealer=Sealer(keystore), keyring=keyring, clock=clock)
    try:
        async with store.unit() as unit:
            return await unit.journal.pending() + await unit.outbox.pending()
    finally:
        await store.close()
        keystore.close()


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


def told(people: dict[str, "Person"], bot: Bot) -> dict[str, Counter[str]]:
    """What each person was told, without what differs from one week to another."""
    return {
        who: Counter(
            _plain(f"{line.kind}: {line.text} {line.filename}")
            for line in someone.seen()
            if line.sender == bot.mxid
            and line.kind in ("text", "notice", "poll", "file")
            and not _signed(line.text)
        )
        for who, someone in people.items()
    }


def _signed(text: str) -> bool:
    """A checkpoint of the audit record: how many there are depends on the time that the week takes."""
    return "\n— " in text


def _plain(text: str) -> str:
    days = r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(today|tomorrow), "
    months = r"January|February|March|April|May|June|July|August|September|October|November|December"
    return re.sub(r"\d+", "#", re.sub(rf"@[^\s)]+|{days}|{months}", "…", text))


@pytest.mark.timeout(600)
async def test_a_week_with_ten_kills_reads_like_a_quiet_one(
    homeserver: "Homeserver", person: "MakePerson", localpart: Callable[[str], str], tmp_path: Path
) -> None:
    print(f"seed {SEED}")
    dice = random.Random(SEED)  # noqa: S311 - chance, not secrecy
    weeks: list[dict[str, Counter[str]]] = []
    for kills in (0, KILLS):
        async with a_bot(homeserver, person, localpart, tmp_path / f"bot{kills}") as (bot, people):
            reaper = Reaper(bot, dice, frozenset(dice.sample(range(1, SAYINGS), kills)))
            for someone in people.values():
                reaper.watch(someone)
            for _, step in Week(bot, **people).steps():
                await step()
            assert reaper.killed == kills
            print(f"{kills} kills, {reaper.at_work} of them at work; {reaper.said} things said")
            await bot.stop()
            assert "whole" in await bot.command("audit", "verify")
            weeks.append(told(people, bot))
    quiet, killed = weeks
    for who in CAST:
        assert killed[who] - quiet[who] == Counter(), f"{who} was told something twice, or something else"
        assert quiet[who] - killed[who] == Counter(), f"{who} missed something"


@pytest.mark.timeout(600)
async def test_a_kill_between_detection_and_card_loses_neither_card_nor_alert(
    homeserver: "Homeserver", person: "MakePerson", localpart: Callable[[str], str], tmp_path: Path
) -> None:
    """Each person writes once, in a room of their own with the bot; the bot is killed right after."""
    print(f"seed {SEED}")
    dice = random.Random(SEED + 1)  # noqa: S311
    async with a_bot(homeserver, person, localpart, tmp_path / "bot") as (bot, people):
        oncall = people["oncall"]
        await oncall.hears(said("room-oncall-welcome"))
        reaper = Reaper(bot, dice, frozenset())
        for number in range(1, KILLS + 1):
            someone = await person(f"c{number}")
            await someone.write_to(bot.mxid, "hello", within=40)
            await someone.hears(said("greeting-hello"), within=40)
            await someone.say("I have taken all the pills just now, it is over")
            await reaper.kill()
            await someone.hears(said("crisis-card-directory"), within=40)
            await oncall.hears(f"alert {number})", within=40)
            cards = [line for line in someone.seen() if said("crisis-card-directory") in line.text]
            alerts = [line for line in oncall.seen() if f"(alert {number})" in line.text]
            assert (len(cards), len(alerts)) == (1, 1)
            await oncall.say(f"!ack {number}", room=alerts[0].room)
            await someone.leave()
        print(f"{reaper.killed} kills, {reaper.at_work} of them at work")
