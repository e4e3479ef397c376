"""One entry of the audit record, and the bytes that are hashed for it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self, cast

import rfc8785

from compliance.audit.actions import EntryRefused, check_action, check_detail, check_name, check_outcome
from compliance.audit.tree import leaf_hash

__all__ = ["Entry", "EntryRefused", "entry_from"]

_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
_FIELDS = {"seq", "at", "action", "by", "about", "outcome", "detail"}


def _no_detail() -> dict[str, str | int]:
    return {}


@dataclass(frozen=True)
class Entry:
    """Who did what, about whom, when, with which outcome. Raises EntryRefused for what must not be written.

    `seq` is the index of its leaf, from 0. `by` and `about` are random ids or `service`, `operator`,
    `unknown`; `about` may be empty.
    """

    seq: int
    at: datetime
    action: str
    by: str
    about: str = ""
    outcome: str = "done"
    detail: Mapping[str, str | int] = field(default_factory=_no_detail)

    def __post_init__(self) -> None:
        if type(self.seq) is not int or not 0 <= self.seq < 2**53:
            raise EntryRefused("seq of an audit entry is a whole number from 0")
        if self.at.tzinfo is None:
            raise EntryRefused("at of an audit entry is an aware time")
        check_action(self.action)
        check_name("by", self.by)
        if self.about:
            check_name("about", self.about)
        check_outcome(self.outcome)
        for key, value in self.detail.items():
            check_detail(key, value)
        object.__setattr__(self, "at", self.at.astimezone(UTC))
        object.__setattr__(self, "detail", dict(self.detail))

    def canonical(self) -> bytes:
        """The entry as canonical JSON (RFC 8785): what is stored and what is hashed."""
        return rfc8785.dumps(
            {
                "seq": self.seq,
                "at": self.at.strftime(_TIME),
                "action": self.action,
                "by": self.by,
                "about": self.about,
                "outcome": self.outcome,
                "detail": dict(self.detail),
            }
        )

    def leaf(self) -> bytes:
        """The entry's leaf hash in the tree."""
        return leaf_hash(self.canonical())

    @classmethod
    def from_canonical(cls, body: bytes) -> Self:
        """Read an entry back. Raises EntryRefused unless `canonical` gives exactly these bytes again."""
        try:
            read: object = json.loads(body)
        except ValueError:
            raise EntryRefused("an audit entry is not JSON") from None
        if not isinstance(read, dict) or set(cast("dict[str, Any]", read)) != _FIELDS:
            raise EntryRefused("an audit entry has other fields than it should")
        values = cast("dict[str, Any]", read)
        words = ("at", "action", "by", "about", "outcome")
        if not all(isinstance(values[name], str) for name in words) or not isinstance(values["detail"], dict):
            raise EntryRefused("an audit entry has a field of another type than it should")
        try:
            at = datetime.strptime(values["at"], _TIME).replace(tzinfo=UTC)
        except ValueError:
            raise EntryRefused("at of an audit entry is not a time") from None
        entry = cls(
            seq=values["seq"],
            at=at,
            action=values["action"],
            by=values["by"],
            about=values["about"],
            outcome=values["outcome"],
            detail=cast("dict[str, str | int]", values["detail"]),
        )
        if entry.canonical() != body:
            raise EntryRefused("an audit entry is not in canonical form")
        return entry


def entry_from(body: bytes) -> Entry | None:
    """Read an entry back, or None if these bytes are not one: for verifying what may have been changed."""
    try:
        return Entry.from_canonical(body)
    except (EntryRefused, RecursionError):
        return None
