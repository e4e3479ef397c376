"""What is known when something comes in: all that `decide` may look at."""

from dataclasses import dataclass, field
from typing import Literal

Standing = Literal["unknown", "new", "consented", "waiting", "matched", "minor", "referred", "left"]
"""How far a person has come: stages of `compliance.storage.people.Person.stage`."""

Relation = Literal["none", "self", "own-pair", "other"]


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A questionnaire that this person has open in this room."""

    run: str
    name: str
    paused: bool = False
    answered_by: frozenset[str] = frozenset()
    """Event ids of the messages that answered its questions."""


@dataclass(frozen=True, slots=True)
class KnownPoll:
    """A poll of ours on which somebody voted."""

    purpose: str
    """`form`, or what the poll decides: `book`, `offer`, `agreement`, `safe`."""
    subject: str
    """Form run, pair, agreement or alert."""
    question: str
    labels: dict[str, str] = field(default_factory=dict[str, str])
    """Answer id to label, as the person saw it."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What we know of the sender and the room at the moment that something came in."""

    bot: str
    """The bot's own Matrix id."""
    person: str | None = None
    stage: str = "unknown"
    language: str = "en"
    roles: frozenset[str] = frozenset()
    room: str | None = None
    """Our name of the room, if it is ours."""
    room_kind: str | None = None
    room_state: str | None = None
    relation: Relation = "none"
    roster: frozenset[str] = frozenset()
    """Matrix ids of those who belong in the room, the bot included."""
    form: OpenForm | None = None
    poll: KnownPoll | None = None
    may_join: bool = True
    detection: Literal["on", "on-demand", "off"] = "on"
    """Whether crisis words are looked for where this person is."""

    @property
    def staff(self) -> bool:
        """Therapists, admins, on-call people and supervisors: their words are not screened."""
        return bool(self.roles & {"therapist", "admin", "oncall", "supervisor"})
