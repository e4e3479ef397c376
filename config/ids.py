"""Random names for rows. A Matrix id is personal; these say nothing of anybody."""

import uuid
from typing import NewType

PersonId = NewType("PersonId", str)
"""A person (client, therapist, admin, on-call), by a random id."""
RoomRef = NewType("RoomRef", str)
"""One of our rooms, by a random id; it exists before the homeserver has made the room."""
PairId = NewType("PairId", str)
"""A client and a therapist, matched."""
SessionId = NewType("SessionId", str)
"""A booked appointment of a pair."""
AlertId = NewType("AlertId", str)
"""One crisis episode of one person."""


def new_id() -> str:
    """A fresh random id: 32 hexadecimal digits."""
    return uuid.uuid4().hex
