"""Preferences asked for and met: what a match is judged by afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass

from matching.profile import ClientNeeds, Strength, TherapistProfile

Wishes = dict[str, tuple[bool, Strength]]
"""Name of a stated preference to whether it is met, and how strong it is."""


@dataclass(frozen=True)
class Met:
    """Names of the preferences that a client stated, and of those that the therapist meets."""

    asked: frozenset[str]
    met: frozenset[str]


@dataclass(frozen=True)
class Share:
    """Preferences over many matches."""

    asked: int
    met: int
    matches: int

    @property
    def percent(self) -> float:
        """Share met, 0 to 100; 100 if nothing was asked."""
        return 100.0 * self.met / self.asked if self.asked else 100.0


def cultures(names: Iterable[str]) -> frozenset[str]:
    """Names of cultures in the form in which they are compared."""
    return frozenset(name.strip().casefold() for name in names)


def wishes(needs: ClientNeeds, therapist: TherapistProfile) -> Wishes:
    """Each preference that the client stated: whether it is met, and how strong it is.

    What a therapist left open is not met.
    """
    want = needs.preferences
    found: Wishes = {}
    if want.gender:
        found["gender"] = (therapist.gender in want.gender, want.gender_strength)
    if want.age:
        found["age"] = (therapist.age in want.age, want.age_strength)
    if want.faith:
        found["faith"] = (therapist.faith in want.faith, want.faith_strength)
    if want.lgbtqia:
        found["lgbtqia"] = (therapist.lgbtqia, want.lgbtqia_strength)
    if want.culture:
        shared = bool(cultures(want.culture) & cultures(therapist.cultures))
        found["culture"] = (shared, want.culture_strength)
    if want.approaches:
        found["approach"] = (bool(want.approaches & therapist.approaches), Strength.SOFT)
    if needs.specialties:
        found["specialty"] = (needs.specialties <= therapist.specialties, needs.specialties_strength)
    if needs.budget is not None:
        found["cost"] = (_affordable(needs, therapist), needs.budget_strength)
    return found


def _affordable(needs: ClientNeeds, therapist: TherapistProfile) -> bool:
    if therapist.cost is None or therapist.cost == 0:
        return True
    return (
        needs.budget is not None and therapist.currency == needs.currency and therapist.cost <= needs.budget
    )


def preferences(needs: ClientNeeds, therapist: TherapistProfile) -> Met:
    """The stated preferences and those met, hard and soft."""
    stated = wishes(needs, therapist)
    return Met(frozenset(stated), frozenset(name for name, (met, _) in stated.items() if met))


def total(matches: Iterable[Met], minimum: int = 10) -> Share | None:
    """The figure over many matches; None below `minimum` matches, so that it shows nobody's own wishes."""
    all_of_them = list(matches)
    if len(all_of_them) < minimum:
        return None
    return Share(
        asked=sum(len(one.asked) for one in all_of_them),
        met=sum(len(one.met) for one in all_of_them),
        matches=len(all_of_them),
    )


__all__ = ["Met", "Share", "Wishes", "cultures", "preferences", "total", "wishes"]
