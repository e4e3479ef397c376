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
from typing import Any, Self
from urllib.parse import quote

from nio import (
    AsyncClient,
    AsyncClientConfig,
    JoinedMembersResponse,
    JoinResponse,
    KeysUploadResponse,
    LoginResponse,
    RoomCreateResponse,
    RoomInviteResponse,
    RoomKickResponse,
    RoomLeaveResponse,
    RoomPreset,
    RoomRedactResponse,
    RoomSendResponse,
    UploadResponse,
)
from nio.store import SqliteMemoryStore

from bot.demo.homeserver import Homeserver
from bot.demo.matrixclient import MatrixClient, ok
from bot.demo.transcript import POLL_RESPONSE, Seen
from config.ids import new_id


class Person(MatrixClient):
    """One account, one device, in memory; it keeps on syncing until `leave`."""

    def __init__(self, hs: Homeserver, client: AsyncClient, localpart: str, password: str) -> None:
        super().__init__(hs, client)
        self._password = password
        self.localpart = localpart
        self.room = ""
        """The room that `say` and the others use when none is named."""
        self._sending = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    # Coming and going

    @classmethod
    async def join(
        cls,
        hs: Homeserver,
        localpart: str,
        password: str,
        *,
        register: bool = True,
        cross_sign: bool = True,
    ) -> Self:
        """Register (unless told not to), log in on a new device, publish its keys and begin to sync.

        A cross-signed device is what any current client makes; without, it is one that careful clients
        refuse (MSC4153).
        """
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
        try:
            ok(await client.login(password, device_name=f"{localpart}'s client"), LoginResponse)
            person = cls(hs, client, localpart, password)
            ok(await client.keys_upload(), KeysUploadResponse)
            if cross_sign:
                await person._cross_sign()
            await person._sync_once(0)
        except BaseException:
            await client.close()
            raise
        person._task = asyncio.create_task(person._keep_syncing(), name=f"client of {localpart}")
        return person

    async def another_device(self) -> "Person":
        """The same person on a second device, that is not cross-signed and has none of the old keys."""
        return await Person.join(self._hs, self.localpart, self._password, register=False, cross_sign=False)

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

    async def create_direct(self, *mxids: str, encrypted: bool = True, equals: bool = True) -> str:
        """Make a direct room and invite; it becomes this person's `room`. Waits for nobody.

        `equals` gives the invited the same power, as Element does in direct rooms.
        """
        encryption = {
            "type": "m.room.encryption",
            "state_key": "",
            "content": {"algorithm": "m.megolm.v1.aes-sha2"},
        }
        created = ok(
            await self._client.room_create(
                is_direct=True,
                preset=RoomPreset.trusted_private_chat if equals else RoomPreset.private_chat,
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
        ok(await self._client.join(room), JoinResponse)
        await self.until(lambda: room in self._client.rooms, "for the room that they joined")

    async def invite(self, mxid: str, room: str = "") -> None:
        """Invite somebody into a room."""
        ok(await self._client.room_invite(room or self.room, mxid), RoomInviteResponse)

    async def leave_room(self, room: str = "") -> None:
        ok(await self._client.room_leave(room or self.room), RoomLeaveResponse)

    async def remove(self, mxid: str, room: str = "") -> None:
        """Remove somebody from a room."""
        ok(await self._client.room_kick(room or self.room, mxid), RoomKickResponse)

    def invitations(self) -> list[str]:
        return sorted(self._client.invited_rooms)

    async def members(self, room: str = "") -> set[str]:
        """Who is in a room now, asked of the server."""
        answer = ok(await self._client.joined_members(room or self.room), JoinedMembersResponse)
        return {member.user_id for member in answer.members}

    async def state(self, event_type: str, room: str = "") -> dict[str, Any]:
        """The content of a state event as the server has it."""
        path = f"/_matrix/client/v3/rooms/{quote(room or self.room)}/state/{event_type}"
        return await self._ask("GET", path, {})

    def encrypted(self, room: str = "") -> bool:
        """Whether this person's client knows a room as encrypted."""
        return self.encrypts(room or self.room)

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
        ok(await self._client.room_redact(room or self.room, event_id), RoomRedactResponse)

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
        uri = ok(answer, UploadResponse).content_uri
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
        return ok(sent, RoomSendResponse).event_id

    async def send_in_the_clear(self, text: str, *, room: str = "") -> None:
        """Send a text unencrypted whatever the room says, as a broken client would."""
        path = f"/_matrix/client/v3/rooms/{quote(room or self.room)}/send/m.room.message/{new_id()}"
        await self._ask("PUT", path, {"msgtype": "m.text", "body": text})
