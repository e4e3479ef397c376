"""The client's week with matrix-js-sdk, which reads no device that is not cross-signed, and the real bot."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from jsclient import JsClient

from bot.demo import cast as roles
from bot.demo.answering import WORDS, fill
from bot.demo.bot import Bot
from bot.demo.person import Person
from bot.demo.week import Week, said

if TYPE_CHECKING:
    from bot.demo.homeserver import Homeserver
    from tests.conftest import MakePerson

POLLS = dict.fromkeys(
    ("earlier", "thoughts", "voices", "substances", "crises", "wishes", "special"), "vote:No"
)
STORY = "Since the move I lie awake, and on Sundays it is worst."


@pytest.fixture
async def admin(person: "MakePerson") -> Person:
    return await person("admin")


@pytest.fixture
async def oncall(person: "MakePerson") -> Person:
    return await person("oncall")


@pytest.fixture
async def bot(
    homeserver: "Homeserver", admin: Person, oncall: Person, localpart: Callable[[str], str], tmp_path: Path
) -> AsyncIterator[Bot]:
    bot = Bot(homeserver, tmp_path / "bot", localpart("bot"))
    await bot.init(admins=[admin.mxid], oncall=[oncall.mxid])
    await bot.start()
    yield bot
    await bot.stop()


def shown_without_a_warning(client: JsClient, bot: Bot) -> None:
    """All that the bot said came encrypted, and from a device that this client trusts to be the bot's."""
    lines = [one for one in client.seen() if one.sender == bot.mxid and one.kind not in ("joined", "other")]
    assert lines
    assert [one.text for one in lines if not one.encrypted] == []
    assert client.shields == {}


async def test_the_clients_week(
    js_client, person: "MakePerson", bot: Bot, admin: Person, oncall: Person
) -> None:
    mia: JsClient = await js_client("mia")
    keller, winter = await person("keller"), await person("winter")
    week = Week(bot, cast("Person", mia), keller, winter, admin, oncall)
    await week.staff_rooms()
    await week.applications()

    week.rooms["client"] = await mia.write_to(bot.mxid, "Hi, is somebody there?")
    await mia.hears(said("greeting-hello"))
    role = await mia.hears(lambda line: line.kind == "poll")
    await mia.vote(role, "I'm looking")
    consent = await mia.hears(lambda line: line.kind == "poll")
    await mia.vote(consent, "I understand")

    answers = roles.CLIENT | POLLS
    first = await fill(week.client, "intake", answers, until="story")
    told = await mia.say(answers["story"])
    await mia.hears(WORDS.say("en", "intake-hopes"))
    await mia.edit(told, STORY)
    assert STORY in (await mia.hears("Changed.")).text
    await mia.say(answers["hopes"])
    second = await fill(week.client, "intake", answers)
    assert first + second >= 10
    review = next(one for one in mia.seen() if WORDS.say("en", "forms-review") in one.text)
    assert STORY in review.text
    await mia.hears(said("match-asked"))

    await week.matching()
    await week.agreement()
    await week.night()
    await week.booking()

    pair = week.rooms["pair"]
    await mia.say("I can't do this any more, I want to kill myself", room=pair)
    assert "112" in (await mia.hears(said("crisis-card-high"), room=pair)).text
    await oncall.hears(said("crisis-alert-body"), room=week.rooms["oncall"])
    await mia.hears(lambda line: line.kind == "poll", room=pair)
    await mia.say("I'm safe.", room=pair)
    await mia.hears(said("crisis-safe"), room=pair)
    await oncall.hears(said("crisis-alert-safe"), room=week.rooms["oncall"])
    await winter.say("!ack", room=week.rooms["winter"])
    await mia.hears(said("crisis-acknowledged"), room=pair)

    shown_without_a_warning(mia, bot)


async def test_what_is_said_before_the_bot_has_come_is_read(js_client, bot: Bot, oncall: Person) -> None:
    await oncall.enters(within=60)
    mia: JsClient = await js_client("mia")
    await bot.stop()
    room = await mia.create_direct(bot.mxid)
    await mia.until(lambda: mia.membership(room, bot.mxid) == "invite", "for the invitation")
    await mia.say("I want to kill myself")
    await bot.start()
    assert "112" in (await mia.hears(said("crisis-card-high"), within=30)).text
    await oncall.hears("may mean danger")
    shown_without_a_warning(mia, bot)


async def test_somebody_verifies_the_bot_by_emoji_and_goes_on_where_they_were(
    js_client, bot: Bot, oncall: Person
) -> None:
    await oncall.enters(within=60)
    mia: JsClient = await js_client("mia")
    await mia.write_to(bot.mxid, "Hi, is somebody there?")
    role = await mia.hears(lambda line: line.kind == "poll", within=30)
    emoji = await mia.verify(bot.mxid)
    shown = await mia.hears(said("room-verify"), within=30)
    assert "  ".join(emoji) in shown.text
    assert await mia.confirm(bot.mxid)
    await mia.hears(said("room-verified"), within=30)
    # The question that was open is open still, and got no answer.
    await mia.vote(role, "I'm looking")
    await mia.hears(WORDS.say("en", "consent-agree"), within=30)
    shown_without_a_warning(mia, bot)
