"""One event at a time: what breaks on an event is counted and put aside; the rest goes on."""

from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager

from bot.matrix.homeserver import LoggedOut, Unreachable
from bot.matrix.machine import KeyMissing, Refused
from compliance import logs

log = logs.get("matrix")


class Guard:
    """Counts what it caught, by reason."""

    def __init__(self) -> None:
        self.caught: Counter[str] = Counter()

    @contextmanager
    def one(self, what: str) -> Generator[None]:
        """Handle one event inside. Anything that it raises is counted and logged, without its content.

        What concerns the whole batch (a homeserver that does not answer, an event whose key may come
        later) passes through.
        """
        try:
            yield
        except (KeyMissing, Unreachable, LoggedOut):
            raise
        except Refused as refusal:
            self.count(what, str(refusal))
        except Exception as error:  # a guard on purpose: a stranger chooses what arrives here
            self.count(what, type(error).__name__)
        except BaseException as error:
            # A panic of vodozemac's Rust side, which is no `Exception`.
            if type(error).__name__ != "PanicException":
                raise
            self.count(what, "panic")

    def count(self, what: str, why: str) -> None:
        self.caught[f"{what}: {why}"] += 1
        log.warning("matrix-event-refused", what=what, why=why)
