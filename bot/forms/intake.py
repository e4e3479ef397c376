"""A finished intake as matching reads it."""

from collections.abc import Mapping

from bot.forms.conditions import Value
from matching.profile import (
    AgeRange,
    ClientNeeds,
    Concern,
    Faith,
    Gender,
    PartOfDay,
    Preferences,
    Strength,
    Way,
    week_of,
)

Answers = Mapping[str, Value]


def needs(answers: Answers) -> ClientNeeds:
    """What a client looks for. Raises pydantic.ValidationError where a required answer is missing."""
    return ClientNeeds(
        country=text(answers, "country"),
        region=text(answers, "region") or None,
        zone=text(answers, "zone"),
        languages=several(answers, "languages"),
        concerns=frozenset(Concern(one) for one in several(answers, "concerns")),
        specialties=frozenset(Concern(one) for one in several(answers, "specialties")),
        specialties_strength=_strength(answers, "specialties"),
        ways=frozenset(Way(one) for one in several(answers, "ways")),
        available=week_of({PartOfDay(one) for one in several(answers, "available")}),
        preferences=_preferences(answers),
    )


def name(answers: Answers) -> str:
    """What the client wants to be called; empty if they left it out."""
    return " ".join(text(answers, "name").split())


def _preferences(answers: Answers) -> Preferences:
    return Preferences(
        gender=frozenset(Gender(one) for one in _wished(answers, "gender")),
        gender_strength=_strength(answers, "gender"),
        age=frozenset(AgeRange(one) for one in _wished(answers, "age")),
        age_strength=_strength(answers, "age"),
        faith=frozenset(Faith(one) for one in _wished(answers, "faith")),
        faith_strength=_strength(answers, "faith"),
        lgbtqia=answers.get("lgbtqia") == "yes",
        lgbtqia_strength=_strength(answers, "lgbtqia"),
        culture=listed(answers, "culture"),
        culture_strength=_strength(answers, "culture"),
    )


def _wished(answers: Answers, question: str) -> tuple[str, ...]:
    return tuple(one for one in several(answers, question) if one != "any")


def _strength(answers: Answers, question: str) -> Strength:
    # Left out means that it does not decide who can be suggested at all.
    return Strength.HARD if answers.get(f"{question}-strength") == "hard" else Strength.SOFT


def text(answers: Answers, question: str) -> str:
    """A single answer as text; empty if it was left out."""
    return str(answers.get(question, ""))


def several(answers: Answers, question: str) -> tuple[str, ...]:
    """The answers to a question that takes several; none if it was left out."""
    value = answers.get(question, ())
    return (str(value),) if isinstance(value, str | int) else tuple(str(one) for one in value)


def listed(answers: Answers, question: str) -> frozenset[str]:
    """The parts of a text that lists things with commas, in lower case."""
    parts = text(answers, question).replace(";", ",").replace("\n", ",").split(",")
    return frozenset(" ".join(part.casefold().split()) for part in parts if part.strip())
