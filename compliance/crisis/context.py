"""What surrounds a find: the sentence and clause around it, and the guards that take it back."""

from dataclasses import dataclass

from compliance.crisis.lexicon import compiled
from compliance.crisis.packs import Guard, Rule

_REACH = 240
"""Letters of a sentence to either side that are looked at."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The parts of a canonical text around a find. Each begins and ends with a space."""

    before: str
    found: str
    after: str
    sentence: str
    message: str
    asked: bool


def surroundings(text: str, start: int, end: int) -> Surroundings:
    """Cut the sentence around text[start:end]."""
    low = max(0, start - _REACH)
    left = max(text.rfind(" . ", low, start), text.rfind(" ? ", low, start))
    begin = low if left < 0 else left + 2
    stops = [
        spot
        for spot in (text.find(" . ", end - 1, end + _REACH), text.find(" ? ", end - 1, end + _REACH))
        if spot >= 0
    ]
    stop = min(stops, default=min(len(text), end + _REACH))
    begin = text.rfind(" ", 0, begin + 1) if begin else 0
    return Surroundings(
        before=text[max(begin, 0) : start],
        found=text[start - 1 : end],
        after=text[end - 1 : stop + 1],
        sentence=text[max(begin, 0) : stop + 1],
        message=text,
        asked=text[stop : stop + 3] == " ? ",
    )


def guarded(rule: Rule, around: Surroundings, guards: list[Guard]) -> str | None:
    """The name of the guard that takes this find back, or None if it stands."""
    if "all" in rule.despite:
        return None
    for guard in guards:
        if guard.name in rule.despite or (guard.only and rule.category not in guard.only):
            continue
        if _holds(guard, around):
            return guard.name
    return None


def _holds(guard: Guard, around: Surroundings) -> bool:
    for place, expression in guard.places.items():
        if place == "just-before":
            found = compiled(f"(?:{expression})$").search(around.before)
        elif place == "before":
            found = compiled(expression).search(around.before)
        elif place == "just-after":
            found = compiled(f"^ (?:{expression})").search(around.after)
        elif place == "after":
            found = compiled(expression).search(around.after)
        elif place == "sentence":
            found = compiled(expression).search(around.sentence)
        else:
            found = compiled(expression).search(around.message, 0, 2000)
        if found and not (guard.but and compiled(guard.but).search(around.sentence)):
            return True
    return False
