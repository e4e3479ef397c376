"""Making, taking, closing and leaving rooms."""

import hashlib
from typing import Any, cast

from bot.matrix.homeserver import Homeserver, RequestFailed
from bot.matrix.machine import MEGOLM
from bot.matrix.powerlevels import levels, needed_for_state, power_of
from bot.matrix.roster import RoomCheck, check
from bot.outbound import CreateRoom

VERSION = "12"
MARK = "chat.stillroom.ref"
ENCRYPTION = {"algorithm": MEGOLM, "rotation_period_ms": 604_800_000, "rotation_period_msgs": 100}


class RoomRefused(Exception):  # noqa: N818
    """A room that cannot be what it has to be. The text is a short reason."""


def mark(ref: str) -> str:
    """What a room of ours bears in its creation event, so that a second try finds it."""
    return hashlib.sha256(f"stillroom room {ref}".encode()).hexdigest()[:32]


def creation(effect: CreateRoom, ref: str, *, federate: bool) -> dict[str, Any]:
    """The body of `/createRoom`.

    History is visible from one's invitation on, so that a person who joins tomorrow reads the greeting of
    today; room keys go to invited people of the roster for the same reason.
    """

    def state(kind: str, content: dict[str, Any]) -> dict[str, Any]:
        return {"type": kind, "state_key": "", "content": content}

    return {
        "visibility": "private",
        "room_version": VERSION,
        "name": effect.name,
        "topic": effect.topic,
        "is_direct": effect.direct,
        "invite": list(effect.invite),
        "creation_content": {"m.federate": federate, MARK: mark(ref)},
        "initial_state": [
            state("m.room.encryption", ENCRYPTION),
            state("m.room.join_rules", {"join_rule": "invite"}),
            state("m.room.history_visibility", {"history_visibility": "invited"}),
            state("m.room.guest_access", {"guest_access": "forbidden"}),
        ],
        "power_level_content_override": levels(),
    }


async def create(homeserver: Homeserver, effect: CreateRoom, ref: str, *, federate: bool) -> str:
    """Make a room; its Matrix room id. Raises RequestFailed, Unreachable."""
    answer = await homeserver.post("createRoom", body=creation(effect, ref, federate=federate))
    return cast("str", answer["room_id"])


async def find(homeserver: Homeserver, own_user: str, ref: str, known: set[str]) -> str | None:
    """The room that an earlier, interrupted try has made, if there is one. `known` rooms are left out."""
    answer = await homeserver.get("joined_rooms")
    for room_id in cast("list[Any]", answer.get("joined_rooms", [])):
        if not isinstance(room_id, str) or room_id in known:
            continue
        for event in await homeserver.state(room_id):
            if event.get("type") == "m.room.create" and event.get("sender") == own_user:
                content = event.get("content")
                if isinstance(content, dict) and cast("dict[str, Any]", content).get(MARK) == mark(ref):
                    return room_id
    return None


async def adopt(homeserver: Homeserver, room_id: str, *, own_user: str, roster: frozenset[str]) -> None:
    """Join a room to which the bot was invited, and make sure that it is fit for private words.

    Encryption is switched on where it is missing and the bot may. Raises RoomRefused (the bot has joined
    then, and leaves by an effect of its own), RequestFailed, Unreachable.
    """
    await homeserver.post("join", room_id, body={})
    state = await homeserver.state(room_id)
    found = check(state, own_user=own_user, roster=roster)
    if found.reasons == ("not-encrypted",):
        if power_of(own_user, state) < needed_for_state("m.room.encryption", state):
            raise RoomRefused("not-encrypted")
        await homeserver.put("rooms", room_id, "state", "m.room.encryption", "", body=ENCRYPTION)
        found = check(await homeserver.state(room_id), own_user=own_user, roster=roster)
    if not found.safe:
        raise RoomRefused(found.reasons[0])
    if found.joined != roster:
        raise RoomRefused("not-together")


async def invite(homeserver: Homeserver, room_id: str, user: str) -> None:
    """Invite somebody; it is no error if they are invited or in the room already."""
    try:
        await homeserver.post("rooms", room_id, "invite", body={"user_id": user})
    except RequestFailed as failure:
        if failure.status != 403 or not await _is_in(homeserver, room_id, user, ("invite", "join")):
            raise


async def remove(homeserver: Homeserver, room_id: str, user: str) -> None:
    """Remove somebody or take an invitation back; it is no error if they are gone already."""
    try:
        await homeserver.post("rooms", room_id, "kick", body={"user_id": user})
    except RequestFailed as failure:
        if failure.status != 403 or await _is_in(homeserver, room_id, user, ("invite", "join", "knock")):
            raise


async def set_levels(
    homeserver: Homeserver, room_id: str, own_user: str, *, calls_open: bool = False, closed: bool = False
) -> None:
    """Replace the room's power levels. Raises RoomRefused where the bot does not rule the room."""
    state = await homeserver.state(room_id)
    power = power_of(own_user, state)
    if power < max(100, needed_for_state("m.room.power_levels", state)):
        raise RoomRefused("no-power")
    bot = own_user if power != float("inf") else None
    wanted = levels(calls_open=calls_open, closed=closed, bot=bot)
    await homeserver.put("rooms", room_id, "state", "m.room.power_levels", "", body=wanted)


async def leave(homeserver: Homeserver, room_id: str) -> None:
    """Leave a room, or turn an invitation down, and forget it."""
    for step in ("leave", "forget"):
        try:
            await homeserver.post("rooms", room_id, step, body={})
        except RequestFailed as failure:
            if failure.status not in (400, 403, 404):
                raise


async def verify(homeserver: Homeserver, room_id: str, *, own_user: str, roster: frozenset[str]) -> RoomCheck:
    """Judge a room by what the server says of it now. Raises RequestFailed, Unreachable."""
    return check(await homeserver.state(room_id), own_user=own_user, roster=roster)


async def _is_in(homeserver: Homeserver, room_id: str, user: str, memberships: tuple[str, ...]) -> bool:
    for event in await homeserver.state(room_id):
        if event.get("type") == "m.room.member" and event.get("state_key") == user:
            content = event.get("content")
            return (
                isinstance(content, dict) and cast("dict[str, Any]", content).get("membership") in memberships
            )
    return False
