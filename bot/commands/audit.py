"""`!audit`: verify the record of who did what, here and now."""

from bot.care import checkpoints
from bot.care.desk import Desk
from bot.commands.command import Caller, Command


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Verify the audit tree and post a signed checkpoint."""
    fault = await checkpoints.fault(desk)
    size = await desk.unit.audit.size()
    key = "audit-broken" if fault else "audit-good"
    await desk.say(caller.room, caller.language, key, size=size, fault=fault or "")
    await desk.note("audit.verified", by=caller.person.id, outcome="fault" if fault else "done")
    await checkpoints.post(desk)


COMMAND = Command("audit", "audit.verify", run, rooms=frozenset({"admin"}), for_roles=frozenset({"admin"}))
