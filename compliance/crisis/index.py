"""The index of a folder of packs: what is costly to work out at every start. After a change to a pack or to
what reads packs:

    python -m compliance.crisis

Without it, or with an outdated one, everything works the same and starts more slowly. It holds the packs
without their examples, for each phrase the words that it cannot be without, and what to search for.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "config" / "crisis"
"""The crisis packs of this installation."""
NAME = "index.json"
_READERS = ("phrases", "matcher", "frequency", "normal", "files", "packs", "index")
"""The modules whose change makes an index outdated."""
_EXAMPLES = ("finds", "spares")


class Index:
    """An index that was made from the packs as they are. Most of it is text that is taken apart when it is
    first needed: few of its phrases ever are."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """What `write` wrote."""
        self.files: Mapping[str, dict[str, Any]] = data["files"]
        self.spellings: dict[str, str] = data["spellings"]
        self.careless: dict[str, str] = data["careless"]
        """Further spellings, which count for messages and not for phrases."""
        self.words = _listed(data, "words")
        """All words of all phrases."""
        self.anchors = _listed(data, "anchors")
        self.owners = _listed(data, "owners")
        """Of each anchor the numbers of the phrases it may belong to."""
        self._phrases = _listed(data, "phrases")
        """Of each phrase, over all rules in their order: how many words stand before its anchor at most, and
        the numbers of the sets of words of each of which it has one."""
        self._sets = _listed(data, "sets")
        """The numbers of their words."""
        self._made: dict[int, frozenset[str]] = {}

    def phrase(self, number: int) -> tuple[int, tuple[frozenset[str], ...]]:
        """Its words before the anchor at most, and the words of which it must have one of each."""
        lead, *numbers = map(int, self._phrases[number].split())
        return lead, tuple(self._made.get(one) or self._set(one) for one in numbers)

    def _set(self, number: int) -> frozenset[str]:
        made = frozenset([self.words[int(word)] for word in self._sets[number].split()])
        self._made[number] = made
        return made


def read(folder: Path) -> Index | None:
    """The index of a folder; None if there is none, or if it was made from other packs."""
    try:
        data: dict[str, Any] = json.loads((folder / NAME).read_bytes())
    except (OSError, ValueError):
        return None
    if data.pop("digest", None) != digest(folder):
        return None
    return Index(data)


def _listed(data: Mapping[str, Any], key: str) -> list[str]:
    return str(data[key]).split("|")


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
    from compliance.crisis.files import files_of, spellings

    files = files_of(folder)
    spelt = spellings(folder, files)
    packs = reading.load_whole(folder)
    words: dict[str, int] = {}
    sets: dict[str, int] = {}
    phrases: list[str] = []
    for phrase in (phrase for rule in packs.rules for phrase in rule.phrases):
        numbers = [
            sets.setdefault(
                " ".join(str(words.setdefault(word, len(words))) for word in sorted(one)), len(sets)
            )
            for one in phrase.must
        ]
        phrases.append(" ".join(map(str, (phrase.lead, *numbers))))
    for data in files.values():
        data["rules"] = {
            name: {key: value for key, value in entry.items() if key not in _EXAMPLES}
            for name, entry in data["rules"].items()
        }
        for key in ("words", "typos"):
            data.pop(key, None)
    made = {
        "digest": digest(folder),
        "files": files,
        "spellings": spelt,
        "careless": {
            written: meant for written, meant in packs.speller.words.items() if written not in spelt
        },
        "words": "|".join(dict.fromkeys((*words, *reading.vocabulary(packs)))),
        "anchors": "|".join(packs.anchors),
        "owners": "|".join(packs.owners),
        "phrases": "|".join(phrases),
        "sets": "|".join(sets),
    }
    text = json.dumps(made, separators=(",", ":"), ensure_ascii=False)
    (folder / NAME).write_text(text + "\n", encoding="utf-8")
