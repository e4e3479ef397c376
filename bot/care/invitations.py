"""Who may join: those whom the settings let, and those whom an admin invites."""

import json
from typing import Literal

from bot.care.cards import short_card
from bot.care.desk import Desk
from compliance.storage.people import Person

_KIND, _KEY = "situation", "invited"


async def may_join(desk: Desk, person: Person) -> bool:
    """Whether the operator lets this person become a client or therapist. Crisis help never asks this."""
    people = desk.settings.people
    if people.join == "anyone" or person.stage != "new" or person.mxid in people.invited:
        return True
    if people.join == "homeserver" and person.mxid.partition(":")[2] == desk.house.bot.partition(":")[2]:
        return True
    return await desk.unit.documents.get(_KIND, person.id, _KEY) is not None


async def invite(desk: Desk, mxid: str, by: Person) -> None:
    """Let somebody join. Who was told that they can't yet hears that they can now; nobody else is written
    to."""
    person = await desk.unit.people.add(mxid, desk.language)
    could = await may_join(desk, person)
    await desk.unit.documents.put(_KIND, person.id, _KEY, json.dumps({"by": by.id}))
    await desk.note("person.invited", by=by.id, about=person.id)
    if not could and await desk.unit.rooms.direct(person.id) is not None:
        await desk.tell(person, "joining-open", help=short_card(desk, person, person.language))


async def take_back(desk: Desk, mxid: str, by: Person) -> Literal["done", "none", "begun", "open"]:
    """Take an invitation back. Who has begun already stays, and whom the settings let may still join."""
    person = await desk.unit.people.by_mxid(mxid)
    if person is None or not await desk.unit.documents.delete(_KIND, person.id, _KEY):
        return "none"
    await desk.note("person.uninvited", by=by.id, about=person.id)
    if person.stage != "new":
        return "begun"
    return "open" if await may_join(desk, person) else "done"


def too_far(desk: Desk, mxid: str) -> bool:
    """Whether somebody is of another homeserver and our rooms can't hold them (`homeserver.federate`)."""
    here = desk.house.bot.partition(":")[2]
    return not desk.settings.federate and mxid.partition(":")[2] != here
