"""A promised answer that does not come, on a real homeserver: what client, therapist and supervisor see."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.demo.bot import Bot
from bot.demo.person import Person
from bot.demo.week import Week, said

if TYPE_CHECKING:
    from bot.demo.homeserver import Homeserver
    from tests.conftest import MakePerson

CAST = ("client", "keller", "winter", "admin", "oncall")
UNTIL_THEY_MEET = 5
SECOND = timedelta(seconds=1)


@pytest.fixture
async def supervisor(person: "MakePerson") -> Person:
    return await person("supervisor")


@pytest.fixture
async def week(
    homeserver: "Homeserver",
    person: "MakePerson",
    supervisor: Person,
    localpart: Callable[[str], str],
    tmp_path: Path,
) -> AsyncIterator[Week]:
    """A client in Berlin and a therapist in Lisbon (Mon-Fri 9-17) who have agreed on 24 working hours."""
    people = {who: await person(who) for who in CAST}
    bot = Bot(homeserver, tmp_path / "bot", localpart("bot"))
    await bot.init(admins=[people["admin"].mxid], oncall=[people["oncall"].mxid])
    settings = bot.settings.read_text()
    named = settings.replace("\noncall = ", f'\nsupervisors = ["{supervisor.mxid}"]\noncall = ', 1)
    assert named != settings
    bot.settings.write_text(named)
    await bot.start()
    week = Week(bot, **people)
    for _, step in week.steps()[:UNTIL_THEY_MEET]:
        await step()
    yield week
    await bot.stop()


async def test_an_answer_is_promised_nudged_missed_and_the_second_miss_is_told(
    week: Week, supervisor: Person
) -> None:
    bot, client, winter, rooms = week.bot, week.client, week.winter, week.rooms
    monday_night = week._next(0, 23, 40)  # pyright: ignore[reportPrivateUsage]
    await bot.move_to(monday_night)
    await client.say("I can't sleep again.", room=rooms["pair"])
    notice = await client.hears(said("availability-quiet"), room=rooms["pair"])
    # Three Lisbon days of eight hours, on a clock in Berlin.
    assert "You can expect an answer by Thursday" in notice.text
    assert "18:00 (Berlin time)" in notice.text

    await client.say("!later I would like to talk about my mother.", room=rooms["client"])
    kept = await client.hears(said("later-held"), room=rooms["client"])
    assert "10:00 (Berlin time)" in kept.text
    tuesday = monday_night.replace(hour=10, minute=0) + timedelta(days=1)
    await bot.move_to(tuesday + SECOND)
    posted = await winter.hears("asked me to send this now", room=rooms["pair"])
    assert "talk about my mother" in posted.text
    await winter.say("!queue", room=rooms["winter"])
    assert "1. Mia" in (await winter.hears("Who waits", room=rooms["winter"])).text

    await bot.move_to(tuesday + timedelta(days=2, hours=2) + SECOND)
    nudge = await winter.hears(said("promise-nudge"), room=rooms["winter"])
    assert "17:00 (Lisbon time)" in nudge.text
    # A command is no answer.
    thursday_evening = tuesday + timedelta(days=2, hours=8)
    await bot.kill()
    await bot.move_to(thursday_evening + SECOND)
    await bot.start()
    await winter.hears(said("promise-missed-therapist"), room=rooms["winter"])
    await client.hears(said("promise-missed-client"), room=rooms["client"])
    poll = await client.hears(lambda line: line.kind == "poll", room=rooms["client"])
    await client.vote(poll, "Give it more time")
    more = await client.hears(said("promise-more"), room=rooms["client"])
    assert "Tuesday" in more.text

    await bot.move_to(thursday_evening + timedelta(days=5, minutes=1))
    await client.hears(said("promise-missed-client"), room=rooms["client"])
    told = await supervisor.hears("2 answers that a client was told to expect")
    assert "Winter" in told.text
    assert "Mia" not in told.text

    await winter.say("I am sorry, Mia. I was ill.", room=rooms["pair"])
    await winter.say("!queue", room=rooms["winter"])
    await winter.hears(said("queue-none"), room=rooms["winter"])
    await winter.say("!promises", room=rooms["winter"])
    assert "2 came late" in (await winter.hears("0 answers came", room=rooms["winter"])).text

    # The bot is down while the answer is written, and comes back when the time has passed.
    await client.say("Get well soon.", room=rooms["pair"])
    await client.hears(said("availability-quiet"), room=rooms["pair"])
    await bot.kill()
    await winter.say("Thank you. Tomorrow at ten?", room=rooms["pair"])
    await bot.move(timedelta(days=9))
    await bot.start()
    await winter.say("!promises", room=rooms["winter"])
    assert "2 came late" in (await winter.hears("One answer came", room=rooms["winter"])).text
