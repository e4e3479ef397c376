"""Every text that people see: Fluent files per language in `config/words/`, English as the fallback."""

import functools
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from fluent.runtime import FluentBundle, resolver
from fluent.runtime.types import FluentNone, FluentType, fluent_date, fluent_number
from fluent.syntax import FluentParser, ast

from config.packs import ROOT

FALLBACK = "en"

Argument = str | int | float | date | datetime

# fluent.runtime refuses parts of more than 2,500 characters, because browsers show translations of unknown
# makers. Our texts are our own, and an argument may be as long as the longest Matrix event (64 KB).
resolver.MAX_PART_LENGTH = 1 << 20

_UNWANTED = re.compile("[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]")
"""Bidi embeddings, overrides and isolates, and control characters other than tab and line feed."""


class WordsError(Exception):
    """The text files can't be used; one line per fault with file and line."""


class UnknownTextError(KeyError):
    """No text has this key."""

    def __str__(self) -> str:
        return f"no text has the key `{self.args[0]}`"


class Words:
    """The texts of all languages. It never changes once loaded, so one serves the whole process."""

    def __init__(self, bundles: Mapping[str, FluentBundle]) -> None:
        if FALLBACK not in bundles:
            raise WordsError(f"there are no texts in the language `{FALLBACK}`")
        self._bundles = dict(bundles)
        self.languages: tuple[str, ...] = tuple(sorted(bundles, key=lambda name: (name != FALLBACK, name)))
        """The languages that have texts, English first."""

    @classmethod
    def load(cls, folder: Path | None = None) -> "Words":
        """Read `config/words/*/`, or another folder of that shape; parsed once in a process.

        Raises WordsError that names file and line of each fault: broken Fluent, or a key that stands twice.
        """
        return _load(folder or ROOT / "words")

    def say(self, language: str, key: str, /, **args: Argument) -> str:
        """The text `key` in `language` (`de-AT` is looked for as `de` too), else in English.

        Raises UnknownTextError (a KeyError) if English has no such text either, and WordsError if the text
        asks for an argument that isn't given.
        """
        ready = {name: _argument(value) for name, value in args.items()}
        for name in self._order(language):
            bundle = self._bundles[name]
            if not bundle.has_message(key):
                continue
            pattern = bundle.get_message(key).value
            if pattern is None:
                continue
            text, errors = bundle.format_pattern(pattern, ready)
            if not errors:
                return str(text)
            if name == FALLBACK:
                raise WordsError(f"the text `{key}`: {'; '.join(str(error) for error in errors)}")
        raise UnknownTextError(key)

    def has(self, key: str) -> bool:
        """Whether there is a text with this key (in English, which has all of them)."""
        return self._bundles[FALLBACK].has_message(key)

    def _order(self, language: str) -> list[str]:
        wanted = (language, language.split("-")[0], FALLBACK)
        return list(dict.fromkeys(name for name in wanted if name in self._bundles))


def clean(text: str) -> str:
    """A text by a person, safe to stand inside one of ours: no control characters, no bidi overrides.

    Lines with right-to-left letters are isolated, so that they don't turn what stands around them.
    """
    text = _UNWANTED.sub("", text.replace("\r\n", "\n"))
    if text.isascii():
        return text
    return "\n".join(f"\u2068{line}\u2069" if _right_to_left(line) else line for line in text.split("\n"))


def _right_to_left(line: str) -> bool:
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in line)


def _argument(value: Argument) -> str | FluentType | FluentNone:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, (date, datetime)):
        return fluent_date(value)
    # Numbers choose plural forms. They are written as people type them back: alert 1204, not 1,204.
    return fluent_number(value, useGrouping=False)


@functools.cache
def _load(folder: Path) -> Words:
    faults: list[str] = []
    bundles: dict[str, FluentBundle] = {}
    for home in sorted(path for path in folder.iterdir() if path.is_dir() and any(path.glob("*.ftl"))):
        bundles[home.name] = _bundle(home, faults)
    if faults:
        raise WordsError("\n".join(faults))
    return Words(bundles)


def _bundle(home: Path, faults: list[str]) -> FluentBundle:
    bundle = FluentBundle([home.name], use_isolating=False)
    parser = FluentParser(with_spans=True)
    seen: dict[str, str] = {}
    for path in sorted(home.glob("*.ftl")):
        text = path.read_text(encoding="utf-8")
        resource = parser.parse(text)
        for entry in resource.body:
            place = f"{home.name}/{path.name} line {_line(text, entry)}"
            if isinstance(entry, ast.Junk):
                why = "; ".join(note.message or note.code for note in entry.annotations)
                faults.append(f"{place}: this is no Fluent: {why}")
            elif isinstance(entry, (ast.Message, ast.Term)):
                name = ("-" if isinstance(entry, ast.Term) else "") + entry.id.name
                if name in seen:
                    faults.append(f"{place}: the key `{name}` stands already in {seen[name]}")
                seen[name] = place
        bundle.add_resource(resource)
    return bundle


def _line(text: str, entry: ast.EntryType) -> int:
    if isinstance(entry, ast.Junk) and entry.annotations and (span := entry.annotations[0].span):
        return text.count("\n", 0, span.start) + 1
    return text.count("\n", 0, entry.span.start) + 1 if entry.span else 1
