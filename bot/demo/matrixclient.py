"""The Matrix client of a made-up person: syncs, decrypts, and keeps what can be seen."""

import asyncio
import contextlib
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar, cast

from nio import AsyncClient, DownloadResponse, EncryptionError, Event, JoinResponse, MegolmEvent, SyncResponse
from nio.crypto.attachments import decrypt_attachment

from bot.demo.ears import Ears, InTheClearError, Sealed
from bot.demo.homeserver import Homeserver
from bot.demo.transcript import WORDS, Seen, read
from bot.matrix.crosssigning import Seeds, key_objects
from bot.matrix.signing import public, signature

_T = TypeVar("_T")


class ClientRefusedError(Exception):
    """The homeserver refused what this person's client asked for."""


class MatrixClient(Ears):
    """One device with its keys. Whoever has logged in starts `_keep_syncing`."""

    def __init__(self, hs: Homeserver, client: AsyncClient) -> None:
        super().__init__(client.user_id)
        self._hs = hs
        self._client = client
        self.device = cast("str", client.device_id)
        self.accepts_invitations = True
        self._sealed: dict[str, MegolmEvent] = {}
        self._entered: list[str] = []
        self._members: dict[str, dict[str, str]] = {}

    def membership(self, room: str, mxid: str) -> str:
        """Membership of a user in a room as this person's client knows it; empty if it knows none."""
        return self._members.get(room, {}).get(mxid, "")

    def encrypts(self, room: str) -> bool:
        """Whether the client knows a room as encrypted."""
        known = self._client.rooms.get(room)
        return known is not None and bool(known.encrypted)

    async def _ask(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return await self._hs.ask(method, path, body, token=self._client.access_token)

    async def _cross_sign(self) -> None:
        """Make cross-signing keys and sign this device with them, as a client does at its first login."""
        seeds = Seeds.new()
        await self._ask(
            "POST", "/_matrix/client/v3/keys/device_signing/upload", key_objects(self.mxid, seeds)
        )
        query = {"device_keys": {self.mxid: [self.device]}}
        known = await self._ask("POST", "/_matrix/client/v3/keys/query", query)
        keys = known["device_keys"][self.mxid][self.device]
        own = {name: value for name, value in keys.items() if name not in ("signatures", "unsigned")}
        signed = {f"ed25519:{public(seeds.self_signing)}": signature(seeds.self_signing, own)}
        answer = await self._ask(
            "POST",
            "/_matrix/client/v3/keys/signatures/upload",
            {self.mxid: {self.device: {**own, "signatures": {self.mxid: signed}}}},
        )
        if answer.get("failures"):
            raise ClientRefusedError(f"the device of {self.mxid} was not signed: {answer['failures']}")

    async def _keep_syncing(self) -> None:
        try:
            while True:
                await self._sync_once(30_000)
        except Exception as error:  # kept for whoever waits: a script must end with it
            self._fail(error)
            await self._take()

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
        fresh: list[Seen | Sealed] = []
        for room, info in answer.rooms.join.items():
            members = self._members.setdefault(room, {})
            timeline = cast("list[Event]", info.timeline.events)
            for event in [*cast("list[Event]", info.state), *timeline]:
                source = event.source
                if source.get("type") == "m.room.member" and "state_key" in source:
                    members[source["state_key"]] = source["content"].get("membership", "")
            for event in timeline:
                if isinstance(event, MegolmEvent):
                    self._sealed[event.event_id] = event
                    why = f"no key for session {event.session_id} of device {event.device_id}"
                    fresh.append(Sealed(event.event_id, room, event.sender, time.monotonic(), why))
                    continue
                line = await self._read(event.source, room, bool(getattr(event, "decrypted", False)))
                if line is not None:
                    fresh.append(line)
        await self._try_again()
        await self._take(fresh)

    async def _try_again(self) -> None:
        """The key of what could not be read may have come since."""
        for event_id, sealed in list(self._sealed.items()):
            with contextlib.suppress(EncryptionError):
                event = self._client.decrypt_event(sealed)
                self._open(event_id, await self._read(event.source, sealed.room_id, encrypted=True))
                del self._sealed[event_id]

    async def _read(self, source: Mapping[str, Any], room: str, encrypted: bool) -> Seen | None:
        if "redacted_because" in (source.get("unsigned") or {}):
            return None
        private = self.encrypts(room)
        if private and not encrypted and source.get("type") in WORDS:
            what = f"{source.get('type')} of {source.get('sender')}"
            self._fail(InTheClearError(f"{what} came unencrypted into the encrypted room {room}"))
        line = read(source, room, encrypted=encrypted)
        if line is not None and line.kind == "file":
            return replace(line, content=await self._fetch(source["content"]))
        return line

    async def _fetch(self, content: Mapping[str, Any]) -> bytes:
        keys = cast("dict[str, Any]", content.get("file") or {})
        got = ok(
            await self._client.download(cast("str", keys.get("url") or content["url"])), DownloadResponse
        )
        body = cast("bytes", got.body)
        if not keys:
            return body
        return decrypt_attachment(body, keys["key"]["k"], keys["hashes"]["sha256"], keys["iv"])


def ok(answer: object, wanted: type[_T]) -> _T:
    if not isinstance(answer, wanted):
        raise ClientRefusedError(f"wanted {wanted.__name__}, got {answer}")
    return answer
