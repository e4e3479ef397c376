"""Voice and video sessions: where the two are asked to meet, and when calls in their room are open."""

from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio
from storage import talk as t
from storage.talk import Talk

from bot.handling import Handling
from bot.outbound import SetCalls
from config.settings import Calls

SECOND = timedelta(seconds=1)
INSIDE, ELSEWHERE = "You can start a call in this room", "Calls don't work inside this room"
PLACE = "The room that you share is the place"


@pytest_asyncio.fixture
async def talk(at_work: Talk) -> Talk:
    await at_work.says(t.MIA, "!agree", await at_work.room("pair"))
    return at_work


async def session(talk: Talk, way: str) -> tuple[list[str], list[str]]:
    """Book the first open time and let it pass: what was said to the client ten minutes before and in the
    pair's room at its start, and how calls were set there, each with the minutes since the start."""
    pair = await talk.room("pair")
    await talk.says(t.MIA, f"!book {way}", pair)
    assert "Booked: " in await talk.says(t.MIA, "!book 1")
    mia, now = await talk.person(t.MIA), talk.around.clock.now()
    async with talk.store.unit() as unit:
        booked = (await unit.sessions.of_client(mia, now, now + timedelta(days=60)))[0]
    said, calls = list[str](), list[str]()
    room = await talk.direct(t.MIA)
    for minutes in (-10, 0, booked.minutes):
        before = len(talk.lines)
        await talk.pass_time(booked.starts_at + timedelta(minutes=minutes) + SECOND - talk.around.clock.now())
        lines = talk.lines[before:]
        said += [line.text for line in lines if line.room == (room if minutes < 0 else pair) and line.text]
        calls += [f"{one.effect.open}@{minutes}" for one in lines if isinstance(one.effect, SetCalls)]
    return said, calls


@pytest.mark.parametrize(
    ("element_call", "way", "told", "calls"),
    [
        (True, "video", INSIDE, ["True@0", "False@45"]),
        (True, "message", "your 45 minutes begin now, here in this room", []),
        (False, "video", ELSEWHERE, ["False@45"]),
        (False, "message", "your 45 minutes begin now, here in this room", []),
    ],
)
async def test_calls_open_for_a_session_where_they_can_be_made_and_elsewhere_the_two_hear_so(
    talk: Talk, element_call: bool, way: str, told: str, calls: list[str]
) -> None:
    settings = talk.house.settings.model_copy(update={"calls": Calls(element_call=element_call)})
    talk.house = replace(talk.house, settings=settings)
    talk.handling = Handling(talk.store, talk.house)
    said, were = await session(talk, way)
    assert told in "\n".join(said)
    assert (INSIDE in "\n".join(said)) == (told == INSIDE)
    assert (PLACE in "\n".join(said)) == (told != ELSEWHERE)
    assert were == calls
