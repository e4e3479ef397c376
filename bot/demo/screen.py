"""What the demo prints: progress, and the conversation as people see it."""

import textwrap
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TextIO
from zoneinfo import ZoneInfo

from bot.demo.person import Person
from bot.demo.transcript import Seen

_WIDTH = 100
_LABELS = {
    "client": "Mia, client",
    "keller": "Dr. Keller, therapist",
    "winter": "Dr. Winter, therapist",
    "admin": "Ada, admin",
    "oncall": "Otto, on call",
}


class Screen:
    """Prints to one stream, each event once."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown: set[str] = set()
        self._rooms: dict[str, str] = {}

    def _print(self, text: str = "") -> None:
        self._stream.write(f"{text}\n")
        self._stream.flush()

    def progress(self, text: str) -> None:
        """A line while something takes its time."""
        self._print(f"… {text}")

    def title(self, text: str) -> None:
        """A step begins."""
        self._print()
        self._print(f"━━ {text} ".ljust(_WIDTH, "━"))

    def done(self, text: str) -> None:
        """A step happened."""
        self._print(f"✓ {text}")

    def note(self, text: str) -> None:
        """Something that the command line said."""
        self._print(textwrap.indent(text, "  "))

    def failure(self, title: str, why: str) -> None:
        """A step did not happen."""
        self._print(f"✗ {title}\n{textwrap.indent(why, '  ')}")

    def follow(
        self, people: Mapping[str, Person], names: Mapping[str, str], now: Callable[[], datetime]
    ) -> None:
        """Print what people see, as it comes."""
        labels = {mxid: _LABELS.get(name, name) for mxid, name in names.items()}

        def show(who: str) -> Callable[[Seen], None]:
            return lambda seen: self._line(seen, who, labels, now())

        for who, person in people.items():
            person.on_seen = show(who)

    def _line(self, seen: Seen, who: str, labels: Mapping[str, str], now: datetime) -> None:
        if seen.id in self._shown or seen.kind in ("joined", "left", "other"):
            # Two people in the room means that it is the pair's.
            if seen.kind == "joined" and self._rooms.get(seen.room, who) != who:
                self._rooms[seen.room] = "the pair's room"
            return
        self._shown.add(seen.id)
        self._rooms.setdefault(seen.room, who)
        place = self._rooms[seen.room]
        place = place if place == "the pair's room" else f"{_LABELS[place].partition(',')[0]}'s room"
        time = now.astimezone(ZoneInfo("Europe/Berlin")).strftime("%a %H:%M")
        self._print(f"\n[{time} · {place}] {labels.get(seen.sender, seen.sender)}:")
        self._print(textwrap.indent(_body(seen), "    "))

    def result(self, failed: str, *, started: float, played: float) -> None:
        """How it went, and how long it took."""
        self._print()
        self._print("Every step happened." if not failed else f"This step did not happen: {failed}")
        self._print(f"Starting took {started:.0f} s, the play {played:.0f} s.")

    def logins(self, url: str, bot: str, passwords: Mapping[str, str]) -> None:
        """How to join with a client of one's own."""
        self._print()
        self._print("The demo stays up. Join it with Element or any Matrix client that encrypts:")
        self._print(f"  homeserver   {url}")
        self._print(f"  the bot      {bot}")
        for name, password in passwords.items():
            self._print(f"  {name:12} {password}")
        self._print("Log in as you, who is new here, and write to the bot. The others have clients already;")
        self._print("yours will want to verify itself with them. docs/joining.md says more.")
        self._print("Ctrl-C ends and removes everything.")


def _body(seen: Seen) -> str:
    lines = [
        wrapped
        for line in seen.text.splitlines()
        for wrapped in (textwrap.wrap(line, _WIDTH - 8, subsequent_indent="  ") or [""])
    ]
    if seen.kind == "poll":
        lines += [f"( ) {label}" for _, label in seen.choices]
    if seen.kind == "vote":
        lines = [f"votes: {', '.join(choice for choice, _ in seen.choices)}"]
    if seen.kind == "file":
        lines.append(f"[file {seen.filename}]")
    return "\n".join(lines)
