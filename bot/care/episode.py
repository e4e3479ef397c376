"""An episode: what an alert remembers beside its state, sealed with the person's key."""

from dataclasses import replace
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from bot.care.desk import Desk
from compliance.storage.alerts import Alert
from compliance.storage.people import Person
from compliance.storage.rooms import Room

Source = Literal["message", "answer", "asked"]
FollowUp = Literal["none", "offered", "agreed", "declined", "sent", "answered", "silent"]


class Page(BaseModel):
    """A word by which people were called: the row of the outbox, where it was put, and for whom."""

    model_config = ConfigDict(frozen=True)

    role: str
    room: str
    row: str
    people: tuple[str, ...]


class Unreached(BaseModel):
    """Somebody who could not be called, and why."""

    model_config = ConfigDict(frozen=True)

    person: str
    role: str
    why: str


class Episode(BaseModel):
    """What is known of an episode. None of the person's words."""

    model_config = ConfigDict(frozen=True)

    categories: tuple[str, ...] = ()
    messages: int = 0
    source: Source = "message"
    """What began it: a message, an answer in a questionnaire, or the person asked for help."""
    turn: int = 0
    """How often people were paged; an alarm that was set in an earlier turn is void."""
    rounds: int = 0
    """How often the whole chain stayed silent."""
    untold: int = 0
    """Messages since the people who were paged last heard."""
    told_at: AwareDatetime | None = None
    latest_at: AwareDatetime | None = None
    """When the person's newest message in it came."""
    follow_up: FollowUp = "none"
    pages: tuple[Page, ...] = ()
    """The newest page of each role in each room."""
    unreached: tuple[Unreached, ...] = ()


def read(alert: Alert) -> Episode:
    """The episode of an alert; an empty one once its person was erased."""
    return Episode.model_validate_json(alert.body_json or "{}")


def write(alert: Alert, episode: Episode) -> Alert:
    """The alert with the episode as it is now; to be saved."""
    return replace(alert, body_json=episode.model_dump_json())


async def change(desk: Desk, alert: Alert, **changes: object) -> Alert:
    """Change what the episode remembers, and save it."""
    alert = write(alert, read(alert).model_copy(update=changes))
    await desk.unit.alerts.save(alert)
    return alert


async def room_of(desk: Desk, alert: Alert, person: Person) -> Room:
    """Where the episode began, as long as that room can be used; else the person's direct room."""
    room = await desk.unit.rooms.get(alert.room) if alert.room else None
    return room if room is not None and room.state == "open" else await desk.direct_room(person)
