"""Logs without content: JSON lines in which only fields from a table pass, each with a sort of value.

People's words, names and Matrix ids must not reach a log, nor what a library says about them. So:

- A field that is not in `FIELDS`, or whose value is not of its sort, is left out; its name is listed in
  `dropped`.
- An exception is told by its types and places (file:line), never by its message or its variables.
- A record of a library keeps its logger's name, level and place; its message and arguments are left out,
  since the place says which message it was.

`log = logs.get("care"); log.info("alert-opened", alert=alert.id, severity=alert.severity)`
"""

import enum
import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TextIO, cast

import structlog

from compliance.files import check_private, create_private
from config.clock import Clock, SystemClock

_EVENT = re.compile(r"[a-z0-9]+([.-][a-z0-9]+){0,9}")
_WORD = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.,/+-]{0,63}")
_ID = re.compile(r"[0-9a-f]{32}|[0-9]{1,18}|service|operator|unknown")
_HEX = re.compile(r"[0-9a-f]{8,64}")
_FIELD = re.compile(r"[a-z_]{1,40}")
_LOGGER = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,99}")


def _is_word(value: object) -> bool:
    """A word of code; no space, no `@`, `!`, `$`, `#` or `:`, so no sentence and no Matrix id."""
    return isinstance(value, str) and _WORD.fullmatch(value) is not None


def _is_id(value: object) -> bool:
    """A random id or a running number."""
    if type(value) is int:
        return True
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _is_count(value: object) -> bool:
    return type(value) is int


def _is_duration(value: object) -> bool:
    return type(value) in (int, float)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_hex(value: object) -> bool:
    return isinstance(value, str) and _HEX.fullmatch(value) is not None


_SORTS: Final[dict[Callable[[object], bool], str]] = {
    _is_word: """
        action command database effect error event_type form how item kind language library method mode
        outcome phase purpose queue reason relation role room_kind rule setting severity signal stage state
        step_name table task type version way what where why
        """,
    _is_id: """
        alert application client document due id job journal message outbox pair person poll room row run
        seq session subject therapist
        """,
    _is_count: """
        accounts alerts attempts bytes clients count devices done due_rows effects entries events expected
        failed failures found held languages left lines members missing number pages pending people pid port
        proved quarantined queued retries rooms rows sent sessions size skipped status step steps therapists
        total waiting workers
        """,
    _is_duration: "days hours late milliseconds minutes next_in p50 p95 seconds took wait",
    _is_flag: "clean created encrypted first limited ok resumed verified",
    _is_hex: "digest key root",
}
FIELDS: Final[dict[str, Callable[[object], bool]]] = {
    name: sort for sort, names in _SORTS.items() for name in names.split()
}
"""Every field that may stand in a log, and what its value has to be. A new field is a word above."""

_LEVELS: Final = {"debug": 10, "info": 20, "warning": 30, "error": 40, "critical": 50}
_MOST_FRAMES = 12
_MOST_CAUSES = 6


class _Sink:
    """Where lines go. A line that can't be written is counted, and never stops the service."""

    def __init__(self, stream: TextIO | None, level: int, clock: Clock) -> None:
        self.stream = stream
        self.level = level
        self.clock = clock
        self.lost = 0
        self._file: TextIO | None = None
        self._lock = threading.Lock()

    def redirect(self, file: TextIO | None, stream: TextIO | None) -> None:
        """Write to a file of our own from now on, or to somebody else's stream; close our last file."""
        with self._lock:
            last, self._file, self.stream = self._file, file, file or stream
            if last is not None:
                last.close()

    def write(self, fields: Mapping[str, object]) -> None:
        lost = {"lost": self.lost} if self.lost else {}
        line = json.dumps({"at": self.clock.now().isoformat(), **fields, **lost}) + "\n"
        with self._lock:
            try:
                stream = self.stream or sys.stderr
                stream.write(line)
                stream.flush()
                self.lost = 0
            except (OSError, ValueError):  # disk full, pipe closed, stream closed
                self.lost += 1


_sink = _Sink(None, _LEVELS["info"], SystemClock())


class Log(structlog.BoundLoggerBase):
    """Writes events by name (`words-like-this`, always a literal) with fields from `FIELDS`."""

    def debug(self, event: str, **fields: object) -> None:
        """What only a developer wants to see."""
        self._proxy_to_logger("debug", event, **fields)

    def info(self, event: str, **fields: object) -> None:
        """What happened in the ordinary course."""
        self._proxy_to_logger("info", event, **fields)

    def warning(self, event: str, **fields: object) -> None:
        """What the operator should look at some day."""
        self._proxy_to_logger("warning", event, **fields)

    def error(self, event: str, **fields: object) -> None:
        """What the operator should look at now. `exc_info=True` or `=error` adds types and places."""
        self._proxy_to_logger("error", event, **fields)

    def exception(self, event: str, **fields: object) -> None:
        """An error, with types and places of the exception that is being handled."""
        self._proxy_to_logger("error", event, **{"exc_info": True, **fields})

    def critical(self, event: str, **fields: object) -> None:
        """What stops the service, or puts people at risk."""
        self._proxy_to_logger("critical", event, **fields)


class _Out:
    """The last step of structlog: hands what the processors left to the sink."""

    def __init__(self, area: str) -> None:
        self.area = area

    def _write(self, **fields: object) -> None:
        _sink.write(fields)

    debug = info = warning = error = critical = _write


def get(area: str) -> Log:
    """The log of one area of the program. Safe before `setup`: then it writes to standard error."""
    return cast(
        "Log",
        structlog.wrap_logger(
            _Out(area),
            processors=[_only_from_level, _only_allowed],
            wrapper_class=Log,
            context_class=dict,
            cache_logger_on_first_use=True,
        ),
    )


def setup(
    *,
    stream: TextIO | None = None,
    path: Path | None = None,
    level: str = "info",
    libraries: str = "warning",
    clock: Clock | None = None,
) -> None:
    """Send everything to a file (made with mode 0600), a stream, or standard error; take over the libraries.

    Levels are debug, info, warning, error, critical; anything else raises ValueError naming them. Also takes
    over warnings and exceptions that nobody caught, since Python would print their messages. A file that
    others could read raises LooseFile.
    """
    for given in (level, libraries):
        if given not in _LEVELS:
            raise ValueError(f"a log level is one of {', '.join(_LEVELS)}, not {given!r}")
    file: TextIO | None = None
    if path is not None:
        try:
            check_private(path)
        except FileNotFoundError:
            create_private(path)
        file = path.open("a", encoding="utf-8")
    _sink.redirect(file, stream)
    _sink.level = _LEVELS[level]
    _sink.clock = clock or _sink.clock
    _take_over(_LEVELS[libraries])


def _only_from_level(_logger: object, method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    if _LEVELS[method] < _sink.level:
        raise structlog.DropEvent
    return event


def _only_allowed(logger: Any, method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    name = event.pop("event", None)
    safe: dict[str, object] = {
        "level": method,
        "area": logger.area,
        "event": name if isinstance(name, str) and _EVENT.fullmatch(name) else "unnamed-event",
    }
    error = _exception(event.pop("exc_info", None))
    dropped: list[str] = []
    for field, value in event.items():
        plain = _plain(value)
        allowed = FIELDS.get(field)
        if allowed is not None and allowed(plain):
            safe[field] = plain
        elif value is not None:
            dropped.append(field if _FIELD.fullmatch(field) else "unnamed")
    if error is not None:
        safe["exception"] = describe(error)
    if dropped:
        safe["dropped"] = sorted(dropped)
    return safe


def _plain(value: object) -> object:
    """An enumeration's word; subclasses of str and int as what they are, so that nothing renders itself."""
    if isinstance(value, enum.Enum):
        return value.value if isinstance(value.value, str) else value.name
    if isinstance(value, str):
        return str.__str__(value)
    return value


def _exception(exc_info: object) -> BaseException | None:
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple):
        parts = cast("tuple[object, ...]", exc_info)
        return parts[1] if len(parts) == 3 and isinstance(parts[1], BaseException) else None
    return sys.exception() if exc_info else None


def describe(error: BaseException) -> list[dict[str, object]]:
    """An exception and its causes as types and places (outermost frame first), without any message."""
    told: list[dict[str, object]] = []
    waiting: list[BaseException] = [error]
    seen: set[int] = set()
    while waiting and len(told) < _MOST_CAUSES:
        current = waiting.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        told.append({"type": _type_name(type(current)), "places": _places(current.__traceback__)})
        if isinstance(current, BaseExceptionGroup):
            waiting.extend(cast("BaseExceptionGroup[BaseException]", current).exceptions)
        hidden = current.__suppress_context__ and current.__cause__ is None
        cause = current.__cause__ or (None if hidden else current.__context__)
        if cause is not None:
            waiting.append(cause)
    return told


def _type_name(kind: type[BaseException]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _places(trace: TracebackType | None) -> list[str]:
    frames = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(trace)]
    return [_place(file, line) for file, line in frames[-_MOST_FRAMES:]]


def _place(file: str, line: int) -> str:
    """The last parts of a path: enough to find it, without the names of the machine's directories."""
    return f"{'/'.join(Path(file).parts[-3:])}:{line}"


class _Libraries(logging.Handler):
    """Takes what libraries log: name, level, place and exception types; never the message."""

    def emit(self, record: logging.LogRecord) -> None:
        fields: dict[str, object] = {
            "level": record.levelname.lower() if record.levelname.lower() in _LEVELS else "info",
            "area": "library",
            "event": "library-record",
            "library": record.name if _LOGGER.fullmatch(record.name) else "unnamed",
            "place": _place(record.pathname, record.lineno),
        }
        error = _exception(record.exc_info)
        if error is not None:
            fields["exception"] = describe(error)
        _sink.write(fields)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Count it: the ordinary way prints the record with its arguments."""
        del record
        _sink.lost += 1


def _take_over(level: int) -> None:
    root = logging.getLogger()
    for logger in [root, *(logging.getLogger(name) for name in list(root.manager.loggerDict))]:
        for handler in list(logger.handlers):
            logger.removeHandler(handler)
        logger.propagate = True
    root.addHandler(_Libraries())
    root.setLevel(level)
    logging.captureWarnings(capture=True)
    log = get("python")

    def uncaught(_type: type[BaseException], error: BaseException, trace: TracebackType | None, /) -> None:
        if isinstance(error, KeyboardInterrupt):
            return
        log.critical("uncaught", exc_info=error.with_traceback(trace))

    def uncaught_in_thread(args: threading.ExceptHookArgs, /) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            log.critical("uncaught-in-thread", exc_info=args.exc_value)

    def unraisable(args: Any, /) -> None:
        log.error("unraisable", exc_info=args.exc_value)

    sys.excepthook = uncaught
    threading.excepthook = uncaught_in_thread
    sys.unraisablehook = unraisable
