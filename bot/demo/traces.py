"""Looks for words of a conversation in files: what people wrote must be nowhere in the clear."""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.demo.transcript import Seen

_LONGEST = 24
_SHORTEST = 8


def traces(conversations: Iterable[Iterable[Seen]], places: Iterable[Path]) -> list[str]:
    """Where stretches of what was said stand in files, in the clear, in UTF-16 or in base64.

    Commands are left out: their words are part of the program.
    """
    needles = dict(_needles(line for lines in conversations for line in lines))
    found: list[str] = []
    for file in _files(places):
        content = file.read_bytes()
        for needle, words in needles.items():
            if needle in content:
                found.append(f"{file.name}: {words!r}")
    return found


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        yield from sorted(one for one in place.rglob("*") if one.is_file()) if place.is_dir() else (place,)


def _needles(lines: Iterable[Seen]) -> Iterator[tuple[bytes, str]]:
    for line in lines:
        if line.kind not in ("text", "notice", "edit", "poll") or line.text.startswith("!"):
            continue
        for piece in re.split(r"\n+", line.text):
            words = piece.strip()[:_LONGEST]
            if len(words) < _SHORTEST or " " not in words:
                continue  # a single word, such as a server's name, may stand anywhere
            plain = words.encode()
            yield plain, words
            yield words.encode("utf-16-le"), words
            # Base64 shifts with its place in the whole: the middle is the same for one shift in three.
            for shift in range(3):
                yield b64encode(b"\0" * shift + plain)[4:-4], words
