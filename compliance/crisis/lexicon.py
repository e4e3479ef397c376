"""One pass over the canonical text for all anchors of all phrases: which phrases may be there, and where."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from compliance.crisis.packs import Rule
from compliance.crisis.phrases import Phrase

_WINDOW = 160
_MOST_PER_PHRASE = 12
"""How many places of one phrase are looked at: the first and the last half. Bounds hostile input."""


@lru_cache(maxsize=4096)
def compiled(expression: str) -> re.Pattern[str]:
    """The compiled expression; made when first needed, so that a start stays short."""
    return re.compile(expression)


class Lexicon:
    """All phrases of all rules, ready to be looked for."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._phrases: list[tuple[Rule, Phrase]] = [
            (rule, phrase) for rule in rules for phrase in rule.phrases
        ]
        owners: dict[str, list[int]] = {}
        for index, (_, phrase) in enumerate(self._phrases):
            for anchor in phrase.anchors:
                owners.setdefault(anchor, []).append(index)
        self._owners = list(owners.values())
        self._lengths = list(map(len, owners))
        self._search = AhoCorasick(
            list(owners),
            matchkind=MatchKind.Standard,
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        ).find_matches_as_indexes

    def finds(self, text: str) -> Iterator[tuple[Rule, Phrase, int, int]]:
        """Every phrase in canonical text, with where it begins and ends."""
        hits = self._search(text, overlapping=True)
        if not hits:
            return
        places: dict[int, list[tuple[int, int]]] = {}
        for anchor, start, end in hits:
            for index in self._owners[anchor]:
                places.setdefault(index, []).append((start, end))
        for index, spots in places.items():
            rule, phrase = self._phrases[index]
            search = compiled(phrase.expression).search
            if len(spots) > _MOST_PER_PHRASE:
                spots = spots[: _MOST_PER_PHRASE // 2] + spots[-_MOST_PER_PHRASE // 2 :]
            behind = -1
            for start, end in spots:
                if start < behind:
                    continue
                found = search(text, max(0, start - _WINDOW), end + _WINDOW)
                if found and found.start() >= behind:
                    behind = found.end()
                    yield rule, phrase, found.start(), behind
