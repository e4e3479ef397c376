"""Which messages say that they need no answer, and that danger comes first."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from routing.rooms import MIA, pair, therapists

from bot.inbound import Inbound, Text
from bot.routing import intents as do
from bot.routing.decide import decide
from bot.routing.noreply import needs_no_answer
from bot.routing.situation import PairRoom, Situation, plain_words
from config.words import Words

WORDS = Words.load()
PHRASES, COURTESIES = (
    frozenset(plain_words(one) for one in WORDS.say("en", key).split(";"))
    for key in ("noreply-words", "noreply-courtesies")
)

SAYS_SO = [
    "no answer needed",
    "No reply needed.",
    "Thanks, good night. No answer needed.",
    "Thank you for today!\nNo need to reply",
    "That is all for today, you don't have to answer.",
    "slept ok - no need to answer 🙂",
    "No reply needed, good night x",
    "I did the homework (no reply needed)",
    "NO ANSWER NEEDED!!",
]
SAYS_NOTHING_OF_IT = [
    "thanks, good night",
    "Thank you, that helped. Sleep well!",
    "ok",
    "No answer needed?",
    "No reply needed. Or can you tell me when we meet?",
    "No answer needed, but I would like to come earlier on Thursday.",
    'He only wrote "no answer needed".',
    "My boss wrote that there was no need to reply to her mail",
    "I need an answer",
    "there is no need to answer the door when he rings",
    "Why do you never answer",
    "",
]

PAIR = pair(PairRoom("client", needless=PHRASES, courtesies=COURTESIES))
THERAPIST = therapists(PAIR)
DIRECT = replace(PAIR, room_kind="direct", pair=None)

INTENTS = [
    ("Good night. No answer needed.", PAIR, do.NeedsNoAnswer()),
    ("Good night.", PAIR, do.ClientWrote()),
    ("No answer needed", THERAPIST, do.TherapistWrote()),
    ("!noreply", PAIR, do.RunCommand("noreply", "")),
    ("!noreply", DIRECT, do.RunCommand("noreply", "")),
    # words that may mean danger
    ("I want to kill myself. No answer needed.", PAIR, do.ClientWrote()),
    ("everyone is better off without me. no need to reply", PAIR, do.ClientWrote()),
    ("!noreply I want to kill myself", PAIR, do.ClientWrote()),
    ("!noreply I want to kill myself", replace(PAIR, detection="off"), do.ClientWrote()),
    ("No answer needed. I want to die", replace(PAIR, detection="on-demand"), do.ClientWrote()),
    (
        "!noreply You wrote that you want to die less often",
        THERAPIST,
        do.RunCommand("noreply", "You wrote that you want to die less often"),
    ),
    ("!noreply I want to kill myself", DIRECT, do.Ignore("not settled in a crisis")),
]


@pytest.mark.parametrize("text", SAYS_SO)
def test_an_explicit_word_at_the_end_says_so(text: str) -> None:
    assert needs_no_answer(text, PHRASES, COURTESIES)


@pytest.mark.parametrize("text", SAYS_NOTHING_OF_IT)
def test_nothing_else_does(text: str) -> None:
    assert not needs_no_answer(text, PHRASES, COURTESIES)


@pytest.mark.parametrize(("text", "situation", "wanted"), INTENTS)
def test_what_is_meant_to_be_done(text: str, situation: Situation, wanted: do.Intent) -> None:
    inbound = Inbound(
        id="$1",
        room="!r",
        sender=MIA,
        at=datetime(2026, 3, 2, tzinfo=UTC),
        encrypted=True,
        content=Text(body=text),
    )
    assert decide(inbound, situation, ("noreply", "later")).intent == wanted
