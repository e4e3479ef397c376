"""A real Synapse in a directory of its own, on loopback, for the demo and the tests.

It is quick to start and quick to throw away: SQLite, no TLS, no federation, cheap password hashes. It is
not a configuration to run a service on.
"""

import asyncio
import base64
import hashlib
import hmac
import http.client
import json
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

import yaml

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".synapse" / "bin" / "python"

# Synapse ends when its parent does, however the parent ended: its standard input is a pipe that the parent
# holds, and the end of that pipe is the signal.
LAUNCH = """
import os, signal, threading
def watch():
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)
threading.Thread(target=watch, daemon=True).start()
from synapse.app.homeserver import main
main()
"""

_LIMIT_FREE = {"per_second": 100_000, "burst_count": 100_000}
LIMITS_LIFTED: dict[str, Any] = {
    "rc_message": _LIMIT_FREE,
    "rc_registration": _LIMIT_FREE,
    "rc_login": {"address": _LIMIT_FREE, "account": _LIMIT_FREE, "failed_attempts": _LIMIT_FREE},
    "rc_admin_redaction": _LIMIT_FREE,
    "rc_joins": {"local": _LIMIT_FREE, "remote": _LIMIT_FREE},
    "rc_joins_per_room": _LIMIT_FREE,
    "rc_key_requests": _LIMIT_FREE,
    "rc_invites": {"per_room": _LIMIT_FREE, "per_user": _LIMIT_FREE, "per_issuer": _LIMIT_FREE},
    "rc_room_creation": _LIMIT_FREE,
    "rc_media_create": _LIMIT_FREE,
    "rc_reports": _LIMIT_FREE,
    "rc_3pid_validation": _LIMIT_FREE,
    "rc_presence": {"per_user": _LIMIT_FREE},
    "rc_delayed_event_mgmt": _LIMIT_FREE,
}


class HomeserverError(Exception):
    """Synapse is not installed, did not start, or refused an administrative request."""


class Homeserver:
    """One Synapse process and its directory.

    `start`, `stop` and `kill` block and belong to no event loop, so that one server can serve tests that
    each have a loop of their own; `async with` runs them in a thread. The address stays the same from one
    start to the next, and so does everything stored, until `close`.
    """

    def __init__(
        self,
        directory: Path | None = None,
        *,
        name: str = "stillroom.test",
        port: int | None = None,
        usual_limits: bool = False,
    ) -> None:
        """Prepare a server; nothing runs yet.

        `directory` is made if missing and left in place by `close`; without it a temporary one is used and
        removed. `usual_limits` keeps Synapse's own rate limits, which are otherwise lifted.
        """
        self._temporary = directory is None
        self.directory = directory or Path(tempfile.mkdtemp(prefix="stillroom-synapse-"))
        self.name = name
        self.port = port or _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = self.directory / "homeserver.log"
        self._usual_limits = usual_limits
        self._secret = secrets.token_urlsafe(24)
        self._process: subprocess.Popen[bytes] | None = None
        self._admin_token: str | None = None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self, patience: float = 60) -> None:
        """Start Synapse and wait until it answers.

        Raises HomeserverError, with the end of its log, if it stops or is silent for `patience` seconds.
        """
        if self.running:
            return
        if not PYTHON.exists():
            raise HomeserverError(f"Synapse is not installed ({PYTHON} is missing). Run `make setup` first.")
        self._configure()
        with (self.directory / "homeserver.out").open("ab") as out:
            self._process = subprocess.Popen(
                [str(PYTHON), "-c", LAUNCH, "--config-path", str(self.directory / "homeserver.yaml")],
                cwd=self.directory,
                # Nothing of the parent's environment: a secret there is no business of the child's.
                env={"PATH": "/usr/bin:/bin", "HOME": str(self.directory), "LANG": "C.UTF-8"},
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=out,
                # Ctrl-C in the demo stops the bot first; the server is stopped after it.
                start_new_session=True,
            )
        until = time.monotonic() + patience
        while not self._healthy():
            if self._process.poll() is not None:
                raise HomeserverError(
                    f"Synapse stopped with status {self._process.returncode}.\n{self._tail()}"
                )
            if time.monotonic() > until:
                self.kill()
                raise HomeserverError(f"Synapse did not answer within {patience:.0f} s.\n{self._tail()}")
            time.sleep(0.05)

    def stop(self, patience: float = 10) -> None:
        """End Synapse in good order; after `patience` seconds, end it anyhow. What is stored stays."""
        process = self._process
        if process is None:
            return
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(patience)
            except subprocess.TimeoutExpired:
                process.kill()
        self._forget(process)

    def kill(self) -> None:
        """End Synapse at once, as a power cut would (SIGKILL). What is stored stays."""
        process = self._process
        if process is not None:
            process.kill()
            self._forget(process)

    def close(self) -> None:
        """Stop, and remove the directory if it was a temporary one."""
        self.stop()
        if self._temporary:
            shutil.rmtree(self.directory, ignore_errors=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        await asyncio.to_thread(self.start)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.close)

    def mxid(self, localpart: str) -> str:
        return f"@{localpart}:{self.name}"

    async def register(self, localpart: str, password: str, *, admin: bool = False) -> str:
        """Make an account without logging it in; its Matrix id.

        Synapse's shared-secret registration. Raises HomeserverError if the name is taken or not allowed.
        """
        made = await asyncio.to_thread(self._register, localpart, password, admin=admin, login=False)
        return cast("str", made["user_id"])

    async def admin_token(self) -> str:
        """An access token of an account that may use Synapse's admin API; made at the first call."""
        if self._admin_token is None:
            name = f"janitor-{secrets.token_hex(4)}"
            made = await asyncio.to_thread(
                self._register, name, secrets.token_urlsafe(16), admin=True, login=True
            )
            self._admin_token = cast("str", made["access_token"])
        return self._admin_token

    def _register(self, localpart: str, password: str, *, admin: bool, login: bool) -> dict[str, Any]:
        path = "/_synapse/admin/v1/register"
        nonce = cast("str", self._ask("GET", path)["nonce"])
        words = [nonce, localpart, password, "admin" if admin else "notadmin"]
        mac = hmac.new(self._secret.encode(), "\0".join(words).encode(), hashlib.sha1)
        return self._ask(
            "POST",
            path,
            {
                "nonce": nonce,
                "username": localpart,
                "password": password,
                "admin": admin,
                "mac": mac.hexdigest(),
                "inhibit_login": not login,
            },
        )

    async def ask(
        self, method: str, path: str, body: dict[str, Any] | None = None, *, token: str = ""
    ) -> dict[str, Any]:
        """Make one request, for what no client library does; what it answered.

        Raises HomeserverError, with the answer, for any status but 200.
        """
        return await asyncio.to_thread(self._ask, method, path, body, token)

    def _ask(
        self, method: str, path: str, body: dict[str, Any] | None = None, token: str = ""
    ) -> dict[str, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        if response.status != 200:
            raise HomeserverError(f"{method} {path}: {response.status} {content.decode(errors='replace')}")
        return cast("dict[str, Any]", json.loads(content))

    def _healthy(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def _forget(self, process: subprocess.Popen[bytes]) -> None:
        process.wait()
        if process.stdin is not None:
            process.stdin.close()
        self._process = None

    def _tail(self, lines: int = 20) -> str:
        kept: list[str] = []
        for path in (self.directory / "homeserver.out", self.log):
            if path.exists():
                kept += path.read_text(errors="replace").splitlines()[-lines:]
        return "\n".join(kept)

    def _configure(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True)
        configuration = self.directory / "homeserver.yaml"
        if configuration.exists():  # a second start, perhaps by another process: same secret, same keys
            known = cast("dict[str, Any]", yaml.safe_load(configuration.read_text()))
            if known["server_name"] != self.name:
                raise HomeserverError(f"{self.directory} belongs to the homeserver {known['server_name']}.")
            self._secret = cast("str", known["registration_shared_secret"])
        seed = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
        key = self.directory / "signing.key"
        if not key.exists():
            _write_private(key, f"ed25519 a_{secrets.token_hex(2)} {seed}\n")
        log = {
            "version": 1,
            "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
            "handlers": {
                "file": {"class": "logging.FileHandler", "formatter": "plain", "filename": str(self.log)}
            },
            "root": {"level": "WARNING", "handlers": ["file"]},
            "disable_existing_loggers": False,
        }
        (self.directory / "log.yaml").write_text(yaml.safe_dump(log))
        _write_private(configuration, yaml.safe_dump(self._settings(), sort_keys=False))

    def _settings(self) -> dict[str, Any]:
        return {
            "server_name": self.name,
            "public_baseurl": f"{self.url}/",
            "pid_file": str(self.directory / "homeserver.pid"),
            "listeners": [
                {
                    "port": self.port,
                    "type": "http",
                    "tls": False,
                    "bind_addresses": ["127.0.0.1"],
                    "resources": [{"names": ["client"], "compress": False}],
                }
            ],
            "database": {"name": "sqlite3", "args": {"database": str(self.directory / "homeserver.db")}},
            "log_config": str(self.directory / "log.yaml"),
            "media_store_path": str(self.directory / "media"),
            "signing_key_path": str(self.directory / "signing.key"),
            "registration_shared_secret": self._secret,
            "macaroon_secret_key": hashlib.sha256(f"macaroon {self._secret}".encode()).hexdigest(),
            "form_secret": hashlib.sha256(f"form {self._secret}".encode()).hexdigest(),
            "enable_registration": False,
            "bcrypt_rounds": 4,
            "report_stats": False,
            "trusted_key_servers": [],
            "suppress_key_server_warning": True,
            "federation_domain_whitelist": [],
            "presence": {"enabled": False},
            "url_preview_enabled": False,
            **({} if self._usual_limits else LIMITS_LIFTED),
        }


def _write_private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return cast("int", probe.getsockname()[1])
