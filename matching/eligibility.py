"""Who can be proposed to a client at all, and for those who can't, each reason by name."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from matching.figures import Wishes, wishes
from matching.licence import Cover, LicenceRules, cover, rules
from matching.profile import ClientNeeds, Strength, TherapistProfile


def today_for(needs: ClientNeeds, now: datetime) -> date:
    """The day on the client's calendar: licences are judged where the client is."""
    return now.astimezone(ZoneInfo(needs.zone)).date()


def wishes_if_eligible(
    needs: ClientNeeds, therapist: TherapistProfile, on: date, known: LicenceRules
) -> Wishes | None:
    """The client's wishes and whether they are met, or None if any of `reasons` speaks against it.

    The same rules as `reasons`, but it stops at the first.
    """
    if not (
        therapist.accepting
        and therapist.clients < therapist.capacity
        and therapist.id not in needs.declined
        and any(code in therapist.languages for code in needs.languages)
        and not (needs.ways and needs.ways.isdisjoint(therapist.ways))
        and isinstance(cover(therapist.licences, needs.country, needs.region, on, known), Cover)
    ):
        return None
    stated = wishes(needs, therapist)
    for met, strength in stated.values():
        if not met and strength is Strength.HARD:
            return None
    return stated


def reasons(
    needs: ClientNeeds, therapist: TherapistProfile, now: datetime, known: LicenceRules | None = None
) -> tuple[str, ...]:
    """Why this therapist can't be proposed, for admins; empty if they can.

    The reasons are the ends of keys `match-ineligible-<reason>`.
    """
    found: list[str] = []
    if not therapist.accepting:
        found.append("not-accepting")
    if therapist.clients >= therapist.capacity:
        found.append("full")
    if therapist.id in needs.declined:
        found.append("declined")
    reach = cover(therapist.licences, needs.country, needs.region, today_for(needs, now), known or rules())
    if not isinstance(reach, Cover):
        found.append(reach.value)
    if set(needs.languages).isdisjoint(therapist.languages):
        found.append("language")
    if needs.ways and needs.ways.isdisjoint(therapist.ways):
        found.append("way")
    found += [
        name
        for name, (met, strength) in wishes(needs, therapist).items()
        if strength is Strength.HARD and not met
    ]
    return tuple(found)


__all__ = ["reasons", "today_for", "wishes_if_eligible"]
