"""What falls due: one row a kind. How each is treated when it is late stands with its use case."""

import json

from bot.care import (
    agreement,
    alerts,
    availability,
    chain,
    checkpoints,
    followup,
    held,
    joining,
    matching,
    promises,
    questionnaires,
    remedies,
    rota,
    sessions,
)
from bot.care.desk import Desk
from bot.inbound import DueFired
from config.ids import PersonId


async def happen(desk: Desk, fired: DueFired) -> None:
    """Do what has fallen due. The row counts as done in the same transaction."""
    row = await desk.unit.due.get(fired.due)
    match fired.what:
        case "offer-lapse":
            await matching.lapse(desk, fired.subject)
        case "greet":
            await joining.greet(desk, await desk.person(PersonId(fired.subject)))
        case "introduce":
            await availability.remind_to_introduce(desk, fired.subject)
        case "promise-tell":
            await availability.tell_promise(desk, fired.subject, row.body_json)
        case "promise-nudge":
            await promises.nudge(desk, fired.subject, row.body_json)
        case "promise-missed":
            await remedies.missed(desk, fired.subject, row.body_json)
        case "held-message":
            await held.post(desk, fired.subject, row.body_json)
        case "alert-climb":
            await chain.climb(desk, fired.subject, row.body_json)
        case "alert-more":
            await alerts.tell_more(desk, fired.subject)
        case "expected":
            await rota.expected(desk, fired.subject, row.body_json)
        case "follow-up":
            await followup.ask(desk, fired.subject)
        case "follow-up-silence":
            await followup.silence(desk, fired.subject)
        case "agreement-review":
            await agreement.review(desk, fired.subject, row.body_json)
        case "form-start":
            body = json.loads(row.body_json)
            person = await desk.person(PersonId(fired.subject))
            await questionnaires.start(
                desk, person, body["form"], subject=body["subject"], standing=body.get("standing")
            )
        case "checkpoint":
            await checkpoints.again(desk, fired.due, row.body_json)
        case kind if kind.startswith("session-"):
            await sessions.fire(desk, fired)
        case _:
            raise LookupError(f"nothing follows a due row of the kind {fired.what}")
    await desk.unit.due.finish(fired.due, "done")
