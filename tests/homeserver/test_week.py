"""The first week of a client and a therapist, each with a client of their own; and the same with kills."""

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reaper import CAST, KILLS, SEED, Reaper, a_bot

from bot.demo.bot import Bot
from bot.demo.traces import traces
from bot.demo.week import Week

if TYPE_CHECKING:
    from reaper import MakePerson

    from bot.demo.homeserver import Homeserver
    from bot.demo.person import Person

SAYINGS = 100
"""About how often people say or vote something in the week."""

_quiet: list[dict[str, Counter[str]]] = []
"""What everybody was told in the undisturbed week, for the other test to compare with."""


async def play(bot: Bot, people: dict[str, "Person"]) -> dict[str, Counter[str]]:
    """Play all steps, end the bot, verify the record; what everybody was told."""
    for _, step in Week(bot, **people).steps():
        await step()
    await bot.stop()
    assert "whole" in await bot.command("audit", "verify")
    return told(people, bot)


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


@pytest.mark.timeout(400)
async def test_the_first_week_happens_as_people_would_see_it(
    homeserver: "Homeserver", person: "MakePerson", localpart: Callable[[str], str], tmp_path: Path
) -> None:
    async with a_bot(homeserver, person, localpart, tmp_path / "bot") as (bot, people):
        _quiet.append(await play(bot, people))
        assert traces([one.seen() for one in people.values()], [bot.folder, bot.log]) == []


@pytest.mark.timeout(600)
async def test_a_week_with_ten_kills_reads_like_the_quiet_one(
    homeserver: "Homeserver", person: "MakePerson", localpart: Callable[[str], str], tmp_path: Path
) -> None:
    """SIGKILL at ten random moments: nothing is lost and nothing is doubled."""
    print(f"seed {SEED}")
    dice = random.Random(SEED)  # noqa: S311 - chance, not secrecy
    kills = KILLS or 10
    if not _quiet:
        async with a_bot(homeserver, person, localpart, tmp_path / "quiet") as (bot, people):
            _quiet.append(await play(bot, people))
    async with a_bot(homeserver, person, localpart, tmp_path / "bot") as (bot, people):
        reaper = Reaper(bot, dice, frozenset(dice.sample(range(1, SAYINGS), kills)))
        for someone in people.values():
            reaper.watch(someone)
        killed = await play(bot, people)
        assert reaper.killed == kills
        print(f"{kills} kills, {reaper.at_work} of them at work; {reaper.said} things said")
    quiet = _quiet[0]
    for who in CAST:
        assert killed[who] - quiet[who] == Counter(), f"{who} was told something twice, or something else"
        assert quiet[who] - killed[who] == Counter(), f"{who} missed something"
