"""The command line without a homeserver: what it writes, what it refuses, what it says."""

import multiprocessing
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bot import lock
from bot.cli import answers, main, reach
from bot.cli.answers import Answers
from bot.cli.fault import Fault
from config.settings import load


def test_what_init_writes_is_what_was_answered(tmp_path: Path) -> None:
    given = Answers(
        homeserver=answers.homeserver("matrix.example.org"),
        user=answers.user("@bot:example.org"),
        admins=answers.admins("@a:example.org, @b:example.org"),
        oncall=answers.oncall(""),
        supervisors=answers.supervisors("@s:example.org"),
        join=answers.join("Anyone"),
        country=answers.country("Deutschland"),
        element_call=answers.yes_no("Yes"),
    )
    path = tmp_path / "stillroom.toml"
    path.write_text(answers.configuration(given))
    settings = load(path)
    assert settings.homeserver.url == "https://matrix.example.org"
    assert settings.people.admins == ("@a:example.org", "@b:example.org")
    assert settings.people.oncall == ()
    assert settings.calls.element_call
    assert settings.people.supervisors == ("@s:example.org",)
    assert (settings.people.join, settings.care.default_country) == ("anyone", "DE")


def test_every_commented_setting_is_one_that_exists(tmp_path: Path) -> None:
    """Taking away the marks of the examples gives a file that loads."""
    text = answers.configuration(
        Answers("https://x.org", "@b:x.org", ("@a:x.org",), (), (), "invitation", "US")
    )
    opened = [line[2:] if line.startswith("# ") and " = " in line else line for line in text.splitlines()]
    path = tmp_path / "stillroom.toml"
    secret = tmp_path / "database.password"
    secret.write_text("x")
    secret.chmod(0o600)
    path.write_text("\n".join(opened))
    settings = load(path)
    untouched = tmp_path / "plain.toml"
    untouched.write_text(text)
    defaults = load(untouched)
    assert settings.care.model_copy(update={"crisis": {}}) == defaults.care, "examples show what holds anyway"
    assert settings.storage.keystore == defaults.storage.keystore


REFUSED = [
    (answers.homeserver, "http://matrix.example.org", "https"),
    (answers.homeserver, "https://x.org/path", "no homeserver address"),
    (answers.user, "bot", "`@name:example.org`"),
    (answers.admins, "", "at least 1"),
    (answers.admins, "@a:x.org bob", "`@name:example.org`"),
    (answers.supervisors, "bob", "`@name:example.org`"),
    (answers.join, "everybody", "homeserver, invitation, anyone"),
    (answers.yes_no, "perhaps", "yes or no"),
    (answers.country, "Germny", "did you mean Germany"),
    (answers.country, "xyz", "two letters"),
]


@pytest.mark.parametrize(("check", "text", "said"), REFUSED)
def test_a_bad_answer_is_told_what_is_wanted(check: object, text: str, said: str) -> None:
    assert callable(check)
    with pytest.raises(ValueError, match=r".") as error:
        check(text)
    assert said in str(error.value)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = main.main(arguments)
    captured = capsys.readouterr()
    return status, captured.out + captured.err


def test_an_operators_fault_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = run(capsys, "run", "--config", str(tmp_path / "none.toml"))
    assert status == 1
    assert told == (
        f"stillroom: there is no settings file {tmp_path / 'none.toml'}. Write one with `stillroom init`\n"
    )


def test_init_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "stillroom.toml").write_text("mine")
    status, told = run(capsys, "init", str(tmp_path), "--yes")
    assert status == 1
    assert "exists already; nothing was changed" in told
    assert (tmp_path / "stillroom.toml").read_text() == "mine"


def test_init_names_the_option_that_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = run(capsys, "init", str(tmp_path / "new"), "--yes")
    assert (status, "--homeserver is missing" in told) == (2, True)
    assert not (tmp_path / "new").exists()


def test_crisis_lines_are_found_by_country(capsys: pytest.CaptureFixture[str]) -> None:
    status, told = run(capsys, "crisis", "lines", "Germany")
    assert (status, "112" in told) == (0, True)
    status, told = run(capsys, "crisis", "lines", "Germny")
    assert (status, "did you mean Germany?" in told) == (2, True)


def test_the_record_of_processing_names_every_table(capsys: pytest.CaptureFixture[str]) -> None:
    status, told = run(capsys, "processing")
    assert status == 0
    assert "## people" in told
    assert "health-sealed" in told


def test_a_fault_of_ours_never_shows_its_message(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> int:
        raise RuntimeError("I want to tell nobody")

    monkeypatch.setattr("bot.cli.version.run", broken)
    status, told = run(capsys, "version")
    assert status == 1
    assert "builtins.RuntimeError" in told
    assert "nobody" not in told


def test_loops_that_fail_together_are_told_apart(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> int:
        raise ExceptionGroup("both", [lock.Locked("another one is running"), ValueError("private")])

    monkeypatch.setattr("bot.cli.version.run", broken)
    status, told = run(capsys, "version")
    assert status == 1
    assert "stillroom: another one is running\n" in told
    assert "builtins.ValueError" in told
    assert "private" not in told


def _try(data: Path, queue: "multiprocessing.Queue[str]") -> None:
    try:
        with lock.hold(data):
            queue.put("held")
    except lock.Locked as error:
        queue.put(str(error))


def test_a_second_process_on_the_same_data_is_refused(tmp_path: Path) -> None:
    queue: multiprocessing.Queue[str] = multiprocessing.Queue()
    with lock.hold(tmp_path):
        assert lock.held(tmp_path)
        other = multiprocessing.get_context("fork").Process(target=_try, args=(tmp_path, queue))
        other.start()
        other.join(10)
        assert queue.get(timeout=5).startswith("another Stillroom (process ")
    assert not lock.held(tmp_path)


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b'{"versions": ["v1.11"]}' if "/good/" in self.path else b"<html>"
        self.send_response(404 if "/none/" in self.path else 200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:  # type: ignore[override]
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Answer) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{http.server_address[1]}"
        http.shutdown()
        thread.join()


def test_what_answers_must_be_a_homeserver(server: str) -> None:
    assert reach.homeserver(f"{server}/good").versions == ("v1.11",)
    with pytest.raises(Fault, match="not as a Matrix homeserver"):
        reach.homeserver(f"{server}/page")
    with pytest.raises(Fault, match="status 404"):
        reach.homeserver(f"{server}/none")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(Fault, match="does not answer"):
            reach.homeserver(f"http://127.0.0.1:{free.getsockname()[1]}")
