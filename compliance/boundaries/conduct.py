"""Text and who wrote it → the boundaries that it touches: packs of `config/boundaries`, written details.

The packs have the form of the crisis packs (see `compliance.crisis.packs`); `is:` names a kind and

    light    a nudge to the writer
    grave    the same from a client; from a therapist, something that a supervisor hears of

and `by: client` or `by: therapist` keeps a rule to one writer's words.
"""

from functools import cache
from pathlib import Path

from compliance.boundaries.details import details
from compliance.boundaries.touch import KINDS, Direction, Kind, Touch
from compliance.crisis.detector import Detector
from compliance.crisis.packs import Vocabulary
from compliance.crisis.severity import Severity

FOLDER = Path(__file__).parents[2] / "config" / "boundaries"
VOCABULARY = Vocabulary(
    frozenset(KINDS), {"light": Severity.concern, "grave": Severity.high}, "meeting, light"
)
_NAMED: dict[str, Kind] = {kind: kind for kind in KINDS}


@cache
def detector() -> Detector:
    """The detector with the conduct packs of this installation; made once."""
    return Detector(FOLDER, VOCABULARY)


def judge(text: str, direction: Direction, language: str | None = None) -> tuple[Touch, ...]:
    """What a message touches, one entry a kind, the weightiest kind first. Fast; never keeps the text.

    `language` is the writer's ("en", "pt-BR"); every language is looked for.
    """
    found: dict[Kind, Touch] = {}
    rules = detector().find(text, language).values()
    for severity, rule in sorted(rules, key=lambda pair: (-pair[0], pair[1].name)):
        if rule.by in ("", direction):
            kind = _NAMED[rule.category]
            grave = direction == "therapist" and severity >= Severity.high
            found.setdefault(kind, Touch(kind, grave, rule.name))
    for kind, grave, rule in details(text):
        found.setdefault(kind, Touch(kind, grave and direction == "therapist", rule))
    return tuple(found[kind] for kind in KINDS if kind in found)
