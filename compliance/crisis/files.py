"""The files of the packs as people write them: YAML, tidied to texts of one phrase on each line. What they
may hold stands in `packs`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from compliance.crisis.index import FOLDER
from compliance.crisis.normal import fold

PLACES = ("just-before", "before", "after", "just-after", "sentence", "message")
BLOCKS = frozenset({"near", "with"})
PHRASES = frozenset({"say", "finds", "spares", "needs", "unless", "grave", "but", *PLACES})
_VOWELS = "aeiouy"
_LONG_WORD = 6


class PackError(ValueError):
    """A pack is wrong; the message names the file, the entry and what to change."""


def files_of(folder: Path) -> dict[str, dict[str, Any]]:
    """The packs of a folder as they stand there, by language and name. Raises PackError."""
    return {f"{path.parent.name}/{path.name}": _read(path) for path in sorted(folder.glob("*/*.yaml"))}


def _tidy(value: object) -> str:
    """Phrases, one on a line, without comments and blank lines."""
    text = (
        "\n".join(str(line) for line in cast("list[object]", value))
        if isinstance(value, list)
        else str(value or "")
    )
    return "\n".join(
        line
        for raw in text.splitlines()
        if (line := raw.partition(" # ")[0].strip()) and not line.startswith("# ")
    )


def lines(value: object) -> list[str]:
    """The lines of a tidied text."""
    return str(value).split("\n") if value else []


def _read(path: Path) -> dict[str, Any]:
    import yaml

    loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  (a safe loader)
    except yaml.YAMLError as error:
        raise PackError(f"{path.name}: not YAML: {error}") from error
    unknown = set(data) - {"typos", "words", "lists", "context", "rules"}
    if unknown:
        raise PackError(
            f"{path.name}: unknown key {sorted(unknown)[0]!r}; known: typos, words, lists, context, rules"
        )
    for key in ("rules", "context"):
        entries = cast("dict[str, object]", data.get(key) or {})
        if odd := [name for name, entry in entries.items() if not isinstance(entry, dict)]:
            raise PackError(f"{path.name}: {odd[0]}: wants keys such as 'is:' and 'say:' below it")
        data[key] = {name: dict(_tidied(cast("dict[str, Any]", entry))) for name, entry in entries.items()}
    return data


def _tidied(entry: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in entry.items():
        if key in BLOCKS:
            blocks = cast("list[object]", value) if isinstance(value, list) else [value]
            yield key, [_tidy(block) for block in blocks]
        else:
            yield key, _tidy(value) if key in PHRASES else value


def _spellings(text: str, where: str) -> Iterator[tuple[str, str]]:
    for line in lines(_tidy(text)):
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


def spellings(folder: Path, files: dict[str, dict[str, Any]]) -> dict[str, str]:
    """What the packs say of how words are written, and those of the crisis packs. Raises PackError."""
    spelt = (
        {}
        if folder == FOLDER
        else {f"{path.parent.name}/{path.name}": _read(path) for path in sorted(FOLDER.glob("*/words.yaml"))}
    )
    words: dict[str, str] = {}
    for data in (spelt | files).values():
        words.update(_typos(str(data.get("typos", ""))))
    for where, data in (spelt | files).items():
        words.update(_spellings(data.get("words", ""), where))
    return words
