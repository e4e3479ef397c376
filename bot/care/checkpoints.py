"""Checkpoints of the audit record: signed, and posted to the admin room, where no rollback here reaches."""

from datetime import timedelta

from bot.care.desk import Desk
from compliance.audit.verify import verify

EVERY = timedelta(seconds=60)
"""The longest that an entry may stand without a checkpoint that vouches for it."""


async def post(desk: Desk) -> None:
    """Post a signed checkpoint if there is news since the last."""
    if await desk.unit.audit.checkpoint_due():
        frontier = await desk.unit.audit.frontier()
        note = desk.house.signer.sign(frontier, desk.now)
        await desk.unit.audit.checkpointed(frontier.size, frontier.root, note)
        room = await desk.staff_room("admin")
        await desk.speak(room, note)
        await desk.note("checkpoint.posted", by="service", size=frontier.size)


async def fault(desk: Desk) -> str | None:
    """Verify the whole record against the checkpoints that are kept here; the kind of fault, or None."""
    frontier = await desk.unit.audit.frontier()
    report = verify(
        await desk.unit.audit.entries(0, frontier.size),
        size=frontier.size,
        root=frontier.root,
        checkpoints=[one.note for one in await desk.unit.audit.checkpoints()],
        verifier=desk.house.signer.verifier,
    )
    return None if report.fault is None else report.fault.kind.value
