"""Who looks for help and who offers it, as far as matching needs to know.

The values of the enums are the answer ids of the intake and application forms. They are also the
ends of the Fluent keys that show them: `match-concern-anxiety`, `match-way-video`.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from matching.week import Week


class Concern(StrEnum):
    """What somebody wants help with; also a therapist's specialties."""

    ANXIETY = "anxiety"
    DEPRESSION = "depression"
    STRESS = "stress"
    BURNOUT = "burnout"
    GRIEF = "grief"
    RELATIONSHIPS = "relationships"
    FAMILY = "family"
    PARENTING = "parenting"
    TRAUMA = "trauma"
    SLEEP = "sleep"
    SELF_ESTEEM = "self-esteem"
    ANGER = "anger"
    EATING = "eating"
    BODY_IMAGE = "body-image"
    ADDICTION = "addiction"
    OCD = "ocd"
    PANIC = "panic"
    BIPOLAR = "bipolar"
    ADHD = "adhd"
    AUTISM = "autism"
    SELF_HARM = "self-harm"
    PSYCHOSIS = "psychosis"
    CHRONIC_ILLNESS = "chronic-illness"
    LIFE_CHANGES = "life-changes"
    WORK = "work"
    LONELINESS = "loneliness"
    IDENTITY = "identity"
    SEXUALITY = "sexuality"
    ABUSE = "abuse"
    MIGRATION = "migration"
    FAITH = "faith"
    OTHER = "other"


class Approach(StrEnum):
    """A school or method of therapy."""

    CBT = "cbt"
    DBT = "dbt"
    ACT = "act"
    PSYCHODYNAMIC = "psychodynamic"
    PERSON_CENTRED = "person-centred"
    SYSTEMIC = "systemic"
    EMDR = "emdr"
    SCHEMA = "schema"
    SOLUTION_FOCUSED = "solution-focused"
    MOTIVATIONAL = "motivational"
    MINDFULNESS = "mindfulness"
    INTERPERSONAL = "interpersonal"
    GESTALT = "gestalt"
    NARRATIVE = "narrative"
    OTHER = "other"


class Way(StrEnum):
    """A way of meeting."""

    MESSAGE = "message"
    CHAT = "chat"
    VOICE = "voice"
    VIDEO = "video"


class Gender(StrEnum):
    WOMAN = "woman"
    MAN = "man"
    NONBINARY = "nonbinary"


class AgeRange(StrEnum):
    """How old a therapist is, in years."""

    UNDER_35 = "under-35"
    FROM_35_TO_49 = "35-49"
    FROM_50_TO_64 = "50-64"
    FROM_65 = "65-over"


class Faith(StrEnum):
    BUDDHIST = "buddhist"
    CHRISTIAN = "christian"
    HINDU = "hindu"
    JEWISH = "jewish"
    MUSLIM = "muslim"
    SIKH = "sikh"
    NONE = "none"
    OTHER = "other"


class PartOfDay(StrEnum):
    """When somebody has time, on their own wall clock; the hours are in `HOURS_OF_PART`."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"
    WEEKEND = "weekend"
    ANY = "any"


class Strength(StrEnum):
    """A hard wish decides who can be proposed at all; a soft one only the order."""

    HARD = "hard"
    SOFT = "soft"


class LicenceType(StrEnum):
    """The profession that a licence is for. Only psychologists come under PSYPACT, only professional
    counsellors under the Counseling Compact."""

    PSYCHOLOGIST = "psychologist"
    COUNSELLOR = "counsellor"
    SOCIAL_WORKER = "social-worker"
    FAMILY_THERAPIST = "family-therapist"
    PSYCHOTHERAPIST = "psychotherapist"
    PSYCHIATRIST = "psychiatrist"
    OTHER = "other"


class Authority(StrEnum):
    """A right to practise across borders that a person was granted beside the licence itself."""

    PSYPACT_APIT = "psypact-apit"
    """PSYPACT's authority to practise interjurisdictional telepsychology."""
    COUNSELING_PRIVILEGE = "counseling-privilege"
    """A privilege to practise under the Counseling Compact, granted for one remote state."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _parts_as_week(value: Any) -> Any:
    if isinstance(value, str | PartOfDay):
        value = (value,)
    if isinstance(value, list | tuple | set | frozenset):
        return week_of({PartOfDay(part) for part in value})  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return value


HOURS_OF_PART: dict[PartOfDay, tuple[int, int]] = {
    PartOfDay.MORNING: (7 * 60, 12 * 60),
    PartOfDay.AFTERNOON: (12 * 60, 17 * 60),
    PartOfDay.EVENING: (17 * 60, 22 * 60),
    PartOfDay.NIGHT: (22 * 60, 24 * 60),
}
"""Minutes after local midnight."""

_WAKING = (7 * 60, 22 * 60)


def week_of(parts: set[PartOfDay]) -> Week:
    """The hours that somebody means who names parts of the day.

    "weekend" alone is Saturday and Sunday; together with parts of the day it adds the weekend to them,
    which otherwise mean every day.
    """
    spans = [HOURS_OF_PART[part] for part in parts if part in HOURS_OF_PART]
    if PartOfDay.ANY in parts or not parts:
        spans.append(_WAKING)
    days = [tuple(spans) for _ in range(7)]
    if PartOfDay.WEEKEND in parts:
        days[5:] = [(_WAKING,), (_WAKING,)]
    return Week.model_validate({"days": tuple(days)})


class Preferences(_Frozen):
    """What the client would like of a therapist. An empty set means that it does not matter."""

    gender: frozenset[Gender] = frozenset()
    gender_strength: Strength = Strength.SOFT
    age: frozenset[AgeRange] = frozenset()
    age_strength: Strength = Strength.SOFT
    faith: frozenset[Faith] = frozenset()
    faith_strength: Strength = Strength.SOFT
    lgbtqia: bool = False
    """Wants somebody with experience in working with LGBTQIA+ people."""
    lgbtqia_strength: Strength = Strength.SOFT
    culture: frozenset[str] = frozenset()
    """Cultures in plain words of the forms, compared without regard to case."""
    culture_strength: Strength = Strength.SOFT
    approaches: frozenset[Approach] = frozenset()
    """Always soft: people rarely know before they begin which one would help them."""


class ClientNeeds(_Frozen):
    """What a client looks for. Made from a finished intake."""

    country: str = Field(pattern=r"^[A-Z]{2}$")
    """Where the client is now, ISO 3166-1 alpha-2: the place that decides about licences."""
    region: str | None = Field(default=None, pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")
    """ISO 3166-2, where licences are regional."""
    zone: str
    """IANA."""
    languages: tuple[str, ...] = Field(min_length=1)
    """Language codes in which the client can have therapy, the best first."""
    concerns: frozenset[Concern] = frozenset()
    specialties: frozenset[Concern] = frozenset()
    """Specialties that were asked for by name, beyond the concerns."""
    specialties_strength: Strength = Strength.SOFT
    ways: frozenset[Way] = frozenset()
    """Ways of meeting that suit; any of them will do. Empty: all."""
    available: Annotated[Week, BeforeValidator(_parts_as_week)] = Field(
        default_factory=lambda: week_of({PartOfDay.ANY})
    )
    """When the client has time, on their own wall clock. Parts of the day are read too."""
    preferences: Preferences = Preferences()
    session_minutes: int | None = Field(default=None, ge=10, le=180)
    budget: int | None = Field(default=None, ge=0)
    """The most that a session may cost, in whole units of `currency`."""
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    budget_strength: Strength = Strength.SOFT
    declined: frozenset[str] = frozenset()
    """Person ids of therapists who declined, or whom the client does not want again."""


class Licence(_Frozen):
    """A licence to practise, as the therapist stated it and the operator checked it."""

    type: LicenceType
    number: str = Field(min_length=1, max_length=60)
    country: str = Field(pattern=r"^[A-Z]{2}$")
    region: str | None = Field(default=None, pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")
    """Only where licences are regional (US, CA, AU by state or province)."""
    expires: date | None = None
    """The last day on which it holds; None where the register gives no end."""
    verified: bool = False
    """A person of the operator compared it with the public register."""
    authorities: frozenset[Authority] = frozenset()
    authority_regions: frozenset[str] = frozenset()
    """Remote states (ISO 3166-2) for which a Counseling Compact privilege was granted."""
    authority_expires: date | None = None


class TherapistProfile(_Frozen):
    """A therapist who may be proposed to clients. Made from a vetted application."""

    id: str
    """Person id."""
    name: str
    """Display name, as shown to clients."""
    licences: tuple[Licence, ...] = ()
    specialties: frozenset[Concern] = frozenset()
    approaches: frozenset[Approach] = frozenset()
    languages: tuple[str, ...] = Field(min_length=1)
    gender: Gender | None = None
    age: AgeRange | None = None
    faith: Faith | None = None
    lgbtqia: bool = False
    """Has experience in working with LGBTQIA+ people."""
    cultures: frozenset[str] = frozenset()
    capacity: int = Field(default=0, ge=0)
    """How many clients at most."""
    clients: int = Field(default=0, ge=0)
    """How many now, offers that are not answered yet included."""
    ways: frozenset[Way] = frozenset({Way.MESSAGE})
    week: Week = Week()
    zone: str = "UTC"
    """IANA."""
    cost: int | None = Field(default=None, ge=0)
    """What a session costs, in whole units of `currency`; None: nothing is charged by session."""
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    session_minutes: int = Field(default=45, ge=10, le=180)
    accepting: bool = True


__all__ = [
    "HOURS_OF_PART",
    "AgeRange",
    "Approach",
    "Authority",
    "ClientNeeds",
    "Concern",
    "Faith",
    "Gender",
    "Licence",
    "LicenceType",
    "PartOfDay",
    "Preferences",
    "Strength",
    "TherapistProfile",
    "Way",
    "Week",
    "week_of",
]
