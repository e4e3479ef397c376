"""What is known when something comes in: all that `decide` may look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.routing.intents import DecideByVote, RunCommand
from compliance.boundaries import Direction

Relation = Literal["none", "self", "own-pair", "other"]

STAFF = frozenset({"therapist", "admin", "oncall", "supervisor"})


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
class PairRoom:
    """What is known of the room of an active pair in which one of the two writes."""

    writer: Direction
    """In which of the two roles: a therapist may be the client of another."""
    hosts: frozenset[str] = frozenset()
    """Hosts of the service's own links."""
    kept: tuple[str, ...] = ()
    """Topics that a client agreed to keep for sessions."""
    needless: frozenset[str] = frozenset()
    """Words by which a client says that no answer is needed, as `plain_words`."""
    courtesies: frozenset[str] = frozenset()
    """Words that may come after them."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What we know of the sender and the room at the moment that something came in."""

    bot: str
    """The bot's own Matrix id."""
    person: str | None = None
    language: str = "en"
    roles: frozenset[str] = frozenset()
    room: str | None = None
    """Our name of the room, if it is ours."""
    room_kind: str | None = None
    room_state: str | None = None
    relation: Relation = "none"
    inside: bool = False
    """Whether the sender is on the room's roster."""
    roster: frozenset[str] = frozenset()
    """Matrix ids of those who belong in the room, the bot included. Left empty for the first look."""
    form: OpenForm | None = None
    poll: KnownPoll | None = None
    replies: Mapping[str, DecideByVote | RunCommand] = field(
        default_factory=dict[str, DecideByVote | RunCommand]
    )
    """What counts as an answer to an open question that is not a form's: plain words (`plain_words`) or a
    number, and what it decides."""
    detection: Literal["on", "on-demand", "off"] = "on"
    """Whether crisis words are looked for where this person is."""
    pair: PairRoom | None = None
    """Set in the room of an active pair."""

    @property
    def staff(self) -> bool:
        """Therapists, admins, on-call people and supervisors at work: their words are not screened.

        One of them who is a client too is a client outside the staff rooms.
        """
        if "client" in self.roles and self.room_kind not in ("admin", "oncall"):
            return False
        return bool(self.roles & STAFF)

    @property
    def belongs(self) -> bool:
        """Whether the room is ours and one that can be used."""
        return self.room is not None and self.room_state not in ("closed", "unsafe")


def plain_words(text: str) -> str:
    """Words as they compare: case, punctuation and spaces aside (`I'm safe.` is `im safe`)."""
    kept = "".join(letter if letter.isalnum() else " " if letter.isspace() else "" for letter in text)
    return " ".join(kept.casefold().split())
