"""Ranks the therapists who can be proposed to a client, and says why.

Rules only, the same outcome for the same input. A score of 0 to 100 is made of: concerns and specialties
45, wishes 25, hours in common 20, language 5, ways of meeting 5. Equal scores (to one point) go to whoever
has the most room.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from config.ids import PersonId
from matching.eligibility import eligible, today_for
from matching.figures import Met, wishes
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
    """A therapist to propose."""

    therapist: PersonId
    score: float
    reasons: tuple[Reason, ...]
    """For the client: why this therapist."""
    therapist_reasons: tuple[Reason, ...]
    """For the therapist: why this client."""
    preferences: Met
    shared_minutes: int


@dataclass(frozen=True)
class _Scored:
    therapist: TherapistProfile
    score: float
    minutes: int

    @property
    def order(self) -> tuple[int, float, float, str]:
        one = self.therapist
        return (-round(self.score), one.clients / one.capacity, -self.score, one.id)


def rank(
    needs: ClientNeeds,
    therapists: Iterable[TherapistProfile],
    now: datetime,
    *,
    known: LicenceRules | None = None,
    limit: int | None = None,
) -> list[Match]:
    """Those who can be proposed, the best first; `limit` keeps only so many of them."""
    licence_rules = known or rules()
    on = today_for(needs, now)
    scored = [
        _score(needs, therapist, now)
        for therapist in therapists
        if eligible(needs, therapist, on, licence_rules)
    ]
    scored.sort(key=lambda one: one.order)
    return [_match(needs, one) for one in scored[:limit]]


def _score(needs: ClientNeeds, therapist: TherapistProfile, now: datetime) -> _Scored:
    minutes = shared_minutes(needs.available, needs.zone, therapist.week, therapist.zone, now)
    # What was asked for by name counts twice.
    sought = [*needs.concerns, *needs.specialties]
    points = CONCERNS
    if sought:
        points *= sum(one in therapist.specialties for one in sought) / len(sought)
    stated = wishes(needs, therapist)
    points += WISHES * (sum(met for met, _ in stated.values()) / len(stated) if stated else 1.0)
    if needs.ways and not needs.ways & _LIVE:
        points += HOURS  # messages need no hours in common
    else:
        points += HOURS * min(1.0, minutes / ENOUGH_HOURS)
    best = next(place for place, code in enumerate(needs.languages) if code in therapist.languages)
    points += LANGUAGE / (1 + best)
    points += WAYS * (len(needs.ways & therapist.ways) / len(needs.ways) if needs.ways else 1.0)
    return _Scored(therapist, points, minutes)


def _match(needs: ClientNeeds, scored: _Scored) -> Match:
    stated = wishes(needs, scored.therapist)
    met = frozenset(name for name, (ok, _) in stated.items() if ok)
    return Match(
        therapist=PersonId(scored.therapist.id),
        score=round(scored.score, 1),
        reasons=_for_client(needs, scored, met, len(stated)),
        therapist_reasons=_for_therapist(needs, scored),
        preferences=Met(frozenset(stated), met),
        shared_minutes=scored.minutes,
    )


def _sought(needs: ClientNeeds, therapist: TherapistProfile) -> tuple[str, ...]:
    shared = (needs.concerns | needs.specialties) & therapist.specialties
    return tuple(one.value for one in Concern if one in shared and one is not Concern.OTHER)


def _language(needs: ClientNeeds, therapist: TherapistProfile) -> str:
    return next(code for code in needs.languages if code in therapist.languages)


def _ways(needs: ClientNeeds, therapist: TherapistProfile) -> tuple[str, ...]:
    return tuple(way.value for way in Way if way in needs.ways and way in therapist.ways)


def _for_client(needs: ClientNeeds, scored: _Scored, met: frozenset[str], asked: int) -> tuple[Reason, ...]:
    therapist = scored.therapist
    found = [reason("licence")]
    if concerns := _sought(needs, therapist):
        found.append(reason("concerns", concern=concerns))
    if "approach" in met:
        shared = needs.preferences.approaches & therapist.approaches
        found.append(reason("approach", approach=tuple(sorted(one.value for one in shared))))
    found += [reason(name) for name in ("gender", "lgbtqia", "cost") if name in met]
    if asked > 1:
        found.append(reason("wishes", met=len(met), asked=asked))
    found += _common(needs, scored)
    return tuple(found)


def _for_therapist(needs: ClientNeeds, scored: _Scored) -> tuple[Reason, ...]:
    found = [reason("therapist-licence")]
    if concerns := _sought(needs, scored.therapist):
        found.append(reason("therapist-concerns", concern=concerns))
    return (*found, *_common(needs, scored))


def _common(needs: ClientNeeds, scored: _Scored) -> list[Reason]:
    """What both may hear."""
    found = [reason("language", language=_language(needs, scored.therapist))]
    if ways := _ways(needs, scored.therapist):
        found.append(reason("ways", way=ways))
    if scored.minutes >= scored.therapist.session_minutes:
        found.append(reason("hours", hours=max(1, scored.minutes // 120)))
    return found


__all__ = ["ENOUGH_HOURS", "Match", "Reason", "rank"]
