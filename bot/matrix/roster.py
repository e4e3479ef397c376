"""Whether a room is safe to write private words into: a pure judgement of the server's own state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from bot.matrix.machine import MEGOLM


@dataclass(frozen=True, slots=True)
class RoomCheck:
    """The judgement. `reasons` are short words; a room without any is safe."""

    reasons: tuple[str, ...]
    joined: frozenset[str] = frozenset()
    invited: frozenset[str] = frozenset()
    strangers: frozenset[str] = frozenset()
    """Users who are in the room, or invited, and not on its roster."""

    @property
    def safe(self) -> bool:
        return not self.reasons


def check(state: Iterable[Mapping[str, Any]], *, own_user: str, roster: frozenset[str]) -> RoomCheck:
    """Judge a room by its full current state and its pinned roster (Matrix user ids, without the bot).

    Safe means: encrypted with Megolm; entered by invitation only; nobody in it or invited to it who is not
    on the roster; no invitation by e-mail or telephone; not readable for the world; not replaced; the bot
    is in it. Anything malformed counts against the room.
    """
    found = _by_type(state)
    reasons: list[str] = []
    if _value(found, "m.room.encryption", "algorithm") != MEGOLM:
        reasons.append("not-encrypted")
    if _value(found, "m.room.join_rules", "join_rule") not in ("invite", "private"):
        reasons.append("join-rule")
    if _value(found, "m.room.history_visibility", "history_visibility") == "world_readable":
        reasons.append("world-readable")
    if any(content for content in found.get("m.room.third_party_invite", {}).values()):
        reasons.append("third-party-invite")
    if "" in found.get("m.room.tombstone", {}):
        reasons.append("replaced")
    joined: set[str] = set()
    invited: set[str] = set()
    for user, content in found.get("m.room.member", {}).items():
        membership = content.get("membership")
        if membership == "invite":
            invited.add(user)
        elif membership not in ("leave", "ban", "knock"):
            joined.add(user)  # also a membership that no server of today writes
    strangers = (joined | invited) - roster - {own_user}
    if strangers:
        reasons.append("stranger")
    if own_user not in joined:
        reasons.append("bot-not-in-room")
    return RoomCheck(
        tuple(reasons),
        frozenset(joined - {own_user}),
        frozenset(invited - {own_user}),
        frozenset(strangers),
    )


def _by_type(state: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for event in state:
        kind, key, content = event.get("type"), event.get("state_key"), event.get("content")
        if isinstance(kind, str) and isinstance(key, str):
            known = cast("dict[str, Any]", content) if isinstance(content, dict) else {}
            found.setdefault(kind, {})[key] = known
    return found


def _value(found: dict[str, dict[str, dict[str, Any]]], kind: str, name: str) -> object:
    return found.get(kind, {}).get("", {}).get(name)
