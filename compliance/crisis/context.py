"""What surrounds a find: its sentence, and the guards that take it back."""

from collections.abc import Sequence
from typing import NamedTuple

from compliance.crisis.matcher import STOPS
from compliance.crisis.packs import Guard, Rule

_REACH = 45
"""Words of a sentence to either side that are looked at."""
_FIRST_PERSON = {
    language: frozenset(words.split())
    for language, words in {
        "en": "i me my mine myself we us",
        "de": "ich mich mir mein meine wir uns",
        "fr": "je j me m moi mon ma mes nous",
        "es": "yo me mi mis nos nosotros",
        "pt": "eu me meu minha nos",
        "it": "io mi mio mia ci noi",
        "nl": "ik mij me mijn wij ons",
    }.items()
}
_NEAR = 30
"""Words to either side of a find that count as close by."""
_MESSAGE = 400
"""Words of a message that are looked at for guards on the whole message."""


class Surroundings(NamedTuple):
    """Places in the words of a message: its sentence begins, the find begins, the find ends, the sentence
    ends."""

    words: Sequence[str]
    begin: int
    start: int
    end: int
    stop: int


def surroundings(words: Sequence[str], start: int, end: int) -> Surroundings:
    """Find the sentence around words[start:end]."""
    begin = start
    while begin > 0 and start - begin < _REACH and words[begin - 1] not in STOPS:
        begin -= 1
    stop = end
    while stop - end < _REACH and words[stop] not in STOPS:
        stop += 1
    return Surroundings(words, begin, start, end, stop + (words[stop] == "?"))


def accompanied(rule: Rule, around: Surroundings) -> bool:
    """Whether what a rule asks for beside its find is there, and what it must not have in its sentence is
    not."""
    words = around.words
    if not all(group.within(words, around.begin, around.stop) for group in rule.beside):
        return False
    if not all(group.close_to(words, around.start, around.end, _NEAR) for group in rule.near):
        return False
    return not rule.unless.within(words, around.begin, around.stop)


def guarded(rule: Rule, around: Surroundings, guards: Sequence[Guard]) -> str | None:
    """The name of the guard that takes this find back, or None if it stands."""
    if "all" in rule.despite:
        return None
    if "quoted" not in rule.despite and _quoted(around, rule.language):
        return "quoted"
    for guard in guards:
        if guard.name in rule.despite or (
            guard.only and rule.category not in guard.only and rule.name not in guard.only
        ):
            continue
        if _holds(guard, around):
            return guard.name
    return None


def _quoted(around: Surroundings, language: str) -> bool:
    """Whether the find stands in quotation marks that somebody else's words lead up to: what comes before
    them is there, and says nothing of the writer."""
    words = around.words
    marks = [place for place in range(around.begin, around.start) if words[place] == '"']
    if len(marks) % 2 == 0 or marks[-1] == around.begin:
        return False
    return _FIRST_PERSON.get(language, frozenset[str]()).isdisjoint(words[around.begin : marks[-1]])


def _holds(guard: Guard, around: Surroundings) -> bool:
    words = around.words
    for place, group in guard.places.items():
        if place == "just-before":
            holds = group.up_to(words, around.begin, around.start)
        elif place == "before":
            holds = group.within(words, around.begin, around.start)
        elif place == "just-after":
            holds = group.at(words, around.end)
        elif place == "after":
            holds = group.within(words, around.end, around.stop)
        elif place == "sentence":
            holds = group.within(words, around.begin, around.stop)
        else:
            holds = group.within(words, 0, min(len(words) - 1, _MESSAGE))
        if holds and not guard.but.within(words, around.begin, around.stop):
            return True
    return False
