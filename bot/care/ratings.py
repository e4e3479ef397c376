"""Ratings: what a client says of a session. The therapist sees sums, never a single rating."""

import json

from bot.care.desk import Desk
from bot.forms.state import Outcome
from compliance.storage.people import Person


async def rated(desk: Desk, client: Person, session: str, outcome: Outcome) -> None:
    """Keep a rating under the session."""
    if outcome.kind != "done":
        return
    body = {"session": session, "answers": outcome.answers, "at": desk.now.isoformat()}
    await desk.unit.documents.put("rating", client.id, session, json.dumps(body, default=str))
    await desk.note("session.rated", by=client.id, about=session)
