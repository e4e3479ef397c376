"""Ranks the therapists who can be proposed to a client, and says why.

Rules only, the same outcome for the same input. A score of 0 to 100 is made of: concerns and specialties
45, wishes 25, hours in common 20, language 5, ways of meeting 5. Equal scores (to one point) go to whoever
has the most room.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from config.ids import PersonId
from matching.eligibility import today_for, wishes_if_eligible
from matching.figures import Met, Wishes
from matching.licence import LicenceRules, rules
from matching.overlap import shared_minutes
from matching.profile import ClientNeeds, Concern, TherapistProfile, Way
from matching.reasons import Reason, reason

CONCERNS, WISHES, HOURS, LANGUAGE, WAYS = 45.0, 25.0, 20.0, 5.0, 5.0
"""Weights; they add up to 100."""

ENOUGH_HOURS = 600
"""Minutes in common in two weeks beyond which more is no better: room for several choices of a session."""

_LIVE = frozenset({Way.CHAT, Way.VOICE, Way.VIDEO})


@dataclass(frozen=True)
class Match:
    """A therapist to propose. What the client said stays out of its repr."""

    therapist: PersonId
    score: float
    shared_minutes: int
    """In the coming two weeks."""
    preferences: Met = field(repr=False)
    needs: ClientNeeds = field(repr=False, compare=False)
    profile: TherapistProfile = field(repr=False, compare=False)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """For the client: why this therapist."""
        return _for_client(self)

    @property
    def therapist_reasons(self) -> tuple[Reason, ...]:
        """For the therapist: why this client."""
        return _for_therapist(self)

    @property
    def order(self) -> tuple[int, float, float, str]:
        """The first of equal scores is who has the most room; the id only makes it definite."""
        return (-round(self.score), self.profile.clients / self.profile.capacity, -self.score, self.therapist)


def rank(
    needs: ClientNeeds,
    therapists: Iterable[TherapistProfile],
    now: datetime,
    *,
    known: LicenceRules | None = None,
) -> list[Match]:
    """Those who can be proposed, the best first."""
    licence_rules = known or rules()
    on = today_for(needs, now)
    found: list[Match] = []
    for therapist in therapists:
        stated = wishes_if_eligible(needs, therapist, on, licence_rules)
        if stated is not None:
            found.append(_match(needs, therapist, stated, now))
    found.sort(key=lambda one: one.order)
    return found


def _match(needs: ClientNeeds, therapist: TherapistProfile, stated: Wishes, now: datetime) -> Match:
    minutes = shared_minutes(needs.available, needs.zone, therapist.week, therapist.zone, now)
    met = frozenset(name for name, (ok, _) in stated.items() if ok)
    # What was asked for by name counts beside what is a concern, so twice if it is both.
    sought = len(needs.concerns) + len(needs.specialties)
    helped = len(needs.concerns & therapist.specialties) + len(needs.specialties & therapist.specialties)
    best = next(place for place, code in enumerate(needs.languages) if code in therapist.languages)
    by_message = bool(needs.ways) and not needs.ways & _LIVE  # messages need no hours in common
    score = (
        CONCERNS * (helped / sought if sought else 1.0)
        + WISHES * (len(met) / len(stated) if stated else 1.0)
        + HOURS * (1.0 if by_message else min(1.0, minutes / ENOUGH_HOURS))
        + LANGUAGE / (1 + best)
        + WAYS * (len(needs.ways & therapist.ways) / len(needs.ways) if needs.ways else 1.0)
    )
    return Match(
        therapist=PersonId(therapist.id),
        score=round(score, 1),
        shared_minutes=minutes,
        preferences=Met(frozenset(stated), met),
        needs=needs,
        profile=therapist,
    )


def _sought(needs: ClientNeeds, therapist: TherapistProfile) -> tuple[str, ...]:
    shared = (needs.concerns | needs.specialties) & therapist.specialties
    return tuple(one.value for one in Concern if one in shared and one is not Concern.OTHER)


def _language(needs: ClientNeeds, therapist: TherapistProfile) -> str:
    return next(code for code in needs.languages if code in therapist.languages)


def _ways(needs: ClientNeeds, therapist: TherapistProfile) -> tuple[str, ...]:
    return tuple(way.value for way in Way if way in needs.ways and way in therapist.ways)


def _for_client(match: Match) -> tuple[Reason, ...]:
    needs, therapist, met = match.needs, match.profile, match.preferences.met
    found = [reason("licence")]
    if concerns := _sought(needs, therapist):
        found.append(reason("concerns", concern=concerns))
    if "approach" in met:
        shared = needs.preferences.approaches & therapist.approaches
        found.append(reason("approach", approach=tuple(sorted(one.value for one in shared))))
    found += [reason(name) for name in ("gender", "lgbtqia", "cost") if name in met]
    if len(match.preferences.asked) > 1 and met:
        found.append(reason("wishes", met=len(met), asked=len(match.preferences.asked)))
    return (*found, *_common(match))


def _for_therapist(match: Match) -> tuple[Reason, ...]:
    found = [reason("therapist-licence")]
    if concerns := _sought(match.needs, match.profile):
        found.append(reason("therapist-concerns", concern=concerns))
    return (*found, *_common(match))


def _common(match: Match) -> list[Reason]:
    """What both may hear."""
    found = [reason("language", language=_language(match.needs, match.profile))]
    if ways := _ways(match.needs, match.profile):
        found.append(reason("ways", way=ways))
    if match.shared_minutes >= match.profile.session_minutes:
        found.append(reason("hours", hours=max(1, match.shared_minutes // 120)))
    return found


__all__ = ["ENOUGH_HOURS", "Match", "Reason", "rank"]
