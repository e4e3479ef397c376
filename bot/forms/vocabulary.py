"""The words that always work while a form is open, per language, from `config/forms/words.yaml`."""

from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.forms.plain import fold
from config import packs

Command = Literal["back", "skip", "why", "pause", "resume", "stop", "review", "send", "help"]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Vocabulary(_Strict):
    """What people of one language type."""

    commands: dict[Command, tuple[str, ...]]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    joins: tuple[str, ...]
    """Words between the parts of a list, such as "and"."""


class _Vocabularies(_Strict):
    languages: dict[str, Vocabulary]


@cache
def vocabulary(language: str) -> Vocabulary:
    """The words of a language; of a language without a pack, those of English."""
    known = packs.read("forms/words.yaml", _Vocabularies).languages
    return known.get(language) or known.get(language.split("-")[0]) or known["en"]


@cache
def _commands(language: str) -> dict[str, Command]:
    # English always works too: that is what examples elsewhere may show.
    return {
        fold(word): command
        for tongue in ("en", language)
        for command, words in vocabulary(tongue).commands.items()
        for word in words
    }


def command(text: str, language: str) -> Command | None:
    """The command that the whole text is, if it is one."""
    return _commands(language).get(fold(text)) if len(text) <= 40 else None


def agreed(text: str, language: str) -> bool | None:
    """True for a yes, False for a no, None for anything else."""
    word = fold(text[:80])
    for tongue in (language, "en"):
        words = vocabulary(tongue)
        if word in (fold(one) for one in words.yes):
            return True
        if word in (fold(one) for one in words.no):
            return False
    return None
