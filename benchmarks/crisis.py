"""How fast crisis detection is, beside two simple ways of looking for words.

    python -m benchmarks.crisis [MESSAGES.jsonl]

Prints messages per second and the slowest hundredth for ordinary chat (made up here, or the `text` of the
given JSON lines), for 500-character messages, for hostile texts by length, and the time of a start.
Time is that of the processor, so that a busy machine does not falsify it, and for everything the best of
some passes counts, since a machine that is shared changes its speed from one second to the next.
"""

import json
import math
import random
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from compliance.crisis.detector import Detector, detector

KEYWORDS = (
    "suicide|suicidal|kill myself|end my life|want to die|self harm|cut myself|overdose|hopeless|worthless"
    "|better off dead|no reason to live|hurt myself|end it all|take my life|hang myself|jump off|goodbye"
    "|can't go on|tired of living|don't want to live|wish i was dead|kill|die|dead"
)
PASSES = 5
STARTS = 5
LEXICON_SIZE = 2_800  # the order of size of published suicide lexicons

OPENINGS = (
    "I think",
    "well",
    "to be honest",
    "yesterday",
    "my sister says",
    "do you know if",
    "so",
    "we could",
    "",
)
MIDDLES = (
    "the train was late again and I missed the start of the film",
    "we should try that new place for dinner next week",
    "I finally finished the report, it took me the whole afternoon",
    "the update broke the printer, have you seen the same",
    "work was stressful but the walk home helped a bit",
    "I felt anxious before the call and calmer afterwards",
    "my son has a fever so I stayed home with him",
    "the exercise you gave me was harder than I expected",
    "can we move our session to Thursday at four",
)
ENDINGS = (".", " :)", ", what do you think?", " and that was that.", "!", "")


def chat(count: int) -> list[str]:
    pick = random.Random(7)  # noqa: S311  (made-up chat, no secret)
    parts = (OPENINGS, MIDDLES, ENDINGS)
    return ["{} {}{}".format(*(pick.choice(part) for part in parts)).strip() for _ in range(count)]


def timed(look: Callable[[str], object], texts: Sequence[str], passes: int) -> tuple[float, float]:
    """Messages per second over all in the best pass, and the 99th percentile of one message, each in its
    best pass, in microseconds."""
    for text in texts[:500]:
        look(text)
    rates: list[float] = []
    single = [math.inf] * len(texts)
    for _ in range(passes):
        start = time.process_time()
        for text in texts:
            look(text)
        rates.append(len(texts) / (time.process_time() - start))
        for place, text in enumerate(texts):
            begin = time.thread_time_ns()
            look(text)
            single[place] = min(single[place], (time.thread_time_ns() - begin) / 1000)
    return max(rates), statistics.quantiles(single, n=100)[98]


def row(name: str, rate: float, slowest: float) -> None:
    print(f"{name:44} {rate:12,.0f} /s   p99 {slowest:9.1f} µs")


def main() -> None:
    texts = chat(20_000)
    if len(sys.argv) > 1:
        texts = [
            json.loads(line)["text"] for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
        ]
    long = [(text + " ") * 20 for text in texts[:5_000]]
    long = [text[:500] for text in long]
    pick = random.Random(8)  # noqa: S311
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(pick.choices(letters, k=pick.randint(4, 12))) for _ in range(LEXICON_SIZE)]
    keywords = re.compile(rf"\b(?:{KEYWORDS})\b", re.IGNORECASE)
    lexicon = re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
    screen = detector().screen

    average = statistics.mean(map(len, texts))
    print(f"ordinary chat: {len(texts):,} messages, {average:.0f} characters on average")
    row("25 keywords in one regular expression", *timed(keywords.search, texts, PASSES))
    row(f"{LEXICON_SIZE:,} words in one regular expression", *timed(lexicon.search, texts[:4_000], 1))
    row("crisis detection, seven languages", *timed(screen, texts, PASSES))
    print("500 characters")
    row("25 keywords in one regular expression", *timed(keywords.search, long, PASSES))
    row("crisis detection, seven languages", *timed(screen, long, PASSES))

    print("hostile text, milliseconds for 12,500 / 25,000 / 50,000 / 100,000 characters")
    for piece in ("a", "k ", '"', "('", "kill myself ", "I want to ", "1a", "💊"):
        took: list[float] = []
        for length in (12_500, 25_000, 50_000, 100_000):
            text = (piece * (length // len(piece) + 1))[:length]
            begin = time.process_time()
            screen(text)
            took.append(1000 * (time.process_time() - begin))
        print(f"{piece!r:44} " + "  ".join(f"{one:8.1f}" for one in took))

    begin = time.process_time()
    Detector()
    print(f"reading the packs: {1000 * (time.process_time() - begin):.0f} ms")
    for what, code in (
        ("an empty Python", ""),
        ("crisis detection", "import compliance.crisis as c; c.screen('hi')"),
    ):
        took: list[float] = []
        for _ in range(STARTS):
            begin = _children()
            subprocess.run([sys.executable, "-c", code], check=True)
            took.append(1000 * (_children() - begin))
        best, middle = min(took), statistics.median(took)
        print(f"a new process to the first answer, {what}: best {best:.0f} ms, median {middle:.0f} ms")


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
