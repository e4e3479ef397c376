"""A room's timeline without gaps: what a limited sync left out is fetched, back to the last known event."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from bot.matrix import polls
from bot.matrix.homeserver import Homeserver, RequestFailed
from bot.matrix.shapes import object_of, objects_in
from bot.matrix.verification import PREFIX
from compliance import logs

log = logs.get("matrix")

FILTER: dict[str, Any] = {
    "lazy_load_members": True,
    "types": [
        "m.room.encrypted",
        "m.room.message",
        "m.sticker",
        polls.START,
        polls.STABLE_START,
        polls.RESPONSE,
        polls.STABLE_RESPONSE,
        f"{PREFIX}*",
        "m.room.redaction",
        "m.room.member",
        "m.room.encryption",
        "m.room.join_rules",
        "m.room.power_levels",
        "m.room.history_visibility",
        "m.room.guest_access",
        "m.room.third_party_invite",
        "m.room.tombstone",
    ],
}
_PAGE = 100
_MOST_PAGES = 30

Known = Callable[[str], Awaitable[bool]]


class Timeline:
    """The events of one room in one sync answer, oldest first."""

    def __init__(self, homeserver: Homeserver, own_user: str) -> None:
        self._homeserver = homeserver
        self._own_user = own_user

    async def read(
        self, room_id: str, room: dict[str, Any], since: str | None, known: Known
    ) -> list[dict[str, Any]]:
        """All events since the last sync, or since the bot's invitation where it has just joined."""
        timeline = object_of(room.get("timeline"))
        events = objects_in(timeline.get("events"))
        arrived = any(self._arrival(event) for event in events)
        if since is None and not arrived:
            return []  # the account's life before Stillroom is none of its business
        back = timeline.get("prev_batch")
        if isinstance(back, str) and (arrived or timeline.get("limited") is True):
            events = await self._walk(room_id, back, None if arrived else since, known) + events
        if arrived:
            invited = [n for n, event in enumerate(events) if self._own_membership(event) == "invite"]
            events = events[invited[-1] :] if invited else events
        return events

    async def _walk(self, room_id: str, back: str, until: str | None, known: Known) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        position = back
        for _ in range(_MOST_PAGES):
            query = {"dir": "b", "from": position, "limit": str(_PAGE), "filter": json.dumps(FILTER)}
            if until is not None:
                query["to"] = until
            try:
                answer = await self._homeserver.get("rooms", room_id, "messages", **query)
            except RequestFailed as failure:
                log.warning("matrix-gap-unread", status=failure.status)
                break
            for event in objects_in(answer.get("chunk")):
                name = event.get("event_id")
                if isinstance(name, str) and await known(name):
                    return found[::-1]
                found.append(event)
                if self._own_membership(event) == "invite":
                    return found[::-1]
            following = answer.get("end")
            if not isinstance(following, str) or following in (position, until):
                break
            position = following
        else:
            log.warning("matrix-gap-too-long", pages=_MOST_PAGES)
        return found[::-1]

    def _own_membership(self, event: dict[str, Any]) -> object:
        if event.get("type") == "m.room.member" and event.get("state_key") == self._own_user:
            return object_of(event.get("content")).get("membership")
        return None

    def _arrival(self, event: dict[str, Any]) -> bool:
        before = object_of(object_of(event.get("unsigned")).get("prev_content")).get("membership")
        return self._own_membership(event) == "join" and before != "join"
