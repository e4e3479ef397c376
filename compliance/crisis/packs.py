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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

from compliance.crisis.index import FOLDER, Index, KnownPhrase
from compliance.crisis.index import read as read_index
from compliance.crisis.matcher import Group
from compliance.crisis.normal import Speller, fold
from compliance.crisis.phrases import Phrase, PhraseError, Reader
from compliance.crisis.severity import CATEGORIES, Severity

PLACES = ("just-before", "before", "after", "just-after", "sentence", "message")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What `is:` may name in the packs of one folder: a category, and how grave it is."""

    categories: frozenset[str]
    levels: Mapping[str, Severity]
    example: str


CRISIS = Vocabulary(CATEGORIES, Severity.__members__, "suicide, high")


class PackError(ValueError):
    """A pack is wrong; the message names the file, the entry and what to change."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that people say, in one language."""

    name: str
    language: str
    category: str
    severity: Severity
    phrases: tuple[Phrase, ...]
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


@dataclass(frozen=True, slots=True)
class Guard:
    """What, said around a find, takes it back."""

    name: str
    language: str
    places: Mapping[str, Group]
    but: Group
    only: frozenset[str]
    """Categories to which it applies; all if empty."""


@dataclass(slots=True)
class Packs:
    """All packs, read."""

    speller: Speller
    rules: list[Rule] = field(default_factory=list[Rule])
    guards: dict[str, list[Guard]] = field(default_factory=dict[str, list[Guard]])
    readers: dict[str, Reader] = field(default_factory=dict[str, Reader])
    anchors: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    """What to search for, and which phrases it may belong to, counted over all rules in their order."""


def _lines(value: object) -> tuple[str, ...]:
    text = (
        "\n".join(str(line) for line in cast("list[object]", value))
        if isinstance(value, list)
        else str(value or "")
    )
    return tuple(
        line
        for raw in text.splitlines()
        if (line := raw.partition(" # ")[0].strip()) and not line.startswith("# ")
    )


def _read(path: Path) -> dict[str, Any]:
    import yaml

    loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  (a safe loader)
    except yaml.YAMLError as error:
        raise PackError(f"{path.name}: not YAML: {error}") from error
    unknown = set(data) - {"typos", "words", "lists", "context", "rules"}
    if unknown:
        raise PackError(
            f"{path.name}: unknown key {sorted(unknown)[0]!r}; known: typos, words, lists, context, rules"
        )
    return data


def _spellings(text: str, where: str) -> Iterator[tuple[str, str]]:
    for line in _lines(text):
        meant, colon, written = line.partition(":")
        if not colon:
            raise PackError(
                f"{where}: {line!r}: write 'meant: written written', for example 'tonight: tn 2nite'"
            )
        meaning = "" if meant.strip() == "-" else fold(meant.strip().lower())
        for word in written.split():
            yield fold(word.lower()), meaning


def _typos(text: str) -> Iterator[tuple[str, str]]:
    for word in text.split():
        for at in range(1, len(word) - 1):
            yield word[:at] + word[at + 1 :], word
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :], word
            if len(word) < _LONG_WORD:
                continue
            yield word[:at] + word[at] + word[at:], word
            if word[at] in _VOWELS:
                yield from ((word[:at] + vowel + word[at + 1 :], word) for vowel in _VOWELS)


def load(folder: Path = FOLDER, vocabulary_of: Vocabulary = CRISIS) -> Packs:
    """Read every pack of a folder, with the spellings of the crisis packs. Raises PackError naming file
    and entry.

    What costs time to work out is taken from the index beside the packs, if it was made from these packs:
    then the rules come without their examples, which only tests need.
    """
    index = read_index(folder)
    if index is None:
        return load_whole(folder, vocabulary_of)
    packs = _load(folder, vocabulary_of, index.files, index)
    packs.anchors = index.anchors
    packs.speller.learn(index.vocabulary)
    return packs


def load_whole(folder: Path = FOLDER, vocabulary_of: Vocabulary = CRISIS) -> Packs:
    """The same without the index, with the examples of the rules. Slow. Raises PackError."""
    packs = _load(folder, vocabulary_of, files_of(folder), None)
    for place, phrase in enumerate(phrase for rule in packs.rules for phrase in rule.phrases):
        for anchor in phrase.anchors:
            packs.anchors.setdefault(anchor, []).append(place)
    packs.speller.learn(vocabulary(packs))
    return packs


def _load(
    folder: Path, vocabulary_of: Vocabulary, read: Mapping[str, dict[str, Any]], index: Index | None
) -> Packs:
    files = {folder / name: data for name, data in read.items()}
    words: dict[str, str] = {}
    spelt = {} if folder == FOLDER else {path: _read(path) for path in sorted(FOLDER.glob("*/words.yaml"))}
    for data in (spelt | files).values():
        words.update(_typos(str(data.get("typos", ""))))
    for path, data in (spelt | files).items():
        words.update(_spellings(data.get("words", ""), f"{path.parent.name}/{path.name}"))
    packs = Packs(Speller(words))
    lists: dict[str, dict[str, str]] = {}
    for path, data in files.items():
        lists.setdefault(path.parent.name, {}).update(data.get("lists") or {})
    spell = cache(Speller(words).canonical)
    known_phrases = None if index is None else iter(index.phrases)
    for path, data in files.items():
        language = path.parent.name
        where = f"{language}/{path.name}"
        reader = packs.readers.setdefault(language, Reader(lists[language], spell, language))
        for name, entry in _entries(data, "context"):
            packs.guards.setdefault(language, []).append(_guard(name, language, entry, reader, where))
        for name, entry in _entries(data, "rules"):
            packs.rules.append(_rule(name, language, entry, reader, where, vocabulary_of, known_phrases))
    for rule in packs.rules:
        known = {guard.name for guard in packs.guards.get(rule.language, [])} | {"all", "quoted"}
        if unknown := rule.despite - known:
            raise PackError(f"{rule.name}: despite names no guard of {rule.language}: {sorted(unknown)[0]!r}")
    return packs


def files_of(folder: Path) -> dict[str, dict[str, Any]]:
    """The packs of a folder as they stand there, by language and name. Raises PackError."""
    return {f"{path.parent.name}/{path.name}": _read(path) for path in sorted(folder.glob("*/*.yaml"))}


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


_VOWELS = "aeiouy"
_LONG_WORD = 6
_RULE_KEYS = frozenset(
    {"is", "say", "finds", "spares", "despite", "needs", "near", "with", "unless", "grave", "own", "by"}
)

_EXTRA_VOCABULARY = (
    "i to be my me you want wanna am so myself yourself kill die dead suicide suicidal end life pills cut "
    "hate self harm tonight dying death hang jump gun knife blood bleeding overdose shoot murder rape"
)


def _group(reader: Reader, text: object) -> Group:
    return Group(_lines(text), reader.parts)


def _blocks(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else [value] if value else []


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
    phrases_known: Iterator[KnownPhrase] | None,
) -> Rule:
    where = f"{where}: {name}"
    unknown = set(entry) - _RULE_KEYS
    if unknown:
        raise PackError(f"{where}: unknown key {sorted(unknown)[0]!r}")
    category, _, level = (part.strip() for part in str(entry.get("is", "")).partition(","))
    if category not in known.categories or level not in known.levels:
        raise PackError(f"{where}: 'is' wants a category and how grave it is, for example {known.example!r}")
    try:
        phrases = tuple(_phrase(line, reader, phrases_known) for line in _lines(entry["say"]))
        needs, unless, grave = (_group(reader, entry.get(key)) for key in ("needs", "unless", "grave"))
        near, beside = (
            tuple(_group(reader, block) for block in _blocks(entry.get(key))) for key in ("near", "with")
        )
    except PhraseError as error:
        raise PackError(f"{where}: {error}") from error
    return Rule(
        name=f"{language}-{name}",
        language=language,
        category=category,
        severity=known.levels[level],
        phrases=phrases,
        finds=_lines(entry.get("finds")),
        spares=_lines(entry.get("spares")),
        despite=frozenset(re.findall(r"[\w-]+", str(entry.get("despite", "")))),
        needs=needs,
        near=near,
        beside=beside,
        unless=unless,
        grave=grave,
        own=bool(entry.get("own", False)),
        by=str(entry.get("by", "")),
    )


def _phrase(line: str, reader: Reader, known: Iterator[KnownPhrase] | None) -> Phrase:
    return reader.read(line) if known is None else Phrase(line, reader, *next(known))


def _guard(name: str, language: str, entry: dict[str, Any], reader: Reader, where: str) -> Guard:
    where = f"{where}: {name}"
    unknown = set(entry) - {*PLACES, "but", "only"}
    if unknown:
        raise PackError(
            f"{where}: unknown place {sorted(unknown)[0]!r}; known: {', '.join(PLACES)}, but, only"
        )
    try:
        places = {place: _group(reader, entry[place]) for place in PLACES if place in entry}
        but = _group(reader, entry.get("but"))
    except PhraseError as error:
        raise PackError(f"{where}: {error}") from error
    only = frozenset(re.split(r"[,\s]+", str(entry["only"]))) if "only" in entry else frozenset[str]()
    return Guard(name, language, places, but, only)
