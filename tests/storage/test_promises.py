"""Who waits, until when, and what follows: told by the real use cases on a real store."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest_asyncio
from storage import talk as t
from storage.scenes import meet
from storage.talk import Talk

from bot.care import promises
from bot.care.desk import Desk
from bot.care.promises import Ledger
from bot.inbound import Edit
from bot.outbound import Message

HOUR = timedelta(hours=1)
EXPECT = "You can expect an answer by"


@pytest_asyncio.fixture
async def talk(tmp_path: Path) -> AsyncGenerator[Talk]:
    """Monday 2 March, 10:00 in Berlin; Dr. Keller works Mon-Thu 10-18 and they agreed on 24 hours."""
    async with t.opened(tmp_path) as talk:
        await talk.says(t.MIA, "!agree", await meet(talk))
        yield talk


async def until(talk: Talk, day: int, hour: int, minute: int = 0) -> None:
    """Move the clock to a moment of March (UTC), alarm by alarm."""
    moment = datetime(2026, 3, day, hour, minute, tzinfo=UTC)
    while True:
        async with talk.store.unit() as unit:
            at = [row.at for row in await unit.due.ready(moment, 500) if row.kind != "checkpoint"]
        now = talk.around.clock.now()
        await talk.pass_time(max(min(at, default=moment), now) - now)
        if talk.around.clock.now() == moment:
            return


def heard(talk: Talk, room: str, words: str) -> list[str]:
    return [line.text for line in talk.lines if line.room == room and words in line.text]


async def test_the_time_is_told_once_for_the_first_message_that_nobody_answered(talk: Talk) -> None:
    pair, desk = await talk.room("pair"), await talk.direct(t.KELLER)
    told = await talk.says(t.MIA, "Hello", pair)
    assert told == f'{EXPECT} Wednesday 4 March, 18:00 (Berlin time). If you need none, write "!noreply".'
    assert await talk.says(t.MIA, "And one thing more", pair) == ""
    assert await talk.does(t.MIA, Edit(body="And two things", edits="$one"), pair) == ""
    await talk.says(t.KELLER, "!queue", pair)
    await talk.says(t.KELLER, "!boundaries", pair)
    assert "1. Mia: for 1 minute, answer expected by Wednesday 4 March" in await talk.says(t.KELLER, "!queue")
    assert await talk.says(t.KELLER, "Good morning", pair) == ""
    assert await talk.says(t.KELLER, "!queue") == "Nobody waits for an answer from you."
    await until(talk, 12, 0)
    assert not heard(talk, desk, "has been waiting for an answer")
    assert "One answer came in the time" in await talk.says(t.KELLER, "!promises")


async def test_two_who_are_talking_are_not_interrupted(talk: Talk) -> None:
    pair = await talk.room("pair")
    await talk.says(t.KELLER, "How was the week?", pair)
    assert await talk.says(t.MIA, "Hard.", pair) == ""
    await until(talk, 2, 9, 9)
    assert not heard(talk, pair, EXPECT)
    await until(talk, 2, 9, 10)
    assert len(heard(talk, pair, EXPECT)) == 1


async def test_no_time_next_week_beside_a_crisis_card(talk: Talk) -> None:
    pair = await talk.room("pair")
    said = await talk.says(t.MIA, "I want to kill myself", pair)
    assert "112" in said
    assert EXPECT not in said
    assert "1. Mia" in await talk.says(t.KELLER, "!queue")
    # Once somebody has taken the alert it is told.
    await talk.says(t.KELLER, "!ack 1")
    await until(talk, 2, 9, 10)
    assert len(heard(talk, pair, EXPECT)) == 1


async def test_a_miss_brings_remedies_and_the_second_reaches_the_supervisor(talk: Talk) -> None:
    pair, mia, desk = await talk.room("pair"), await talk.direct(t.MIA), await talk.direct(t.KELLER)
    supervisor, admins = await talk.direct(t.SUPERVISOR), await talk.room("admin")
    await talk.says(t.MIA, "Hello", pair)
    await until(talk, 4, 11)
    nudges = [line for line in talk.lines if "A line in your shared room" in line.text]
    assert [line.room for line in nudges] == [desk]
    assert isinstance(nudges[0].effect, Message)
    assert nudges[0].effect.mentions == (t.KELLER,)
    await until(talk, 4, 17)
    assert len(heard(talk, desk, "has not had one")) == 1
    assert "It has not come" in heard(talk, mia, "You wrote to Dr. Clara Keller")[0]
    assert not heard(talk, supervisor, "expect from")
    assert "the answer was expected by" in await talk.says(t.KELLER, "!queue")
    # Writing again begins no second promise while the first waits.
    assert EXPECT not in await talk.says(t.MIA, "Hello?", pair)
    assert "Tuesday 10 March, 18:00" in await talk.says(t.MIA, "give it more time")
    assert "noted already" in await talk.says(t.MIA, "give it more time")
    assert "gives it more time" in heard(talk, desk, "gives it more time")[0]
    await until(talk, 10, 17)
    told = heard(talk, supervisor, "2 answers that a client was told to expect from Dr. Clara Keller")
    assert len(told) == 1
    assert "Mia" not in told[0]
    assert "in person" in await talk.says(t.MIA, "Ask for somebody else")
    assert "know that you would like" in await talk.says(t.MIA, "Ask for somebody else")
    assert len(heard(talk, admins, "asks for somebody else")) == 1
    assert "When would you like to meet" in await talk.says(t.MIA, "See open times for a session")
    await talk.says(t.KELLER, "I am sorry.", pair)
    assert "Nothing that you wrote is waiting" in await talk.says(t.MIA, "Give it more time")
    assert "and 2 came late" in await talk.says(t.KELLER, "!promises")


async def test_a_supervisor_hears_of_others_and_never_of_themselves(talk: Talk) -> None:
    pair, admins = await talk.room("pair"), await talk.room("admin")
    keller, supervisor = await talk.person(t.KELLER), await talk.person(t.SUPERVISOR)
    async with talk.store.unit() as unit:
        await unit.grants.revoke(supervisor, "supervisor", "service")
        await unit.grants.give(keller, "supervisor", "service")
    await talk.says(t.MIA, "Hello", pair)
    await until(talk, 4, 17)
    await talk.says(t.MIA, "give it more time")
    await until(talk, 10, 17)
    told = [line.room for line in talk.lines if "answers that a client was told to expect" in line.text]
    assert told == [admins]


async def test_hours_that_change_before_a_time_was_told_move_it_and_after_that_they_do_not(
    talk: Talk,
) -> None:
    pair = await talk.room("pair")
    # The two are talking, so nothing is told yet; then the therapist falls ill.
    await talk.says(t.KELLER, "How was the week?", pair)
    await talk.says(t.MIA, "Hard.", pair)
    assert "was told to expect it" not in await talk.says(t.KELLER, '!away 3-9 March "Ill, sorry"')
    await until(talk, 2, 9, 10)
    # Eight hours of today, none of the absence.
    assert "Wednesday 11 March, 18:00" in heard(talk, pair, EXPECT)[0]
    await talk.says(t.KELLER, "I am ill, sorry", pair)
    await talk.says(t.KELLER, "!away off")
    await until(talk, 2, 9, 30)
    assert "Thursday 5 March, 10:30" in await talk.says(t.MIA, "Get well soon", pair)
    assert "One of them was told to expect it" in await talk.says(t.KELLER, "!away 3-9 March")
    await until(talk, 3, 23)
    said = await talk.says(t.MIA, "Are you there?", pair)
    assert "next: Tuesday 10 March, 10:00" in said
    assert "I told you before to expect an answer by tomorrow, Thursday 5 March, 10:30" in said
    assert EXPECT not in said


async def test_after_an_outage_a_late_nudge_is_dropped_and_a_late_miss_is_not(talk: Talk) -> None:
    pair, mia, desk = await talk.room("pair"), await talk.direct(t.MIA), await talk.direct(t.KELLER)
    await talk.says(t.MIA, "Hello", pair)
    await talk.pass_time(timedelta(days=20))
    assert not heard(talk, desk, "A line in your shared room")
    assert len(heard(talk, desk, "has not had one")) == 1
    assert len(heard(talk, mia, "It has not come")) == 1


async def test_a_message_for_later_is_sealed_and_posted_when_work_begins(talk: Talk) -> None:
    pair, mia = await talk.room("pair"), await talk.direct(t.MIA)
    await until(talk, 2, 23)
    before = len(talk.lines)
    assert "today, Tuesday 3 March, 10:00" in await talk.says(t.MIA, "!later It is about mum.\nAnd dad.")
    assert "stays visible in this room" in await talk.says(t.MIA, "!later and me", pair)
    assert "1: today" in await talk.says(t.MIA, "!later list")
    assert "mum" not in await talk.says(t.MIA, "!later list", pair)
    assert "numbers: 1, 2" in await talk.says(t.MIA, "!later cancel")
    assert "number 2 will not" in await talk.says(t.MIA, "!later cancel 2")
    assert not [line for line in talk.lines[before:] if line.room == pair and "mum" in line.text]
    await until(talk, 3, 9)
    assert heard(talk, pair, "asked me to send this now") == [
        "Mia asked me to send this now:\n\nIt is about mum.\nAnd dad."
    ]
    assert "Thursday 5 March, 18:00" in talk.last(pair).text, "it counts as written then"
    assert "Nothing waits" in await talk.says(t.MIA, "!later list")
    assert not [line for line in talk.lines if line.room == mia and "could not send" in line.text]


async def test_crisis_words_in_a_message_for_later_are_answered_now(talk: Talk) -> None:
    assert "112" in await talk.says(t.MIA, "!later I want to kill myself")
    assert "!ack 1" in "".join(heard(talk, await talk.room("oncall"), "!ack"))


async def test_a_held_message_goes_back_if_the_two_have_parted(talk: Talk) -> None:
    await until(talk, 2, 23)
    await talk.says(t.MIA, "!later It is about mum.")
    shared = await talk.room("pair")
    async with talk.store.unit() as unit:
        room = await unit.rooms.by_matrix_id(shared)
        assert room is not None
        await unit.rooms.set_state(room.ref, "closed")
    await until(talk, 3, 9)
    assert "Here it is:\n\nIt is about mum." in talk.last(await talk.direct(t.MIA)).text


async def test_hours_are_the_therapists_and_are_read_on_the_clients_clock(talk: Talk) -> None:
    pair = await talk.room("pair")
    assert "24 December: 09:00–12:00" in await talk.says(t.KELLER, "!hours 24 Dec 9-12")
    assert "24 December: closed" in await talk.says(t.KELLER, "!hours 24 Dec closed")
    assert "24 December" not in await talk.says(t.KELLER, "!hours 24 Dec usual")
    assert "Friday 6 March: 10:00–12:00" in await talk.says(t.KELLER, "!hours 6 March 10-12")
    assert "around 09:00, 13:00" in await talk.says(t.KELLER, "!checktimes 9, 13:00")
    assert "no answers to messages on Wednesday" in (await talk.says(t.KELLER, "!noanswers Wed")).replace(
        "No", "no"
    )
    await talk.says(t.MIA, "!zone America/New_York")
    shown = await talk.says(t.MIA, "!hours", pair)
    assert "4 in the morning" in shown or "4:00 in the morning" in shown or "04:00" in shown, shown
    assert "From Sunday 8 March, when the clocks change:" in shown
    assert "Sessions, but no answers to messages: Wednesday" in shown
    assert "nothing was changed" in await talk.says(t.MIA, "!hours Mon 9-10", pair)


async def test_absences_are_listed_and_ended_one_by_one(talk: Talk) -> None:
    pair = await talk.room("pair")
    await talk.says(t.MIA, "Hello", pair)
    said = await talk.says(t.KELLER, '!away 2-6 March "Back on Monday"')
    assert "One person waits" in said
    assert await talk.says(t.KELLER, "!away 3-14 Aug")
    assert "1. Monday 2 March to Friday 6 March (“Back on Monday”)" in await talk.says(t.KELLER, "!away")
    notice = await talk.says(t.MIA, "Hello?", pair)
    assert "Monday 9 March, 10:00" in notice
    assert "left this note: Back on Monday" in notice
    assert "Wednesday 4 March" in notice, "what was promised stays as it was told"
    assert "you are back" in await talk.says(t.KELLER, "!away off")
    assert "not away from Monday 3 August" in await talk.says(t.KELLER, "!away off")
    assert "No absence" in await talk.says(t.KELLER, "!away")


async def test_the_share_of_kept_promises_is_shown_from_ten_pairs_on(talk: Talk) -> None:
    admins, keller = await talk.room("admin"), await talk.person(t.KELLER)
    async with talk.store.unit() as unit:
        desk = Desk(unit, talk.house)
        for number in range(10):
            client = await unit.people.add(f"@client{number}:here")
            pair = await unit.pairs.add(client.id, keller, state="active")
            await promises.keep(desk, pair, Ledger(kept=9, missed=int(number == 0)))
            if number == 8:
                assert await promises.share(desk) is None
    assert (
        await talk.says(t.ADMIN, "!promises", admins)
        == "99% of answers came in the time that clients were told."
    )
