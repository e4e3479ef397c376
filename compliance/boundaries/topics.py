"""Which of the topics that a pair keeps for sessions a message touches. Pure; by words, not by meaning."""

import re
from collections.abc import Iterable

from compliance.crisis.normal import fold

LONGEST = 16 * 1024
"""Characters of a message that are looked at."""

_WORD = re.compile(r"[a-z0-9]+")
# Words that say nothing about what a topic is about.
_EMPTY = frozenset(
    _WORD.findall(
        "about all an and any anything around at big by detail details everything for from in into is it "
        "issues matters my of on or our over related specific stuff talk talking that the their things "
        "thoughts topics topic very what with your und der die das ein eine mein meine uber von mit zu alles "
        "themen el la los las de del mi mis sobre con et le les des du mon ma mes sur avec e il lo gli di "
        "della mio mia su as do da os meu minha en het een mijn van over met"
    )
)
_PARTS = re.compile(r"[,;/\n•]|\band\b|\bor\b|\bund\b|\bet\b")
_STEM = 5
"""Letters by which words of five and more are compared: "trauma", "traumatic"."""


def topics(text: str) -> tuple[str, ...]:
    """The topics that a line of an agreement names: "trauma details, my father" are two."""
    return tuple(part.strip(" .-") for part in _PARTS.split(text) if _content(part))


def touched(text: str, named: Iterable[str]) -> tuple[str, ...]:
    """Those of the named topics of which every word that means something stands in the text."""
    stems = {_stem(word) for word in _WORD.findall(fold(text[:LONGEST].lower()))}
    return tuple(topic for topic in named if (wanted := _content(topic)) and wanted <= stems)


def _content(topic: str) -> frozenset[str]:
    return frozenset(
        _stem(word) for word in _WORD.findall(fold(topic.lower())) if word not in _EMPTY and len(word) > 2
    )


def _stem(word: str) -> str:
    return word[:_STEM] if len(word) > _STEM else word.removesuffix("s") if len(word) > 3 else word
