"""Whether a therapist may practise where the client is: licence by place, expiry, compacts between states.

A licence is judged where the client is at the time of the session. What is not certain is a no: an
unverified licence, a compact whose date is not confirmed, a place that is not known.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field

from config import packs
from matching.profile import Authority, Licence, LicenceType


class Place(StrEnum):
    """Why a licence doesn't reach the client's place. The ends of keys `match-ineligible-<value>`."""

    NONE = "licence-none"
    ELSEWHERE = "licence-elsewhere"
    REGION_UNKNOWN = "licence-region-unknown"
    UNVERIFIED = "licence-unverified"
    EXPIRED = "licence-expired"
    COMPACT_CLOSED = "licence-compact-closed"
    """A compact would fit, but one of the two states is not (yet) live in it."""
    AUTHORITY_MISSING = "licence-authority-missing"
    """The compact is live in both states, but the therapist has no authority or privilege under it."""
    AUTHORITY_EXPIRED = "licence-authority-expired"


# The nearer a licence comes, the further on: of several reasons the last of these is told.
_NEARNESS = (
    Place.NONE,
    Place.ELSEWHERE,
    Place.COMPACT_CLOSED,
    Place.AUTHORITY_MISSING,
    Place.AUTHORITY_EXPIRED,
    Place.REGION_UNKNOWN,
    Place.UNVERIFIED,
    Place.EXPIRED,
)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Member(_Frozen):
    """A state in a compact. Dates that no source gives are left out."""

    enacted: date | None = None
    """When the state's law was signed."""
    effective: date | None = None
    """Since when the compact can be used there."""
    confirmed: date | None = None
    """By this date sources show it as usable, where none gives the date itself."""

    def live(self, on: date) -> bool:
        """Whether the compact can certainly be used in this state on this day."""
        since = self.effective or self.confirmed
        return since is not None and since <= on


class Compact(_Frozen):
    """An agreement by which a licence of one member state reaches into others."""

    professions: frozenset[LicenceType]
    authority: Authority
    by_state: bool
    """Whether the authority is granted for one remote state at a time."""
    sources: tuple[str, ...] = Field(min_length=1)
    verified_on: date
    members: dict[str, Member]

    def live(self, region: str | None, on: date) -> bool:
        member = self.members.get(region or "")
        return member is not None and member.live(on)


class LicenceRules(_Frozen):
    """Where licences are regional, which of them hold in the whole country all the same, the compacts."""

    regional: dict[str, frozenset[LicenceType]]
    """Country to the professions whose registration there is national."""
    compacts: dict[str, Compact]


@lru_cache(maxsize=1)
def rules() -> LicenceRules:
    """The rules that come with Stillroom, from `config/packs/licences.yaml`."""
    return packs.read("packs/licences.yaml", LicenceRules)


@dataclass(frozen=True)
class Cover:
    """A licence that reaches the client, and how: `licence` or the name of a compact."""

    licence: Licence
    how: str


def cover(
    licences: tuple[Licence, ...], country: str, region: str | None, on: date, known: LicenceRules
) -> Cover | Place:
    """The licence that reaches this place on this day, or why none does."""
    worst = Place.NONE
    for licence in licences:
        found = _cover(licence, country, region, on, known)
        if isinstance(found, Cover):
            return found
        if _NEARNESS.index(found) > _NEARNESS.index(worst):
            worst = found
    return worst


def _cover(
    licence: Licence, country: str, region: str | None, on: date, known: LicenceRules
) -> Cover | Place:
    if licence.country != country:
        return Place.ELSEWHERE
    national = known.regional.get(country)
    if national is None or licence.type in national:
        return _own(licence, on) or Cover(licence, "licence")
    if region is None:
        return Place.REGION_UNKNOWN
    if licence.region == region:
        return _own(licence, on) or Cover(licence, "licence")
    best = Place.ELSEWHERE
    for name, compact in known.compacts.items():
        if licence.type not in compact.professions or region not in compact.members:
            continue
        reason = _own(licence, on) or _compact(licence, compact, region, on)
        if reason is None:
            return Cover(licence, name)
        best = reason
    return best


def _own(licence: Licence, on: date) -> Place | None:
    if licence.expires is not None and licence.expires < on:
        return Place.EXPIRED
    return None if licence.verified else Place.UNVERIFIED


def _compact(licence: Licence, compact: Compact, region: str, on: date) -> Place | None:
    if not compact.live(licence.region, on) or not compact.live(region, on):
        return Place.COMPACT_CLOSED
    if compact.authority not in licence.authorities:
        return Place.AUTHORITY_MISSING
    if compact.by_state and region not in licence.authority_regions:
        return Place.AUTHORITY_MISSING
    if licence.authority_expires is not None and licence.authority_expires < on:
        return Place.AUTHORITY_EXPIRED
    return None


__all__ = ["Compact", "Cover", "LicenceRules", "Member", "Place", "cover", "rules"]
