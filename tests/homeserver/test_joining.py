"""Joining, where it does not end with a match at once: under age, and signs that text may not suit."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.demo import cast
from bot.demo.answering import WORDS, fill
from bot.demo.bot import Bot
from bot.demo.week import said

if TYPE_CHECKING:
    from bot.demo.homeserver import Homeserver
    from bot.demo.person import Person
    from tests.conftest import MakePerson


@pytest.fixture
async def ada(person: "MakePerson") -> "Person":
    return await person("ada")


@pytest.fixture
async def bot(
    homeserver: "Homeserver", ada: "Person", localpart: Callable[[str], str], tmp_path: Path
) -> AsyncIterator[Bot]:
    one = Bot(homeserver, tmp_path / "bot", localpart("bot"))
    await one.init(admins=[ada.mxid], oncall=[])
    await one.start()
    yield one
    await one.stop()


async def begin(someone: "Person", bot: Bot) -> None:
    """Come as a client and agree."""
    await someone.write_to(bot.mxid, "hello")
    await someone.hears(WORDS.say("en", "welcome-role"))
    await someone.say("1")
    await someone.hears(WORDS.say("en", "consent-agree"))
    await someone.say("1")


async def test_somebody_under_age_is_refused_kindly_with_help_lines(bot: Bot, person: "MakePerson") -> None:
    tim = await person("tim")
    await begin(tim, bot)
    await fill(tim, "intake", {"name": "Tim", "birth": "15"}, ends=said("intake-birth-confirm"))
    await tim.say("yes")
    refusal = await tim.hears("This service is for adults, so I can't find you a therapist here")
    assert "112" in refusal.text
    await tim.say("hello?")
    await tim.hears("I'm sorry that I can't find you a therapist here: this service is for adults")


async def test_signs_that_text_may_not_suit_go_to_a_person_and_help_is_shown_at_once(
    bot: Bot, ada: "Person", person: "MakePerson"
) -> None:
    lea = await person("lea")
    await begin(lea, bot)
    answers = cast.CLIENT | {"thoughts": "3", "country": "Ireland", "zone": "Dublin"}
    await fill(lea, "intake", answers, until="voices", ends=said("crisis-card-high"))
    card = next(line for line in lea.seen() if said("crisis-card-high") in line.text)
    assert "116 123" in card.text, "the line of the country that she named a moment before"
    await lea.hears(said("intake-thoughts-now"))
    await lea.say("resume")
    await fill(lea, "intake", cast.CLIENT, within=15)
    await lea.hears(said("intake-referred"))
    desk = (await ada.hears(said("case-new"))).room
    await ada.say("!case 1", room=desk)
    shown = await ada.hears("!case 1 match", room=desk)
    assert cast.CLIENT["hopes"] in shown.text
    await ada.say("!case 1 match", room=desk)
    await lea.hears(said("case-accepted"))
    await lea.hears(said("match-none"))
