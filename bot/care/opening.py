"""Opening the house at every start: who runs it, their rooms, and the alarm for the next checkpoint."""

from bot.care import checkpoints, greeting, joining
from bot.care.desk import Desk
from bot.care.rooms import ensure_staff_room
from compliance.storage.people import Person


async def open_house(desk: Desk) -> None:
    """Bring grants and staff rooms in line with the settings."""
    people = desk.settings.people
    admins = await _hold(desk, "admin", people.admins)
    # With nobody on call, the admins are: an alert always reaches somebody.
    oncall = await _hold(desk, "oncall", people.oncall or people.admins)
    supervisors = await _hold(desk, "supervisor", people.supervisors)
    await ensure_staff_room(desk, "admin", admins)
    await ensure_staff_room(desk, "oncall", oncall)
    for one in supervisors:
        # They have no room in common. One of their own now, so that the first alert finds them in it.
        if await desk.unit.rooms.newest_direct(one.id) is None:
            await desk.request_direct_room(one)
            await joining.greet(desk, one)
    await desk.note("service.started", by="service")
    await desk.unit.due.cancel("checkpoint", "service")
    await desk.later("checkpoint", "service", checkpoints.EVERY, key=f"checkpoint:{desk.now.isoformat()}")


async def _hold(desk: Desk, role: str, wanted: tuple[str, ...]) -> list[Person]:
    """Give a role to exactly the people whom the settings name."""
    people = [await greeting.meet(desk, mxid) for mxid in dict.fromkeys(wanted)]
    held = set(await desk.unit.grants.holders(role))
    for person in people:
        if person.id not in held:
            await desk.unit.grants.give(person.id, role, by="operator")
            await desk.note("role.granted", by="operator", about=person.id, role=role)
    for gone in held - {person.id for person in people}:
        await desk.unit.grants.revoke(gone, role, by="operator")
        await desk.note("role.revoked", by="operator", about=gone, role=role)
    return people
