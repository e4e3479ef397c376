"""What goes out: effects as rows of the outbox, written in the transaction of their cause.

Texts are already rendered for the reader's language and time zone. `bot.matrix.delivery` carries the
effects out in the order of their room, each exactly once.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Message(_Frozen):
    """A text to a room. A notice by default; a mention reaches only the one who must act."""

    kind: Literal["message"] = "message"
    body: str
    notice: bool = True
    mentions: tuple[str, ...] = ()
    """Matrix user ids."""
    replaces: str = ""
    """Id of the outbox row of an earlier message of ours that shows this text from now on."""
    urgent: bool = False
    """Nothing else goes out until this has arrived (or a moment has passed): help lines in a crisis."""


class Poll(_Frozen):
    """A question with choices (MSC3381 under its unstable names), with a plain text beside it."""

    kind: Literal["poll"] = "poll"
    question: str
    answers: tuple[tuple[str, str], ...]
    """Answer id and label, in order."""
    max_selections: int = 1
    fallback: str
    """The question with numbered choices, for clients that show no polls."""


class PollEnd(_Frozen):
    """Close a poll that was sent before; `poll` is the id of its outbox row."""

    kind: Literal["poll-end"] = "poll-end"
    poll: str
    text: str


class VerificationStep(_Frozen):
    """A step by which somebody's client verifies the bot (`bot.matrix.verification`)."""

    kind: Literal["verification-step"] = "verification-step"
    type: str
    """The event type."""
    content: dict[str, Any]


class Attachment(_Frozen):
    """A small file, encrypted before it is uploaded."""

    kind: Literal["attachment"] = "attachment"
    filename: str
    mimetype: str
    data: str
    """The content, base64."""
    body: str
    """A caption that stands without the file."""


class CreateRoom(_Frozen):
    """Make the room of this row: encrypted, invite-only, version 12, neutral, roster pinned."""

    kind: Literal["create-room"] = "create-room"
    name: str
    topic: str
    invite: tuple[str, ...]
    """Matrix user ids; with the bot they are the roster."""
    direct: bool = False


class AdoptRoom(_Frozen):
    """Join a direct room to which a person invited the bot, and take it as a room of ours.

    If the room is not encrypted or holds others, delivery marks it unsafe and adds a `RoomRefused` to the
    journal (id `refused:` and the outbox row's id) in the transaction that drops the row.
    """

    kind: Literal["adopt-room"] = "adopt-room"
    matrix_id: str


class Invite(_Frozen):
    """Invite a person who is on the room's roster, again."""

    kind: Literal["invite"] = "invite"
    user: str


class Remove(_Frozen):
    """Remove somebody who is not on the room's roster, or whose time in it is over."""

    kind: Literal["remove"] = "remove"
    user: str


class SetCalls(_Frozen):
    """Open or close calls in the room, by the power level for call membership events."""

    kind: Literal["set-calls"] = "set-calls"
    open: bool


class CloseRoom(_Frozen):
    """Make the room read-only for all but the bot."""

    kind: Literal["close-room"] = "close-room"


class Leave(_Frozen):
    """Leave a room that is not ours, by Matrix room id."""

    kind: Literal["leave"] = "leave"
    matrix_id: str


class PlainPointer(_Frozen):
    """The one text that may go into an unencrypted room: it asks the person into an encrypted one.

    It is a fixed text without any private content: where to write, and help lines that are no secret.
    """

    kind: Literal["plain-pointer"] = "plain-pointer"
    matrix_id: str
    body: str


Effect = Annotated[
    Message
    | Poll
    | PollEnd
    | VerificationStep
    | Attachment
    | CreateRoom
    | AdoptRoom
    | Invite
    | Remove
    | SetCalls
    | CloseRoom
    | Leave
    | PlainPointer,
    Field(discriminator="kind"),
]
