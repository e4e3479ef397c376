"""The Merkle tree of RFC 9162, section 2.1 (Certificate Transparency), with SHA-256.

Appending needs only the compact frontier: the roots of the full subtrees that make up the tree, largest
first, one for each 1 bit of its size. Proofs are made from all leaf hashes and verified from a few.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
"""Root of the tree without leaves (section 2.1.1)."""


def leaf_hash(entry: bytes) -> bytes:
    """Hash of an entry as a leaf: SHA-256(0x00 ‖ entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of two subtrees: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True)
class Frontier:
    """What has to be kept of a tree to append to it and to tell its root: at most 64 hashes."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.hashes) != self.size.bit_count():
            raise ValueError(f"a tree of {self.size} leaves has one hash for each 1 bit of its size")
        if any(len(hash_) != HASH_BYTES for hash_ in self.hashes):
            raise ValueError(f"a hash of the tree has {HASH_BYTES} bytes")

    def append(self, leaf: bytes) -> "Frontier":
        """The frontier after one more leaf, given as its leaf hash."""
        hashes = [*self.hashes, leaf]
        size = self.size
        while size & 1:  # two full subtrees of one height become one
            right = hashes.pop()
            hashes.append(node_hash(hashes.pop(), right))
            size >>= 1
        return Frontier(self.size + 1, tuple(hashes))

    @property
    def root(self) -> bytes:
        """Root hash of the tree."""
        if not self.hashes:
            return EMPTY_ROOT
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = node_hash(left, root)
        return root

    def to_bytes(self) -> bytes:
        """The hashes, one after the other, to be stored beside the size."""
        return b"".join(self.hashes)

    @classmethod
    def from_bytes(cls, size: int, hashes: bytes) -> "Frontier":
        """What `to_bytes` wrote. Raises ValueError if it does not fit the size."""
        parts = (hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES))
        return cls(size, tuple(parts))


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Root of the tree of these leaf hashes (section 2.1.1)."""
    frontier = Frontier()
    for leaf in leaves:
        frontier = frontier.append(leaf)
    return frontier.root


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Proof that the leaf at an index is in the tree of these leaf hashes (section 2.1.3.1)."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"there is no leaf {index} in a tree of {len(leaves)}")
    proof: list[bytes] = []
    while len(leaves) > 1:
        split = _split(len(leaves))
        if index < split:
            proof.append(root_of(leaves[split:]))
            leaves = leaves[:split]
        else:
            proof.append(root_of(leaves[:split]))
            leaves, index = leaves[split:], index - split
    return proof[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether a proof shows that a leaf hash is at an index of the tree with this size and root (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    position, last, hash_ = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            hash_ = node_hash(sibling, hash_)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            hash_ = node_hash(hash_, sibling)
        position >>= 1
        last >>= 1
    return last == 0 and hash_ == root


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> list[bytes]:
    """Proof that the tree of the first leaves is the beginning of the tree of all (section 2.1.4.1)."""
    if not 0 < old_size <= len(leaves):
        raise IndexError(f"a tree of {len(leaves)} leaves has no earlier size {old_size}")
    proof: list[bytes] = []
    whole = True  # the subtree looked at was itself the whole old tree, whose root the verifier knows
    while old_size != len(leaves):
        split = _split(len(leaves))
        if old_size <= split:
            proof.append(root_of(leaves[split:]))
            leaves = leaves[:split]
        else:
            proof.append(root_of(leaves[:split]))
            leaves, old_size, whole = leaves[split:], old_size - split, False
    if not whole:
        proof.append(root_of(leaves))
    return proof[::-1]


def verify_consistency(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether a proof shows that the old tree is the beginning of the new one (section 2.1.4.2)."""
    if not 0 < old_size <= new_size:
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    position, last = old_size - 1, new_size - 1
    while position & 1:
        position >>= 1
        last >>= 1
    old_hash = new_hash = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            old_hash, new_hash = node_hash(sibling, old_hash), node_hash(sibling, new_hash)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            new_hash = node_hash(new_hash, sibling)
        position >>= 1
        last >>= 1
    return last == 0 and old_hash == old_root and new_hash == new_root


def _split(size: int) -> int:
    """The largest power of two smaller than the size: where RFC 9162 divides a tree."""
    return 1 << ((size - 1).bit_length() - 1)
