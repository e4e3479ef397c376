"""Finding a name that somebody typed: spelling, case, accents and punctuation don't matter."""

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

_LONGEST = 200
"""Characters of an answer that are looked at; the rest can't be a name."""
_SEPARATOR = re.compile(r"[^\w]+")
_SPOKEN_WORD = 4
"""The shortest name, in letters, that is recognised inside a sentence: `in` and `us` are words as well."""


@functools.lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """The bare form of a name: case-folded, without accents and punctuation, single spaces."""
    # Dots inside abbreviations vanish (U.S.A.), all other punctuation separates words.
    text = re.sub(r"(?<=\b\w)\.(?=\w\b|\s|$)", "", text[:_LONGEST])
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _SEPARATOR.sub(" ", plain.replace("_", " ")).strip()


class Names:
    """Codes by the names that people give them. The first code to take a name keeps it."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._codes: dict[str, str] = {}
        for name, code in pairs:
            self.add(name, code)
        self._longest = max((name.count(" ") + 1 for name in self._codes), default=1)

    def add(self, name: str, code: str) -> None:
        """Let `name` mean `code`, unless it has a meaning already."""
        if folded := fold(name):
            self._codes.setdefault(folded, code)
            self._longest = max(getattr(self, "_longest", 1), folded.count(" ") + 1)

    def exact(self, text: str) -> str | None:
        """The code of exactly this name."""
        return self._codes.get(fold(text))

    def inside(self, text: str) -> str | None:
        """The code of the one name that stands in a sentence ("I live in Berlin"), longest names first.

        None if there is no name in it, or if there are names of several codes.
        """
        words = fold(text).split()
        found: set[str] = set()
        for length in range(min(self._longest, len(words)), 0, -1):
            start = 0
            while start + length <= len(words):
                window = " ".join(words[start : start + length])
                code = self._codes.get(window) if len(window) >= _SPOKEN_WORD else None
                if code is None:
                    start += 1
                    continue
                found.add(code)
                # A word belongs to one name only: "New York" isn't "York" as well.
                words[start : start + length] = ["·"]
                start += 1
        return found.pop() if len(found) == 1 else None

    def find(self, text: str) -> str | None:
        """The code of this name, alone or in a sentence."""
        return self.exact(text) or self.inside(text)

    def near(self, text: str, *, least: float = 80.0) -> str | None:
        """The code of the nearest name, for "did you mean"; None if nothing is near (0-100, `least`)."""
        folded = fold(text)
        if len(folded) < _SPOKEN_WORD:
            return None
        best = process.extractOne(folded, self._codes.keys(), scorer=fuzz.ratio, score_cutoff=least)
        return self._codes[best[0]] if best else None


def merged(*groups: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """Tables of names by code, as pairs of name and code; earlier tables win in `Names`."""
    return [(name, code) for group in groups for code, names in group.items() for name in names]
