"""What a therapist is reminded of, and what their client hears of their days, at the public face."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest_asyncio
from storage import talk as t
from storage.scenes import meet
from storage.talk import Talk
from storage.test_promises import heard, until


@pytest_asyncio.fixture
async def talk(tmp_path: Path) -> AsyncGenerator[Talk]:
    """Monday 2 March, 10:00 in Berlin; Dr. Keller works Mon-Thu 10-18 and they agreed on 24 hours."""
    async with t.opened(tmp_path) as talk:
        await talk.says(t.MIA, "!agree", await meet(talk))
        yield talk


async def test_reminders_to_introduce_oneself_of_the_agenda_and_of_notes(talk: Talk) -> None:
    pair, desk = await talk.room("pair"), await talk.direct(t.KELLER)
    await until(talk, 3, 9)
    assert len(heard(talk, desk, "waiting for a first word from you since you were matched")) == 1
    await talk.says(t.KELLER, "Hello Mia, I answer on Mondays to Thursdays.", pair)
    await talk.says(t.MIA, "!book", pair)
    assert "Booked" in await talk.says(t.MIA, "!book Thursday at 3 pm", pair)
    async with talk.store.unit() as unit:
        room = await unit.rooms.by_matrix_id(pair)
        assert room is not None
        assert room.pair is not None
        session = (await unit.sessions.of_pair(room.pair, talk.around.clock.now()))[0]
    day = session.starts_at
    await until(talk, day.day, day.hour, day.minute)
    assert len(heard(talk, desk, "has been asked whether anything should be on the agenda")) == 1
    assert len(heard(talk, await talk.direct(t.MIA), "something that you want to have time for")) == 1
    await until(talk, day.day, day.hour + 1, day.minute)
    assert len(heard(talk, desk, "This is a good moment for your notes")) == 1
    assert not heard(talk, pair, "good moment for your notes")


async def test_one_who_has_said_hello_is_not_reminded(talk: Talk) -> None:
    await talk.says(t.KELLER, "Hello Mia", await talk.room("pair"))
    await until(talk, 4, 9)
    assert not heard(talk, await talk.direct(t.KELLER), "first word from you")


async def test_a_notice_names_check_times_days_without_answers_absences_and_their_note(talk: Talk) -> None:
    pair = await talk.room("pair")
    await talk.says(t.KELLER, "!checktimes 11:00, 16:00")
    await talk.says(t.KELLER, "!noanswers Wed")
    await talk.says(t.KELLER, '!away 9-10 March "At a course, back on Thursday"')
    await until(talk, 3, 22)
    said = await talk.says(t.MIA, "I can't sleep", pair)
    # Wednesday has no answers, and on Thursday messages are looked at around eleven.
    assert "next: Thursday 5 March, 11:00 (Berlin time)" in said
    assert "At a course" not in said
    assert "112" in said
    assert await talk.says(t.MIA, "Still awake", pair) == "", "once in a quiet period"
    await until(talk, 4, 22)
    assert await talk.says(t.MIA, "And again", pair) == "", "still the same quiet period"
    await until(talk, 5, 12)
    await talk.says(t.KELLER, "I have read it, Mia.", pair)
    await until(talk, 9, 10)
    said = await talk.says(t.MIA, "Are you there today?", pair)
    assert "next: Thursday 12 March, 11:00" in said, "the 11th is a Wednesday"
    assert "Dr. Clara Keller left this note: At a course, back on Thursday" in said
