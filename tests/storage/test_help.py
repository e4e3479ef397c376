"""Help, however and wherever somebody looks for it; and nothing in its way."""

from datetime import timedelta

import pytest
from storage import talk as t
from storage.crises import CONCERN, GRAVE, MINUTES, alert_of, current, paged, said
from storage.talk import Talk

from bot.inbound import Edit, Media, Text
from bot.outbound import PlainPointer, Poll

JO = "@jo:here"
LINES = "0800 111 0 111"


@pytest.fixture
def talk(at_work: Talk) -> Talk:
    return at_work


# In clear, where others can read


async def test_in_an_unencrypted_room_help_is_shown_each_time_it_is_needed(fresh: Talk) -> None:
    talk, clear = fresh, "!clear"
    assert LINES in await talk.does(JO, Text(body="hello"), clear, encrypted=False)
    assert await talk.does(JO, Text(body="hello?"), clear, encrypted=False) == "", (
        "where to write: once a day"
    )
    before = len(talk.lines)
    shown = await talk.does(JO, Text(body=GRAVE), clear, encrypted=False)
    assert shown.index(LINES) < shown.index("private, encrypted room")
    assert "very hard" not in shown, "nothing there tells what they wrote"
    assert await paged(talk, before) == {"oncall"}
    assert said(talk, before, "I have not acted on it") == []
    assert await talk.does(JO, Text(body=GRAVE), clear, encrypted=False) == "", "a card rests there too"
    talk.around.clock.move(timedelta(minutes=10))
    assert LINES in await talk.does(JO, Text(body=GRAVE), clear, encrypted=False)
    for _ in range(2):
        assert "116 123" in await talk.does(JO, Text(body="!crisis Irland"), clear, encrypted=False)
    assert all(isinstance(line.effect, PlainPointer) for line in talk.lines if line.room == clear)


async def test_the_first_words_are_answered_by_the_card_and_by_no_questions(fresh: Talk) -> None:
    talk = fresh
    await talk.direct(JO)
    assert "very hard" in await talk.says(JO, GRAVE)
    before = len(talk.lines)
    await talk.pass_time(timedelta(minutes=1))
    assert said(talk, before, "I'm the bot of Stillroom") == []
    assert "I'm the bot of Stillroom" in await talk.says(JO, "hello"), "when they write again"
    # The same in a room that anybody can read.
    before = len(talk.lines)
    await talk.does("@al:here", Text(body=GRAVE), "!clear", encrypted=False)
    assert len(said(talk, before, "very hard")) == 1
    assert said(talk, before, "What brings you here?") == []


# On demand


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("!crisis", LINES),
        ("!crisis Irland", "116 123"),
        ("!crisis Éire", "116 123"),
        ("!crisis germny", LINES),
        ("!crisis Polska", "in Poland"),
        ("!crisis 日本", "in Japan"),
        ("!crisis Vienna", "call 142"),
        ("!crisis where are you I can't find anybody", "couldn't make out the country"),
        ("!crises", LINES),
        ("! crisis", LINES),
        ("crisis", LINES),
        ("!suicide", LINES),
        ("!112", LINES),
        ("!krise", LINES),
    ],
)
async def test_help_lines_are_found_however_somebody_writes(fresh: Talk, words: str, shown: str) -> None:
    await fresh.says(JO, "hello")
    heard = await fresh.says(JO, words)
    assert shown in heard
    assert "call 1" in heard, "and the emergency number"
    assert "find anybody" not in heard, "their words are not thrown back at them"


async def test_where_there_is_no_line_the_card_says_where_to_find_one(fresh: Talk) -> None:
    talk = fresh
    await talk.says(JO, "hello")
    assert "no line in Türkiye that I could check" in await talk.says(JO, "!crisis Turkey")
    await talk.says(JO, "!place Turkey")
    card = await talk.says(JO, GRAVE)
    assert "there to talk, whatever it is:" not in card
    assert "People to talk to, for nearly every country: https://findahelpline.com" in card


# How it is


@pytest.mark.parametrize(
    "words", ["help", "I need help", "Please help me!", "I'm not safe", "No, I'm not safe."]
)
async def test_asked_how_it_is_few_words_are_enough(talk: Talk, words: str) -> None:
    pair = await talk.room("pair")
    await talk.says(t.MIA, GRAVE, pair)
    before = len(talk.lines)
    assert "call 112" in await talk.says(t.MIA, words, pair)
    assert await paged(talk, before) == {"keller", "oncall"}
    assert (await current(talk)).severity == "emergency"


@pytest.mark.parametrize(
    ("words", "counts"), [("I am safe", True), ("safe", True), ("safe for now maybe", False)]
)
async def test_safe_is_only_what_says_so(talk: Talk, words: str, *, counts: bool) -> None:
    pair = await talk.room("pair")
    await talk.says(t.MIA, GRAVE, pair)
    before = len(talk.lines)
    await talk.says(t.MIA, words, pair)
    assert bool(said(talk, before, 'answered "I\'m safe"')) is counts
    assert (await current(talk)).state == "open"


async def test_everybody_who_was_paged_hears_what_became_of_it(talk: Talk) -> None:
    pair, desk = await talk.room("pair"), await talk.direct(t.SUPERVISOR)
    await talk.says(t.MIA, GRAVE, pair)
    await talk.pass_time(MINUTES)
    for act, told in (
        (talk.says(t.MIA, "I'm safe", pair), 'answered "I\'m safe"'),
        (talk.says(t.KELLER, "!ack 1"), "has taken alert 1"),
        (talk.says(t.KELLER, "!close 1"), "has closed alert 1"),
    ):
        before = len(talk.lines)
        await act
        assert desk in said(talk, before, told), told


async def test_who_moves_to_another_country_gets_its_lines_though_the_card_rests(talk: Talk) -> None:
    assert LINES in await talk.says(t.MIA, GRAVE)
    assert await talk.says(t.MIA, "!place Ireland")
    assert "116 123" in await talk.says(t.MIA, GRAVE)


async def test_a_gentle_word_promises_no_reader_where_there_is_none(talk: Talk) -> None:
    assert "Your therapist can read" in await talk.says(t.MIA, CONCERN, await talk.room("pair"))
    assert "Your therapist can read" not in await talk.says(t.MIA, CONCERN)


async def test_an_answer_that_a_form_marks_shows_the_card_though_one_rests(talk: Talk) -> None:
    await talk.says(t.MIA, "!phq9")
    for _ in range(8):
        await talk.says(t.MIA, "0")
    assert LINES in await talk.says(t.MIA, GRAVE), "in the middle of the questions"
    await talk.says(t.MIA, "resume")
    assert LINES in await talk.says(t.MIA, "1")


async def test_somebody_who_took_it_hours_ago_is_not_all_that_there_is(talk: Talk) -> None:
    pair = await talk.room("pair")
    await talk.says(t.MIA, GRAVE, pair)
    await talk.says(t.KELLER, "!ack 1")
    before = len(talk.lines)
    for _ in range(4):
        await talk.pass_time(timedelta(minutes=50))
        await talk.says(t.MIA, GRAVE, pair)
    assert await paged(talk, before) == set(), "who took it hears each time"
    await talk.pass_time(timedelta(minutes=50))
    await talk.says(t.MIA, GRAVE, pair)
    assert await paged(talk, before) == {"keller", "oncall"}
    # And if now nobody answers, the person hears that again.
    for _ in range(4):
        await talk.pass_time(MINUTES)
    assert pair in said(talk, before, "So far nobody of this service has answered")


async def test_the_day_after_counts_from_the_last_time_it_was_taken(talk: Talk) -> None:
    pair = await talk.room("pair")
    await talk.says(t.KELLER, "!followup on")
    await talk.says(t.MIA, GRAVE, pair)
    await talk.says(t.KELLER, "!ack 1")
    before = len(talk.lines)
    await talk.pass_time(timedelta(hours=23))
    await talk.says(t.MIA, "I need help now", pair)
    await talk.pass_time(timedelta(hours=2))
    assert said(talk, before, "How is it today?") == [], "not while people are being called"
    await talk.says(t.KELLER, "!ack 1")
    await talk.pass_time(timedelta(hours=24))
    assert await talk.direct(t.MIA) in said(talk, before, "How is it today?")


# What is screened, seen from outside


async def test_words_are_found_wherever_somebody_puts_them(talk: Talk) -> None:
    pair, direct = await talk.room("pair"), await talk.direct(t.MIA)
    places = (
        (Text(body=GRAVE), pair),
        (Edit(body=GRAVE, edits="$earlier"), pair),
        (Media(type="image", filename="a.png", caption=GRAVE), pair),
        (Media(type="file", filename=f"{GRAVE}.txt"), direct),
        (Text(body=f"!later {GRAVE}"), pair),
        (Text(body=f"!report {GRAVE}"), direct),
        (Edit(body=GRAVE, edits="$earlier"), direct),
        (Text(body=f"!{GRAVE}"), direct),
    )
    for number, (content, room) in enumerate(places, 1):
        before = len(talk.lines)
        heard = await talk.does(t.MIA, content, room)
        assert LINES in heard, content
        assert "nothing has changed" not in heard
        assert "I don't know" not in heard
        assert await paged(talk, before) == {"keller", "oncall"}, content
        assert (await current(talk)).number == number
        await talk.says(t.KELLER, f"!ack {number}")
        await talk.says(t.KELLER, f"!close {number}")
        talk.around.clock.move(timedelta(minutes=11))


async def test_words_count_before_anybody_has_consented_to_anything(fresh: Talk) -> None:
    talk = fresh
    await talk.says(JO, "hello")
    await talk.says(JO, "1")
    assert (await talk.question(JO)).startswith("consent/")
    assert LINES in await talk.says(JO, GRAVE)
    assert (await current(talk, JO)).state == "open"
    # And after a no.
    await talk.says("@al:here", "hello")
    await talk.says("@al:here", "1")
    await talk.votes("@al:here", talk.poll(await talk.direct("@al:here")), "decline")
    assert LINES in await talk.says("@al:here", GRAVE)
    assert (await current(talk, "@al:here")).state == "open"


async def test_a_vote_has_no_words_of_theirs_and_calls_nobody(talk: Talk) -> None:
    pair = await talk.room("pair")
    await talk.says(t.MIA, GRAVE, pair)
    await talk.says(t.KELLER, "!ack 1")
    await talk.says(t.KELLER, "!close 1")
    safe = next(line for line in reversed(talk.lines) if isinstance(line.effect, Poll) and line.room == pair)
    await talk.votes(t.MIA, safe, "safe")
    assert await alert_of(talk) is None


async def test_somebody_alone_with_the_bot_hears_once_that_what_they_write_on_is_passed_on(
    fresh: Talk,
) -> None:
    await fresh.says(t.MIA, GRAVE)
    fresh.around.clock.move(timedelta(minutes=2))
    assert "passed this on as well" in await fresh.says(t.MIA, "I really want to kill myself")
    fresh.around.clock.move(timedelta(minutes=2))
    assert "passed this on" not in await fresh.says(t.MIA, "I want to die")
