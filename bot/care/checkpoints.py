"""Checkpoints of the audit record: signed, and posted to the admin room, where no rollback here reaches."""

import asyncio
import json
from datetime import timedelta

from bot.care.desk import Desk
from bot.outbound import Message
from compliance.audit.verify import Verification

BATCH = 200
"""Entries that are verified at a time, so that nobody else waits long."""
EVERY = timedelta(seconds=60)
"""The longest that an entry may stand without a checkpoint that vouches for it."""


async def again(desk: Desk, fired: str, body_json: str) -> None:
    """The regular look: post what is new, and set the alarm for the next look.

    One message a day shows the newest checkpoint, by edits, so that the room stays quiet; the homeserver
    keeps every one of them.
    """
    last: dict[str, str] = json.loads(body_json) if body_json else {}
    today = desk.now.date().isoformat()
    shown = await post(desk, last.get("shown", "") if last.get("day") == today else "")
    body = json.dumps(
        {"shown": shown or last.get("shown", ""), "day": today if shown else last.get("day", "")}
    )
    await desk.later("checkpoint", "service", EVERY, key=f"checkpoint:after:{fired}", body=body)


async def post(desk: Desk, replaces: str = "") -> str:
    """Post a signed checkpoint if there is news since the last; the outbox row of its message, or nothing."""
    if await desk.unit.audit.checkpoint_due():
        frontier = await desk.unit.audit.frontier()
        note = desk.house.signer.sign(frontier, desk.now)
        await desk.unit.audit.checkpointed(frontier.size, frontier.root, note)
        room = await desk.staff_room("admin")
        shown = await desk.send(room, Message(body=note, replaces=replaces))
        await desk.note("checkpoint.posted", by="service", size=frontier.size)
        return replaces or shown
    return ""


async def fault(desk: Desk) -> str | None:
    """Verify the whole record against the checkpoints that are kept here; the kind of fault, or None."""
    frontier = await desk.unit.audit.frontier()
    notes = [one.note for one in await desk.unit.audit.checkpoints()]
    running = Verification(notes, desk.house.signer.verifier)
    start = 0
    # One batch beyond the stored size, so that entries that were added past it are seen too.
    while entries := await desk.unit.audit.entries(start, start + BATCH):
        for entry in entries:
            running.take(entry)
        start += BATCH
        await asyncio.sleep(0)
    report = running.finish(frontier.size, frontier.root)
    return None if report.fault is None else report.fault.kind.value
