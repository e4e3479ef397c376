"""Times of the day as therapists write them: `9:00, 13:00 and 4:30 pm`."""

import re

_TIME = re.compile(r"(?P<h>\d{1,2})(?:[:.h](?P<m>\d{2}))?\s*(?:uhr|o'clock|h)?\s*(?P<half>[ap])?\.?m?\.?")
_BETWEEN = re.compile(r"\s*(?:[,;/&+]|\band\b|\bund\b)\s*")
_MOST = 12


class TimesError(ValueError):
    """Times that were not understood; `part` is what the person wrote, shortened."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def parse_times(text: str) -> tuple[int, ...]:
    """Minutes after midnight, in order. A time without am or pm is of the 24-hour clock.

    Raises TimesError.
    """
    pieces = [piece for piece in _BETWEEN.split(text.casefold().strip(" .")) if piece]
    if not 1 <= len(pieces) <= _MOST:
        raise TimesError(text.strip()[:40])
    return tuple(sorted({_minutes(piece) for piece in pieces}))


def _minutes(piece: str) -> int:
    named = {"noon": 720, "midday": 720, "midnight": 0}
    if piece in named:
        return named[piece]
    match = _TIME.fullmatch(piece.strip())
    if match is None:
        raise TimesError(piece[:40])
    hour, minute, half = int(match["h"]), int(match["m"] or 0), match["half"]
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise TimesError(piece[:40])
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour * 60 + minute


__all__ = ["TimesError", "parse_times"]
