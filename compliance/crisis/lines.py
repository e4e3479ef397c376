"""Crisis lines and emergency numbers by country: data of `config/crisis/lines.yaml`, as a card."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

FILE = Path(__file__).parents[2] / "config" / "crisis" / "lines.yaml"
MONTHS = 12
"""After so many months an entry has to be looked at again."""


class LinesError(ValueError):
    """The file of lines is wrong; the message names the entry and what is missing."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """One emergency number, and for whom: anything, an ambulance, or the police."""

    number: str
    service: Literal["any", "ambulance", "police"] = "any"


@dataclass(frozen=True, slots=True)
class Line:
    """A crisis line and its ways. An empty string is a way that it does not have (or nobody confirmed)."""

    name: str
    languages: tuple[str, ...]
    source: str
    second_source: str
    verified_on: date
    call: str = ""
    also: str = ""
    """A second number of the same line."""
    text: str = ""
    text_word: str = ""
    """The word to send to `text`, if one is asked for."""
    whatsapp: str = ""
    chat: str = ""
    """Address of a chat in the browser."""
    sign: str = ""
    """Address where signers find a video call."""
    always: bool = False
    """Open day and night."""
    hours: str = ""
    """Local opening hours, if not always open."""


@dataclass(frozen=True, slots=True)
class Card:
    """What to show to a person in one country. `known` is False where no country was given or its numbers
    are not confirmed: then `emergency` is empty or general, and the directory leads on."""

    country: str | None
    emergency: tuple[Emergency, ...]
    lines: tuple[Line, ...]
    directory: str
    known: bool
    emergency_text: str = ""
    """Number that takes emergencies by text message, for people who cannot hear or speak."""
    emergency_text_register: bool = False
    """Whether the phone has to be registered with it first."""


@dataclass(frozen=True, slots=True)
class _Lines:
    directory: str
    emergency: dict[str, tuple[Emergency, ...]]
    by_text: dict[str, dict[str, Any]]
    lines: dict[str, tuple[Line, ...]] = field(default_factory=dict[str, tuple[Line, ...]])
    emergency_verified_on: date = date.min


def card(country: str | None, language: str | None) -> Card:
    """The card for a country (ISO 3166-1 alpha-2, any case); lines in the person's language first."""
    data = _lines()
    code = country.upper() if country else None
    emergency = data.emergency.get(code or "", ())
    wanted = (language or "").lower().split("-")[0]
    found = sorted(data.lines.get(code or "", ()), key=lambda line: wanted not in line.languages)
    text = data.by_text.get(code or "", {})
    return Card(
        country=code,
        emergency=emergency,
        lines=tuple(found),
        directory=data.directory,
        known=bool(emergency),
        emergency_text=str(text.get("to", "")),
        emergency_text_register=bool(text.get("register", False)),
    )


def countries() -> tuple[str, ...]:
    """The countries of which at least the emergency number is known."""
    return tuple(sorted(_lines().emergency))


def stale(today: date) -> list[str]:
    """What was last verified more than twelve months ago: "US: Crisis Text Line, verified 2025-01-02"."""
    data = _lines()
    out: list[str] = []
    if _months(data.emergency_verified_on, today) >= MONTHS:
        out.append(f"emergency numbers, verified {data.emergency_verified_on}")
    out.extend(
        f"{code}: {line.name}, verified {line.verified_on}"
        for code, lines in sorted(data.lines.items())
        for line in lines
        if _months(line.verified_on, today) >= MONTHS
    )
    return out


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


@cache
def _lines() -> _Lines:
    return read(FILE)


def read(path: Path) -> _Lines:
    """Read a file of lines. Raises LinesError naming the entry."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    numbers: dict[str, tuple[Emergency, ...]] = {}
    for number, codes in data["emergency"]["any"].items():
        for code in str(codes).split():
            numbers[code] = tuple(Emergency(one.strip()) for one in str(number).split(" or "))
    for code, (ambulance, police) in data["emergency"]["apart"].items():
        numbers[code] = (Emergency(ambulance, "ambulance"), Emergency(police, "police"))
    lines = {
        str(code): tuple(_line(str(code), entry) for entry in entries)
        for code, entries in data["lines"].items()
    }
    for code in lines:
        if code not in numbers:
            raise LinesError(f"{code} has crisis lines but no emergency number; add it below emergency")
    return _Lines(
        str(data["directory"]), numbers, data["emergency"]["by_text"], lines, data["emergency"]["verified_on"]
    )


def _line(code: str, entry: dict[str, Any]) -> Line:
    name = str(entry.get("name", "?"))
    for key in ("name", "languages", "source", "second_source", "verified_on"):
        if not entry.get(key):
            raise LinesError(f"{code}: {name}: {key} is missing; every line needs two sources and a date")
    text: dict[str, Any] = entry.get("text") or {}
    line = Line(
        name=name,
        languages=tuple(entry["languages"]),
        source=str(entry["source"]),
        second_source=str(entry["second_source"]),
        verified_on=entry["verified_on"],
        text=str(text.get("to", "")),
        text_word=str(text.get("word", "")),
        always=bool(entry.get("always", False)),
        **{key: str(entry.get(key, "")) for key in ("call", "also", "whatsapp", "chat", "sign", "hours")},
    )
    if not (line.call or line.text or line.chat or line.whatsapp):
        raise LinesError(f"{code}: {name} has no way to reach it: call, text, whatsapp or chat")
    return line
