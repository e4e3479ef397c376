"""Hours for answers that a pair agreed on: they hold for that pair, within the therapist's own."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import pytest_asyncio
from storage import talk as t
from storage.scenes import meet
from storage.talk import Talk

from bot.demo import cast

HOUR = timedelta(hours=1)
AGREED = {"hours": "Tue, Thu 14-16", "answer-time": "3"}


@pytest_asyncio.fixture
async def talk(tmp_path: Path) -> AsyncGenerator[Talk]:
    """Monday 2 March, 10:00 in Berlin; Dr. Keller works Mon-Thu 10-18. Mia is in New York, five hours behind
    until the clocks change there on 8 March, six hours after."""
    async with t.opened(tmp_path) as talk:
        await meet(talk)
        await talk.says(t.MIA, "!zone America/New_York")
        yield talk


async def agree(talk: Talk, terms: dict[str, str] = AGREED) -> None:
    await talk.says(t.KELLER, "!boundaries change scratch")
    await talk.fill(t.KELLER, "agreement", cast.AGREEMENT | terms)
    assert "both agreed" in await talk.says(t.MIA, "!agree", await talk.room("pair"))


async def test_what_is_only_proposed_narrows_nothing(talk: Talk) -> None:
    pair = await talk.room("pair")
    await talk.says(t.KELLER, "!boundaries change scratch")
    await talk.fill(t.KELLER, "agreement", cast.AGREEMENT | AGREED)
    assert "is not at the desk" not in await talk.says(t.MIA, "Hello", pair)


async def test_notice_next_time_and_promise_go_by_what_the_two_agreed(talk: Talk) -> None:
    pair = await talk.room("pair")
    await agree(talk)
    # Dr. Keller works now, but not for messages of Mia.
    said = await talk.says(t.MIA, "Hello", pair)
    assert "will look at messages next: tomorrow, Tuesday 3 March, 08:00 (New York time)" in said
    # Two hours on Tuesday and one on Thursday.
    assert "expect an answer by Thursday 5 March, 09:00 (New York time)" in said
    assert "When Dr. Clara Keller answers you, on your clock:\nTuesday: 08:00" in said
    assert "Thursday: 08:00–10:00\n(New York time)" in said
    assert await talk.says(t.MIA, "One thing more", pair) == ""
    held = await talk.says(t.MIA, "!later It is about mum")
    assert "begins work: tomorrow, Tuesday 3 March, 08:00" in held


async def test_hours_and_terms_stand_on_the_readers_clock(talk: Talk) -> None:
    pair = await talk.room("pair")
    await agree(talk)
    theirs = await talk.says(t.MIA, "!hours", pair)
    assert "as you agreed:\nTuesday: 08:00" in theirs
    # The clocks change in New York on the 8th, in Berlin on the 29th.
    assert "From Sunday 8 March, when the clocks change, messages are answered:\nTuesday: 09:00" in theirs
    shown = await talk.says(t.MIA, "!boundaries", pair)
    assert "Answer hours: Tuesday: 08:00–10:00; Thursday: 08:00" in shown
    assert "(New York time)" in shown
    own = await talk.says(t.KELLER, "!boundaries")
    assert "Answer hours: Tuesday: 14:00–16:00; Thursday: 14:00–16:00 (Berlin time)" in own


async def test_sessions_are_still_offered_in_all_working_hours(talk: Talk) -> None:
    await agree(talk)
    offered = await talk.says(t.MIA, "!book", await talk.room("pair"))
    assert "Monday" in offered or "Wednesday" in offered


async def test_absences_and_holidays_go_on_top(talk: Talk) -> None:
    pair = await talk.room("pair")
    await agree(talk)
    await talk.says(t.KELLER, '!away 3-4 March "At a course"')
    said = await talk.says(t.MIA, "Hello", pair)
    assert "next: Thursday 5 March, 08:00 (New York time)" in said
    await talk.says(t.KELLER, "Hello Mia", pair)
    # Good Friday and Easter Monday are no such days; Thursday 14 May is Ascension Day in Germany.
    await talk.pass_time(timedelta(days=72))
    assert "next: Tuesday 19 May" in await talk.says(t.MIA, "Hello again", pair)


async def test_a_therapist_who_changes_their_hours_hears_of_what_they_agreed_on(talk: Talk) -> None:
    pair = await talk.room("pair")
    await agree(talk)
    assert "narrower hours for answers, and those still hold for them: Mia" in await talk.says(
        t.KELLER, "!hours Mon-Fri 9-17"
    )
    said = await talk.says(t.KELLER, "!hours Mon, Wed 9-17")
    assert "Nothing of these hours lies in the hours for answers that you agreed on with: Mia" in said
    # Then the therapist's own hours count: nobody is left without a time.
    await talk.pass_time(24 * HOUR)
    assert "next: tomorrow, Wednesday 4 March, 03:00" in await talk.says(t.MIA, "Hello", pair)


async def test_no_texts_between_sessions_promises_none_and_names_the_next_session(talk: Talk) -> None:
    pair = await talk.room("pair")
    await agree(talk, {"level": "1"})
    said = await talk.says(t.MIA, "Hello, I wanted to ask something", pair)
    assert "agreed not to write between sessions" in said
    assert '"!book"' in said
    assert "expect an answer by" not in said
    assert "116 123" in said or "!crisis" in said
    assert await talk.says(t.MIA, "And one thing more", pair) == ""
    assert "without a time" in await talk.says(t.KELLER, "!queue")
    await talk.says(t.MIA, "!book")
    assert "Booked: " in await talk.says(t.MIA, "!book 2")
    await talk.pass_time(timedelta(hours=20))
    again = await talk.says(t.MIA, "Still me", pair)
    assert "in your session: " in again
    desk = await talk.direct(t.KELLER)
    await talk.pass_time(timedelta(days=1))
    assert not [line for line in talk.lines if line.room == desk and "told to expect" in line.text]


async def test_texts_for_practical_things_are_said_to_be_so_once_a_day_and_nobody_is_turned_away(
    talk: Talk,
) -> None:
    pair = await talk.room("pair")
    await agree(talk, {"level": "2", "hours": "Mon-Thu 10-18"})
    said = await talk.says(t.MIA, "It is a lot today, and I wanted to say so", pair)
    assert "You can expect an answer by" in said
    assert "messages are for practical things" in said
    assert "fine that you wrote it" in said
    assert '"!book"' in said
    await talk.says(t.KELLER, "I have read it, Mia", pair)
    await talk.pass_time(timedelta(hours=1))
    assert "practical things" not in await talk.says(t.MIA, "Thank you", pair)
    await talk.says(t.MIA, "!book")
    assert "Booked: " in await talk.says(t.MIA, "!book 2")
    await talk.says(t.KELLER, "Until then", pair)
    await talk.pass_time(timedelta(hours=20))
    again = await talk.says(t.MIA, "Good morning", pair)
    assert "practical things" in again
    assert "in your session: " in again


async def test_at_night_too_they_are_said_to_be_so(talk: Talk) -> None:
    await agree(talk, {"level": "2", "hours": "Tue 10-18"})
    said = await talk.says(t.MIA, "It is a lot today", await talk.room("pair"))
    assert "is not at the desk" in said
    assert "messages are for practical things" in said


async def test_no_texts_between_sessions_takes_nothing_from_a_crisis(talk: Talk) -> None:
    pair = await talk.room("pair")
    await agree(talk, {"level": "1"})
    said = await talk.says(t.MIA, "I want to kill myself", pair)
    assert "agreed not to write" not in said
    assert "letting your therapist" in said
