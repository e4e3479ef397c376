"""Matching phrases over a list of words, without backtracking: each part maps the set of places where it
may begin to the set of places where it may end, so that the work is bounded by words × parts."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from compliance.crisis.frequency import any_of


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENDS = frozenset({".", ",", "?", '"', ""})
STOPS = frozenset({".", "?", ""})

# Words with which a new clause may begin, by language: what was said before them does not reach over them.
CLAUSES = {
    language: ENDS | frozenset(words.split())
    for language, words in {
        "en": "i me but and because then until unless except anymore want",
        "es": "yo pero y porque aunque sino quiero",
        "de": "ich mich aber und weil sondern will",
        "fr": "je j mais et parce car veux pis sauf",
        "pt": "eu mas e porque quero",
        "it": "io ma e perche voglio pero anzi",
        "nl": "ik maar en want omdat wil",
    }.items()
}

NUMBERS = _words(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
    "dos tres cuatro cinco diez veinte treinta zwei drei vier funf zehn zwanzig dreissig deux trois "
    "quatre cinq dix vingt trente dois dez vinte trinta due tre quattro cinque dieci venti trenta twee drie "
    "vijf tien twintig dertig seis siete ocho nueve doce quatro sete oito nove onze doze"
)
_MOST_TEXTS = 64
_MANY = _words(
    "fifteen twenty thirty forty fifty sixty seventy eighty ninety hundred quince veinte treinta cuarenta "
    "cincuenta zwanzig dreissig vierzig funfzig quinze vingt trente quarante cinquante vinte trinta quarenta "
    "venti trenta quaranta cinquanta twintig dertig veertig vijftig"
)
_AT_LEAST = 8
_DOSES = _words(
    "mg ml g mcg milligram milligrams milligramm gramm gram grams gotas gocce minutes hours years days"
)
_MOST_OPENED = 400
_FEW = 4
"""So many words are looked through as quickly as they are looked up, and take less room."""
_NOTHING: Mapping[str, list[tuple["Part", ...]]] = {}
MOST = 64
"""No more places than so many are followed at once."""


class Word(NamedTuple):
    """One word."""

    text: str

    def step(self, words: Sequence[str], places: Iterable[int]) -> set[int]:
        text = self.text
        return {place + 1 for place in places if words[place] == text}

    def texts(self) -> list[str] | None:
        return [self.text + " "]


class Prefix(NamedTuple):
    """A word that begins so."""

    text: str

    def step(self, words: Sequence[str], places: Iterable[int]) -> set[int]:
        text = self.text
        return {place + 1 for place in places if words[place].startswith(text)}

    def texts(self) -> list[str] | None:
        return [self.text]


class Gap(NamedTuple):
    """Up to so many other words of the same sentence, or of the same clause."""

    most: int
    stops: frozenset[str] = STOPS

    def step(self, words: Sequence[str], places: Iterable[int]) -> set[int]:
        stops = self.stops
        out: set[int] = set()
        for place in places:
            for after in range(place, place + self.most + 1):
                out.add(after)
                if words[after] in stops:
                    break
        return out

    def texts(self) -> list[str] | None:
        return None


class Mark(NamedTuple):
    """ "^" a beginning, "$" an end, "number" a number, "many" one of eight or more that is no dose."""

    sign: str

    def step(self, words: Sequence[str], places: Iterable[int]) -> set[int]:
        if self.sign == "^":
            return {place for place in places if place == 0 or words[place - 1] in ENDS}
        if self.sign == "$":
            return {place for place in places if words[place] in ENDS}
        if self.sign == "many":
            return {place + 1 for place in places if _many(words[place]) and words[place + 1] not in _DOSES}
        return {place + 1 for place in places if words[place][:1].isdigit() or words[place] in NUMBERS}

    def texts(self) -> list[str] | None:
        return None if self.sign in ("number", "many") else [""]


class Either:
    """One of several sequences; or none of them, if optional. Choices of nothing but filler words fall
    away."""

    __slots__ = ("_by_first", "_others", "_rests", "_single", "_sorted", "_texts", "choices", "optional")

    def __init__(self, choices: Iterable[tuple["Part", ...]], *, optional: bool) -> None:
        self.choices = tuple(choice for choice in choices if choice)
        self.optional = optional
        # Sorted when first looked at: most lists never are.
        self._sorted = False
        self._single: Collection[str] = ()
        self._by_first: Mapping[str, list[tuple[Part, ...]]] = _NOTHING
        self._others: Sequence[tuple[Part, ...]] = ()
        # What follows a first word, as one sequence; made when that word is first met.
        self._rests: dict[str, tuple[Part, ...]] | None = None
        self._texts: list[str] | Literal[False] | None = False

    def _sort(self) -> None:
        """Sort the choices so that most are decided by one look at the next word: those of one plain word,
        the longer ones that begin with a plain word, and the others."""
        single: list[str] = []
        by_first: dict[str, list[tuple[Part, ...]]] = {}
        others: list[tuple[Part, ...]] = []
        for choice in _opened(self.choices):
            head = choice[0]
            if not isinstance(head, Word):
                others.append(choice)
            elif len(choice) == 1:
                single.append(head.text)
            else:
                by_first.setdefault(head.text, []).append(choice[1:])
        self._single = frozenset(single) if len(single) > _FEW else tuple(single)
        self._by_first, self._others = by_first or _NOTHING, tuple(others)
        self._sorted = True

    def step(self, words: Sequence[str], places: Iterable[int]) -> set[int]:
        if not self._sorted:
            self._sort()
        out: set[int] = set(places) if self.optional else set()
        single, by_first = self._single, self._by_first
        for place in places:
            word = words[place]
            if word in single:
                out.add(place + 1)
            if word in by_first:
                out |= ends(self._rest(word), words, (place + 1,))
        for choice in self._others:
            out |= ends(choice, words, places)
        return out

    def _rest(self, word: str) -> tuple["Part", ...]:
        if self._rests is None:
            self._rests = {}
        rest = self._rests.get(word)
        if rest is None:
            rests = self._by_first[word]
            rest = rests[0] if len(rests) == 1 else (Either(rests, optional=False),)
            self._rests[word] = rest
        return rest

    def texts(self) -> list[str] | None:
        if self._texts is False:
            self._texts = self._spelled()
        return self._texts

    def _spelled(self) -> list[str] | None:
        texts: set[str] = {""} if self.optional else set()
        for choice in self.choices:
            texts |= _beginnings(choice)
            if len(texts) > 20 * _MOST_TEXTS:
                return None
        return sorted(texts)


Part = Word | Prefix | Gap | Mark | Either


def _opened(choices: Sequence[tuple[Part, ...]]) -> Iterator[tuple[Part, ...]]:
    """The same choices, with those that begin with a choice written out, so that a look at the next word
    decides between them; as they are if that made too many."""
    for choice in choices:
        head = choice[0]
        if isinstance(head, Either) and not head.optional and len(head.choices) <= _MOST_OPENED:
            yield from _opened([inner + choice[1:] for inner in head.choices])
        else:
            yield choice


def _many(word: str) -> bool:
    return (word.isdecimal() and int(word[:6]) >= _AT_LEAST) or word in _MANY


def ends(parts: Sequence[Part], words: Sequence[str], places: Iterable[int]) -> set[int]:
    """All places where the parts, one after the other, may end if they begin at one of the places."""
    now = set(places)
    for part in parts:
        now = part.step(words, now)
        if not now:
            break
        if len(now) > MOST:
            now = set(sorted(now)[:MOST])
    return now


def find(
    parts: Sequence[Part],
    words: Sequence[str],
    start: int,
    stop: int,
    reach: int | None = None,
    heads: frozenset[str] | None = None,
) -> tuple[int, int] | None:
    """The first match that begins in start..stop-1 (with one of `heads`, and ends after `reach`, if given):
    where it begins, and its longest end."""
    for place in range(max(start, 0), stop):
        if heads is not None and words[place] not in heads:
            continue
        if found := ends(parts, words, (place,)):
            last = max(found)
            if reach is None or last > reach:
                return place, last
    return None


def _beginnings(parts: Sequence[Part]) -> set[str]:
    """The texts of a sequence, each cut (without its last space) where it cannot be told how it goes on."""
    texts = {""}
    done: set[str] = set()
    for part in parts:
        pieces = part.texts()
        if pieces is None or len(texts) * len(pieces) > _MOST_TEXTS:
            return done | {text.rstrip() for text in texts}
        texts = {text + piece for text in texts for piece in pieces}
        done |= {text for text in texts if text and text[-1] != " "}
        texts -= done
    return done | texts


def longest(parts: Iterable[Part]) -> int:
    """How many words a sequence may have at most."""
    most = 0
    for part in parts:
        if isinstance(part, Gap):
            most += part.most
        elif isinstance(part, Either):
            most += max((longest(choice) for choice in part.choices), default=0)
        elif not isinstance(part, Mark) or part.sign in ("number", "many"):
            most += 1
    return most


def first_words(parts: Sequence[Part]) -> set[str] | None:
    """The words with which a sequence may begin, or None if they cannot be told."""
    out: set[str] = set()
    for part in parts:
        if isinstance(part, Word):
            return out | {part.text}
        if isinstance(part, Mark) and part.sign in "^$":
            continue
        if not isinstance(part, Either):
            return None
        for choice in part.choices:
            inner = first_words(choice)
            if inner is None:
                return None
            out |= inner
        if not part.optional:
            return out
    return None


def telling(part: Part) -> frozenset[str] | None:
    """Words of which every text of the part holds one: of each choice the rarest. None if they cannot be
    told."""
    if isinstance(part, Word):
        return frozenset({part.text})
    if not isinstance(part, Either) or part.optional:
        return None
    words: set[str] = set()
    for choice in part.choices:
        inner = [found for piece in choice if (found := telling(piece))]
        if not inner:
            return None
        words |= min(inner, key=lambda found: (any_of(found), sorted(found)))
    return frozenset(words)
