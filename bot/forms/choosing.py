"""Reading typed text as a choice: numbers, labels, unambiguous beginnings, near misses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product

from rapidfuzz import fuzz, process

from bot.forms.plain import fold

_MOST = 5
"""Most lists that are offered when a text may mean several."""
_NEAR = 82.0
"""Similarity (0 to 100) from which a near miss is worth a "did you mean"."""


@dataclass(frozen=True)
class Listed:
    """A choice as it stands in the list."""

    id: str
    number: int
    word: str
    """The label, folded."""
    agrees: bool | None = None
    """Whether a plain yes (or no) means this choice."""


@dataclass(frozen=True)
class Picked:
    """Ids that the text names surely; `near` those that it may mean; `unknown` the part that says nothing."""

    ids: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    unknown: str = ""
    together: tuple[tuple[str, ...], ...] = ()
    """Of a text that names several: the lists that it may mean."""


def pick_one(text: str, choices: Sequence[Listed]) -> Picked:
    """The one choice that a text names: its number, its label or the beginning of it."""
    word = fold(text)
    if number := re.fullmatch(r"(?:no |number |option |answer )?(\d{1,3})", word, re.ASCII):
        found = [choice.id for choice in choices if choice.number == int(number.group(1))]
        return Picked(tuple(found), unknown="" if found else text)
    labels = {choice.id: choice.word for choice in choices}
    same = [one for one, label in labels.items() if label == word]
    starts = [one for one, label in labels.items() if word and label.startswith(word)]
    for found in (same, starts):
        if len(found) == 1:
            return Picked((found[0],))
        if found:
            return Picked(near=tuple(found[:4]))
    if word in labels:
        return Picked((word,))
    inside = [choice for choice, label in labels.items() if len(word) > 3 and word in label.split()]
    if len(inside) == 1:
        return Picked((inside[0],))
    if inside:
        return Picked(near=tuple(inside[:4]))
    near = _near(word, labels)
    return Picked(near=near, unknown="" if near else text)


def _near(word: str, labels: dict[str, str]) -> tuple[str, ...]:
    found = process.extract(word, labels, scorer=fuzz.WRatio, score_cutoff=_NEAR, limit=3) if word else []
    # A short text in a long label scores well by chance, so the plain ratio must agree as well.
    return tuple(
        one
        for label, _, one in found
        if max(fuzz.ratio(word, label[: len(word) + 2]), fuzz.ratio(word, label)) >= _NEAR
    )


def pick_several(text: str, choices: Sequence[Listed], joins: Sequence[str]) -> Picked:
    """The choices that a text names: "1, 3 and 5", "2-4", labels between commas, or one of these."""
    joined = "|".join(re.escape(join) for join in joins)
    plain = re.sub(rf"(?:(?<=\s)|(?<=\d)|^)(?:{joined})(?=\s|\d|$)", ",", text.casefold())
    if re.fullmatch(r"[0-9\s,;./\-–]*[0-9][0-9\s,;./\-–]*", plain):
        return _numbers(plain, choices)
    whole = pick_one(text, choices)
    if whole.ids:
        return whole
    meant: list[tuple[str, ...]] = []
    sure = True
    for part in _parts(text, choices, joined):
        picked = pick_one(part, choices)
        if not picked.ids and not picked.near:
            return Picked(unknown=part.strip())
        sure = sure and bool(picked.ids)
        meant.append(picked.ids or picked.near)
    if not meant:
        return Picked(unknown=text)
    lists = tuple(tuple(dict.fromkeys(one)) for one in islice(product(*meant), _MOST))
    return Picked(lists[0]) if sure else Picked(together=lists)


def _numbers(plain: str, choices: Sequence[Listed]) -> Picked:
    ids = {choice.number: choice.id for choice in choices}
    found: list[str] = []
    for low, high in re.findall(r"([0-9]{1,3})(?:\s*[-–]\s*([0-9]{1,3}))?", plain):
        span = range(int(low), int(high or low) + 1)
        if not span or any(number not in ids for number in span):
            return Picked(unknown=f"{low}-{high}" if high else low)
        found += [ids[number] for number in span]
    return Picked(tuple(dict.fromkeys(found)))


def _parts(text: str, choices: Sequence[Listed], joined: str) -> list[str]:
    """Split at commas and lines; at "and" only where a part is no label by itself ("Grief and loss")."""
    parts: list[str] = []
    for part in re.split(r"[,;\n]+", text):
        if not part.strip():
            continue
        if pick_one(part, choices).ids:
            parts.append(part)
        else:
            parts += [
                piece for piece in re.split(rf"\s+(?:{joined})\s+|/", part, flags=re.I) if piece.strip()
            ]
    return list(dict.fromkeys(parts))
