"""The index of a folder of packs: what is costly to work out at every start. After a change to a pack or to
what reads packs:

    python -m compliance.crisis

Without it, or with an outdated one, everything works the same and starts more slowly. It holds the packs
without their examples, for each phrase the words that it cannot be without, and what to search for.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "config" / "crisis"
"""The crisis packs of this installation."""
NAME = "index.json"
_READERS = ("phrases", "matcher", "frequency", "normal", "packs", "index")
"""The modules whose change makes an index outdated."""
_EXAMPLES = ("finds", "spares")


KnownPhrase = tuple[int, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class Index:
    """An index that was made from the packs as they are."""

    files: Mapping[str, dict[str, Any]]
    vocabulary: Sequence[str]
    anchors: dict[str, list[int]]
    phrases: Sequence[KnownPhrase]
    """Of each phrase, over all rules in their order: how many words stand before its anchor at most, and the
    lists of words of each of which it has one."""


def read(folder: Path) -> Index | None:
    """The index of a folder; None if there is none, or if it was made from other packs."""
    try:
        data: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if data.get("digest") != digest(folder):
        return None
    words: list[str] = data["words"]
    numbered: list[list[int]] = data["sets"]
    sets = [tuple([words[number] for number in numbers]) for numbers in numbered]
    known: list[tuple[int, list[int]]] = data["phrases"]
    phrases = [(lead, tuple([sets[number] for number in must])) for lead, must in known]
    return Index(data["files"], data["vocabulary"], data["anchors"], phrases)


def digest(folder: Path) -> str:
    """A fingerprint of the packs and of the code that reads them."""
    made = hashlib.sha256()
    spellings = [] if folder == FOLDER else sorted(FOLDER.glob("*/words.yaml"))
    code = [Path(__file__).parent / f"{name}.py" for name in _READERS]
    for path in (*sorted(folder.glob("*/*.yaml")), *spellings, *code):
        made.update(path.read_bytes())
    return made.hexdigest()


def write(folder: Path = FOLDER) -> None:
    """Work out the index of the crisis packs anew and write it beside them. Raises PackError."""
    from compliance.crisis import packs as reading

    packs = reading.load_whole(folder)
    words: dict[str, int] = {}
    sets: dict[tuple[int, ...], int] = {}
    phrases: list[tuple[int, list[int]]] = []
    for rule in packs.rules:
        for phrase in rule.phrases:
            numbers = [tuple(words.setdefault(word, len(words)) for word in one) for one in phrase.must]
            must = [sets.setdefault(one, len(sets)) for one in numbers]
            phrases.append((phrase.lead, must))
    files = reading.files_of(folder)
    for data in files.values():
        rules: dict[str, dict[str, Any]] = data.get("rules") or {}
        data["rules"] = {
            name: {key: value for key, value in entry.items() if key not in _EXAMPLES}
            for name, entry in rules.items()
        }
    made = {
        "digest": digest(folder),
        "vocabulary": reading.vocabulary(packs),
        "words": list(words),
        "sets": list(sets),
        "phrases": phrases,
        "anchors": packs.anchors,
        "files": files,
    }
    text = json.dumps(made, separators=(",", ":"), ensure_ascii=False)
    (folder / NAME).write_text(text + "\n", encoding="utf-8")
