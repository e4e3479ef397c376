"""Private files: who may read them, and how they are written so that a kill leaves the old or the new.

45 CFR 164.310 and 164.312(a): a key file that others can read is refused, not warned about.
"""

import contextlib
import os
import stat
import tempfile
from pathlib import Path


class LooseFile(Exception):  # noqa: N818
    """A private file or its directory is open to others; the message names it and the remedy."""


def check_private(path: Path) -> None:
    """Refuse a file that anybody but its owner could read or change.

    Refused: a mode looser than 0600, an owner who is neither this process's user nor root, a directory
    that group or others may write to. Links are followed: what counts is the file behind them.

    systemd shows its credential files to a service user through an access list, which stat reports as
    mode 0440 (systemd.exec(5), "Credentials"); that mode passes below $CREDENTIALS_DIRECTORY alone.

    Raises LooseFile, and FileNotFoundError if there is no such file.
    """
    real = path.resolve(strict=True)
    _check_status(path, real, real.stat())


def read_private(path: Path, limit: int = 1 << 20) -> bytes:
    """The bytes of a private file; what is checked is the opened file, so it can't be swapped in between.

    Raises LooseFile, FileNotFoundError, and ValueError if it is larger than `limit` bytes.
    """
    real = path.resolve(strict=True)
    descriptor = os.open(real, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        _check_status(path, real, os.fstat(file.fileno()))
        content = file.read(limit + 1)
    if len(content) > limit:
        raise ValueError(f"{path} is larger than {limit} bytes; this is not the file that is meant")
    return content


def write_private(path: Path, content: bytes, *, replace: bool = False) -> None:
    """Write a file of mode 0600 whole and durably: after a crash there is the old one or the new one.

    Raises FileExistsError if it exists and `replace` is not set, LooseFile if its directory is open.
    """
    check_directory(path.parent)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # made with mode 0600
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            temporary.replace(path)
        else:
            path.hardlink_to(temporary)  # unlike a rename, a link never replaces
    finally:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()
    _sync_directory(path.parent)


def create_private(path: Path) -> None:
    """Make an empty file of mode 0600. Raises FileExistsError, LooseFile."""
    check_directory(path.parent)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    _sync_directory(path.parent)


def check_directory(path: Path) -> None:
    """Refuse a directory in which others could put a file of their own. Raises LooseFile."""
    real = path.resolve(strict=True)
    status = real.stat()
    if status.st_uid not in (os.geteuid(), 0):
        raise LooseFile(
            f"{path} belongs to another user (id {status.st_uid}). Keep private files in a directory of the "
            f"user that runs Stillroom: chown {os.geteuid()} {real}"
        )
    if stat.S_IMODE(status.st_mode) & 0o022:
        raise LooseFile(
            f"{path} is a directory that others may write to (mode {stat.S_IMODE(status.st_mode):04o}), so "
            f"they could replace the private files in it. Close it: chmod go-w {real}"
        )


def _check_status(path: Path, real: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise LooseFile(f"{path} is not a plain file")
    mode = stat.S_IMODE(status.st_mode)
    if status.st_uid not in (os.geteuid(), 0):
        raise LooseFile(
            f"{path} belongs to another user (id {status.st_uid}). Give it to the user that runs Stillroom: "
            f"chown {os.geteuid()} {real}"
        )
    from_systemd = mode == 0o440 and status.st_uid == 0 and _below_credentials(real)
    if mode & 0o177 and not from_systemd:
        raise LooseFile(
            f"{path} is readable or changeable by others (mode {mode:04o}); it has to be private. "
            f"Close it: chmod 600 {real}"
        )
    check_directory(real.parent)


def _below_credentials(real: Path) -> bool:
    directory = os.environ.get("CREDENTIALS_DIRECTORY")
    return bool(directory) and real.is_relative_to(Path(str(directory)).resolve())


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
