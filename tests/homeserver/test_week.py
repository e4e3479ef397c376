"""The first week of a client and a therapist, on a real homeserver, each with a client of their own."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.demo.bot import Bot
from bot.demo.traces import traces
from bot.demo.week import Week

if TYPE_CHECKING:
    from bot.demo.homeserver import Homeserver
    from tests.conftest import MakePerson

CAST = ("client", "keller", "winter", "admin", "oncall")


@pytest.fixture
async def week(
    homeserver: "Homeserver", person: "MakePerson", localpart: Callable[[str], str], tmp_path: Path
) -> AsyncIterator[Week]:
    people = {who: await person(who) for who in CAST}
    bot = Bot(homeserver, tmp_path / "bot", localpart("bot"))
    await bot.init(admins=[people["admin"].mxid], oncall=[people["oncall"].mxid])
    await bot.start()
    yield Week(bot, **people)
    await bot.stop()


async def test_the_first_week_happens_as_people_would_see_it(week: Week) -> None:
    for _, step in week.steps():
        await step()
    await week.bot.stop()
    assert "whole" in await week.bot.command("audit", "verify")
    people = [week.client, week.keller, week.winter, week.admin, week.oncall]
    assert traces([one.seen() for one in people], [week.bot.folder, week.bot.log]) == []
