"""Screen JSON lines: `{"id","text","lang"}` in, `{"id","severity","categories","rules"}` out, streaming.

python -m compliance.crisis.screening [FILE ...] < messages.jsonl
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO, cast

from compliance.crisis.detector import detector


class LineError(ValueError):
    """A line is not a message; the message of the error says which and what is wanted."""


def answers(lines: Iterable[str]) -> Iterator[str]:
    """One JSON answer for each JSON line; blank lines are passed over. Raises LineError."""
    screen = detector().screen
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        message = _message(number, line)
        screening = screen(message["text"], message.get("lang"))
        answer = {
            "id": message["id"],
            "severity": screening.severity.name,
            "categories": sorted(screening.categories),
            "rules": list(screening.rules),
        }
        yield json.dumps(answer, ensure_ascii=False)


def _message(number: int, line: str) -> dict[str, Any]:
    wanted = 'it should look like {"id": "1", "text": "hello", "lang": "en"}'
    try:
        message = json.loads(line)
    except json.JSONDecodeError as error:
        raise LineError(f"line {number} is not JSON ({error.msg}); {wanted}") from error
    if not isinstance(message, dict):
        raise LineError(f"line {number} is not an object; {wanted}")
    message = cast("dict[str, Any]", message)
    if not isinstance(message.get("text"), str) or "id" not in message:
        raise LineError(f"line {number} has no id or no text; {wanted}")
    if not isinstance(message.get("lang"), str | None):
        raise LineError(f"line {number}: lang is not text; {wanted}")
    return message


def main(argv: Sequence[str] | None = None, *, source: TextIO = sys.stdin, sink: TextIO = sys.stdout) -> int:
    """Screen the named files, or standard input. Returns the exit status: 0, or 2 for bad input."""
    names = list(sys.argv[1:] if argv is None else argv)
    try:
        if not names:
            _stream(source, sink)
        for name in names:
            with Path(name).open(encoding="utf-8") as file:
                _stream(file, sink)
    except (LineError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _stream(source: TextIO, sink: TextIO) -> None:
    for answer in answers(source):
        sink.write(answer + "\n")
        sink.flush()


if __name__ == "__main__":
    sys.exit(main())
