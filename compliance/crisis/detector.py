"""Text → Screening: canonical text, one pass for candidates, context, the gravest rule decides."""

from functools import cache
from pathlib import Path

from compliance.crisis import packs as _packs
from compliance.crisis.context import accompanied, guarded, surroundings
from compliance.crisis.lexicon import Lexicon
from compliance.crisis.packs import Rule
from compliance.crisis.severity import NOTHING, Screening, Severity

LONGEST = 64 * 1024
"""Characters. Of a longer text the head and the tail are screened, and the result says so."""

_PADDING = ("",) * 12
"""After the last word, so that a matcher may look beyond the end."""

CUT = "text-cut-head-and-tail-screened"


class Detector:
    """Screens texts with one set of packs. Immutable after it is made; safe to share."""

    def __init__(self, folder: Path = _packs.FOLDER, vocabulary: _packs.Vocabulary = _packs.CRISIS) -> None:
        packs = _packs.load(folder, vocabulary)
        self._guards = packs.guards
        self._speller = packs.speller
        self._lexicon = Lexicon(packs.rules, packs.anchors, packs.owners)

    def screen(self, text: str, language: str | None = None) -> Screening:
        """What one message says. `language` is the person's ("en", "pt-BR"); every language is looked for."""
        cut = len(text) > LONGEST
        found = self.find(text, language)
        if not found:
            return Screening(Severity.none, frozenset(), (CUT,)) if cut else NOTHING
        gravest = sorted(found.values(), key=lambda pair: (-pair[0], pair[1].name))
        names = tuple(rule.name for _, rule in gravest)
        return Screening(
            gravest[0][0], frozenset(rule.category for _, rule in gravest), (*names, CUT) if cut else names
        )

    def glance(self, text: str) -> bool:
        """Whether `screen` may find something. False for most messages, and quicker than to find out."""
        return len(text) > LONGEST or bool(self._lexicon.candidates(self._speller.canonical(text)))

    def find(self, text: str, language: str | None = None) -> dict[str, tuple[Severity, Rule]]:
        """The rules that hold for a text, by name, each with how grave it is here."""
        if len(text) > LONGEST:
            text = f"{text[: LONGEST // 2]}\n{text[-LONGEST // 2 :]}"
        canonical = self._speller.canonical(text)
        candidates = self._lexicon.candidates(canonical)
        return self._judge(canonical, candidates, language) if candidates else {}

    def _judge(
        self, canonical: str, candidates: list[tuple[int, int, int]], language: str | None
    ) -> dict[str, tuple[Severity, Rule]]:
        words = [*canonical.split(), *_PADDING]
        own = (language or "").lower().split("-")[0]
        found: dict[str, tuple[Severity, Rule]] = {}
        for rule, _, start, end in self._lexicon.finds(canonical, words, candidates):
            if rule.name in found and (not rule.grave or found[rule.name][0] is Severity.emergency):
                continue
            if rule.own and own and own != rule.language:
                continue
            if rule.needs and not rule.needs.within(words, 0, len(words) - len(_PADDING)):
                continue
            around = surroundings(words, start, end)
            if not accompanied(rule, around):
                continue
            if guarded(rule, around, self._guards.get(rule.language, [])) is None:
                grave = rule.grave.within(words, around.begin, around.stop)
                found[rule.name] = (Severity.emergency if grave else rule.severity, rule)
        return found


@cache
def detector() -> Detector:
    """The detector with the packs of this installation; made once."""
    return Detector()


def screen(text: str, language: str | None = None) -> Screening:
    """Screen one text with the packs of this installation. Fast; never keeps the text."""
    return detector().screen(text, language)


def glance(text: str) -> bool:
    """Whether `screen` may find something in a text."""
    return detector().glance(text)
