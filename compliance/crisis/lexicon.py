"""One pass over the canonical text for all anchors of all phrases: which phrases may be there, and where."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from compliance.crisis.matcher import find
from compliance.crisis.packs import Rule
from compliance.crisis.phrases import Phrase

_MOST_PER_PHRASE = 12
"""How many places of one phrase are looked at: the first and the last half. Bounds hostile input."""


class Lexicon:
    """All phrases of all rules, ready to be looked for."""

    def __init__(self, rules: Sequence[Rule], anchors: Sequence[str], owners: Sequence[str]) -> None:
        """`anchors`: what to search for; `owners`: of each the numbers of the phrases it may belong to,
        counted over all rules in their order."""
        self._rules = rules
        self._ends = list(accumulate(len(rule.phrases) for rule in rules))
        self._phrases: dict[int, tuple[Rule, Phrase]] = {}
        self._owners = owners
        self._owned: dict[int, tuple[int, ...]] = {}
        self._search = AhoCorasick(
            anchors,
            matchkind=MatchKind.Standard,
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        ).find_matches_as_indexes

    def candidates(self, text: str) -> list[tuple[int, int, int]]:
        """Where anchors are: their numbers, begins and ends. Empty for most messages."""
        return self._search(text, overlapping=True)

    def finds(
        self, text: str, words: Sequence[str], candidates: Sequence[tuple[int, int, int]]
    ) -> Iterator[tuple[Rule, Phrase, int, int]]:
        """Every phrase among the candidates, with the places of its first word and after its last."""
        present = frozenset(words)
        phrases, known = self._phrases, self._owned
        owners = {anchor: known.get(anchor) or self._owned_by(anchor) for anchor, _, _ in candidates}
        places: dict[int, list[int]] = {}
        for index in frozenset[int]().union(*owners.values()):
            for must in (phrases.get(index) or self._phrase(index))[1].must:
                if present.isdisjoint(must):
                    break
            else:
                places[index] = []
        if not places:
            return
        counted, at = 0, 0
        for anchor, start, _ in sorted(candidates, key=lambda hit: hit[1]):
            mine = [index for index in owners[anchor] if index in places]
            if mine:
                counted += text.count(" ", at, start)
                at = start
                for index in mine:
                    places[index].append(counted)
        for index, all_spots in places.items():
            rule, phrase = phrases[index]
            half = _MOST_PER_PHRASE // 2
            spots = all_spots if len(all_spots) <= 2 * half else all_spots[:half] + all_spots[-half:]
            parts = phrase.parts
            behind, tried = -1, 0
            for spot in spots:
                if spot < behind:
                    continue
                around = words[max(0, spot - phrase.lead) : spot + phrase.reach]
                if any(must.isdisjoint(around) for must in phrase.must):
                    continue
                # What began earlier and did not reach the spot before does not reach this one.
                found = find(parts, words, max(spot - phrase.lead, tried), spot + 1, spot, phrase.heads)
                tried = found[0] + 1 if found else spot + 1
                if found:
                    behind = found[1]
                    yield rule, phrase, *found

    def _owned_by(self, anchor: int) -> tuple[int, ...]:
        owned = self._owned[anchor] = tuple(map(int, self._owners[anchor].split()))
        return owned

    def _phrase(self, index: int) -> tuple[Rule, Phrase]:
        at = bisect_right(self._ends, index)
        rule = self._rules[at]
        found = self._phrases[index] = (rule, rule.phrases[index - self._ends[at] + len(rule.phrases)])
        return found
