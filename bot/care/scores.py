"""Scores of the PHQ-9 and GAD-7: kept for the pair, shown to the therapist, never interpreted to a client."""

import json

from bot.care import pairs
from bot.care.desk import Desk
from bot.forms.state import Outcome
from compliance.storage.people import Person


async def scored(desk: Desk, client: Person, form: str, outcome: Outcome) -> None:
    """Keep the scores of a finished questionnaire and tell the therapist that it is there."""
    if outcome.kind == "stopped":
        return
    at = desk.now.isoformat()
    body = {
        "form": form,
        "answers": outcome.answers,
        "at": at,
        "scores": [score.model_dump() for score in outcome.scores],
    }
    await desk.unit.documents.put("score", client.id, f"{form}:{at}", json.dumps(body, default=str))
    pair = await pairs.as_client(desk, client)
    if pair is None or not outcome.scores or outcome.scores[0].total is None:
        return
    therapist = await desk.person(pair.therapist)
    score = outcome.scores[0]
    await desk.tell(
        therapist,
        "score-new",
        client=desk.named(client, therapist.language),
        form=desk.text(therapist.language, f"form-name-{form}"),
        total=score.total or 0,
        band=desk.text(therapist.language, f"score-band-{score.band}") if score.band else "",
    )
    await desk.note("record.read", by=therapist.id, about=client.id, kind="score")
