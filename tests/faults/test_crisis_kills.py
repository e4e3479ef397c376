"""SIGKILL between detection and card: neither card nor alert is lost or doubled."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reaper import KILLS, SEED, Reaper, a_bot

from bot.demo.week import said

if TYPE_CHECKING:
    from reaper import MakePerson

    from bot.demo.homeserver import Homeserver


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
        for number in range(1, (KILLS or 4) + 1):
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
