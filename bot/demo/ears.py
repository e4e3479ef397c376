"""What somebody's client has shown so far, and waiting for what comes next.

A place for each message is kept in the order of arrival. A message that cannot be read yet keeps its place
for READABLE_WITHIN seconds, since its key may be on the way; after that it fails whoever waits.
"""

import asyncio
import contextlib
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.demo.transcript import Seen, render

Match = str | re.Pattern[str] | Callable[[Seen], bool] | None

READABLE_WITHIN = 5.0
"""Seconds that a key may come after its message, before the message counts as unreadable."""


class UnreadableError(AssertionError):
    """Somebody's message cannot be decrypted by this client."""


class InTheClearError(AssertionError):
    """Somebody's words came unencrypted into an encrypted room."""


class NotHeardError(AssertionError):
    """What was waited for did not come; the message shows what came instead."""


@dataclass
class Sealed:
    """The place of a message that can't be read yet."""

    id: str
    room: str
    sender: str
    since: float
    """By the monotonic clock."""
    why: str = "no key for it"


class Ears:
    """The hearing half of a client. Whoever has ears calls `_take`, `_open` and `_fail`."""

    def __init__(self, mxid: str) -> None:
        self.mxid = mxid
        self.on_seen: Callable[[Seen], None] | None = None
        """Called with each line as it comes, for showing it."""
        self._lines: list[Seen | Sealed] = []
        self._heard: dict[str, int] = {}
        self._failure: BaseException | None = None
        self._news = asyncio.Condition()

    async def hears(
        self, match: Match = None, *, room: str | None = None, sender: str | None = None, within: float = 20
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
                if isinstance(line, Sealed):
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
        """Everything that this client shows, in order, one's own lines too.

        Raises UnreadableError if some of it cannot be read.
        """
        shown: list[Seen] = []
        for line in self._lines:
            if room not in (None, line.room):
                continue
            if isinstance(line, Sealed):
                raise self._unreadable(line)
            shown.append(line)
        return shown

    def transcript(self, room: str | None = None, names: Mapping[str, str] | None = None) -> str:
        """The conversation as text. Raises UnreadableError."""
        return render(self.seen(room), names)

    async def until(
        self, happened: Callable[[], bool], what: str, within: float = 20, room: str | None = None
    ) -> None:
        """Wait until something is so, looking again whenever something came.

        Raises NotHeardError, naming `what`, after `within` seconds; and what failed the client, if anything.
        """
        end = time.monotonic() + within
        async with self._news:
            while True:
                if self._failure is not None:
                    raise self._failure
                if happened():
                    return
                left = end - time.monotonic()
                if left <= 0:
                    raise self._not_heard(what, within, room)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), min(left, 1.0))
                for line in self._lines:
                    if isinstance(line, Sealed) and time.monotonic() - line.since > READABLE_WITHIN:
                        raise self._unreadable(line)

    async def _take(self, lines: Iterable[Seen | Sealed] = ()) -> None:
        """More lines have come, or something else has that may be waited for."""
        async with self._news:
            for line in lines:
                self._lines.append(line)
                if isinstance(line, Seen) and self.on_seen is not None:
                    self.on_seen(line)
            self._news.notify_all()

    def _open(self, event_id: str, line: Seen | None) -> None:
        """A sealed line can be read now; None if a client shows nothing of it."""
        for index, kept in enumerate(self._lines):
            if isinstance(kept, Sealed) and kept.id == event_id:
                self._lines[index] = line or Seen(kept.id, kept.room, kept.sender, "other")
                if line is not None and self.on_seen is not None:
                    self.on_seen(line)

    def _fail(self, failure: BaseException) -> None:
        """From now on, whoever waits gets this; the first failure stays."""
        self._failure = self._failure or failure

    def _unreadable(self, line: Sealed) -> UnreadableError:
        return UnreadableError(
            f"{self.mxid} cannot read {line.id} of {line.sender} in {line.room}: {line.why}"
        )

    def _not_heard(self, what: str, within: float, room: str | None) -> NotHeardError:
        shown = [line for line in self._lines if isinstance(line, Seen) and room in (None, line.room)]
        last = render(shown[-12:]) or "nothing"
        return NotHeardError(f"{self.mxid} waited {within:g} s {what}. The last that they saw:\n{last}")


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
