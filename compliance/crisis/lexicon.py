"""One pass over the canonical text for all anchors of all phrases: which phrases may be there, and where."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from compliance.crisis.matcher import find
from compliance.crisis.packs import Rule
from compliance.crisis.phrases import Musts, Phrase

_MOST_PER_PHRASE = 12
"""How many places of one phrase are looked at: the first and the last half. Bounds hostile input."""


Owned = tuple[tuple[int, Musts], ...]
"""Numbers of phrases, each with the sets of words of each of which it has one."""


class Lexicon:
    """All phrases of all rules, ready to be looked for."""

    def __init__(self, rules: Sequence[Rule], anchors: Sequence[str], owners: Sequence[str]) -> None:
        """`anchors`: what to search for; `owners`: of each the numbers of the phrases it may belong to,
        counted over all rules in their order."""
        self._rules = rules
        self._ends = list(accumulate(len(rule.phrases) for rule in rules))
        self._phrases: dict[int, tuple[Rule, Phrase]] = {}
        self._owners = owners
        self._owned: dict[int, Owned] = {}
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
        places = self._places(text, frozenset(words), candidates)
        half = _MOST_PER_PHRASE // 2
        for index, all_spots in places.items():
            spots = all_spots if len(all_spots) <= 2 * half else all_spots[:half] + all_spots[-half:]
            rule, phrase = self._phrases[index]
            parts, must, lead, reach = phrase.parts, phrase.must, phrase.lead, phrase.reach
            behind, tried = -1, 0
            for spot in spots:
                if spot < behind:
                    continue
                first = spot - lead if spot > lead else 0
                if not _has_all(must, words[first : spot + reach]):
                    continue
                # What began earlier and did not reach the spot before does not reach this one.
                found = find(parts, words, max(first, tried), spot + 1, spot, phrase.heads)
                tried = found[0] + 1 if found else spot + 1
                if found:
                    behind = found[1]
                    yield rule, phrase, *found

    def _places(
        self, text: str, present: frozenset[str], candidates: Sequence[tuple[int, int, int]]
    ) -> dict[int, list[int]]:
        """Of each phrase of which the text has the words that it can't be without: where its anchors are,
        counted in words."""
        known = self._owned
        places: dict[int, list[int]] = {}
        missing: set[int] = set()
        by_anchor: dict[int, list[list[int]]] = {}
        for anchor in {hit[0] for hit in candidates}:
            mine: list[list[int]] = []
            for index, must in known.get(anchor) or self._owned_by(anchor):
                if index in places:
                    mine.append(places[index])
                elif index not in missing:
                    for one in must:  # a plain loop: here ordinary messages spend their time
                        if one.isdisjoint(present):
                            missing.add(index)
                            break
                    else:
                        mine.append(places.setdefault(index, []))
            if mine:
                by_anchor[anchor] = mine
        if places:
            counted, at = 0, 0
            for start, anchor in sorted((hit[1], hit[0]) for hit in candidates if hit[0] in by_anchor):
                counted += text.count(" ", at, start)
                at = start
                for spots in by_anchor[anchor]:
                    spots.append(counted)
        return places

    def _owned_by(self, anchor: int) -> Owned:
        owned = self._owned[anchor] = tuple(
            (index, self._phrase(index).must) for index in map(int, self._owners[anchor].split())
        )
        return owned

    def _phrase(self, index: int) -> Phrase:
        if index not in self._phrases:
            rule = self._rules[at := bisect_right(self._ends, index)]
            phrase = rule.phrases[index - self._ends[at] + len(rule.phrases)]
            self._phrases[index] = (rule, phrase)
        return self._phrases[index][1]


def _has_all(sets: Iterable[frozenset[str]], words: Iterable[str]) -> bool:
    """Whether there is a word of each set."""
    for one in sets:  # noqa: SIM110  (a generator costs twice the time)
        if one.isdisjoint(words):
            return False
    return True
