"""One process a data folder: a second one would send everything twice and break the encryption's state."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

NAME = "running.lock"


class Locked(Exception):  # noqa: N818
    """Another process runs on the same data; the message says which."""


@contextmanager
def hold(data: Path) -> Generator[None]:
    """Hold the lock of a data folder. The kernel lets go of it when the process ends, however it ends.

    Raises Locked.
    """
    descriptor = os.open(data / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip()
            raise Locked(
                f"another Stillroom{f' (process {holder})' if holder else ''} is running on {data}; "
                f"stop it first, or give this one a data folder of its own"
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def held(data: Path) -> bool:
    """Whether a process is running on this data folder."""
    try:
        with hold(data):
            return False
    except Locked:
        return True
    except FileNotFoundError:
        return False
