"""A made-up person with a real, encrypting Matrix client of their own.

They are what the demo and the tests talk to Stillroom with, so a conversation reads as a script:

    anna = await Person.join(hs, "anna", "a password")
    await anna.write_to(bot)
    poll = await anna.hears("Which country")
    await anna.vote(poll, "Portugal")

What they see is what any client would show; something that a client could not show, because it cannot be
read or came in the clear where all is encrypted, fails the script.
"""

import asyncio
import contextlib
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self, TypeVar, cast

from nio import (
    AsyncClient,
    AsyncClientConfig,
    DownloadResponse,
    EncryptionError,
    Event,
    JoinedMembersResponse,
    JoinResponse,
    LoginResponse,
    MegolmEvent,
    RoomCreateResponse,
    RoomKickResponse,
    RoomLeaveResponse,
    RoomPreset,
    RoomRedactResponse,
    RoomSendResponse,
    SyncResponse,
    UploadResponse,
)
from nio.crypto.attachments import decrypt_attachment
from nio.store import SqliteMemoryStore

from bot.demo.homeserver import Homeserver
from bot.demo.transcript import POLL_RESPONSE, WORDS, Seen, read, render

Match = str | re.Pattern[str] | Callable[[Seen], bool] | None
_T = TypeVar("_T")

READABLE_WITHIN = 5.0
"""Seconds that a key may come after its message, before the message counts as unreadable."""


class ClientRefusedError(Exception):
    """The homeserver refused what this person's client asked for."""


class UnreadableError(AssertionError):
    """Somebody's message cannot be decrypted by this person's client."""


class InTheClearError(AssertionError):
    """Somebody's words came unencrypted into an encrypted room."""


class NotHeardError(AssertionError):
    """What was waited for did not come; the message shows what came instead."""


@dataclass
class _Sealed:
    """The place in the conversation of a message that can't be read yet."""

    event: MegolmEvent
    room: str
    since: float


class Person:
    """One account, one device, in memory; it keeps on syncing until `leave`."""

    def __init__(self, client: AsyncClient, localpart: str) -> None:
        self._client = client
        self.localpart = localpart
        self.mxid = client.user_id
        self.device = cast("str", client.device_id)
        self.room = ""
        """The room that `say` and the others use when none is named."""
        self.accepts_invitations = True
        self.on_seen: Callable[[Seen], None] | None = None
        """Called with each line as it comes, for showing it."""
        self._lines: list[Seen | _Sealed] = []
        self._heard: dict[str, int] = {}
        self._entered: list[str] = []
        self._members: dict[str, dict[str, str]] = {}
        self._news = asyncio.Condition()
        self._sending = asyncio.Lock()
        self._failure: BaseException | None = None
        self._task: asyncio.Task[None] | None = None

    # Coming and going

    @classmethod
    async def join(cls, hs: Homeserver, localpart: str, password: str, *, register: bool = True) -> Self:
        """Register (unless told not to), log in on a new device, publish its keys and begin to sync."""
        if register:
            await hs.register(localpart, password)
        client = AsyncClient(
            hs.url,
            hs.mxid(localpart),
            config=AsyncClientConfig(
                store=SqliteMemoryStore,
                encryption_enabled=True,
                max_timeout_retry_wait_time=1,
                request_timeout=60,
            ),
        )
        _ok(await client.login(password, device_name=f"{localpart}'s client"), LoginResponse)
        person = cls(client, localpart)
        await client.keys_upload()
        await person._sync_once(0)
        person._task = asyncio.create_task(person._keep_syncing(), name=f"client of {localpart}")
        return person

    async def leave(self) -> None:
        """Stop syncing and close the connections. The account and its rooms stay."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await self._client.close()

    # Rooms

    async def write_to(self, mxid: str, text: str = "", *, encrypted: bool = True, within: float = 20) -> str:
        """Open a direct room with somebody, as Element does, and say something there; the room's id.

        It becomes this person's `room`. Waits up to `within` seconds for the other to join.
        """
        room = await self.create_direct(mxid, encrypted=encrypted)
        await self.until(lambda: self.membership(room, mxid) == "join", f"for {mxid} to join", within)
        if text:
            await self.say(text, room=room)
        return room

    async def create_direct(self, *mxids: str, encrypted: bool = True) -> str:
        """Make a direct room and invite; it becomes this person's `room`. Waits for nobody."""
        encryption = {
            "type": "m.room.encryption",
            "state_key": "",
            "content": {"algorithm": "m.megolm.v1.aes-sha2"},
        }
        created = _ok(
            await self._client.room_create(
                is_direct=True,
                preset=RoomPreset.trusted_private_chat,
                invite=mxids,
                initial_state=[encryption] if encrypted else [],
            ),
            RoomCreateResponse,
        )
        room = created.room_id
        await self.until(lambda: room in self._client.rooms, "for the new room")
        self.room = room
        return room

    async def enters(self, within: float = 20) -> str:
        """The next room that this person was invited to and has joined; it becomes their `room`."""
        await self.until(lambda: bool(self._entered), "for an invitation", within)
        self.room = self._entered.pop(0)
        return self.room

    async def accept(self, room: str) -> None:
        """Join a room; needed only where `accepts_invitations` is off."""
        _ok(await self._client.join(room), JoinResponse)
        await self.until(lambda: room in self._client.rooms, "for the room that they joined")

    async def leave_room(self, room: str = "") -> None:
        _ok(await self._client.room_leave(room or self.room), RoomLeaveResponse)

    async def remove(self, mxid: str, room: str = "") -> None:
        """Remove somebody from a room."""
        _ok(await self._client.room_kick(room or self.room, mxid), RoomKickResponse)

    def invitations(self) -> list[str]:
        return sorted(self._client.invited_rooms)

    def membership(self, room: str, mxid: str) -> str:
        """Membership of a user in a room as this person's client knows it; empty if it knows none."""
        return self._members.get(room, {}).get(mxid, "")

    async def members(self, room: str = "") -> set[str]:
        """Who is in a room now, asked of the server."""
        answer = _ok(await self._client.joined_members(room or self.room), JoinedMembersResponse)
        return {member.user_id for member in answer.members}

    def encrypted(self, room: str = "") -> bool:
        known = self._client.rooms.get(room or self.room)
        return known is not None and bool(known.encrypted)

    # Speaking

    async def say(self, text: str, *, room: str = "", reply_to: Seen | None = None) -> str:
        """Send a text; the event id."""
        content: dict[str, Any] = {"msgtype": "m.text", "body": text}
        if reply_to is not None:
            content["m.relates_to"] = {"m.in_reply_to": {"event_id": reply_to.id}}
        return await self.send("m.room.message", content, room or (reply_to.room if reply_to else ""))

    async def edit(self, event_id: str, text: str, *, room: str = "") -> str:
        """Replace the text of an earlier message of one's own; the event id of the edit."""
        return await self.send(
            "m.room.message",
            {
                "msgtype": "m.text",
                "body": f"* {text}",
                "m.new_content": {"msgtype": "m.text", "body": text},
                "m.relates_to": {"rel_type": "m.replace", "event_id": event_id},
            },
            room,
        )

    async def vote(self, poll: Seen, *answers: str) -> str:
        """Answer a poll by id, label or the beginning of a label; without an answer, take the vote back."""
        chosen = [poll.choice(answer) for answer in answers]
        return await self.send(
            POLL_RESPONSE[1],
            {
                "m.relates_to": {"rel_type": "m.reference", "event_id": poll.id},
                POLL_RESPONSE[1]: {"answers": chosen},
            },
            poll.room,
        )

    async def react(self, event_id: str, key: str, *, room: str = "") -> str:
        relation = {"rel_type": "m.annotation", "event_id": event_id, "key": key}
        return await self.send("m.reaction", {"m.relates_to": relation}, room)

    async def take_back(self, event_id: str, *, room: str = "") -> None:
        """Redact a message."""
        _ok(await self._client.room_redact(room or self.room, event_id), RoomRedactResponse)

    async def give_file(
        self, name: str, data: bytes, mimetype: str = "text/plain", *, caption: str = "", room: str = ""
    ) -> str:
        """Send a file, encrypted if the room is; the event id."""
        target = room or self.room
        secret = self.encrypted(target)

        def provide(_limited: int, _timed_out: int) -> bytes:
            return data

        answer, keys = await self._client.upload(
            provide,
            content_type="application/octet-stream" if secret else mimetype,
            filename=None if secret else name,
            encrypt=secret,
            filesize=len(data),
        )
        uri = _ok(answer, UploadResponse).content_uri
        content: dict[str, Any] = {
            "msgtype": "m.file",
            "body": caption or name,
            "filename": name,
            "info": {"mimetype": mimetype, "size": len(data)},
        }
        if secret:
            content["file"] = {**(keys or {}), "url": uri}
        else:
            content["url"] = uri
        return await self.send("m.room.message", content, target)

    async def send(self, event_type: str, content: dict[str, Any], room: str = "") -> str:
        """Send any event, encrypted if the room is; the event id."""
        async with self._sending:
            if self._client.should_query_keys:
                await self._client.keys_query()
            sent = await self._client.room_send(
                room or self.room, event_type, content, ignore_unverified_devices=True
            )
        return _ok(sent, RoomSendResponse).event_id

    # Hearing

    async def hears(
        self,
        match: Match = None,
        *,
        room: str | None = None,
        sender: str | None = None,
        within: float = 20,
    ) -> Seen:
        """The next line of somebody else that fits; what came before it in its room counts as heard.

        `match` is a part of the text (or file name), a pattern, or a function of the line; without it, any
        line but joins and leaves fits. `room` None looks in every room.

        Raises NotHeardError after `within` seconds; UnreadableError or InTheClearError for a line that no
        client could show.
        """
        found: list[Seen] = []

        def look() -> bool:
            for index, line in enumerate(self._lines):
                if room not in (None, line.room) or index < self._heard.get(line.room, 0):
                    continue
                if isinstance(line, _Sealed):
                    return False  # it may be the one, as soon as its key has come
                if line.sender != self.mxid and sender in (None, line.sender) and _fits(line, match):
                    self._heard[line.room] = index + 1
                    found.append(line)
                    return True
            return False

        await self.until(look, f"to hear {_described(match)}", within, room)
        return found[0]

    def unheard(self, room: str | None = None) -> list[Seen]:
        """Lines of others that `hears` has not gone past, joins and leaves aside."""
        return [
            line
            for index, line in enumerate(self._lines)
            if isinstance(line, Seen)
            and room in (None, line.room)
            and line.sender != self.mxid
            and index >= self._heard.get(line.room, 0)
            and _fits(line, None)
        ]

    def skip(self, room: str | None = None) -> None:
        """Count everything so far as heard, in one room or in all."""
        for name in {line.room for line in self._lines}:
            if room in (None, name):
                self._heard[name] = len(self._lines)

    def seen(self, room: str | None = None) -> list[Seen]:
        """Everything that this person's client shows, in order, their own lines too.

        Raises UnreadableError if some of it cannot be read.
        """
        for line in self._lines:
            if isinstance(line, _Sealed):
                raise self._unreadable(line)
        return [line for line in self._lines if isinstance(line, Seen) and room in (None, line.room)]

    def transcript(self, room: str | None = None, names: Mapping[str, str] | None = None) -> str:
        """The conversation as text."""
        return render(self.seen(room), names)

    async def until(
        self,
        happened: Callable[[], bool],
        what: str,
        within: float = 20,
        room: str | None = None,
    ) -> None:
        """Wait until something is so, looking again whenever the client has synced.

        Raises NotHeardError, naming `what`, after `within` seconds.
        """
        until = time.monotonic() + within
        async with self._news:
            while True:
                if self._failure is not None:
                    raise self._failure
                if happened():
                    return
                left = until - time.monotonic()
                if left <= 0:
                    raise self._not_heard(what, within, room)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), min(left, 1.0))
                self._check_sealed()

    # The client's own work

    async def _keep_syncing(self) -> None:
        try:
            while True:
                await self._sync_once(30_000)
        except Exception as error:  # kept for whoever waits: a script must end with it
            self._failure = error
            async with self._news:
                self._news.notify_all()

    async def _sync_once(self, timeout_ms: int) -> None:
        client = self._client
        answer = await client.sync(
            timeout=timeout_ms,
            sync_filter={"room": {"timeline": {"limit": 500}}, "presence": {"types": []}},
        )
        if not isinstance(answer, SyncResponse):
            await asyncio.sleep(0.2)  # the server may be on its way down or up
            return
        await client.send_to_device_messages()
        if client.should_upload_keys:
            await client.keys_upload()
        if client.should_query_keys:
            await client.keys_query()
        if client.should_claim_keys:
            await client.keys_claim(cast("dict[str, Iterable[str]]", client.get_users_for_key_claiming()))
        await self._take_in(answer)
        if self.accepts_invitations:
            for room in list(client.invited_rooms):
                if isinstance(await client.join(room), JoinResponse):
                    client.invited_rooms.pop(room, None)
                    self._entered.append(room)

    async def _take_in(self, answer: SyncResponse) -> None:
        fresh: list[Seen | _Sealed] = []
        for room, info in answer.rooms.join.items():
            members = self._members.setdefault(room, {})
            timeline = cast("list[Event]", info.timeline.events)
            for event in [*cast("list[Event]", info.state), *timeline]:
                source = event.source
                if source.get("type") == "m.room.member" and "state_key" in source:
                    members[source["state_key"]] = source["content"].get("membership", "")
            for event in timeline:
                if isinstance(event, MegolmEvent):
                    fresh.append(_Sealed(event, room, time.monotonic()))
                    continue
                line = await self._read(event.source, room, bool(getattr(event, "decrypted", False)))
                if line is not None:
                    fresh.append(line)
        opened = await self._open_sealed()
        async with self._news:
            self._lines += fresh
            if self.on_seen is not None:
                for line in [*opened, *(line for line in fresh if isinstance(line, Seen))]:
                    self.on_seen(line)
            self._news.notify_all()

    async def _read(self, source: Mapping[str, Any], room: str, encrypted: bool) -> Seen | None:
        if "redacted_because" in (source.get("unsigned") or {}):
            return None
        private = self.encrypted(room)
        if private and not encrypted and source.get("type") in WORDS:
            self._failure = InTheClearError(
                f"{source.get('sender')} sent {source.get('type')} unencrypted into the encrypted room {room}"
            )
        line = read(source, room, encrypted=encrypted)
        if line is not None and line.kind == "file":
            return replace(line, content=await self._fetch(source["content"]))
        return line

    async def _fetch(self, content: Mapping[str, Any]) -> bytes:
        keys = cast("dict[str, Any]", content.get("file") or {})
        got = _ok(
            await self._client.download(cast("str", keys.get("url") or content["url"])), DownloadResponse
        )
        body = cast("bytes", got.body)
        if not keys:
            return body
        return decrypt_attachment(body, keys["key"]["k"], keys["hashes"]["sha256"], keys["iv"])

    async def _open_sealed(self) -> list[Seen]:
        """Try again what could not be read: its key may have come since."""
        opened: list[Seen] = []
        for index, line in enumerate(self._lines):
            if not isinstance(line, _Sealed):
                continue
            try:
                event = self._client.decrypt_event(line.event)
            except EncryptionError:
                continue
            seen = await self._read(event.source, line.room, encrypted=True)
            if seen is not None:
                self._lines[index] = seen
                opened.append(seen)
            else:
                self._lines[index] = Seen(line.event.event_id, line.room, line.event.sender, "other")
        return opened

    def _check_sealed(self) -> None:
        for line in self._lines:
            if isinstance(line, _Sealed) and time.monotonic() - line.since > READABLE_WITHIN:
                raise self._unreadable(line)

    def _unreadable(self, line: _Sealed) -> UnreadableError:
        event = line.event
        return UnreadableError(
            f"{self.mxid} cannot read {event.event_id} of {event.sender} (device {event.device_id}) "
            f"in {line.room}: no key for session {event.session_id}"
        )

    def _not_heard(self, what: str, within: float, room: str | None) -> NotHeardError:
        shown = [line for line in self._lines if isinstance(line, Seen) and room in (None, line.room)][-12:]
        return NotHeardError(
            f"{self.mxid} waited {within:g} s {what}. The last that they saw:\n{render(shown) or 'nothing'}"
        )


def _fits(line: Seen, match: Match) -> bool:
    if match is None:
        return line.kind not in ("joined", "left", "other")
    if isinstance(match, str):
        return match.casefold() in f"{line.text}\n{line.filename}".casefold()
    if isinstance(match, re.Pattern):
        return match.search(line.text) is not None
    return match(line)


def _described(match: Match) -> str:
    if match is None:
        return "anything"
    if isinstance(match, re.Pattern):
        return f"/{match.pattern}/"
    return repr(match) if isinstance(match, str) else "a line that fits"


def _ok(answer: object, wanted: type[_T]) -> _T:
    if not isinstance(answer, wanted):
        raise ClientRefusedError(f"wanted {wanted.__name__}, got {answer}")
    return answer
