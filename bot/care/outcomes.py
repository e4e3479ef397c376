"""What a finished form brings: one row a form."""

from bot.care import agreement, intakes, joining, ratings, reports, safetyplan, scores, vetting
from bot.care.desk import Desk
from bot.care.questionnaires import Progress
from compliance.storage.people import Person


async def follow(desk: Desk, person: Person, progress: Progress | None) -> None:
    """Act on the outcome, if the form has ended."""
    if progress is None:
        return
    outcome = progress.outcome
    if outcome is None:
        return
    person = await desk.person(person.id)
    match progress.run.form:
        case "welcome":
            await joining.welcomed(desk, person, outcome)
        case "consent":
            await joining.consent_answered(desk, person, outcome)
        case "intake":
            await intakes.intake_ended(desk, person, outcome)
        case "application":
            await vetting.applied(desk, person, outcome)
        case "agreement" | "agreement-client":
            await agreement.proposed(desk, person, progress.subject, outcome)
        case "rating":
            await ratings.rated(desk, person, progress.subject, outcome)
        case "report":
            await reports.finished(desk, person, outcome)
        case "safetyplan":
            await safetyplan.finished(desk, person, outcome)
        case "phq9" | "gad7":
            await scores.scored(desk, person, progress.run.form, outcome)
        case _:
            raise LookupError(f"nothing follows the form {progress.run.form}")
