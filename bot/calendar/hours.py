"""Opening hours as people write them, read into a `Week`.

"Mon-Thu 9-17, Fri 9-12", "weekdays 9am-5pm", "every day 8-12 and 14-18, Sun closed". What could mean
two things is asked again rather than guessed.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError

from matching.week import DAY, Span, Week, merged, without

HoursProblem = Literal[
    "empty", "too-long", "unknown", "days-missing", "times-missing", "bad-time", "ambiguous", "backwards"
]

_LONGEST = 500
_OVERNIGHT = 12 * 60
_ALL_DAYS = frozenset(range(7))


class HoursError(ValueError):
    """Hours that were not understood. `kind` names the text `calendar-hours-error-<kind>`."""

    def __init__(self, kind: HoursProblem, part: str = "") -> None:
        super().__init__(kind)
        self.kind: HoursProblem = kind
        self.part = part
        """What was not understood, as the person wrote it (shortened)."""


@dataclass(frozen=True)
class _Days:
    days: frozenset[int]
    single: bool = False


@dataclass(frozen=True)
class _Clock:
    hour: int
    minute: int
    half: Literal["am", "pm"] | None
    exact: bool
    """Written so that only the 24-hour clock can be meant, such as 08:00 or 17."""
    text: str


_Mark = Literal["-", ",", "closed", "except", "all-day"]
_Token = _Days | _Clock | _Mark

_DAY_WORDS: dict[str, frozenset[int]] = {
    "everyday": _ALL_DAYS,
    "daily": _ALL_DAYS,
    "täglich": _ALL_DAYS,
    "weekdays": frozenset(range(5)),
    "weekday": frozenset(range(5)),
    "workdays": frozenset(range(5)),
    "werktags": frozenset(range(5)),
    "weekends": frozenset({5, 6}),
    "weekend": frozenset({5, 6}),
}
_EXTRA_DAYS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3, "m": 0}
_MARKS: dict[str, _Mark] = {
    **dict.fromkeys(("to", "until", "till", "through", "thru", "bis", "-"), "-"),
    **dict.fromkeys((",", ";", "/", "&", "+", "and", "plus", "then", "und", "also", ":"), ","),
    **dict.fromkeys(("closed", "off", "free", "none", "never", "geschlossen"), "closed"),
    **dict.fromkeys(("except", "excluding", "without", "but", "not", "break", "lunch"), "except"),
    "allday": "all-day",
}
_FILLERS = frozenset(
    """from on at the a an i im work working available hours uhr h oclock o clock between with for of my are
    is only each every day days""".split()  # noqa: SIM905
)
_PHRASES = (
    (r"\b(?:every|each|all|7)\s*(?:single\s+)?days?\b(?!\s+long)", "everyday"),
    (r"\b(?:working|work|business|week)[\s-]days?\b", "weekdays"),
    (r"\bweek-ends?\b", "weekend"),
    (r"\b24\s*/\s*7\b", "everyday allday"),
    (r"\b(?:all\s+day(?:\s+long)?|24\s*h(?:ours|rs)?|around\s+the\s+clock)\b", "allday"),
    (r"\b(?:lunch(?:\s+break)?|a\s+break|pause)\b", "break"),
    (r"\b12\s*(?:noon|midday)\b|\b(?:noon|midday)\b", "12:00"),
    (r"\b12\s*midnight\b|\bmidnight\b", "midnight"),
    (r"\b([ap])\.\s?m\b\.?", r"\1m"),
    (r"\bo['’]\s?clock\b|\bi['’]m\b", " "),
)
_TOKEN = re.compile(
    r"(?P<clock>(?P<h>\d{4}(?!\d)|\d{1,2})(?:[:.h](?P<m>\d{2})(?!\d))?\s*(?P<half>[ap]m?\b)?)"
    r"|(?P<word>[^\W\d_]+)|(?P<sign>[-,;/&+:])|(?P<space>[\s.()]+)|(?P<other>.)"
)


def parse_hours(text: str, language: str = "en") -> Week:
    """Read opening hours. Day names may be English or of the person's language.

    A later, narrower group replaces what an earlier, wider one said of a day ("Mon-Fri 9-17, Fri 9-12").
    Hours past midnight belong to the next day. Raises HoursError.
    """
    return _Reading(_tokens(text, language)).week()


def _tokens(text: str, language: str) -> list[_Token]:
    if len(text) > _LONGEST:
        raise HoursError("too-long", str(_LONGEST))
    clean = unicodedata.normalize("NFKC", text).casefold()
    clean = re.sub(r"\s*[‐-―−~]\s*", "-", clean)
    for pattern, plain in _PHRASES:
        clean = re.sub(pattern, plain, clean)
    names = _day_names(language)
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(clean):
        if match["clock"]:
            tokens.append(_clock(match))
        elif match["word"]:
            piece = _word(match["word"], names)
            if piece is not None:
                tokens.append(piece)
        elif match["sign"]:
            tokens.append(_MARKS[match["sign"]])
        elif match["other"]:
            raise HoursError("unknown", match["other"])
    if not any(not isinstance(piece, str) or piece == "all-day" for piece in tokens):
        raise HoursError("empty" if not clean.strip() else "unknown", clean.strip()[:40])
    return tokens


def _word(word: str, names: dict[str, int]) -> _Token | None:
    if word == "midnight":
        return _Clock(0, 0, None, True, word)
    if word in _DAY_WORDS:
        return _Days(_DAY_WORDS[word])
    if word in _MARKS:
        return _MARKS[word]
    for name in (word, word.removesuffix("s")):
        if name in names:
            return _Days(frozenset({names[name]}), single=True)
    if word in _FILLERS:
        return None
    raise HoursError("unknown", word[:40])


def _clock(match: re.Match[str]) -> _Clock:
    digits, minutes = match["h"], match["m"]
    if len(digits) == 4:
        hour, minute = int(digits[:2]), int(digits[2:])
    else:
        hour, minute = int(digits), int(minutes or 0)
    half: Literal["am", "pm"] | None = None
    if match["half"]:
        half = "am" if match["half"].startswith("a") else "pm"
    shown = match["clock"].strip()
    if minute > 59 or hour > 24 or (hour == 24 and minute) or (half and not 1 <= hour <= 12):
        raise HoursError("bad-time", shown)
    exact = half is None and (hour > 12 or hour == 0 or digits.startswith("0"))
    return _Clock(hour, minute, half, exact, shown)


def _minutes(clock: _Clock, half: Literal["am", "pm"] | None) -> int:
    hour = clock.hour
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    return hour * 60 + clock.minute


def _span(start: _Clock, end: _Clock) -> Span:
    """Start and end in minutes; the end lies beyond 1440 where the hours go past midnight."""
    shown = f"{start.text}-{end.text}"
    low, high = _minutes(start, start.half), _minutes(end, end.half)
    if start.half is None and not start.exact and end.half is not None:
        afternoon = _minutes(start, "pm")
        low = afternoon if end.half == "pm" and afternoon < high else _minutes(start, "am")
        if start.hour == 12 and end.half == "pm":
            low = 12 * 60 + start.minute
    elif end.half is None and not end.exact and not start.exact and low < _minutes(end, "pm") and high <= low:
        high = _minutes(end, "pm")
    elif start.half is None and end.half is None and not start.exact and not end.exact and start.hour < 6:
        raise HoursError("ambiguous", shown)
    if high == 0:
        high = DAY
    if high <= low:
        high += DAY
        if high - low > _OVERNIGHT:
            raise HoursError("backwards", shown)
    return (low, high)


class _Reading:
    """One pass over the tokens, group by group: some days, then their hours."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._spans: dict[int, list[Span]] = {day: [] for day in range(7)}
        self._width: dict[int, int] = {}

    def week(self) -> Week:
        while self._peek() is not None:
            days = self._days()
            said, spans, holes = self._times()
            if not days and said:
                days = self._days()  # "9-17 Mon-Fri"
            if not said and days:
                raise HoursError("times-missing")
            if not days:
                raise HoursError("days-missing" if said else "unknown")
            self._put(days, spans, holes)
        hours: list[tuple[Span, ...]] = []
        for day in range(7):
            own = [(low, min(high, DAY)) for low, high in self._spans[day]]
            late = [(0, high - DAY) for _, high in self._spans[(day - 1) % 7] if high > DAY]
            hours.append(merged([*own, *late]))
        return Week.model_validate({"days": tuple(hours)})

    def _peek(self, ahead: int = 0) -> _Token | None:
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else None

    def _days(self) -> frozenset[int]:
        found: frozenset[int] = frozenset()
        taking = True
        while (piece := self._peek()) is not None:
            if isinstance(piece, _Days):
                days = piece.days
                last = self._peek(2)
                if piece.single and self._peek(1) == "-" and isinstance(last, _Days) and last.single:
                    (low,), (high,) = piece.days, last.days
                    days = frozenset((low + step) % 7 for step in range((high - low) % 7 + 1))
                    self._at += 2
                found = found | days if taking else found - days
            elif piece == "except" and isinstance(self._peek(1), _Days):
                taking = False
            elif piece not in (",", "-"):
                break
            self._at += 1
        return found

    def _times(self) -> tuple[bool, list[Span], list[Span]]:
        said, taking = False, True
        spans: list[Span] = []
        holes: list[Span] = []
        while (piece := self._peek()) is not None:
            if isinstance(piece, _Days):
                break
            if isinstance(piece, _Clock):
                end = self._peek(2)
                if self._peek(1) != "-" or not isinstance(end, _Clock):
                    raise HoursError("bad-time", piece.text)
                (spans if taking else holes).append(_span(piece, end))
                said = True
                self._at += 2
            elif piece == "all-day":
                spans.append((0, DAY))
                said = True
            elif piece == "closed":
                said = True
            elif piece == "except":
                if isinstance(self._peek(1), _Days):
                    break
                taking = False
            self._at += 1
        return said, spans, holes

    def _put(self, days: frozenset[int], spans: list[Span], holes: list[Span]) -> None:
        if holes:
            spans = list(without(spans, holes))
        for day in days:
            if not spans or len(days) < self._width.get(day, 0):
                self._spans[day] = []
            self._spans[day].extend(spans)
            self._width[day] = len(days)


@lru_cache(maxsize=64)
def _day_names(language: str) -> dict[str, int]:
    names: dict[str, int] = dict(_EXTRA_DAYS)
    for code in dict.fromkeys(("de", "fr", "es", "pt", "it", "nl", language, "en")):
        try:
            days = Locale.parse(code.replace("-", "_")).days
        except (UnknownLocaleError, ValueError):
            continue
        own = {
            name.casefold().strip(". "): day
            for context in ("format", "stand-alone")
            for width in ("wide", "abbreviated", "short")
            for day, name in days[context][width].items()
        }
        names.update({name: day for name, day in own.items() if name})
    return {name: day for name, day in names.items() if name not in _MARKS and not name.isspace()}


@dataclass(frozen=True)
class HoursLine:
    """Neighbouring days with the same hours: weekday numbers (Monday 0) and spans in minutes."""

    first: int
    last: int
    spans: tuple[Span, ...]


def describe(week: Week) -> tuple[HoursLine, ...]:
    """The open days, neighbours with the same hours together; `say.hours` makes words of it."""
    lines: list[HoursLine] = []
    for day, spans in enumerate(week.days):
        if not spans:
            continue
        if lines and lines[-1].last == day - 1 and lines[-1].spans == spans:
            lines[-1] = HoursLine(lines[-1].first, day, spans)
        else:
            lines.append(HoursLine(day, day, spans))
    return tuple(lines)


__all__ = ["HoursError", "HoursLine", "HoursProblem", "Span", "Week", "describe", "parse_hours"]
