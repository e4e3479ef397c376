"""Whether a message says that it needs no answer. Only an explicit word does; content is never guessed at."""

import re
from collections.abc import Collection

from bot.routing.situation import plain_words

COMMANDS = ("noreply", "noreplyneeded", "noanswerneeded")
"""The ways to write the command, its name first."""
_BETWEEN = re.compile(r"[.!…;,\n()]+|\s[-–—]+\s")
_QUOTED = re.compile(r"[\"“”„«»]")
_KISSES = re.compile(r"(?:\s+x+o?)+$")
_LONGEST = 4000


def needs_no_answer(text: str, phrases: Collection[str], courtesies: Collection[str]) -> bool:
    """Whether a message ends with one of the phrases, a courtesy such as "good night" after it aside.

    A message that asks something, or in which somebody is quoted, wants an answer.
    """
    if len(text) > _LONGEST or "?" in text or _QUOTED.search(text):
        return False
    for clause in reversed([_KISSES.sub("", plain_words(part)) for part in _BETWEEN.split(text)]):
        if clause in phrases:
            return True
        if clause and clause not in courtesies:
            return False
    return False
