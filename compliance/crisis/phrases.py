"""The little language in which the packs are written, so that a clinician can read them.

    want to die             these words, one after the other
    (die|be dead)           one of these
    [so] [a|the]            may be there or not; one of these may be there or not
    <means>                 one of a named list of the pack
    suicid*                 a word that begins so
    ..   ...                up to three, up to seven other words of the same sentence
    #                       a number
    ^  $                    the sentence begins, ends here (a comma counts)

A phrase becomes a regular expression over the canonical text (see `normal`) and a few literal strings,
its anchors, one of which must occur wherever the phrase does: what the one-pass search looks for.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

_TOKENS = re.compile(r"\.\.\.|\.\.|[()\[\]|^$#]|<[a-z-]+>|[^\s()\[\]|^$#<>]+")
_MOST_ANCHORS = 48

# Words too common to search for alone.
_COMMON = frozenset(
    """a able about all am an and any anyone are as at be been being but by can could did do does doing
    done even ever every everyone everything for from get go going good got had has have having he her here
    him his how i if in into is it just know let life like long made make me mine more much my no not now of
    off on one only or other our out over people really right said see she so some something still take than
    that the their them then there they thing things think this time to today too up us very want was way we
    well were what when where which who why will with would you your
    la el de que y en un una no me mi se lo le a por para con su es yo ya todo mas
    ich bin mich mir mein meine du sie er es der die das ein eine nicht zu und auf in im mit von ist war habe
    je j me m ma mon mes ai de d la le les l un une et en que qu pas ne n ce c est suis a plus tout pour
    eu o a os as um uma meu minha nao e em que se do da
    io mi il lo di che e un una non ho sono per
    ik mij me mijn het de een en niet is ben te van dat er om""".split()
)


class PhraseError(ValueError):
    """A phrase cannot be read; the message says which and why."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class _Either:
    choices: tuple["tuple[_Part, ...]", ...]


@dataclass(frozen=True, slots=True)
class _Gap:
    most: int


@dataclass(frozen=True, slots=True)
class _Mark:
    sign: str


_Part = _Word | _Either | _Gap | _Mark


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line of a pack, ready to search. `source` is the line as written."""

    source: str
    expression: str
    anchors: tuple[str, ...]


class Reader:
    """Reads phrases with the named lists of one pack and the spelling of the canonical text."""

    def __init__(self, lists: Mapping[str, str], spell: Callable[[str], str]) -> None:
        self._lists = lists
        self._spell = spell
        self._known: dict[str, _Either] = {}

    def read(self, line: str) -> Phrase:
        """A phrase with its anchors. Raises PhraseError for a line that cannot be read or searched."""
        parts = self._parts(line)
        anchors = _anchors(parts)
        if not anchors:
            raise PhraseError(f"{line!r}: no word in it is rare enough to search for; add one")
        return Phrase(line, _expression(parts), anchors)

    def context(self, line: str) -> str:
        """The regular expression of a phrase that is only looked for around a find."""
        return _expression(self._parts(line))

    def sample(self, line: str) -> str:
        """The shortest text that the phrase is meant to find: the first of all choices."""
        return _sample(self._parts(line))

    def _parts(self, line: str) -> tuple[_Part, ...]:
        tokens = _TOKENS.findall(line)
        if "".join(tokens) != "".join(line.split()):
            raise PhraseError(
                f"{line!r}: cannot be read; allowed are words, ( | ), [ ], <list>, .., ..., #, ^, $"
            )
        parts, rest = self._sequence(tokens, 0, line)
        if rest != len(tokens):
            raise PhraseError(f"{line!r}: a bracket closes that was not opened")
        return parts

    def _sequence(self, tokens: Sequence[str], at: int, line: str) -> tuple[tuple[_Part, ...], int]:
        parts: list[_Part] = []
        while at < len(tokens) and tokens[at] not in ")]|":
            token = tokens[at]
            if token in "([":
                choices, at = self._choices(tokens, at + 1, ")" if token == "(" else "]", line)
                parts.append(_Either(((), *choices) if token == "[" else choices))
                continue
            at += 1
            if token in ("..", "..."):
                parts.append(_Gap(3 if token == ".." else 7))
            elif token in "^$#":
                parts.append(_Mark(token))
            elif token[0] == "<":
                parts.append(self._list(token[1:-1], line))
            else:
                parts.extend(self._words(token))
        return tuple(parts), at

    def _choices(
        self, tokens: Sequence[str], at: int, close: str, line: str
    ) -> tuple[tuple[tuple[_Part, ...], ...], int]:
        choices: list[tuple[_Part, ...]] = []
        while True:
            parts, at = self._sequence(tokens, at, line)
            choices.append(parts)
            if at >= len(tokens) or tokens[at] not in ("|", close):
                raise PhraseError(f"{line!r}: a bracket is not closed with {close!r}")
            if tokens[at] == close:
                return tuple(choices), at + 1
            at += 1

    def _list(self, name: str, line: str) -> _Either:
        if name not in self._known:
            if name not in self._lists:
                raise PhraseError(f"{line!r}: there is no list named {name!r} in this pack")
            lines = [entry.strip() for entry in self._lists[name].splitlines() if entry.strip()]
            self._known[name] = _Either(tuple(self._parts(entry) for entry in lines))
        return self._known[name]

    def _words(self, token: str) -> list[_Part]:
        if token.endswith("*"):
            return [_Word(self._spell(token[:-1]).replace(" ", ""), open_end=True)]
        return [_Word(word) for word in self._spell(token).split()]


def _expression(parts: Sequence[_Part]) -> str:
    return "(?<= )" + "".join(_piece(part) for part in parts)


def _piece(part: _Part) -> str:
    if isinstance(part, _Word):
        return re.escape(part.text) + ("[a-z0-9]* " if part.open_end else " ")
    if isinstance(part, _Gap):
        return rf"(?:[^ .?]+ ){{0,{part.most}}}?"
    if isinstance(part, _Mark):
        return {"^": r"(?:(?<=^ )|(?<=[.,?\"] ))", "$": r"(?=[.,?\"] |$)", "#": r"[0-9]+[a-z]* "}[part.sign]
    choices = "|".join("".join(_piece(inner) for inner in choice) for choice in part.choices if choice)
    return f"(?:{choices})" + ("?" if () in part.choices else "")


def _sample(parts: Sequence[_Part]) -> str:
    words: list[str] = []
    for part in parts:
        if isinstance(part, _Word):
            words.append(part.text)
        elif isinstance(part, _Mark):
            words.extend(["30"] if part.sign == "#" else [])
        elif isinstance(part, _Either):
            words.append(_sample(part.choices[0]))
    return " ".join(word for word in words if word)


def _anchors(parts: Sequence[_Part]) -> tuple[str, ...]:
    """The most telling set of literals, one of which is in every text that the phrase matches."""
    best: tuple[float, tuple[str, ...]] = (0.0, ())
    for run in _runs(parts):
        if run and all(run):
            worth = min(_worth(text) for text in run)
            best = max(best, (worth, tuple(" " + text for text in run)), key=lambda pair: pair[0])
    return best[1]


def _runs(parts: Sequence[_Part]) -> list[list[str]]:
    runs: list[list[str]] = []
    for first in range(len(parts)):
        run = [""]
        for part in parts[first:]:
            texts = _texts(part)
            if (
                texts is None
                or len(run) * len(texts) > _MOST_ANCHORS
                or not all(text == "" or text.endswith(" ") for text in run)
            ):
                break
            run = sorted({a + b for a, b in product(run, texts)})
            runs.append(run)
        else:
            continue
    return runs


def _texts(part: _Part) -> list[str] | None:
    """All texts of a part, or None if it has no end of them."""
    if isinstance(part, _Word):
        return [part.text if part.open_end else part.text + " "]
    if isinstance(part, _Mark):
        return [""] if part.sign in "^$" else None
    if isinstance(part, _Gap):
        return None
    texts: set[str] = set()
    for choice in part.choices:
        inner = [_texts(piece) for piece in choice]
        if any(piece is None for piece in inner):
            return None
        options = [piece for piece in inner if piece is not None]
        for combination in product(*options):
            text = ""
            for piece in combination:
                text += piece
                if piece and not piece.endswith(" "):
                    break  # a word with an open end: what follows it cannot be told
            texts.add(text)
            if len(texts) > 4 * _MOST_ANCHORS:
                return None
    return sorted(texts)


def _worth(text: str) -> float:
    worth = 0.0
    for word in text.split():
        worth += 0.4 if word in _COMMON else max(1.0, len(word) - 1.5)
    return worth
