"""A question with choices reaches people whose program shows no polls, and is put once to those who vote."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio
from storage import talk as t
from storage.talk import Talk

from bot.care.desk import Choice, Desk
from bot.outbound import Message, Poll

CHOICES = (Choice("yes", "Yes, gladly"), Choice("no", "Not now"))


@pytest_asyncio.fixture
async def talk(tmp_path: Path) -> AsyncGenerator[Talk]:
    async with t.opened(tmp_path) as talk:
        await talk.says(t.MIA, "hello")
        yield talk


async def _asked(talk: Talk, purpose: str, *, numbers: bool = False, kind: str = "direct") -> list[str]:
    """Ask in somebody's direct room, or in the admin room as one that others share; what was sent."""
    before = len(talk.lines)
    async with talk.store.unit() as unit:
        desk = Desk(unit, talk.house)
        mia = await unit.people.by_mxid(t.MIA)
        assert mia is not None
        room = await unit.rooms.direct(mia.id) if kind == "direct" else await desk.staff_room(kind)
        assert room is not None
        await desk.ask(
            room, mia, purpose=purpose, subject="-", question="Tea?", choices=CHOICES, numbers=numbers
        )
    await talk.deliver()
    sent = [line.effect for line in talk.lines[before:]]
    return [
        f"text: {effect.body}" if isinstance(effect, Message) else f"poll: {effect.fallback}"
        for effect in sent
        if isinstance(effect, Message | Poll)
    ]


NUMBERED = "Tea?\n1. Yes, gladly\n2. Not now"
LISTED = "Tea?\n• Yes, gladly\n• Not now"
BOTH, ONLY_POLL = [f"text: {NUMBERED}", f"poll: {NUMBERED}"], [f"poll: {NUMBERED}"]


@pytest.mark.parametrize(
    ("kind", "numbers", "shown"),
    [("direct", False, NUMBERED), ("admin", False, LISTED), ("admin", True, NUMBERED)],
)
async def test_numbers_stand_where_a_number_answers(talk: Talk, kind: str, numbers: bool, shown: str) -> None:
    assert await _asked(talk, "tea", numbers=numbers, kind=kind) == [f"text: {shown}", f"poll: {shown}"]


async def test_it_is_asked_in_the_way_that_the_person_last_answered(talk: Talk) -> None:
    role = talk.poll(await talk.direct(t.MIA))
    assert isinstance(role.effect, Poll)
    assert await _asked(talk, "tea") == BOTH
    await talk.votes(t.MIA, role, role.effect.answers[0][0])
    assert await _asked(talk, "tea") == ONLY_POLL
    await talk.says(t.MIA, "Something that answers nothing")
    assert await _asked(talk, "tea") == ONLY_POLL
    assert await _asked(talk, "safe") == BOTH, "in a crisis always both"


async def test_who_types_the_words_of_a_choice_gets_text_again(talk: Talk) -> None:
    room = await talk.direct(t.MIA)
    await talk.says(t.MIA, "I want to kill myself")
    await talk.votes(t.MIA, talk.poll(room), "need")
    assert await _asked(talk, "tea") == ONLY_POLL
    await talk.says(t.MIA, "I'm safe")
    assert await _asked(talk, "tea") == BOTH
