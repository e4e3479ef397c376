"""Power levels of our rooms: written whole, read as room version 12 means them.

The bot makes the room and, in version 12, outranks every number (MSC4289); in older rooms it has 100.
"""

from collections.abc import Iterable, Mapping
from typing import Any, cast

CALL_MEMBER = ("org.matrix.msc3401.call.member", "m.call.member")
"""Being in a call is a state event under one of these names; its level opens or closes calls."""

CREATOR = float("inf")

_BOT = 100
_NOBODY = 100


def levels(*, calls_open: bool = False, closed: bool = False, bot: str | None = None) -> dict[str, Any]:
    """The content of `m.room.power_levels` for a room of ours.

    People may write messages and nothing else: no invitations, no state, no mention of the whole room.
    `closed` lets nobody but the bot write. `bot` is named only where the room version is below 12, which
    does not know that creators outrank all.
    """
    return {
        "users": {} if bot is None else {bot: _BOT},
        "users_default": 0,
        "events": {
            **dict.fromkeys(CALL_MEMBER, 0 if calls_open and not closed else _NOBODY),
            # To take back one's own words stays possible, also in a closed room.
            "m.room.redaction": 0,
        },
        "events_default": _NOBODY if closed else 0,
        "state_default": _NOBODY,
        "invite": _NOBODY,
        "kick": _NOBODY,
        "ban": _NOBODY,
        "redact": _NOBODY,
        "notifications": {"room": _NOBODY},
    }


def creators(create: Mapping[str, Any]) -> frozenset[str]:
    """Who outranks all in a room, from its `m.room.create` event; nobody below version 12."""
    content = create.get("content")
    content = cast("dict[str, Any]", content) if isinstance(content, dict) else {}
    if not _knows_creators(content.get("room_version")):
        return frozenset()
    more = content.get("additional_creators")
    more = cast("list[Any]", more) if isinstance(more, list) else []
    return frozenset(user for user in (create.get("sender"), *more) if isinstance(user, str))


def power_of(user: str, state: Iterable[Mapping[str, Any]]) -> float:
    """A user's power in a room with this state; infinite for its creators in version 12."""
    create: Mapping[str, Any] = {}
    content: dict[str, Any] | None = None
    for event in state:
        if event.get("state_key") != "":
            continue
        if event.get("type") == "m.room.create":
            create = event
        elif event.get("type") == "m.room.power_levels" and isinstance(event.get("content"), dict):
            content = cast("dict[str, Any]", event["content"])
    if user in creators(create):
        return CREATOR
    if content is None:
        return 100 if create.get("sender") == user else 0
    users = content.get("users")
    users = cast("dict[str, Any]", users) if isinstance(users, dict) else {}
    return number(users.get(user, content.get("users_default", 0)))


def needed_for_state(kind: str, state: Iterable[Mapping[str, Any]]) -> float:
    """The power that a state event of this type needs."""
    for event in state:
        if event.get("type") != "m.room.power_levels" or event.get("state_key") != "":
            continue
        content = event.get("content")
        content = cast("dict[str, Any]", content) if isinstance(content, dict) else {}
        events = content.get("events")
        events = cast("dict[str, Any]", events) if isinstance(events, dict) else {}
        return number(events.get(kind, content.get("state_default", 50)), 50)
    return 0


def number(value: object, otherwise: float = 0) -> float:
    """A power level, which servers of old also wrote as a string."""
    if isinstance(value, bool):
        return otherwise
    if isinstance(value, int | float):
        return value
    try:
        return int(value) if isinstance(value, str) else otherwise
    except ValueError:
        return otherwise


def _knows_creators(version: object) -> bool:
    return isinstance(version, str) and version.isdecimal() and int(version[:6]) >= 12
