"""The little language in which the packs are written, so that a clinician can read them.

    want to die             these words, one after the other
    (die|be dead)           one of these
    [so] [a|the]            may be there or not; one of these may be there or not
    <means>                 one of a named list of the pack
    <number>  <many>        a number, in digits or in words; one of eight or more (and no dose in mg)
    suicid*                 a word that begins so
    ..   ...                up to three, up to seven other words of the same sentence
    ~                       up to four other words of the same clause (no comma, "I", "but", "and" among them)
    ^  $                    the sentence begins, ends here (a comma counts)

A phrase becomes a small matcher over the words of the canonical text (see `normal`) and a few literal
strings, its anchors, one of which must occur wherever the phrase does: what the one-pass search looks for.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import overload

from compliance.crisis.frequency import any_of
from compliance.crisis.matcher import (
    CLAUSES,
    ENDS,
    Either,
    Gap,
    Mark,
    Part,
    Prefix,
    Word,
    first_words,
    longest,
    telling,
)
from compliance.crisis.normal import fold

_TOKENS = re.compile(r"\.\.\.|\.\.|[()\[\]|^$~]|<[\w-]+>|[^\s()\[\]|^$<>~]+")
_MOST_ANCHORS = 48
_MOST_SETS = 4
_PRICE = 6e-5
"""What one more text to search for must bring in rarity: it costs memory and time at the start."""
_MOST_TEXTS = 1200


class PhraseError(ValueError):
    """A phrase cannot be read; the message says which and why."""


Musts = Sequence[frozenset[str]]


class Phrase:
    """One line of a pack, ready to search. Its parts are read when it is first matched."""

    __slots__ = ("_heads", "_parts", "_reader", "anchors", "lead", "must", "reach", "source")

    def __init__(
        self, source: str, reader: "Reader", lead: int, must: Musts, anchors: Sequence[str] = ()
    ) -> None:
        self.source = source
        """The line as written."""
        self.lead = lead
        """How many words at most stand before the anchor."""
        self.must = must
        """Sets of words, one of each of which is in every text that the phrase matches."""
        self.anchors = anchors
        """What to search for; empty if the index knows it."""
        self.reach = 0
        """How many words it has at most; known once its parts were read."""
        self._reader = reader
        self._parts: tuple[Part, ...] | None = None
        self._heads: frozenset[str] | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        if self._parts is None:
            self._parts = self._reader.parts(self.source)
            self.reach = longest(self._parts)
            heads = first_words(self._parts)
            self._heads = None if heads is None else frozenset(heads)
        return self._parts

    @property
    def heads(self) -> frozenset[str] | None:
        """The words with which it may begin; None if they cannot be told, or were not yet needed."""
        return self._heads


class Phrases(Sequence[Phrase]):
    """The phrases of a rule, each made when it is first asked for: few of thousands ever are."""

    __slots__ = ("_lines", "_made", "_make")

    def __init__(self, lines: Sequence[str], make: Callable[[int, str], Phrase]) -> None:
        """`make` takes the place of a line and the line."""
        self._lines = lines
        self._make = make
        self._made: dict[int, Phrase] = {}

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, at: int) -> Phrase: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Phrase]: ...
    def __getitem__(self, at: int | slice) -> Phrase | Sequence[Phrase]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        if at not in self._made:
            self._made[at] = self._make(at, self._lines[at])
        return self._made[at]


class Reader:
    """Reads phrases with the named lists of one pack and the spelling of the canonical text."""

    def __init__(self, lists: Mapping[str, str], spell: Callable[[str], str], language: str = "en") -> None:
        self._lists = lists
        self._clauses = CLAUSES.get(language, ENDS)
        self._spell = spell
        self._known: dict[str, Part] = {"number": Mark("number"), "many": Mark("many")}

    def read(self, line: str) -> Phrase:
        """A phrase with its anchors. Raises PhraseError for a line that cannot be read or searched."""
        parts = self.parts(line)
        anchors, lead = _anchors(parts)
        if not anchors:
            raise PhraseError(f"{line!r}: no word in it is rare enough to search for; add one")
        sets = sorted(filter(None, map(telling, parts)), key=lambda words: (any_of(words), sorted(words)))
        must = tuple(sets[:_MOST_SETS])
        return Phrase(line, self, lead, must, anchors)

    def parts(self, line: str) -> tuple[Part, ...]:
        """The parts of a phrase that is only looked for around a find. Raises PhraseError."""
        tokens = _TOKENS.findall(line)
        if "".join(tokens) != "".join(line.split()):
            raise PhraseError(
                f"{line!r}: cannot be read; allowed are words, ( | ), [ ], <list>, .., ..., ~, ^, $"
            )
        parts, rest = self._sequence(tokens, 0, line)
        if rest != len(tokens):
            raise PhraseError(f"{line!r}: a bracket closes that was not opened")
        return parts

    def _sequence(self, tokens: Sequence[str], at: int, line: str) -> tuple[tuple[Part, ...], int]:
        parts: list[Part] = []
        while at < len(tokens) and tokens[at] not in ")]|":
            word = tokens[at]
            if word in "([":
                choices, at = self._choices(tokens, at + 1, ")" if word == "(" else "]", line)
                if any(choices):
                    parts.append(Either(choices, optional=word == "["))
                continue
            at += 1
            if word in ("..", "..."):
                parts.append(Gap(3 if word == ".." else 7))
            elif word == "~":
                parts.append(Gap(4, self._clauses))
            elif word in "^$":
                parts.append(Mark(word))
            elif word[0] == "<":
                parts.append(self._list(word[1:-1], line))
            else:
                parts.extend(self._words(word))
        return _sequence(parts), at

    def _choices(
        self, tokens: Sequence[str], at: int, close: str, line: str
    ) -> tuple[list[tuple[Part, ...]], int]:
        choices: list[tuple[Part, ...]] = []
        while True:
            parts, at = self._sequence(tokens, at, line)
            choices.append(parts)
            if at >= len(tokens) or tokens[at] not in ("|", close):
                raise PhraseError(f"{line!r}: a bracket is not closed with {close!r}")
            if tokens[at] == close:
                return choices, at + 1
            at += 1

    def _list(self, name: str, line: str) -> Part:
        if name not in self._known:
            if name not in self._lists:
                raise PhraseError(f"{line!r}: there is no list named {name!r} in this pack")
            entries = [entry.strip() for entry in self._lists[name].splitlines() if entry.strip()]
            choices = [self.parts(entry) for entry in entries]
            only = choices[0][0] if len(choices) == 1 and len(choices[0]) == 1 else None
            self._known[name] = only or Either(choices, optional=False)
        return self._known[name]

    def _words(self, token: str) -> list[Part]:
        if token.endswith("*"):
            # Not spelled: what begins a word is none, and would become one.
            return [Prefix(fold(token[:-1].lower()))]
        return [_word(word) for word in self._spell(token).split()]


@cache
def _word(text: str) -> Word:
    """One object for each word, however many phrases have it: they are a third of a million."""
    return Word(text)


@cache
def _alone(word: Word) -> tuple[Part, ...]:
    return (word,)


def _sequence(parts: list[Part]) -> tuple[Part, ...]:
    only = parts[0] if len(parts) == 1 else None
    return _alone(only) if isinstance(only, Word) else tuple(parts)


def sample(parts: Iterable[Part]) -> str:
    """The shortest text that a phrase is meant to find: the first of all choices."""
    words: list[str] = []
    for part in parts:
        if isinstance(part, Word | Prefix):
            words.append(part.text)
        elif isinstance(part, Mark) and part.sign in ("number", "many"):
            words.append("30")
        elif isinstance(part, Either) and not part.optional:
            words.append(sample(part.choices[0]))
    return " ".join(word for word in words if word)


def _anchors(parts: Sequence[Part]) -> tuple[tuple[str, ...], int]:
    """The most telling set of literals, one of which is in every text that the phrase matches, and how many
    words may stand before it."""
    _, texts, lead = _telling_texts(parts)
    return tuple(" " + text for text in sorted(texts)), lead


def _telling_texts(parts: Sequence[Part]) -> tuple[float, frozenset[str], int]:
    """The same with how often one of them is in a message: of up to three parts in a row, or of each of
    the choices of one part."""
    best: tuple[float, frozenset[str], int] = (1.0, frozenset(), 0)
    lead = 0
    for first, part in enumerate(parts):
        for often, texts, more in (*_in_a_row(parts[first : first + 3]), *_in_each_choice(part)):
            price = round(often + _PRICE * len(texts), 9)
            if price < best[0]:
                best = (price, texts, lead + more)
        lead += longest((part,))
    return best


def _in_a_row(parts: Sequence[Part]) -> Iterator[tuple[float, frozenset[str], int]]:
    texts = {""}
    for part in parts:
        pieces = part.texts()
        if pieces is None or (len(texts) > 1 and len(texts) * len(pieces) > _MOST_ANCHORS):
            return
        if len(pieces) > _MOST_TEXTS or not all(text == "" or text[-1] == " " for text in texts):
            return
        texts = {a + b for a in texts for b in pieces}
        if all(texts):
            yield any_of(texts), frozenset(texts), 0


def _in_each_choice(part: Part) -> Iterator[tuple[float, frozenset[str], int]]:
    if not isinstance(part, Either) or part.optional:
        return
    found = [_telling_texts(choice) for choice in part.choices]
    if all(texts for _, texts, _ in found):
        texts = frozenset[str]().union(*(texts for _, texts, _ in found))
        yield any_of(texts), texts, max(lead for _, _, lead in found)


__all__ = ["Phrase", "PhraseError", "Phrases", "Reader", "sample"]
