import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.audit.tree import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

# Inputs and roots of Certificate Transparency's reference tree:
# https://github.com/google/certificate-transparency/blob/master/cpp/merkletree/merkle_tree_test.cc
VECTORS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(bytes([number])) for number in range(70)]


def _naive_root(entries: list[bytes]) -> bytes:
    """Section 2.1.1 of RFC 9162, word for word and slowly."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    split = 1
    while split * 2 < len(entries):
        split *= 2
    return hashlib.sha256(b"\x01" + _naive_root(entries[:split]) + _naive_root(entries[split:])).digest()


def test_the_roots_are_those_of_certificate_transparency() -> None:
    frontier = Frontier()
    assert frontier.root == EMPTY_ROOT == hashlib.sha256(b"").digest()
    for entry, root in zip(VECTORS, ROOTS, strict=True):
        frontier = frontier.append(leaf_hash(bytes.fromhex(entry)))
        assert frontier.root.hex() == root


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=8), max_size=80))
def test_appending_gives_the_root_of_the_standard_and_keeps_few_hashes(entries: list[bytes]) -> None:
    frontier = Frontier()
    for entry in entries:
        frontier = frontier.append(leaf_hash(entry))
        frontier = Frontier.from_bytes(frontier.size, frontier.to_bytes())
    assert frontier.root == _naive_root(entries) == root_of([leaf_hash(entry) for entry in entries])
    assert len(frontier.hashes) == len(entries).bit_count()


@pytest.mark.parametrize(
    ("size", "hashes"), [(1, b""), (0, b"x" * 32), (2, b"x" * 31), (3, b"x" * 65), (-1, b"")]
)
def test_a_stored_frontier_that_does_not_fit_is_refused(size: int, hashes: bytes) -> None:
    with pytest.raises(ValueError, match="tree"):
        Frontier.from_bytes(size, hashes)


def test_every_inclusion_and_consistency_proof_up_to_33_leaves_verifies_and_only_there() -> None:
    for size in range(1, 34):
        leaves = LEAVES[:size]
        root = root_of(leaves)
        for index in range(size):
            proof = inclusion_proof(leaves, index)
            assert verify_inclusion(leaves[index], index, size, proof, root)
            assert not verify_inclusion(LEAVES[-1], index, size, proof, root)
            assert size == 1 or not verify_inclusion(leaves[index], (index + 1) % size, size, proof, root)
            assert not verify_inclusion(leaves[index], index, size, [*proof, root], root)
            if proof:
                assert not verify_inclusion(leaves[index], index, size, proof[:-1], root)
            old = index + 1
            earlier = consistency_proof(leaves, old)
            old_root = root_of(leaves[:old])
            assert verify_consistency(old, old_root, size, root, earlier)
            assert not verify_consistency(old, LEAVES[-1], size, root, earlier)
            assert not verify_consistency(old, old_root, size, LEAVES[-1], earlier)
            assert not verify_consistency(old, old_root, size, root, [*earlier, root])
            if earlier:
                assert not verify_consistency(old, old_root, size, root, earlier[:-1])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_changed_history_is_not_consistent(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 70))
    old = data.draw(st.integers(1, size - 1))
    changed = data.draw(st.integers(0, old - 1))
    other = list(LEAVES[:size])
    other[changed] = leaf_hash(b"another past")
    proof = consistency_proof(other, old)
    assert not verify_consistency(old, root_of(LEAVES[:old]), size, root_of(other), proof)


def test_proofs_outside_the_tree_are_refused() -> None:
    for index in (-1, 5):
        with pytest.raises(IndexError):
            inclusion_proof(LEAVES[:5], index)
        assert not verify_inclusion(LEAVES[0], index, 5, [], root_of(LEAVES[:5]))
    for old in (0, 6):
        with pytest.raises(IndexError):
            consistency_proof(LEAVES[:5], old)
        assert not verify_consistency(old, EMPTY_ROOT, 5, root_of(LEAVES[:5]), [])
