"""What Stillroom means to do about what came in: one of these, and nothing else."""

from dataclasses import dataclass

from bot.inbound import DueFired
from compliance.boundaries import LinkFinding, Touch
from compliance.crisis import Screening


@dataclass(frozen=True, slots=True)
class Ignore:
    """Nothing to do; `why` is for the log."""

    why: str


@dataclass(frozen=True, slots=True)
class Greet:
    """The first words of somebody, or words of somebody who has nothing open: say who we are, go on."""


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """Somebody invited the bot into a room: take it as their direct room."""

    matrix_room: str


@dataclass(frozen=True, slots=True)
class AskIntoEncrypted:
    """Somebody wrote in a room that is not ours, or no longer: ask them into an encrypted room."""

    matrix_room: str
    lines: str | None = None
    """Set if they asked for help lines: for which country in their words, empty for where they are."""


@dataclass(frozen=True, slots=True)
class TellInClear:
    """Something came unencrypted into a room of ours: it counts for nothing, and they hear so."""


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """A typed answer to the open question."""

    run: str
    text: str


@dataclass(frozen=True, slots=True)
class VoteForm:
    """An answer by poll."""

    run: str
    question: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorrectAnswer:
    """An edited message corrects the answer that it gave."""

    run: str
    edits: str
    text: str


@dataclass(frozen=True, slots=True)
class TellEditUnused:
    """An edit in their own room that corrects no open answer: it changes nothing, and they hear so."""


@dataclass(frozen=True, slots=True)
class DecideByVote:
    """A vote on a poll that is not a form's: booking, an offer, an agreement, how somebody is."""

    purpose: str
    subject: str
    choice: str


@dataclass(frozen=True, slots=True)
class VoteTakenBack:
    """A vote without a choice that we gave: nothing changes, say how to answer."""


@dataclass(frozen=True, slots=True)
class RunCommand:
    """A command that exists; whether this person may use it is judged by the policy where it runs."""

    name: str
    rest: str


@dataclass(frozen=True, slots=True)
class UnknownCommand:
    """A command that does not exist, with those that look most like it, the nearest first."""

    word: str
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClientWrote:
    """A client wrote to their therapist."""


@dataclass(frozen=True, slots=True)
class NeedsNoAnswer:
    """A client wrote to their therapist, and said in it that no answer is needed."""


@dataclass(frozen=True, slots=True)
class TherapistWrote:
    """A therapist wrote to their client."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody on the roster is in the room now."""

    user: str


@dataclass(frozen=True, slots=True)
class Departed:
    """Somebody on the roster left the room."""

    user: str


@dataclass(frozen=True, slots=True)
class Intruded:
    """Somebody who is not on the roster was invited or is in the room."""

    user: str


@dataclass(frozen=True, slots=True)
class RoomInDoubt:
    """Encryption, join rule or power levels changed: nothing private until the room is judged again."""

    event_type: str


@dataclass(frozen=True, slots=True)
class RoomLost:
    """A room could not be used."""

    ref: str
    reason: str


@dataclass(frozen=True, slots=True)
class TellUnreadable:
    """A message could not be read: say so, and that crisis words in it were not seen."""


@dataclass(frozen=True, slots=True)
class TellVerifying:
    """Somebody verifies the bot: the emoji that it sees, or, without any, that it is done."""

    emoji: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TellUnseen:
    """A picture, voice message or file: say once that its content is not looked at."""

    type: str


@dataclass(frozen=True, slots=True)
class Happen:
    """Something fell due."""

    due: DueFired


Intent = (
    Ignore
    | Greet
    | OpenDoor
    | AskIntoEncrypted
    | TellInClear
    | AnswerForm
    | VoteForm
    | CorrectAnswer
    | TellEditUnused
    | DecideByVote
    | VoteTakenBack
    | RunCommand
    | UnknownCommand
    | ClientWrote
    | NeedsNoAnswer
    | TherapistWrote
    | Joined
    | Departed
    | Intruded
    | RoomInDoubt
    | RoomLost
    | TellUnreadable
    | TellVerifying
    | TellUnseen
    | Happen
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do: first about a crisis, then the rest."""

    intent: Intent
    screening: Screening | None = None
    """Set when crisis words were found in what a client wrote."""
    touches: tuple[Touch, ...] = ()
    """Boundaries that a message in a pair's room touches, the weightiest first."""
    links: tuple[LinkFinding, ...] = ()
    """Links in it to be warned of."""
    kept: tuple[str, ...] = ()
    """Topics in it that the two keep for sessions."""
