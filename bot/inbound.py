"""What comes in: everything that Stillroom reacts to, already decrypted, guarded and translated.

`bot.matrix` makes these from Matrix events, the alarm clock makes `DueFired` from due rows. They are
what the journal keeps (sealed) until they have been handled, so every one can be written as JSON.
"""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Text(_Frozen):
    """A message that somebody typed: text, notice-free, caption included."""

    kind: Literal["text"] = "text"
    body: str
    replies_to: str | None = None
    """Event id of the message that this one answers, if any."""


class Edit(_Frozen):
    """A message that replaces the text of an earlier one."""

    kind: Literal["edit"] = "edit"
    body: str
    edits: str
    """Event id of the message that is corrected."""


class Vote(_Frozen):
    """An answer to a poll (MSC3381). No choices means that the vote was taken back."""

    kind: Literal["vote"] = "vote"
    poll: str
    """Event id of the poll."""
    choices: tuple[str, ...]
    """Answer ids as the poll named them."""


class Media(_Frozen):
    """A file, picture, voice message or video. Its content is never fetched; its words are screened."""

    kind: Literal["media"] = "media"
    type: Literal["file", "image", "audio", "voice", "video"]
    filename: str = ""
    caption: str = ""


class Redacted(_Frozen):
    """Somebody took back a message."""

    kind: Literal["redacted"] = "redacted"
    redacts: str


class Membership(_Frozen):
    """Somebody's membership in a room changed, as the homeserver tells it."""

    kind: Literal["membership"] = "membership"
    user: str
    membership: Literal["invite", "join", "leave", "ban", "knock"]
    previous: str | None = None
    is_direct: bool = False


class RoomChanged(_Frozen):
    """A state event that matters to the room's safety changed (encryption, join rules, power levels)."""

    kind: Literal["room-changed"] = "room-changed"
    event_type: str


class Unreadable(_Frozen):
    """An encrypted event that the bot could not read yet."""

    kind: Literal["unreadable"] = "unreadable"
    session: str


class Verifying(_Frozen):
    """Somebody verifies the bot by comparing emoji: those that the bot sees, or that it is done."""

    kind: Literal["verifying"] = "verifying"
    emoji: tuple[str, ...] = ()
    done: bool = False


class DueFired(_Frozen):
    """A due row whose time has come. `late` is how many seconds after its time it fired."""

    kind: Literal["due"] = "due"
    due: str
    """Id of the due row."""
    what: str
    """Kind of the due row, such as `session-reminder`."""
    subject: str
    """Id of what it is about: a session, an alert, a pair."""
    late: float = 0.0


class RoomRefused(_Frozen):
    """A room that we wanted could not be used; delivery adds this when an `AdoptRoom` or `CreateRoom` fails
    for good, or when a room is found unsafe before a send."""

    kind: Literal["room-refused"] = "room-refused"
    ref: str
    """Our name of the room."""
    reason: Literal["not-encrypted", "roster", "join-rule", "power", "gone"]


Content = Annotated[
    Text
    | Edit
    | Vote
    | Media
    | Redacted
    | Membership
    | RoomChanged
    | Unreadable
    | Verifying
    | DueFired
    | RoomRefused,
    Field(discriminator="kind"),
]


class Inbound(_Frozen):
    """One thing that happened, in the order in which it happened."""

    id: str
    """Matrix event id, or `due:` and the id of the due row. Handled at most once."""
    room: str
    """Matrix room id; empty for a due row."""
    sender: str
    """Matrix user id of the writer; empty for a due row."""
    at: AwareDatetime
    """When Stillroom received it, by Stillroom's clock, in UTC."""
    encrypted: bool
    """Whether it arrived encrypted, from a device that belongs to the sender."""
    content: Content


__all__ = [
    "Content",
    "DueFired",
    "Edit",
    "Inbound",
    "Media",
    "Membership",
    "Redacted",
    "RoomChanged",
    "RoomRefused",
    "Text",
    "Unreadable",
    "Vote",
]
