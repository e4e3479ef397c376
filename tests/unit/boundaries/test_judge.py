"""What is nudged and what is left alone: the packs' own examples, sixty written messages, ordinary talk."""

from pathlib import Path

import pytest
from boundaries.nudged import NUDGED

from compliance.boundaries import Direction, Kind, judge, links
from compliance.boundaries.conduct import FOLDER, VOCABULARY, detector
from compliance.crisis import packs

RULES = packs.load_whole(FOLDER, VOCABULARY).rules


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_finds_and_spares_its_examples(rule: packs.Rule) -> None:
    assert rule.finds
    assert rule.spares
    assert rule.by in ("", "client", "therapist")
    for text in rule.finds:
        assert rule.name in detector().find(text, rule.language), text
    for text in rule.spares:
        assert not detector().find(text, rule.language), text


def test_sixty_messages_that_should_be_nudged_are() -> None:
    assert len(NUDGED) == 60
    missed = [
        text
        for writer, language, kind, text in NUDGED
        if kind not in {one.kind for one in judge(text, writer, language)}
    ]
    assert missed == []


def _everyday(sign: str) -> list[tuple[str, str, Direction, str]]:
    rows: list[tuple[str, str, Direction, str]] = []
    for line in (Path(__file__).parent / "everyday.txt").read_text(encoding="utf-8").splitlines():
        mark, _, rest = line.partition("|")
        if mark == sign:
            kind, who, language, text = rest.split("|", 3)
            rows.append((text, kind, "client" if who == "client" else "therapist", language))
    return rows


def test_nearly_all_everyday_sentences_that_should_be_nudged_are() -> None:
    rows = _everyday("+")
    assert len(rows) == 194
    missed = [text for text, _, who, lang in rows if not judge(text, who, lang) and not links(text, ())]
    # Some say it so much in passing that a rule for it would be wrong too often.
    assert len(missed) <= 10, missed


@pytest.mark.parametrize(("text", "kind", "writer", "language"), _everyday("-"))
def test_everyday_talk_is_left_alone(text: str, kind: str, writer: Direction, language: str) -> None:
    assert kind == "none"
    assert judge(text, writer, language) == ()
    assert links(text, ()) == ()


GRAVE = [
    ("You look gorgeous today.", "romance"),
    ("Would you like to have dinner with me on Friday?", "meeting"),
    ("Can I pay you in cash for the extra time?", "payment"),
]


@pytest.mark.parametrize(("text", "kind"), GRAVE)
def test_the_same_words_are_graver_from_a_therapist(text: str, kind: Kind) -> None:
    from_client = [one for one in judge(text, "client", "en") if one.kind == kind]
    from_therapist = [one for one in judge(text, "therapist", "en") if one.kind == kind]
    assert [one.grave for one in (*from_client, *from_therapist)] == [False, True]


ONE_SIDED: list[tuple[str, Direction]] = [
    ("Where do you live? I could just walk by.", "client"),
    ("Are you married?", "client"),
    ("Sind Sie verheiratet?", "client"),
    ("This is our little secret, okay?", "therapist"),
    ("Book the next one on my website.", "therapist"),
]


@pytest.mark.parametrize(("text", "writer"), ONE_SIDED)
def test_what_is_right_in_one_mouth_is_nudged_in_the_other(text: str, writer: Direction) -> None:
    other: Direction = "therapist" if writer == "client" else "client"
    assert judge(text, writer)
    assert judge(text, other) == ()


LEFT_ALONE = [
    # numbers that are not a way to reach each other
    "Call 988 or text HOME to 741741",
    "Samaritans are on 116 123, any time",
    "The TelefonSeelsorge has 0800 111 0 111",
    "My order 0123456789 never came",
    "I was born 12.03.1987 and moved in 2003-2005",
    "The exam is on 2026-03-14 at 10:30",
    "I owe 12,500.00 dollars and earn 1200000 a year in yen",
    "The policy number is 4455667788",
    "one two three four five six seven, I count and breathe",
    # what others said and did
    "My last therapist gave me her number",
    "I love you, said my mother",
    "My friend asked if we could meet for coffee and I froze",
    "My ex and I want to stay friends",
    "He wants me to pay him back in cash",
    # what therapists say
    "You could invite a friend for coffee as a small step",
    "Would you like to go for a walk by yourself this week?",
    "What would it be like to give him a gift?",
    "Have you ever told him that you love him?",
    "Are you in a safe place, and is somebody with you?",
    "Shall we meet on Thursday at 3 for our session?",
    "You can pay through the service as always",
    "It may be safer not to tell him until you have somewhere to go",
    # limits that are kept
    "I can't accept gifts, but thank you for thinking of me",
    "We can't be friends, and that's part of what makes this work",
    "I won't give you my number, but you can always write here",
    # warmth
    "I feel like I can be honest with you",
    "I love your idea",
    "Thank you for the book recommendation",
    "I made you a list of what we said",
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_ordinary_talk_is_left_alone(text: str) -> None:
    found = {one.rule for writer in ("client", "therapist") for one in judge(text, writer, "en")}
    assert found == set()


def test_the_weightiest_kind_comes_first_and_each_kind_once() -> None:
    text = "I love you. Here's my number: +44 7700 900123. My number is +44 7700 900123."
    assert [one.kind for one in judge(text, "client", "en")] == ["romance", "contact"]


def test_an_account_number_counts_only_if_its_check_digits_hold() -> None:
    assert judge("DE89 3704 0044 0532 0130 00", "client")
    assert not judge("DE88 3704 0044 0532 0130 00", "client")


HOSTILE = [
    "1" * 100_000,
    "1 " * 50_000,
    "a@" * 50_000,
    "my password is " * 7_000,
    "i love " * 15_000,
    "(" * 100_000,
]


@pytest.mark.timeout(60)  # what is quadratic takes minutes
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_come_to_an_end(text: str) -> None:
    judge(text, "client", "en")
