"""What we last saw of each room's safety, and when that has to be looked at again."""

import time
from collections import OrderedDict

from bot.matrix.roster import RoomCheck

_GOOD_FOR = 900.0
"""Seconds after which a room is looked at again even if nothing was heard of it."""
_MOST = 20_000


class Views:
    """Judgements of rooms, until something changes. Nothing here outlives the process."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, tuple[frozenset[str], RoomCheck, float]] = OrderedDict()
        self._changes: dict[str, int] = {}

    def changes(self, room_id: str) -> int:
        """How often the room was forgotten; to be read before its state is asked for."""
        return self._changes.get(room_id, 0)

    def get(self, room_id: str, roster: frozenset[str]) -> RoomCheck | None:
        """The last judgement for exactly this roster, if it still holds."""
        seen = self._seen.get(room_id)
        if seen is None or seen[0] != roster or time.monotonic() - seen[2] > _GOOD_FOR:
            return None
        return seen[1]

    def in_it(self, room_id: str, user: str) -> bool:
        """Whether the last judgement counts this user among those who have joined."""
        seen = self._seen.get(room_id)
        return seen is not None and user in seen[1].joined

    def put(self, room_id: str, roster: frozenset[str], check: RoomCheck, changes: int) -> None:
        """Keep a judgement, unless the room changed since `changes` was read."""
        if self._changes.get(room_id, 0) != changes:
            return
        self._seen[room_id] = (roster, check, time.monotonic())
        if len(self._seen) > _MOST:
            self._seen.popitem(last=False)

    def forget(self, room_id: str) -> None:
        """Something that bears on the room's safety changed."""
        self._seen.pop(room_id, None)
        self._changes[room_id] = self._changes.get(room_id, 0) + 1
