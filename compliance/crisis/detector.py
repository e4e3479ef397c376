"""Text → Screening: canonical text, one pass for candidates, context, the gravest rule decides."""

from functools import cache
from pathlib import Path

from compliance.crisis import packs as _packs
from compliance.crisis.context import guarded, surroundings
from compliance.crisis.lexicon import Lexicon, compiled
from compliance.crisis.packs import Rule
from compliance.crisis.severity import NOTHING, Screening, Severity

LONGEST = 64 * 1024
"""Characters. Of a longer text the head and the tail are screened, and the result says so."""

CUT = "text-cut-head-and-tail-screened"


class Detector:
    """Screens texts with one set of packs. Immutable after it is made; safe to share."""

    def __init__(self, folder: Path = _packs.FOLDER) -> None:
        packs = _packs.load(folder)
        self._guards = packs.guards
        self._speller = packs.speller
        self._lexicon = Lexicon(packs.rules)

    def screen(self, text: str, language: str | None = None) -> Screening:
        """What one message says. `language` is the person's ("en", "pt-BR"); every language is looked for."""
        cut = len(text) > LONGEST
        if cut:
            text = f"{text[: LONGEST // 2]}\n{text[-LONGEST // 2 :]}"
        canonical = self._speller.canonical(text)
        found: dict[str, Rule] = {}
        for rule, _, start, end in self._lexicon.finds(canonical):
            if rule.name in found:
                continue
            if rule.own and language and not language.lower().startswith(rule.language):
                continue
            if rule.needs and not compiled(rule.needs).search(canonical):
                continue
            around = surroundings(canonical, start, end)
            if guarded(rule, around, self._guards.get(rule.language, [])) is None:
                found[rule.name] = rule
        if not found:
            return Screening(Severity.none, frozenset(), (CUT,)) if cut else NOTHING
        rules = sorted(found.values(), key=lambda rule: (-rule.severity, rule.name))
        names = tuple(rule.name for rule in rules)
        return Screening(
            rules[0].severity, frozenset(rule.category for rule in rules), (*names, CUT) if cut else names
        )


@cache
def detector() -> Detector:
    """The detector with the packs of this installation; made once."""
    return Detector()


def screen(text: str, language: str | None = None) -> Screening:
    """Screen one text with the packs of this installation. Fast; never keeps the text."""
    return detector().screen(text, language)
