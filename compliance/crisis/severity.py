"""How grave a message is, and what the screening of one message says. Never the message itself."""

from enum import IntEnum
from typing import Literal, NamedTuple

Category = Literal["suicide", "self-harm", "harm-to-others", "abuse", "medical"]

CATEGORIES: frozenset[str] = frozenset({"suicide", "self-harm", "harm-to-others", "abuse", "medical"})


class Severity(IntEnum):
    """What a person should do about a message; ordered, so that the gravest rule decides.

    none: nothing. concern: a gentle word (passive death wishes, hints). high: card and notice to the
    therapist (active thoughts, urges, being abused, meaning harm). emergency: people are paged (just
    done, in progress, or a plan with means or time).
    """

    none = 0
    concern = 1
    high = 2
    emergency = 3


class Screening(NamedTuple):
    """The result for one message: severity, categories and the names of the rules that fired, gravest
    first. Holds no text, so that it may be kept and logged."""

    severity: Severity
    categories: frozenset[str] = frozenset()
    rules: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.severity is not Severity.none


NOTHING = Screening(Severity.none)
