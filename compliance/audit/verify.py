"""Verify the audit record: every entry in its place, the root as stored, the checkpoints as signed.

The stored size and root lie beside the entries; whoever can change those can change these. So every
checkpoint is held against the tree as well: the ones stored here and, above all, those read back from the
admin room. What happened after the newest checkpoint that is kept elsewhere can't be proved; the report
says up to where it can.
"""

import enum
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

import rfc8785

from compliance.audit.checkpoint import Checkpoint, CheckpointForged, Verifier
from compliance.audit.tree import Frontier, leaf_hash


class FaultKind(enum.StrEnum):
    """What is wrong with the record."""

    CHANGED = "changed"
    """An entry is not what it was."""
    MISSING = "missing"
    """An entry was taken out."""
    ADDED = "added"
    """There is an entry twice, or one more than were written."""
    REORDERED = "reordered"
    """Entries stand in another order."""
    CUT = "cut"
    """The newest entries are gone, but the stored size or a stored checkpoint still counts them."""
    FORGED = "forged-checkpoint"
    """A checkpoint was not signed by this service."""
    ROLLBACK = "rollback"
    """Entries and stored size fit each other, but a checkpoint has seen more than there is."""


@dataclass(frozen=True)
class Fault:
    """The first fault: what, and which entries it can be (by seq, from 0, both included)."""

    kind: FaultKind
    first: int
    last: int


@dataclass(frozen=True)
class Report:
    """What verifying found. `proved` counts the entries, from the first, that a checkpoint vouches for."""

    size: int
    root: bytes
    checkpoints: int
    proved: int
    fault: Fault | None = None

    @property
    def ok(self) -> bool:
        """Whether there is no fault."""
        return self.fault is None


class Verification:
    """A running verification: `take` every stored entry in order, then `finish`."""

    def __init__(self, checkpoints: Iterable[str | bytes], verifier: Verifier) -> None:
        """Start with all checkpoints at hand, in any order: the stored ones and those kept elsewhere."""
        self._frontier = Frontier()
        self._marks: list[Checkpoint] = []
        self._forged = False
        for note in checkpoints:
            try:
                self._marks.append(verifier.read(note))
            except CheckpointForged:
                self._forged = True
        self._marks.sort(key=lambda mark: mark.size)
        self._next = 0
        self._proved = 0
        self._fault: Fault | None = None
        self._missing: int | None = None
        self._compare()

    def take(self, body: bytes) -> None:
        """Take the next stored entry, as its canonical bytes."""
        if self._missing is not None:
            self._look_for_missing(body)
        if self._fault is not None:
            return
        expected = self._frontier.size
        seq = _seq_of(body)
        if seq is None:
            self._fault = Fault(FaultKind.CHANGED, expected, expected)
        elif seq < expected:
            self._fault = Fault(FaultKind.ADDED, expected, expected)
        elif seq > expected:
            self._fault = Fault(FaultKind.MISSING, expected, seq - 1)
            self._missing = expected
        else:
            self._frontier = self._frontier.append(leaf_hash(body))
            self._compare()

    def finish(self, size: int, root: bytes) -> Report:
        """End, with the size and root that are stored beside the entries."""
        if self._fault is None:
            self._fault = self._end(size, root)
        return Report(self._frontier.size, self._frontier.root, len(self._marks), self._proved, self._fault)

    def _end(self, size: int, root: bytes) -> Fault | None:
        have = self._frontier.size
        seen = max((mark.size for mark in self._marks), default=0)
        if have < size:
            return Fault(FaultKind.CUT, have, size - 1)
        if have < seen:
            return Fault(FaultKind.ROLLBACK, have, seen - 1)
        if have > size:
            return Fault(FaultKind.ADDED, size, have - 1)
        if self._frontier.root != root:
            return Fault(FaultKind.CHANGED, min(self._proved, max(have - 1, 0)), max(have - 1, 0))
        if self._forged:
            return Fault(FaultKind.FORGED, self._proved, have)
        return None

    def _compare(self) -> None:
        """Hold the tree against every checkpoint of its present size."""
        while self._next < len(self._marks) and self._marks[self._next].size == self._frontier.size:
            if self._marks[self._next].root != self._frontier.root:
                self._fault = Fault(FaultKind.CHANGED, self._proved, max(self._frontier.size - 1, 0))
                return
            self._next += 1
            self._proved = self._frontier.size

    def _look_for_missing(self, body: bytes) -> None:
        if self._fault is not None and _seq_of(body) == self._missing:
            self._fault = Fault(FaultKind.REORDERED, self._fault.first, self._fault.last)
            self._missing = None


def verify(
    bodies: Iterable[bytes],
    *,
    size: int,
    root: bytes,
    checkpoints: Iterable[str | bytes],
    verifier: Verifier,
) -> Report:
    """Verify stored entries (canonical bytes, in order) against stored size and root and checkpoints."""
    running = Verification(checkpoints, verifier)
    for body in bodies:
        running.take(body)
    return running.finish(size, root)


def _seq_of(body: bytes) -> int | None:
    """Seq of an entry, or None if it isn't canonical JSON; older actions need not be known any more."""
    try:
        read: object = json.loads(body)
        if not isinstance(read, dict):
            return None
        seq = cast("dict[str, Any]", read).get("seq")
        same = rfc8785.dumps(cast("dict[str, Any]", read)) == body
    except (ValueError, RecursionError):  # rfc8785's errors are ValueErrors
        return None
    return seq if same and type(seq) is int else None
