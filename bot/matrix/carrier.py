"""Carries one effect to the homeserver. Every repeat of the same row is the same event there."""

import base64
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import vodozemac
from nio.crypto import encrypt_attachment

from bot.matrix import polls, rooms
from bot.matrix.homeserver import Homeserver, RequestFailed
from bot.matrix.keysharing import KeySharing
from bot.matrix.machine import Machine
from bot.matrix.roster import RoomCheck
from bot.matrix.views import Views
from bot.outbound import (
    AdoptRoom,
    Attachment,
    CloseRoom,
    CreateRoom,
    Effect,
    Invite,
    Leave,
    Message,
    PlainPointer,
    Poll,
    PollEnd,
    Remove,
    SetCalls,
    VerificationStep,
)
from compliance import logs
from compliance.storage.rooms import Room
from config.clock import Clock

log = logs.get("matrix")

TRANSACTION = "chat.stillroom.row"
"""Inside the encryption: which outbox row an event came from."""
_SERVER_FORGETS = timedelta(hours=23)
"""Synapse forgets transaction ids after 24 hours."""
_PAGES = 50


class EffectRefused(Exception):  # noqa: N818
    """An effect that must not be carried out. The text is a short reason."""


class RoomUnsafe(EffectRefused):
    """The room is not what it was when its roster was pinned: nothing private may go there."""


@dataclass(frozen=True, slots=True)
class Task:
    """An outbox row with all that carrying it out needs to know."""

    row: str
    effect: Effect
    created_at: datetime
    tried: bool
    """Whether an earlier try may have reached the homeserver."""
    room: Room | None
    roster: frozenset[str] = frozenset()
    """Matrix user ids, without the bot."""
    target: str | None = None
    """Event id of the poll to end, or of the message to replace."""
    known_rooms: frozenset[str] = frozenset()
    """For the making of a room: the Matrix room ids that we know already."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: the event id, and what is to be noted of the room."""

    event_id: str | None = None
    matrix_id: str | None = None
    state: str | None = None
    joined: frozenset[str] = frozenset()
    """Who was seen in the room beside the bot."""


class Carrier:
    """Carries effects out for one account."""

    def __init__(
        self,
        homeserver: Homeserver,
        machine: Machine,
        keysharing: KeySharing,
        views: Views,
        clock: Clock,
        *,
        federate: bool,
    ) -> None:
        self._homeserver = homeserver
        self._machine = machine
        self._keysharing = keysharing
        self._views = views
        self._clock = clock
        self._federate = federate

    async def carry(self, task: Task) -> Done:
        """Carry an effect out. Raises EffectRefused, RequestFailed, Unreachable, LoggedOut."""
        match task.effect:
            case Message() | Poll() | PollEnd() | VerificationStep() | Attachment():
                return await self._say(task)
            case PlainPointer(matrix_id=room_id, body=body):
                return await self._point(task, room_id, body)
            case Leave(matrix_id=room_id):
                await rooms.leave(self._homeserver, room_id)
                return Done()
            case CreateRoom() as effect:
                return await self._create(task, effect)
            case AdoptRoom(matrix_id=room_id):
                return await self._adopt(task, room_id)
            case Invite() | Remove() | SetCalls() | CloseRoom():
                return await self._steer(task)

    async def _say(self, task: Task) -> Done:
        room_id = _matrix_id(task)
        if self._clock.now() - task.created_at > _SERVER_FORGETS:
            found = await self._find(room_id, task)
            if found is not None:
                return Done(event_id=found)
        check = await self._make_sure(room_id, task.roster)
        kind, content = await self._content(task)
        content[TRANSACTION] = task.row
        await self._keysharing.share(room_id, task.roster)
        sealed = self._keysharing.encrypt(room_id, kind, content)
        answer = await self._homeserver.put(
            "rooms", room_id, "send", "m.room.encrypted", _transaction(task), body=sealed
        )
        safe_again = task.room is not None and task.room.state == "unsafe"
        return Done(
            event_id=cast("str", answer.get("event_id")),
            state="open" if safe_again else None,
            joined=check.joined,
        )

    async def _make_sure(self, room_id: str, roster: frozenset[str]) -> RoomCheck:
        check = self._views.get(room_id, roster)
        if check is None:
            changes = self._views.changes(room_id)
            try:
                check = await rooms.verify(
                    self._homeserver, room_id, own_user=self._machine.user_id, roster=roster
                )
            except RequestFailed as failure:
                if failure.final:
                    raise RoomUnsafe("bot-not-in-room") from failure
                raise
            if check.safe:
                self._views.put(room_id, roster, check, changes)
        if not check.safe:
            raise RoomUnsafe(check.reasons[0])
        return check

    async def _content(self, task: Task) -> tuple[str, dict[str, Any]]:
        match task.effect:
            case Message() as message:
                return "m.room.message", _message(message, task.target)
            case Poll() as poll:
                return polls.START, polls.start(
                    poll.question, poll.answers, poll.max_selections, poll.fallback
                )
            case PollEnd(text=text):
                if task.target is None:
                    raise EffectRefused("poll-not-sent")
                return polls.END, polls.end(task.target, text)
            case VerificationStep(type=kind, content=content):
                return kind, dict(content)
            case Attachment() as attachment:
                return "m.room.message", await self._upload(attachment)
            case _:
                raise EffectRefused("not-a-message")

    async def _upload(self, attachment: Attachment) -> dict[str, Any]:
        plain = base64.b64decode(attachment.data)
        ciphertext, keys = encrypt_attachment(plain)
        address = await self._homeserver.upload(ciphertext)
        return {
            "msgtype": "m.file",
            "body": attachment.body,
            "filename": attachment.filename,
            "info": {"mimetype": attachment.mimetype, "size": len(plain)},
            "file": {**keys, "url": address},
            "m.mentions": {},
        }

    async def _point(self, task: Task, room_id: str, body: str) -> Done:
        for event in await self._homeserver.state(room_id):
            if event.get("type") == "m.room.encryption":
                raise EffectRefused("room-is-encrypted")
        answer = await self._homeserver.put(
            "rooms",
            room_id,
            "send",
            "m.room.message",
            _transaction(task),
            body={"msgtype": "m.notice", "body": body, "m.mentions": {}},
        )
        return Done(event_id=cast("str", answer.get("event_id")))

    async def _create(self, task: Task, effect: CreateRoom) -> Done:
        if task.room is None:
            raise EffectRefused("no-room")
        if task.room.matrix_id is not None:
            return Done()
        if not task.roster.issuperset(effect.invite):
            raise EffectRefused("not-on-the-roster")
        room_id = await self._find_room(task) if task.tried else None
        if room_id is None:
            try:
                room_id = await rooms.create(self._homeserver, effect, task.room.ref, federate=self._federate)
            except RequestFailed:
                # The room may stand although an invitation failed.
                room_id = await self._find_room(task)
                if room_id is None:
                    raise
            else:
                return Done(matrix_id=room_id, state="open")
        for user in effect.invite:
            await rooms.invite(self._homeserver, room_id, user)
        return Done(matrix_id=room_id, state="open")

    async def _find_room(self, task: Task) -> str | None:
        assert task.room is not None  # noqa: S101 - its only caller has checked
        return await rooms.find(self._homeserver, self._machine.user_id, task.room.ref, set(task.known_rooms))

    async def _adopt(self, task: Task, room_id: str) -> Done:
        if task.room is None or not task.roster:
            raise EffectRefused("no-room")
        try:
            await rooms.adopt(self._homeserver, room_id, own_user=self._machine.user_id, roster=task.roster)
        except rooms.RoomRefused as refused:
            raise EffectRefused(str(refused)) from refused
        self._views.forget(room_id)
        return Done(matrix_id=room_id, state="open")

    async def _steer(self, task: Task) -> Done:
        room_id, own = _matrix_id(task), self._machine.user_id
        try:
            match task.effect:
                case Invite(user=user):
                    if user not in task.roster:
                        raise EffectRefused("not-on-the-roster")
                    await rooms.invite(self._homeserver, room_id, user)
                case Remove(user=user):
                    await rooms.remove(self._homeserver, room_id, user)
                case SetCalls(open=calls):
                    await rooms.set_levels(self._homeserver, room_id, own, calls_open=calls)
                case _:
                    await rooms.set_levels(self._homeserver, room_id, own, closed=True)
                    return Done(state="closed")
        except rooms.RoomRefused as refused:
            raise EffectRefused(str(refused)) from refused
        finally:
            self._views.forget(room_id)
        return Done()

    async def _find(self, room_id: str, task: Task) -> str | None:
        """The event that an earlier try of this row has left in the room, if there is one."""
        only = {"types": ["m.room.encrypted"], "senders": [self._machine.user_id]}
        oldest = (task.created_at - timedelta(hours=1)).timestamp() * 1000
        query = {"dir": "b", "limit": "100", "filter": json.dumps(only)}
        for _ in range(_PAGES):
            answer = await self._homeserver.get("rooms", room_id, "messages", **query)
            chunk = cast("list[dict[str, Any]]", answer.get("chunk", []))
            for event in chunk:
                if self._row_of(room_id, event) == task.row:
                    log.info("matrix-already-sent")
                    return cast("str", event["event_id"])
            if not isinstance(answer.get("end"), str) or (chunk and chunk[-1]["origin_server_ts"] < oldest):
                return None
            query["from"] = cast("str", answer["end"])
        return None

    def _row_of(self, room_id: str, event: dict[str, Any]) -> str | None:
        content = cast("dict[str, Any]", event.get("content") or {})
        for session in self._machine.sessions(room_id, str(content.get("session_id"))):
            if session.sender_key != self._machine.curve25519:
                continue
            try:
                payload = json.loads(session.decrypt(str(content.get("ciphertext")))[0])
                return cast("str | None", payload["content"].get(TRANSACTION))
            except (vodozemac.MegolmDecryptionException, vodozemac.DecodeException, ValueError, KeyError):
                continue
        return None


def _message(message: Message, replaced: str | None) -> dict[str, Any]:
    content: dict[str, Any] = {
        "msgtype": "m.notice" if message.notice else "m.text",
        "body": message.body,
        # Always named: clients then look for no other mention in the text.
        "m.mentions": {"user_ids": list(message.mentions)} if message.mentions else {},
    }
    if replaced is None:
        return content
    relation = {"rel_type": "m.replace", "event_id": replaced}
    return {**content, "body": f"* {message.body}", "m.new_content": content, "m.relates_to": relation}


def _matrix_id(task: Task) -> str:
    if task.room is None or task.room.matrix_id is None:
        raise EffectRefused("no-room")
    return task.room.matrix_id


def _transaction(task: Task) -> str:
    return f"stillroom-{task.row}"
