"""What the detector says of whole messages: by the situations that it has to tell apart."""

import io
import json
import time

import pytest

from compliance.crisis import Severity, screen
from compliance.crisis.detector import CUT, LONGEST
from compliance.crisis.screening import main

none, concern, high, emergency = Severity

CASES: list[tuple[str, str, Severity]] = [
    # active, passive, farewell, plan
    ("en", "I keep picturing my own death and I want to die", high),
    ("en", "It's not that I want to die, I just don't want to live", high),
    ("en", "my family would be happier without me", concern),
    ("en", "I found the dog a new home and I've given away my records", high),
    ("en", "the pills are lined up in front of me", emergency),
    ("en", "I'm going to hang myself tonight", emergency),
    # just done
    ("en", "I swallowed 40 tylenol half an hour ago", emergency),
    ("en", "I cut my wrists and it won't stop bleeding", emergency),
    # self-harm, others, abuse
    ("en", "the urge to cut is back", high),
    ("en", "I'm scared I'll hurt my baby, I almost shook him", high),
    ("en", "my partner choked me last night", high),
    ("en", "he's outside my door with a knife and trying to get in", emergency),
    # ways of writing
    ("en", "i wanna k.i.l.l m.y.s.e.l.f", high),
    ("en", "su1c1dal again", high),
    ("en", "i w a n t t o d i e", high),
    ("en", "k*ll myself", high),
    ("en", "i want to diiiiiie", high),
    ("en", "𝐢 𝐰𝐚𝐧𝐭 𝐭𝐨 𝐝𝐢𝐞", high),
    ("en", "i want to d\u200bi\u200be", high),
    ("en", "i wаnt tо diе", high),  # Cyrillic а, о, е
    ("en", "goodbye 💊⚰️", high),
    ("en", "i don t want to die", none),
    ("en", "siucide is all i think abowt", high),
    ("en", "I'm going to hang myself at 9.40", high),
    # what takes it back
    ("en", "I don't want to die", none),
    ("en", "I have never thought about killing myself", none),
    ("en", "twenty years ago I tried to kill myself", none),
    ("en", "my sister says she wants to kill herself", none),
    ("en", 'She sings "I want to die" in that chorus', none),
    ("en", "what do you do if a client says they want to kill themselves?", none),
    ("en", "I could kill for a coffee", none),
    ("en", "I'm dying of laughter", none),
    ("en", "my mother will kill me if I'm late", none),
    ("en", "how do I kill a zombie process", none),
    ("en", "I took my pills with breakfast", none),
    # what must not take it back
    ("en", "no one believes me but I want to kill myself", high),
    ("en", "I can't stop thinking about killing myself", high),
    ("en", "I used to cut years ago and last night I started cutting again", high),
    ("en", "Nothing keeps me from killing myself except my cat", high),
    # other languages, also in a conversation of another language
    ("es", "no quiero seguir viviendo", high),
    ("de", "ich will mich umbringen", high),
    ("fr", "je veux en finir avec la vie", high),
    ("pt", "penso em me matar", high),
    ("it", "voglio togliermi la vita", high),
    ("nl", "ik wil een einde aan mijn leven maken", high),
    ("en", "ich will nicht mehr leben", high),
    ("de", "i want to kill myself", high),
    ("es", "mi jefe me va a matar", none),
    ("de", "die Hitze bringt mich um", none),
    ("fr", "je meurs de faim", none),
    ("pt", "tô morrendo de rir", none),
    ("it", "sto morendo di sonno", none),
    ("nl", "ik lach me dood", none),
]


@pytest.mark.parametrize(("language", "text", "severity"), CASES, ids=[text[:40] for _, text, _ in CASES])
def test_severity(language: str, text: str, severity: Severity) -> None:
    assert screen(text, language).severity is severity


def test_categories_and_rules_are_told_and_the_text_is_not() -> None:
    found = screen("I want to die and my husband choked me last night", "en")
    assert found.categories == {"suicide", "abuse"}
    assert found.rules
    assert "husband" not in repr(found)


def test_a_long_text_is_screened_at_both_ends_and_says_so() -> None:
    filler = "we talked about the weather. " * (LONGEST // 10)
    assert screen(filler).rules == (CUT,)
    assert screen(filler + "I want to kill myself").severity is high
    assert screen("I want to kill myself. " + filler).severity is high


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "k ",
        "k.",
        "kill myself ",
        '"',
        "'",
        "I want to ",
        "im ",
        "die! ",
        "(",
        "1a",
        "a*",
        "no not never ",
        "é",
        "💊",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    def took(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        screen(text)
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            screen(text)
            best = min(best, time.process_time() - start)
        return best

    # Four times the text: about four times the time. Eight leaves room for noise; squares would give sixteen.
    assert took(32_000) < 8 * took(8_000) + 0.02


def test_json_lines_in_json_lines_out() -> None:
    source = io.StringIO(
        '{"id":"1","text":"I want to die","lang":"en"}\n\n{"id":"2","text":"hello","lang":null}\n'
    )
    sink = io.StringIO()
    assert main([], source=source, sink=sink) == 0
    first, second = map(json.loads, sink.getvalue().splitlines())
    assert (first["id"], first["severity"], first["categories"]) == ("1", "high", ["suicide"])
    assert second == {"id": "2", "severity": "none", "categories": [], "rules": []}


@pytest.mark.parametrize(
    "line", ["nonsense", '{"id":"1"}', '{"text":"x"}', "[1]", '{"id":"1","text":"x","lang":7}']
)
def test_a_wrong_line_is_told_with_an_example(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], source=io.StringIO(line), sink=io.StringIO()) == 2
    assert "line 1" in capsys.readouterr().err
