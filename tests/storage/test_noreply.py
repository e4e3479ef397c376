"""What needs no answer: said by the client, or by the therapist with a reason; the promise ends uncounted."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio
from storage import talk as t
from storage.scenes import meet
from storage.talk import Talk
from storage.test_promises import EXPECT, heard, until

from bot.outbound import Message


@pytest_asyncio.fixture
async def talk(tmp_path: Path) -> AsyncGenerator[Talk]:
    """Monday 2 March, 10:00 in Berlin; Dr. Keller works Mon-Thu 10-18 and they agreed on 24 hours."""
    async with t.opened(tmp_path) as talk:
        await talk.says(t.MIA, "!agree", await meet(talk))
        yield talk


async def nothing_follows(talk: Talk) -> None:
    await until(talk, 12, 0)
    assert not heard(talk, await talk.direct(t.KELLER), "has been waiting for an answer")
    assert not heard(talk, await talk.direct(t.MIA), "It has not come")
    own = await talk.says(t.KELLER, "!promises")
    assert "No client has been told yet" in own, "neither kept nor missed"
    assert "One message needed no answer" in own


@pytest.mark.parametrize("how", ["!noreply", "Thank you, that helped. No answer needed. Good night"])
async def test_a_client_ends_what_waits_and_writes_again_as_they_like(talk: Talk, how: str) -> None:
    pair = await talk.room("pair")
    assert 'write "!noreply"' in await talk.says(t.MIA, "I slept a little better", pair)
    said = await talk.says(t.MIA, how, pair)
    assert said.startswith("Noted: you don't wait for an answer")
    assert EXPECT not in said
    assert "Nobody waits" in await talk.says(t.KELLER, "!queue")
    await nothing_follows(talk)
    assert EXPECT in await talk.says(t.MIA, "Now I do have a question", pair)


async def test_good_night_alone_is_never_taken_for_it(talk: Talk) -> None:
    pair = await talk.room("pair")
    await talk.says(t.MIA, "I slept a little better", pair)
    await talk.says(t.MIA, "thanks, good night", pair)
    assert "1. Mia" in await talk.says(t.KELLER, "!queue")


async def test_from_the_own_room_it_shows_in_the_shared_one(talk: Talk) -> None:
    pair = await talk.room("pair")
    assert "nothing to change" in await talk.says(t.MIA, "!noreply")
    await talk.says(t.MIA, "Hello", pair)
    assert "Noted" in await talk.says(t.MIA, "!noreply")
    assert talk.last(pair).text == "Mia says that no answer is needed to what stands here so far."


async def test_at_night_help_lines_come_with_it(talk: Talk) -> None:
    pair = await talk.room("pair")
    await until(talk, 2, 23)
    said = await talk.says(t.MIA, "Just writing it down. No answer needed.", pair)
    assert "Noted" in said
    assert "112" in said
    assert EXPECT in await talk.says(t.MIA, "Actually, can we talk about it", pair)


async def test_it_never_silences_help_in_a_crisis(talk: Talk) -> None:
    pair = await talk.room("pair")
    said = await talk.says(t.MIA, "I want to kill myself. No answer needed.", pair)
    assert "112" in said
    assert "Noted" not in said
    assert "1. Mia" in await talk.says(t.KELLER, "!queue")
    assert "no bother" in await talk.says(t.MIA, "!noreply", pair)
    assert "open alert" in await talk.says(t.KELLER, "!noreply she is fine", pair)
    assert "1. Mia" in await talk.says(t.KELLER, "!queue")
    await until(talk, 2, 10)
    assert heard(talk, await talk.room("oncall"), "nobody has") or heard(
        talk, await talk.room("oncall"), "!ack"
    ), "the alert goes on"


async def test_a_therapist_marks_it_with_a_reason_that_the_client_reads(talk: Talk) -> None:
    pair = await talk.room("pair")
    await talk.says(t.MIA, "thanks, good night", pair)
    assert "Whom do you mean?" in await talk.says(t.KELLER, "!noreply 1 Sleep well.")
    assert '"!noreply", the number' in await talk.says(t.KELLER, "!queue")
    assert "Please write why" in await talk.says(t.KELLER, "!noreply 1")
    assert "Noted. Mia reads" in await talk.says(t.KELLER, "!noreply 1 You wrote good night. Sleep well.")
    told = talk.last(pair)
    assert "“You wrote good night. Sleep well.”" in told.text
    assert "just write here" in told.text
    assert isinstance(told.effect, Message)
    assert told.effect.mentions == (t.MIA,)
    assert "not waiting" in await talk.says(t.KELLER, "!noreply 1 Again.")
    await nothing_follows(talk)
    assert "1 of them as you said" in await talk.says(t.KELLER, "!promises")


async def test_after_a_miss_it_stays_a_miss(talk: Talk) -> None:
    pair = await talk.room("pair")
    await talk.says(t.MIA, "Hello", pair)
    await until(talk, 4, 17)
    await talk.says(t.KELLER, "!noreply You said hello; we speak on Thursday.", pair)
    assert "0 answers came" in await talk.says(t.KELLER, "!promises")
    assert "one came late" in await talk.says(t.KELLER, "!promises")
    assert "Nothing that you wrote is waiting" in await talk.says(t.MIA, "give it more time")
