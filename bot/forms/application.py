"""A therapist's application as matching reads it."""

from datetime import date

from bot.calendar.hours import Week
from bot.forms.intake import Answers, listed, several, text
from matching.profile import (
    AgeRange,
    Approach,
    Authority,
    Concern,
    Faith,
    Gender,
    Licence,
    LicenceType,
    TherapistProfile,
    Way,
)


def profile(answers: Answers, person: str) -> TherapistProfile:
    """The profile of an applicant; licences count as not checked yet.

    Raises pydantic.ValidationError or ValueError where a required answer is missing.
    """
    return TherapistProfile(
        id=person,
        name=" ".join(text(answers, "name").split()),
        licences=_licences(answers),
        specialties=frozenset(Concern(one) for one in several(answers, "specialties")),
        approaches=frozenset(Approach(one) for one in several(answers, "approaches")),
        languages=several(answers, "languages"),
        gender=Gender(text(answers, "gender")) if "gender" in answers else None,
        age=AgeRange(text(answers, "age")) if "age" in answers else None,
        faith=Faith(text(answers, "faith")) if "faith" in answers else None,
        lgbtqia=answers.get("lgbtqia") == "yes",
        cultures=listed(answers, "cultures"),
        capacity=int(text(answers, "capacity")),
        ways=frozenset(Way(one) for one in several(answers, "ways")),
        week=Week.model_validate_json(text(answers, "hours")),
        zone=text(answers, "zone"),
        cost=int(text(answers, "cost")) if "cost" in answers else None,
        currency=text(answers, "currency") or None,
        session_minutes=int(text(answers, "minutes")),
    )


def about(answers: Answers) -> str:
    """What the therapist tells clients about themselves."""
    return text(answers, "about")


def _licences(answers: Answers) -> tuple[Licence, ...]:
    first = _licence(answers, "licence")
    if answers.get("psypact") == "yes":
        first = first.model_copy(update={"authorities": frozenset({Authority.PSYPACT_APIT})})
    if answers.get("licence-more") != "yes":
        return (first,)
    return (first, _licence(answers, "licence2"))


def _licence(answers: Answers, prefix: str) -> Licence:
    expires = text(answers, f"{prefix}-expires")
    return Licence(
        type=LicenceType(text(answers, f"{prefix}-type")),
        number=text(answers, f"{prefix}-number"),
        country=text(answers, f"{prefix}-country"),
        region=text(answers, f"{prefix}-region") or None,
        expires=date.fromisoformat(expires) if expires else None,
    )
