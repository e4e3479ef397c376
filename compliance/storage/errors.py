# ruff: noqa: N818 - named for what happened, as the field says it
"""What can go wrong in the storage, in words for the one who has to act on it."""


class StorageError(Exception):
    """The storage could not do what it was asked for."""


class WrongKey(StorageError):
    """The database exists but does not open with the operator's key."""


class LooseMode(StorageError):
    """The database file may be read by others than its owner."""


class BadAddress(StorageError):
    """The address of the database is of a kind that Stillroom does not know."""


class NotFound(StorageError, LookupError):
    """There is no such row (any more)."""

    def __init__(self, noun: str, name: str) -> None:
        super().__init__(f"no {noun} {name}")


class SlotTaken(StorageError):
    """The therapist or the client has another session at that time."""


class UnknownKind(StorageError, ValueError):
    """A kind, state or role that is not registered, so that nobody has said how to keep it."""
