"""The packs below `config/crisis/`: what is looked for, in which language, and what takes it back.

`<language>/*.yaml`. A file holds any of:

    typos:    words of which a dropped letter or two swapped ones are understood; of six letters or more
              also a doubled letter and a wrong vowel.
    words:    how a word may be written. "kill myself: kms" on each line; "-: just really" drops fillers.
    lists:    named choices for use in phrases as <name>.
    context:  guards. Each has one or more places (just-before, before, after, just-after, sentence, message)
              with phrases; found there, they take a find back, unless a phrase of `but` is in the sentence.
    rules:    what is looked for. `is: category, severity`; `say:` phrases, one a line; `finds:` and
              `spares:` examples, one a line, run as tests; `despite:` guards that do not count for it;
              `needs:` phrases of which one must be in the same message; `near:` phrases of which one must
              be close by, before or after, over the ends of sentences too; `with:` the same within the
              sentence (for both, a list of such blocks asks for one of each); `unless:` phrases that, in
              the same sentence, take it back; `grave:` phrases that, in the same sentence, make it an
              emergency; `own: true` if it only counts for text in
              the pack's own language (a false friend elsewhere); `by:` the writer whose words it judges,
              in packs that tell writers apart.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from compliance.crisis.files import BLOCKS, PHRASES, PLACES, PackError, files_of, lines, spellings
from compliance.crisis.group import Group
from compliance.crisis.index import FOLDER, Index
from compliance.crisis.index import read as read_index
from compliance.crisis.normal import Speller
from compliance.crisis.phrases import Phrase, PhraseError, Phrases, Reader
from compliance.crisis.severity import CATEGORIES, Severity


class Vocabulary(NamedTuple):
    """What `is:` may name in the packs of one folder: a category, and how grave it is."""

    categories: frozenset[str]
    levels: Mapping[str, Severity]
    example: str


CRISIS = Vocabulary(CATEGORIES, Severity.__members__, "suicide, high")


class Rule(NamedTuple):
    """One thing that people say, in one language."""

    name: str
    language: str
    category: str
    severity: Severity
    phrases: Sequence[Phrase]
    finds: tuple[str, ...]
    spares: tuple[str, ...]
    despite: frozenset[str]
    needs: Group
    near: tuple[Group, ...]
    beside: tuple[Group, ...]
    """`with:` in the packs."""
    unless: Group
    grave: Group
    own: bool
    by: str = ""
    """Whose words it judges, where packs tell writers apart; empty for everybody's."""


class Guard(NamedTuple):
    """What, said around a find, takes it back."""

    name: str
    language: str
    places: Mapping[str, Group]
    but: Group
    only: frozenset[str]
    """Categories to which it applies; all if empty."""


class Packs:
    """All packs, read."""

    def __init__(self, speller: Speller) -> None:
        self.speller = speller
        self.rules: list[Rule] = []
        self.guards: dict[str, list[Guard]] = {}
        self.readers: dict[str, Reader] = {}
        self.anchors: Sequence[str] = ()
        """What to search for."""
        self.owners: Sequence[str] = ()
        """Of each anchor the numbers of the phrases it may belong to, counted over all rules in their order:
        text, since most are never looked at."""


def load(folder: Path = FOLDER, vocabulary_of: Vocabulary = CRISIS) -> Packs:
    """Read every pack of a folder, with the spellings of the crisis packs. Raises PackError naming file
    and entry.

    What costs time to work out is taken from the index beside the packs, if it was made from these packs:
    then the rules come without their examples, which only tests need.
    """
    index = read_index(folder)
    if index is None:
        return load_whole(folder, vocabulary_of)
    packs = _load(index.spellings, vocabulary_of, index.files, index)
    packs.speller = Speller(index.spellings | index.careless, index.words)
    packs.anchors, packs.owners = index.anchors, index.owners
    return packs


def load_whole(folder: Path = FOLDER, vocabulary_of: Vocabulary = CRISIS) -> Packs:
    """The same without the index, with the examples of the rules. Slow. Raises PackError."""
    files = files_of(folder)
    packs = _load(spellings(folder, files), vocabulary_of, files, None)
    owners: dict[str, list[int]] = {}
    for place, phrase in enumerate(phrase for rule in packs.rules for phrase in rule.phrases):
        for anchor in phrase.anchors:
            owners.setdefault(anchor, []).append(place)
    packs.anchors, packs.owners = gathered(owners)
    packs.speller.learn(vocabulary(packs))
    return packs


def gathered(owners: Mapping[str, Sequence[int]]) -> tuple[list[str], list[str]]:
    """Anchors and, for each, the numbers of its phrases. Only their first letters are searched for, and
    where one stands, so does each with which it begins: a phrase that has that one too need not be looked
    for twice."""
    short: dict[str, set[int]] = {}
    for anchor, numbers in owners.items():
        short.setdefault(anchor[:_ANCHOR_LETTERS], set()).update(numbers)
    kept: dict[str, list[int]] = {}
    for anchor, numbers in short.items():
        known = {number for end in range(2, len(anchor)) for number in short.get(anchor[:end], ())}
        if more := sorted(numbers - known):
            kept[anchor] = more
    return list(kept), [" ".join(map(str, numbers)) for numbers in kept.values()]


def _load(
    words: Mapping[str, str],
    vocabulary_of: Vocabulary,
    files: Mapping[str, dict[str, Any]],
    index: Index | None,
) -> Packs:
    packs = Packs(Speller(words))
    lists: dict[str, dict[str, str]] = {}
    for where, data in files.items():
        lists.setdefault(where.partition("/")[0], {}).update(data.get("lists") or {})
    spell = cache(Speller(words).canonical)
    before = 0
    for where, data in files.items():
        language = where.partition("/")[0]
        reader = packs.readers.setdefault(language, Reader(lists[language], spell, language))
        for name, entry in _entries(data, "context"):
            packs.guards.setdefault(language, []).append(_guard(name, language, entry, reader, where))
        for name, entry in _entries(data, "rules"):
            phrases = _phrases(entry, reader, f"{where}: {name}", index, before)
            before += len(phrases)
            packs.rules.append(_rule(name, language, entry, reader, where, vocabulary_of, phrases))
    for rule in packs.rules:
        known = {guard.name for guard in packs.guards.get(rule.language, [])} | {"all", "quoted"}
        if unknown := rule.despite - known:
            raise PackError(f"{rule.name}: despite names no guard of {rule.language}: {sorted(unknown)[0]!r}")
    return packs


def _entries(data: dict[str, Any], key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from cast("dict[str, dict[str, Any]]", data.get(key) or {}).items()


def vocabulary(packs: Packs) -> list[str]:
    """All words of all phrases: those towards which disguised words are undone."""
    words: set[str] = set(_EXTRA_VOCABULARY.split())
    for rule in packs.rules:
        for phrase in rule.phrases:
            for anchor in phrase.anchors:
                words.update(anchor.split())
            words.update(*phrase.must)
    return sorted(words)


_ANCHOR_LETTERS = 10
"""Enough to be rare; each further one costs memory and time at the start."""
_RULE_KEYS = (BLOCKS | PHRASES | {"is", "despite", "own", "by"}) - {"but", *PLACES}

_EXTRA_VOCABULARY = (
    "i to be my me you want wanna am so myself yourself kill die dead suicide suicidal end life pills cut "
    "hate self harm tonight dying death hang jump gun knife blood bleeding overdose shoot murder rape"
)


def _group(reader: Reader, text: str | None) -> Group:
    return Group(text or "", reader.parts)


def check(packs: Packs) -> None:
    """Read everything that is otherwise read when first needed. Raises PhraseError."""
    for rule in packs.rules:
        for group in (rule.needs, *rule.near, *rule.beside, rule.unless, rule.grave):
            group.prepare()
    for guards in packs.guards.values():
        for guard in guards:
            guard.but.prepare()
            for group in guard.places.values():
                group.prepare()


def _rule(
    name: str,
    language: str,
    entry: dict[str, Any],
    reader: Reader,
    where: str,
    known: Vocabulary,
    phrases: Sequence[Phrase],
) -> Rule:
    where = f"{where}: {name}"
    unknown = set(entry) - _RULE_KEYS
    if unknown:
        raise PackError(f"{where}: unknown key {sorted(unknown)[0]!r}")
    category, _, level = (part.strip() for part in str(entry.get("is", "")).partition(","))
    if category not in known.categories or level not in known.levels:
        raise PackError(f"{where}: 'is' wants a category and how grave it is, for example {known.example!r}")
    needs, unless, grave = (_group(reader, entry.get(key)) for key in ("needs", "unless", "grave"))
    near, beside = (tuple(_group(reader, block) for block in entry.get(key, ())) for key in ("near", "with"))
    return Rule(
        name=f"{language}-{name}",
        language=language,
        category=category,
        severity=known.levels[level],
        phrases=phrases,
        finds=tuple(lines(entry.get("finds"))),
        spares=tuple(lines(entry.get("spares"))),
        despite=frozenset(re.findall(r"[\w-]+", str(entry.get("despite", "")))),
        needs=needs,
        near=near,
        beside=beside,
        unless=unless,
        grave=grave,
        own=bool(entry.get("own", False)),
        by=str(entry.get("by", "")),
    )


def _phrases(
    entry: dict[str, Any], reader: Reader, where: str, index: Index | None, before: int
) -> Sequence[Phrase]:
    said = lines(entry.get("say"))
    if index is not None:
        return Phrases(said, lambda at, line: Phrase(line, reader, *index.phrase(before + at)))
    try:
        return tuple(map(reader.read, said))
    except PhraseError as error:
        raise PackError(f"{where}: {error}") from error


def _guard(name: str, language: str, entry: dict[str, Any], reader: Reader, where: str) -> Guard:
    where = f"{where}: {name}"
    unknown = set(entry) - {*PLACES, "but", "only"}
    if unknown:
        raise PackError(
            f"{where}: unknown place {sorted(unknown)[0]!r}; known: {', '.join(PLACES)}, but, only"
        )
    places = {place: _group(reader, entry[place]) for place in PLACES if place in entry}
    but = _group(reader, entry.get("but"))
    only = frozenset(re.split(r"[,\s]+", str(entry["only"]))) if "only" in entry else frozenset[str]()
    return Guard(name, language, places, but, only)
