"""Which boundaries a message in a pair's room touches. Pure; what is done about it is `bot.care.conduct`."""

from bot.routing.situation import PairRoom
from compliance.boundaries import LinkFinding, Touch, judge, links, touched
from compliance.crisis import Severity, screen

Found = tuple[tuple[Touch, ...], tuple[LinkFinding, ...], tuple[str, ...]]
"""Boundaries touched, links to be warned of, topics kept for sessions."""


def conduct(words: str, pair: PairRoom, language: str) -> Found:
    """What the words of one of the two touch. Words of crisis bring no nudge, whoever wrote them, and whether
    or not they are answered with a card."""
    found = judge(words, pair.writer, language)
    kept = touched(words, pair.kept)
    if (found or kept) and screen(words, language).severity > Severity.none:
        found, kept = tuple(one for one in found if one.grave), ()
    return found, links(words, pair.hosts), kept
