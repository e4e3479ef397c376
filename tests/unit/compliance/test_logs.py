import ast
import asyncio
import enum
import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import compliance
from compliance import logs
from compliance.files import LooseFile
from config.clock import MovedClock, SystemClock

CANARY = "Quetzal"
PERSON = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is logged; the handlers and hooks of the test run are put back afterwards."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    stream = io.StringIO()
    logs.setup(stream=stream, clock=MovedClock(datetime(2025, 3, 1, 9, 0, tzinfo=UTC)))
    yield stream
    logs.setup(clock=SystemClock())
    logging.captureWarnings(capture=False)
    root.handlers, root.level = handlers, level
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


def _lines(stream: io.StringIO) -> list[dict[str, Any]]:
    text = stream.getvalue()
    assert CANARY.lower() not in text.lower()
    return [json.loads(line) for line in text.splitlines()]


class Severity(enum.IntEnum):
    high = 2


class State(enum.StrEnum):
    OPEN = "open"


def test_fields_of_the_table_pass(written: io.StringIO) -> None:
    log = logs.get("care").bind(person=PERSON)
    log.info("alert-opened", alert=7, severity=Severity.high, state=State.OPEN, seconds=0.5, ok=True)
    assert _lines(written) == [
        {
            "at": "2025-03-01T09:00:00+00:00",
            "level": "info",
            "area": "care",
            "event": "alert-opened",
            "person": PERSON,
            "alert": 7,
            "severity": "high",
            "state": "open",
            "seconds": 0.5,
            "ok": True,
        }
    ]


class Speaking(str):
    """A word that would say something else when it is written."""

    __slots__ = ()

    def __str__(self) -> str:
        return CANARY


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("body", CANARY),
        ("name", CANARY),
        ("Quetzal", 1),
        ("why", f"{CANARY} said so"),
        ("why", f"@{CANARY}:example.org"),
        ("kind", f"!{CANARY}:example.org"),
        ("kind", CANARY + "\n"),
        ("kind", "x" * 500 + CANARY),
        ("person", CANARY),
        ("person", f"@{CANARY}:example.org"),
        ("count", CANARY),
        ("count", "5"),
        ("count", True),
        ("seconds", CANARY),
        ("ok", CANARY),
        ("root", CANARY),
        ("kind", {"body": CANARY}),
        ("kind", [CANARY]),
        ("kind", ValueError(CANARY)),
        ("area", CANARY),
        ("level", CANARY),
        ("exception", CANARY),
        ("dropped", [CANARY]),
        ("stack_info", CANARY),
    ],
)
def test_anything_else_is_dropped_by_name(written: io.StringIO, field: str, value: object) -> None:
    logs.get("care").info("something-happened", **{field: value})
    (line,) = _lines(written)
    assert line["dropped"] == [field if field.islower() else "unnamed"]
    assert (line["level"], line["area"], line["event"]) == ("info", "care", "something-happened")


def test_what_is_written_is_the_word_that_was_checked(written: io.StringIO) -> None:
    logs.get("care").info("something-happened", kind=Speaking("pair"))
    assert _lines(written)[0]["kind"] == "pair"


def test_an_event_that_is_no_name_is_not_written(written: io.StringIO) -> None:
    log: Any = logs.get("care")
    for event in (f"{CANARY} wrote", CANARY, f"@{CANARY}", ValueError(CANARY), "", None):
        log.info(event)
    assert {line["event"] for line in _lines(written)} == {"unnamed-event"}
    with pytest.raises(TypeError):
        log.info("something-%s", CANARY)


def _raise(depth: int) -> None:
    secret = CANARY
    if depth:
        _raise(depth - 1)
    raise ValueError(secret)


def test_exceptions_are_told_by_type_and_place(written: io.StringIO) -> None:
    log = logs.get("care")
    try:
        try:
            _raise(40)
        except ValueError as error:
            raise KeyError(CANARY) from error
    except KeyError as error:
        error.add_note(CANARY)
        log.exception("failed")
        log.error("failed", exc_info=error)
        log.error("failed", exc_info=(type(error), error, error.__traceback__))
    log.exception("failed", exc_info=ExceptionGroup(CANARY, [OSError(CANARY), TypeError(CANARY)]))
    log.exception("nothing-to-tell")
    *first, group, nothing = _lines(written)
    for line in first:
        outer, inner = line["exception"]
        assert outer["type"] == "builtins.KeyError"
        assert inner["type"] == "builtins.ValueError"
        assert outer["places"][0].startswith("unit/compliance/test_logs.py:")
        assert 5 < len(inner["places"]) < 20
    assert [one["type"] for one in group["exception"]] == [
        "builtins.ExceptionGroup",
        "builtins.OSError",
        "builtins.TypeError",
    ]
    assert "exception" not in nothing


def test_libraries_say_where_and_not_what(written: io.StringIO) -> None:
    logs.setup(stream=written)  # once more: the test run adds a handler of its own before each test
    for name in ("nio.crypto", "sqlalchemy.engine", "apscheduler.scheduler", "aiohttp.access"):
        library = logging.getLogger(name)
        library.warning("%s wrote %s", f"@{CANARY}:example.org", {"body": CANARY})
        library.error(f"cannot decrypt {CANARY}", extra={"body": CANARY}, stack_info=True)
        library.info(CANARY)
        library.warning("%d", CANARY)  # what logging itself would print with its arguments
        try:
            _raise(0)
        except ValueError:
            library.exception(CANARY)
    logging.getLogger(f"@{CANARY}").warning("hello")
    lines = _lines(written)
    assert len(lines) == 17
    assert [line["level"] for line in lines[:4]] == ["warning", "error", "warning", "error"]
    assert lines[0]["library"] == "nio.crypto"
    assert lines[0]["place"].startswith("unit/compliance/test_logs.py:")
    assert lines[3]["exception"][0]["type"] == "builtins.ValueError"
    assert lines[16]["library"] == "unnamed"


def test_a_library_with_a_handler_of_its_own_is_taken_over(
    written: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    library = logging.getLogger("chatty")
    library.propagate = False
    library.addHandler(logging.StreamHandler(sys.stderr))
    logs.setup(stream=written)
    library.error(CANARY)
    assert _lines(written)[0]["library"] == "chatty"
    assert capsys.readouterr().err == ""


async def test_what_nobody_caught_is_told_without_its_message(
    written: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        _raise(0)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=_raise, args=(0,), name=CANARY)
    thread.start()
    thread.join()
    asyncio.get_running_loop().call_exception_handler(
        {"message": CANARY, "exception": ValueError(CANARY), "task": CANARY}
    )
    warnings.warn(CANARY, UserWarning, stacklevel=1)
    lines = _lines(written)
    assert [line.get("library", line["event"]) for line in lines] == [
        "uncaught",
        "uncaught-in-thread",
        "asyncio",
        "py.warnings",
    ]
    assert all(line["exception"][0]["type"] == "builtins.ValueError" for line in lines[:3])
    assert CANARY not in "".join(capsys.readouterr())


def test_levels(written: io.StringIO) -> None:
    log = logs.get("care")
    log.debug("quiet")
    assert _lines(written) == []
    logs.setup(stream=written, level="debug", libraries="error")
    log.debug("quiet")
    log.critical("loud")
    logging.getLogger("nio").warning("x")
    assert [line["level"] for line in _lines(written)] == ["debug", "critical"]
    with pytest.raises(ValueError, match="debug, info, warning, error, critical"):
        logs.setup(level="loud")


def test_a_log_file_is_private(written: io.StringIO, tmp_path: Path) -> None:
    file = tmp_path / "stillroom.log"
    for _ in range(2):
        logs.setup(path=file)
        logs.get("care").info("something-happened")
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(file.read_text().splitlines()) == 2
    file.chmod(0o644)
    with pytest.raises(LooseFile):
        logs.setup(path=file)
    assert written.getvalue() == ""


def test_a_log_that_cannot_be_written_stops_nothing_and_is_counted(written: io.StringIO) -> None:
    closed = io.StringIO()
    closed.close()
    logs.setup(stream=closed)
    logs.get("care").info("something-happened")
    logs.get("care").info("something-happened")
    logs.setup(stream=written)
    logs.get("care").info("something-happened")
    logs.get("care").info("something-happened")
    assert [line.get("lost") for line in _lines(written)] == [2, None]


def test_the_program_logs_literal_events_and_only_fields_of_the_table() -> None:
    """A field that isn't in the table would be missing from the log when it is needed."""
    home = Path(compliance.__file__).parents[1]
    wrong: list[str] = []
    for package in ("bot", "compliance", "matching", "config"):
        for file in sorted((home / package).rglob("*.py")):
            for call in ast.walk(ast.parse(file.read_text())):
                if not (
                    isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Attribute)
                    and isinstance(call.func.value, ast.Name)
                    and call.func.value.id == "log"
                ):
                    continue
                where = f"{file.relative_to(home)}:{call.lineno}"
                if not (len(call.args) == 1 and isinstance(call.args[0], ast.Constant)):
                    wrong.append(f"{where}: the event is not a literal")
                fields = {keyword.arg or "**" for keyword in call.keywords} - {"exc_info"}
                wrong += [f"{where}: no field {name}" for name in sorted(fields - set(logs.FIELDS))]
    assert wrong == []
