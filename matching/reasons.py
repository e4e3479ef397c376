"""Why two people were brought together, as data that Fluent makes words of.

What the client hears names only what a therapist's profile card shows; wishes about age, faith or
culture are only counted. What the therapist hears names only what the needs that they read say
anyway: never a wish about the therapist's person, the budget, the place, or who was asked before.
"""

from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from babel.lists import format_list

from config.places import language_name
from config.words import Words

Value = str | int | tuple[str, ...]


@dataclass(frozen=True)
class Reason:
    """A text key and its arguments. A tuple holds ids of choices, whose labels are put in a list."""

    key: str
    args: tuple[tuple[str, Value], ...] = ()


def reason(name: str, **args: Value) -> Reason:
    """The reason with the key `match-reason-<name>`."""
    return Reason(f"match-reason-{name}", tuple(sorted(args.items())))


def say(words: Words, language: str, one: Reason) -> str:
    """The reason in the reader's language."""
    ready: dict[str, str | int] = {}
    for name, value in one.args:
        if isinstance(value, tuple):
            ready[name] = _list([_label(words, language, name, choice) for choice in value], language)
        elif name == "language":
            ready[name] = language_name(str(value), language)
        else:
            ready[name] = value
    return words.say(language, one.key, **ready)


def _label(words: Words, language: str, name: str, choice: str) -> str:
    return words.say(language, f"match-{name}-{choice}")


def _list(labels: list[str], language: str) -> str:
    try:
        return format_list(labels, locale=Locale.parse(language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return format_list(labels, locale="en")


__all__ = ["Reason", "Value", "reason", "say"]
