"""Standing: what a caller is to the person whose record a command touches, and whether that suffices.

The policy is asked twice: for the command where it was typed (`registry`), and here for the record.
"""

from bot.care.cards import short_card
from bot.care.desk import Desk
from bot.commands.command import Caller
from bot.routing.situation import Relation
from compliance import policy
from compliance.storage.pairs import Pair
from config.ids import PersonId


async def may(desk: Desk, caller: Caller, action: str, person: PersonId) -> bool:
    """Whether the policy lets the caller do this with a record of this person. Says nothing."""
    if person == caller.person.id:
        return policy.allowed(action, caller.roles, "self")
    relation: Relation = "other"
    roles = caller.roles
    for pair in await desk.unit.pairs.of_therapist(caller.person.id):
        if pair.client == person and pair.state == "active":
            return policy.allowed(action, roles - {"client"}, "own-pair") or policy.allowed(
                action, roles - {"client", "therapist"}, "other"
            )
    for pair in await desk.unit.pairs.of_client(caller.person.id):
        if pair.therapist == person and pair.state == "active":
            # A therapist who is a client of another therapist is no therapist to them.
            relation, roles = "own-pair", roles - {"therapist"}
    return policy.allowed(action, roles, relation)


async def permits(desk: Desk, caller: Caller, action: str, person: PersonId) -> bool:
    """The same; a refusal is said kindly and written down."""
    if await may(desk, caller, action, person):
        return True
    await desk.note("command.refused", by=caller.person.id, about=person, command=action)
    help_lines = short_card(desk, caller.person, caller.language)
    await desk.say(caller.room, caller.language, "record-refused", help=help_lines)
    return False


async def permits_in(desk: Desk, caller: Caller, action: str, pair: Pair) -> bool:
    """The same for what touches the other one of a pair; a pair that has ended is told as that."""
    if pair.state != "active":
        await desk.note("command.refused", by=caller.person.id, about=pair.id, command=action)
        await desk.say(caller.room, caller.language, "pair-ended")
        return False
    other = pair.therapist if pair.client == caller.person.id else pair.client
    return await permits(desk, caller, action, other)
