"""SIGKILL between detection and card: neither card nor alert is lost or doubled."""

import asyncio
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reaper import KILLS, SEED, a_bot, left_behind

from bot.demo.week import said

if TYPE_CHECKING:
    from reaper import MakePerson

    from bot.demo.bot import Bot
    from bot.demo.homeserver import Homeserver
    from bot.demo.person import Person

TIMES = KILLS or 3
WARM_UP = 3
"""Undisturbed cards first: the time that they take is the window in which the bot is killed."""
AIM = 0.05
"""By which part of its width a side of the window moves in when a kill fell outside the work."""
CARD = said("crisis-card-place")
GRAVE = "I have taken all the pills just now, it is over"


@dataclass
class Window:
    """When to kill: at any moment of the work on a message, as far as that can be told from outside."""

    start: float
    end: float
    found: Counter[str] = field(default_factory=Counter[str])

    def moment(self, dice: random.Random) -> float:
        return dice.uniform(self.start, self.end)

    def learn(self, what: str) -> None:
        """Note what a kill found, and aim better."""
        self.found[what] += 1
        step = (self.end - self.start) * AIM
        if what == "nothing yet":
            self.start += step
        elif what == "all done":
            self.end -= step


@dataclass
class Scene:
    """People on call, and one after the other who writes once in a room of their own with the bot."""

    bot: "Bot"
    oncall: "Person"
    alerts: int = 0

    async def writes(self, someone: "Person") -> float:
        """They write that they are in danger; when that was sent."""
        await someone.write_to(self.bot.mxid, "hello", within=40)
        await someone.hears(said("greeting-hello"), within=40)
        await someone.say(GRAVE)
        self.alerts += 1
        return time.monotonic()

    async def answered(self, someone: "Person") -> float:
        """Card and alert are there, and somebody takes the alert; when the card was there."""
        await someone.hears(CARD, within=40)
        shown = time.monotonic()
        alert = await self.oncall.hears(f"alert {self.alerts})", within=40)
        await self.oncall.say(f"!ack {self.alerts}", room=alert.room)
        await someone.hears(said("crisis-acknowledged"), within=40)
        return shown

    def once(self, someone: "Person", number: int) -> None:
        """Neither card nor alert came twice, also while others were served."""
        cards = [line for line in someone.seen() if CARD in line.text]
        alerts = [line for line in self.oncall.seen() if f"(alert {number})" in line.text]
        assert (len(cards), len(alerts)) == (1, 1)


@pytest.mark.timeout(600 + 15 * TIMES)
async def test_a_kill_between_detection_and_card_loses_neither_card_nor_alert(
    homeserver: "Homeserver", person: "MakePerson", localpart: Callable[[str], str], tmp_path: Path
) -> None:
    print(f"seed {SEED}")
    dice = random.Random(SEED + 1)  # noqa: S311
    async with a_bot(homeserver, person, localpart, tmp_path / "bot") as (bot, people):
        await people["oncall"].hears(said("room-oncall-welcome"))
        scene = Scene(bot, people["oncall"])
        took: list[float] = []
        for number in range(WARM_UP):
            someone = await person(f"w{number}")
            sent = await scene.writes(someone)
            took.append(await scene.answered(someone) - sent)
            await someone.leave()
        window = Window(0.0, statistics.median(took))
        before: tuple[Person, int] | None = None
        for number in range(TIMES):
            someone = await person(f"c{number}")
            sent = await scene.writes(someone)
            await asyncio.sleep(max(0.0, sent + window.moment(dice) - time.monotonic()))
            await bot.kill()
            window.learn(await left_behind(bot, scene.alerts, CARD))
            await bot.start()
            await scene.answered(someone)
            if before is not None:
                scene.once(*before)
                await before[0].leave()
            before = someone, scene.alerts
        assert before is not None
        scene.once(*before)
        found = dict(window.found)
        at_work = sum(count for what, count in found.items() if what not in ("nothing yet", "all done"))
        print(
            f"card after {1000 * statistics.median(took):.0f} ms undisturbed; "
            f"{TIMES} kills, {at_work} of them at work: {found}"
        )
