"""Pages: what somebody reads who is called about an alert. No word of the person is repeated."""

from bot.calendar.availability import away_at
from bot.care import duty, episode, pairs, safetyplan
from bot.care.availability import availability_of
from bot.care.desk import Desk
from compliance.storage.alerts import Alert
from compliance.storage.people import Person
from config import places
from config.ids import PersonId


async def text(
    desk: Desk, alert: Alert, person: Person, role: str, step: int, *, early: bool = False
) -> duty.Body:
    """The page for a role at this step of the chain; `early` if it comes before its time, since somebody
    before them could not be reached."""
    pair = await pairs.as_client(desk, person)
    therapist = await desk.person(pair.therapist) if pair is not None else None
    away = role != "therapist" and therapist is not None and await _is_away(desk, therapist.id)
    plan = (
        role == "therapist" and therapist is not None and await safetyplan.is_shared(desk, person, therapist)
    )

    def body(language: str) -> str:
        return _text(desk, alert, person, language, step, early=early, away=away, plan=plan)

    return body


async def _is_away(desk: Desk, therapist: PersonId) -> bool:
    availability = await availability_of(desk, therapist)
    return availability is not None and away_at(availability, desk.now) is not None


def _text(
    desk: Desk,
    alert: Alert,
    person: Person,
    language: str,
    step: int,
    *,
    early: bool,
    away: bool,
    plan: bool,
) -> str:
    known = episode.read(alert)
    shown = desk.country(person)
    categories = ", ".join(desk.text(language, f"crisis-category-{one}") for one in known.categories)
    parts = [
        desk.text(language, "crisis-alert-title", severity=alert.severity, number=alert.number),
        desk.text(
            language,
            "crisis-alert-body",
            name=f"{desk.named(person, language)} ({person.mxid})",
            source=known.source,
            categories=categories or desk.text(language, "crisis-category-asked"),
            place=places.country_name(shown, language) if shown else "unknown",
            sure="yes" if person.country else "no",
        ),
        desk.text(
            language,
            "crisis-alert-acknowledge",
            number=alert.number,
            minutes=desk.settings.care.acknowledge_minutes,
        ),
    ]
    if known.rounds:
        parts.insert(0, desk.text(language, "crisis-alert-again", number=alert.number))
    elif early:
        parts.insert(0, desk.text(language, "crisis-alert-early", number=alert.number))
    elif step:
        parts.insert(0, desk.text(language, "crisis-alert-escalated", number=alert.number))
    if away:
        parts.insert(-1, desk.text(language, "crisis-alert-therapist-away"))
    if plan:
        parts.insert(-1, desk.text(language, "crisis-alert-plan"))
    return "\n\n".join(parts)
