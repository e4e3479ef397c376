"""The bot of the demo and the tests: set up by the real `stillroom init`, run in a process of its own."""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from bot.demo.clock import LeadingClock
from bot.demo.homeserver import Homeserver
from bot.demo.process import READY
from compliance.files import write_private
from config.clock import SystemClock

PATIENCE = 60.0
"""Seconds that a process may take to start or to end."""


class BotFailedError(Exception):
    """The bot's process did not do what it should; the message holds its last words."""


class Bot:
    """One Stillroom with its files in a folder. Its clock is moved from here."""

    def __init__(self, homeserver: Homeserver, folder: Path, localpart: str = "stillroom") -> None:
        self._homeserver = homeserver
        self.folder = folder
        self.mxid = homeserver.mxid(localpart)
        self._localpart = localpart
        self._clock_file = folder.parent / f"{folder.name}.clock"
        self.log = folder.parent / f"{folder.name}.log"
        self.lead = timedelta()
        self._process: asyncio.subprocess.Process | None = None
        LeadingClock.write(self._clock_file, self.lead)

    @property
    def settings(self) -> Path:
        """The settings file that `stillroom init` wrote."""
        return self.folder / "stillroom.toml"

    def now(self) -> datetime:
        """The time as the bot sees it."""
        return SystemClock().now() + self.lead

    async def init(
        self,
        *,
        admins: list[str],
        oncall: list[str],
        supervisors: Sequence[str] = (),
        country: str = "DE",
        join: str = "homeserver",
    ) -> str:
        """Register the account and set the service up, as an operator would. Returns what init said."""
        password = os.urandom(12).hex()
        await self._homeserver.register(self._localpart, password)
        secret = self.folder.parent / f"{self.folder.name}.password"
        write_private(secret, password.encode())
        people = [part for mxid in admins for part in ("--admin", mxid)]
        people += [part for mxid in oncall for part in ("--oncall", mxid)]
        people += [part for mxid in supervisors for part in ("--supervisor", mxid)]
        said = await self.command(
            "init", str(self.folder), "--homeserver", self._homeserver.url, "--user", self.mxid,
            "--password-file", str(secret), *people, "--join", join, "--country", country, "--yes",
            "--element-call", "yes",
            config=False,
        )  # fmt: skip
        secret.unlink()
        return said

    async def command(self, *words: str, config: bool = True) -> str:
        """Run `stillroom …` and return what it printed. Raises BotFailedError if it fails."""
        arguments = [*words, *(("--config", str(self.settings)) if config else ())]
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.cli.main",
            *arguments,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            stdin=asyncio.subprocess.DEVNULL,
        )
        output, _ = await process.communicate()
        if process.returncode:
            raise BotFailedError(f"stillroom {words[0]} ended with {process.returncode}:\n{output.decode()}")
        return output.decode()

    async def start(self) -> None:
        """Start the process and wait until it works. Raises BotFailedError, also if it runs already."""
        if self.running:
            raise BotFailedError("the bot runs already")
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.demo.process"),
            *(str(self.settings), str(self._clock_file), str(self.log)),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            stdin=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        assert self._process.stdout is not None  # noqa: S101 - a pipe was asked for
        line = await asyncio.wait_for(self._process.stdout.readline(), PATIENCE)
        if line.decode().strip() != READY:
            _, errors = await self._process.communicate()
            raise BotFailedError(
                f"the bot did not start:\n{errors.decode()[-3000:]}\n{self.last_words()[-3000:]}"
            )

    def last_words(self) -> str:
        """The end of the bot's log: lines without content, for whoever looks for a fault."""
        return "\n".join(self.log.read_text().splitlines()[-12:]) if self.log.exists() else ""

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int:
        """The process, for measuring it. Raises BotFailedError if it does not run."""
        if self._process is None or self._process.returncode is not None:
            raise BotFailedError("the bot does not run")
        return self._process.pid

    async def kill(self) -> None:
        """SIGKILL: nothing is put in order."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    async def stop(self) -> None:
        """SIGTERM, and wait for the end. Raises BotFailedError if it fails in ending."""
        if self._process is None or self._process.returncode is not None:
            return
        self._process.terminate()
        _, errors = await asyncio.wait_for(self._process.communicate(), PATIENCE)
        if self._process.returncode:
            raise BotFailedError(f"the bot ended with {self._process.returncode}:\n{errors.decode()[-3000:]}")

    async def move(self, by: timedelta) -> None:
        """Move the bot's clock on; what falls due by it happens now."""
        self.lead += by
        LeadingClock.write(self._clock_file, self.lead)
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(signal.SIGUSR1)

    async def move_to(self, moment: datetime) -> None:
        """Move the bot's clock on to a moment."""
        await self.move(moment - self.now())
