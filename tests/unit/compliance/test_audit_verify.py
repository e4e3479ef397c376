import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.audit.checkpoint import CheckpointForged, Signer, Verifier, is_due
from compliance.audit.entries import Entry
from compliance.audit.tree import EMPTY_ROOT, Frontier, leaf_hash
from compliance.audit.verify import Fault, FaultKind, Report, verify
from compliance.keys.keyring import Keyring

AT = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)
SIGNER = Signer(Keyring(b"r" * 32, [b"w" * 32]), "example.org/audit")
STRANGER = Signer(Keyring(b"x" * 32, [b"y" * 32]), "example.org/audit")
ACTIONS = ["person.seen", "consent.given", "form.finished", "session.booked", "notice.sent"]


@dataclass(frozen=True)
class Log:
    bodies: list[bytes]
    frontier: Frontier
    stored: list[str]
    """Checkpoints in the same place as the entries."""
    elsewhere: list[str]
    """Checkpoints in the admin room."""

    def verify(self) -> Report:
        return verify(
            self.bodies,
            size=self.frontier.size,
            root=self.frontier.root,
            checkpoints=[*self.stored, *self.elsewhere],
            verifier=SIGNER.verifier,
        )


def _frontier(bodies: list[bytes]) -> Frontier:
    frontier = Frontier()
    for body in bodies:
        frontier = frontier.append(leaf_hash(body))
    return frontier


def _body(seq: int, seed: int = 0) -> bytes:
    return Entry(
        seq, AT + timedelta(seconds=seq), ACTIONS[(seq + seed) % 5], f"{seed + seq:032x}"
    ).canonical()


def _log(size: int, every: int, seed: int = 0) -> Log:
    """A log with a checkpoint after every so many entries and one at its end."""
    bodies = [_body(seq, seed) for seq in range(size)]
    frontier = Frontier()
    notes: list[str] = []
    for number, body in enumerate(bodies, 1):
        frontier = frontier.append(leaf_hash(body))
        if number % every == 0 or number == size:
            notes.append(SIGNER.sign(frontier, AT + timedelta(seconds=number)))
    return Log(bodies, frontier, notes, notes)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 60), st.integers(1, 20), st.integers(0, 5))
def test_a_clean_log_gives_no_alarm(size: int, every: int, seed: int) -> None:
    report = _log(size, every, seed).verify()
    assert report.ok
    assert (report.size, report.proved) == (size, size)


def _flip(log: Log, dice: random.Random) -> Log:
    """One bit of one entry."""
    at = dice.randrange(len(log.bodies))
    body = bytearray(log.bodies[at])
    body[dice.randrange(len(body))] ^= 1 << dice.randrange(8)
    return replace(log, bodies=[*log.bodies[:at], bytes(body), *log.bodies[at + 1 :]])


def _edit(log: Log, dice: random.Random) -> Log:
    """An entry well written anew, with the stored root made to fit: whoever has the database can do it."""
    at = dice.randrange(len(log.bodies))
    fields = json.loads(log.bodies[at])
    fields["by"] = "f" * 32
    bodies = [*log.bodies[:at], rfc8785.dumps(fields), *log.bodies[at + 1 :]]
    return replace(log, bodies=bodies, frontier=_frontier(bodies))


def _remove(log: Log, dice: random.Random) -> Log:
    """An entry taken out of the middle; what comes after keeps its number."""
    at = dice.randrange(len(log.bodies) - 1)
    return replace(log, bodies=[*log.bodies[:at], *log.bodies[at + 1 :]])


def _renumber(log: Log, dice: random.Random) -> Log:
    """An entry taken out, the rest numbered anew, root and size made to fit."""
    at = dice.randrange(len(log.bodies) - 1)
    kept = [*log.bodies[:at], *log.bodies[at + 1 :]]
    bodies = [rfc8785.dumps({**json.loads(body), "seq": seq}) for seq, body in enumerate(kept)]
    return replace(log, bodies=bodies, frontier=_frontier(bodies))


def _swap(log: Log, dice: random.Random) -> Log:
    """Two entries change places."""
    one, two = sorted(dice.sample(range(len(log.bodies)), 2))
    bodies = list(log.bodies)
    bodies[one], bodies[two] = bodies[two], bodies[one]
    return replace(log, bodies=bodies)


def _double(log: Log, dice: random.Random) -> Log:
    """An entry stands there twice."""
    at = dice.randrange(len(log.bodies))
    return replace(log, bodies=[*log.bodies[: at + 1], *log.bodies[at:]])


def _cut(log: Log, dice: random.Random) -> Log:
    """The newest entries are gone: a torn write, or somebody's wish."""
    return replace(log, bodies=log.bodies[: dice.randrange(len(log.bodies))])


def _roll_back(log: Log, dice: random.Random) -> Log:
    """Everything on the machine is as it was earlier; only the admin room remembers."""
    size = dice.randrange(len(log.bodies))
    bodies = log.bodies[:size]
    stored = [note for note in log.stored if SIGNER.verifier.read(note).size <= size]
    return replace(log, bodies=bodies, frontier=_frontier(bodies), stored=stored)


def _rewrite(log: Log, dice: random.Random) -> Log:
    """Another history of the same length, all of it well made, without the key."""
    other = _log(len(log.bodies), 10, seed=dice.randrange(1, 5))
    return replace(other, stored=[], elsewhere=log.elsewhere)


def _forge(log: Log, dice: random.Random) -> Log:
    """A history of one's own, with checkpoints signed by a key of one's own."""
    at = dice.randrange(len(log.stored))
    forged = STRANGER.sign(log.frontier, AT)
    return replace(log, stored=[*log.stored[:at], forged, *log.stored[at + 1 :]])


MUTATIONS: dict[Callable[[Log, random.Random], Log], set[FaultKind]] = {
    _flip: {FaultKind.CHANGED, FaultKind.MISSING, FaultKind.ADDED, FaultKind.REORDERED},  # seq's own digits
    _edit: {FaultKind.CHANGED},
    _remove: {FaultKind.MISSING},
    _renumber: {FaultKind.CHANGED, FaultKind.ROLLBACK},
    _swap: {FaultKind.REORDERED},
    _double: {FaultKind.ADDED},
    _cut: {FaultKind.CUT},
    _roll_back: {FaultKind.ROLLBACK},
    _rewrite: {FaultKind.CHANGED},
    _forge: {FaultKind.FORGED},
}


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__.strip("_"))
def test_every_mutation_is_found_and_named(mutation: Callable[[Log, random.Random], Log]) -> None:
    for seed in range(40):
        dice = random.Random(seed)  # noqa: S311 - a repeatable test, not a key
        log = mutation(_log(dice.randint(3, 40), dice.randint(1, 12)), dice)
        report = log.verify()
        assert report.fault is not None, seed
        assert report.fault.kind in MUTATIONS[mutation], seed
        assert 0 <= report.proved <= report.fault.first <= report.fault.last + 1


def test_every_byte_of_an_entry_counts() -> None:
    log = _log(5, 5)
    body = log.bodies[2]
    for at in range(len(body)):
        changed = body[:at] + bytes([body[at] ^ 0x04]) + body[at + 1 :]
        assert not replace(log, bodies=[*log.bodies[:2], changed, *log.bodies[3:]]).verify().ok, at


def test_the_fault_is_between_the_last_good_checkpoint_and_the_next() -> None:
    log = _log(40, 10)
    fields = json.loads(log.bodies[23])
    bodies = [*log.bodies[:23], rfc8785.dumps({**fields, "outcome": "refused"}), *log.bodies[24:]]
    report = replace(log, bodies=bodies, frontier=_frontier(bodies)).verify()
    assert report.fault is not None
    assert (report.proved, report.fault.first, report.fault.last) == (20, 20, 29)


def test_a_cut_tail_is_told_from_its_first_to_its_last_entry() -> None:
    cut = replace(_log(10, 5), bodies=_log(10, 5).bodies[:7]).verify().fault
    assert cut == Fault(FaultKind.CUT, 7, 9)


def test_what_no_checkpoint_has_seen_is_not_called_proved() -> None:
    log = _log(25, 10)
    unseen = replace(log, stored=log.stored[:2], elsewhere=[])
    assert unseen.verify() == Report(25, log.frontier.root, 2, 20)
    assert replace(log, stored=[], elsewhere=[]).verify().proved == 0


def test_a_stored_size_or_root_that_does_not_fit_is_found() -> None:
    log = _log(9, 3)
    fits = replace(log, frontier=_frontier(log.bodies[:8])).verify()
    assert fits.fault is not None
    assert fits.fault.kind is FaultKind.ADDED
    other = verify(log.bodies, size=9, root=EMPTY_ROOT, checkpoints=log.stored, verifier=SIGNER.verifier)
    assert other.fault is not None
    assert other.fault.kind is FaultKind.CHANGED


def test_a_checkpoint_reads_back_from_a_room_and_with_the_public_key_alone() -> None:
    log = _log(12, 12)
    note = log.stored[0]
    auditor = Verifier.from_vkey(SIGNER.verifier.vkey)
    for text in (note, note.encode(), f"\n  {note}\n\n", note.replace("\n", "\r\n"), note.strip()):
        read = auditor.read(text)
        assert (read.name, read.size, read.root) == ("example.org/audit", 12, log.frontier.root)
        assert read.at == AT + timedelta(seconds=12)
    lines = note.splitlines()
    assert lines[:2] == ["example.org/audit", "12"]
    assert lines[4] == ""
    assert lines[5].startswith("— example.org/audit ")


def test_a_changed_checkpoint_is_forged() -> None:
    note = _log(12, 12).stored[0]
    found = 0
    for at in range(len(note) - 1):
        for letter in ("7", "A", "\n"):
            changed = note[:at] + letter + note[at + 1 :]
            if changed != note:
                with pytest.raises(CheckpointForged):
                    SIGNER.verifier.read(changed)
                found += 1
    assert found > 400
    for wrong in ("", "12", note + note, note.replace("example.org", "example.com")):
        with pytest.raises(CheckpointForged):
            SIGNER.verifier.read(wrong)


def test_the_signing_key_survives_rotation_and_differs_by_keyring() -> None:
    rotated = Signer(Keyring(b"r" * 32, [b"w" * 32, b"v" * 32]), "example.org/audit")
    assert rotated.verifier.vkey == SIGNER.verifier.vkey != STRANGER.verifier.vkey
    for vkey in ("", "a+b", SIGNER.verifier.vkey[:-4], SIGNER.verifier.vkey.replace("org", "com")):
        with pytest.raises(ValueError, match="verifier key"):
            Verifier.from_vkey(vkey)
    with pytest.raises(ValueError, match="spaces"):
        Signer(Keyring(b"r" * 32, [b"w" * 32]), "two words")


@pytest.mark.parametrize(
    ("size", "last_size", "seconds", "due"),
    [
        (0, 0, 3600, False), (5, 5, 3600, False), (6, 5, 59, False), (6, 5, 60, True),
        (104, 5, 1, False), (105, 5, 1, True), (1, 0, None, True), (0, 0, None, False),
    ],
)  # fmt: skip
def test_a_checkpoint_is_due_after_a_hundred_entries_or_a_minute(
    size: int, last_size: int, seconds: int | None, due: bool
) -> None:
    last_at = None if seconds is None else AT
    assert is_due(size, AT + timedelta(seconds=seconds or 0), last_size, last_at) is due
