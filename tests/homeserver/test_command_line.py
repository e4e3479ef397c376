"""The command line against a real homeserver, as an operator types it."""

import asyncio
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.demo.homeserver import Homeserver


async def stillroom(*arguments: str) -> tuple[int, str]:
    """Run the command; its exit status and what it printed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STILLROOM_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.cli.main",
        *arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
    )
    out, _ = await process.communicate()
    return process.returncode or 0, out.decode()


async def test_init_sets_up_a_service_that_passes_its_check(
    homeserver: "Homeserver", localpart: Callable[[str], str], tmp_path: Path
) -> None:
    bot = await homeserver.register(localpart("bot"), "a-password")
    secret = tmp_path / "password"
    secret.write_text("wrong\n")
    secret.chmod(0o600)
    folder = tmp_path / "service"
    init = (
        *("init", str(folder), "--homeserver", homeserver.url, "--user", bot, "--yes"),
        *("--password-file", str(secret), "--admin", homeserver.mxid("admin")),
        *("--oncall", homeserver.mxid("oncall"), "--join", "anyone", "--country", "Germany"),
    )
    status, told = await stillroom(*init)
    assert status == 1
    assert "did not log" in told
    assert "Traceback" not in told
    assert not (folder / "stillroom.toml").exists(), "a failed login leaves nothing in the way"

    secret.write_text("a-password\n")
    status, told = await stillroom(*init)
    assert status == 0, told
    assert "stillroom run" in told
    for name in ("stillroom.toml", "account.sealed", "keys/stillroom.keys", "keystore/persons.keystore"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600, name
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"a-password" not in everything
    assert b"syt_" not in everything, "the access token is nowhere in clear"

    status, told = await stillroom("check", "--config", str(folder / "stillroom.toml"))
    assert (status, "Ready") == (0, told.splitlines()[-1][:5]), told
    assert "nobody yet; the first run invites" in told

    status, told = await stillroom(*init)
    assert status == 1
    assert "exists already; nothing was changed" in told

    (folder / "keys/stillroom.keys").chmod(0o640)
    status, told = await stillroom("run", "--config", str(folder / "stillroom.toml"))
    assert status == 1
    assert "mode 0640" in told
    assert "Traceback" not in told


async def test_login_gives_the_same_service_a_new_device(
    homeserver: "Homeserver", localpart: Callable[[str], str], tmp_path: Path
) -> None:
    bot = await homeserver.register(localpart("bot"), "a-password")
    secret = tmp_path / "password"
    secret.write_text("a-password")
    secret.chmod(0o600)
    folder = tmp_path / "service"
    with_password = ("--password-file", str(secret))
    status, told = await stillroom(
        *("init", str(folder), "--homeserver", homeserver.url, "--user", bot, "--yes", *with_password),
        *("--admin", homeserver.mxid("admin"), "--country", "GB"),
    )
    assert status == 0, told
    config = ("--config", str(folder / "stillroom.toml"))
    (folder / "account.sealed").unlink()
    status, told = await stillroom("check", *config)
    assert (status, "stillroom login" in told) == (1, True)
    status, told = await stillroom("login", *config, *with_password)
    assert status == 0, told
    status, told = await stillroom("check", *config)
    assert status == 0, told
