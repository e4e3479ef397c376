"""What a command is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.care.desk import Desk
from bot.routing.situation import Relation
from compliance.storage.people import Person
from compliance.storage.rooms import Room


@dataclass(frozen=True, slots=True)
class Caller:
    """Who typed a command, where, and what they are to the room."""

    person: Person
    roles: frozenset[str]
    room: Room
    relation: Relation

    @property
    def language(self) -> str:
        """The language in which the caller reads."""
        return self.person.language


Run = Callable[[Desk, Caller, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command: what the policy calls it, and what it does with the rest of the line.

    Its one line of help is the text `command-<name>`, in which the way to write it comes first.
    """

    name: str
    action: str
    """The policy's name for it; the command runs only where the policy allows the action."""
    run: Run
    rooms: frozenset[str] = frozenset({"direct"})
    """Kinds of room in which it works."""
    aliases: tuple[str, ...] = ()
    for_roles: frozenset[str] = frozenset()
    """Roles for whom it is, where the policy's action is wider; empty for everybody."""
