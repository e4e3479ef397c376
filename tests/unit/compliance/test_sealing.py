import pytest

from compliance.keys.keystore import Keystore, PersonKeyMissing
from compliance.sealing import SERVICE, SealBroken, Sealer

PLACE = ("anna", "people", "name", "row1")


@pytest.fixture
def sealer(keystore: Keystore) -> Sealer:
    keystore.create("anna")
    keystore.create("bert")
    return Sealer(keystore)


@pytest.mark.parametrize("plain", [b"", b"a", b"\x00" * 17, "Grüße, 世界".encode(), b"x" * 65536])
@pytest.mark.parametrize("owner", ["anna", SERVICE])
def test_a_sealed_value_opens_at_its_place_and_shows_nothing(
    sealer: Sealer, owner: str, plain: bytes
) -> None:
    place = (owner, *PLACE[1:])
    sealed = sealer.seal(*place, plain)
    assert sealer.open(*place, sealed) == plain
    assert len(plain) < 2 or plain not in sealed
    assert sealer.seal(*place, plain) != sealed


@pytest.mark.parametrize(
    "other",
    [
        ("bert", "people", "name", "row1"),
        (SERVICE, "people", "name", "row1"),
        ("anna", "rooms", "name", "row1"),
        ("anna", "people", "zone", "row1"),
        ("anna", "people", "name", "row2"),
        ("anna", "peoplen", "ame", "row1"),
        ("anna", "people", "namer", "ow1"),
        ("anna", "people", "name", ""),
        ("anna", "name", "people", "row1"),
    ],
    ids="/".join,
)
def test_a_sealed_value_does_not_open_elsewhere(sealer: Sealer, other: tuple[str, str, str, str]) -> None:
    sealed = sealer.seal(*PLACE, b"private")
    with pytest.raises(SealBroken, match=rf"{other[1]}.{other[2]} of row {other[3]}"):
        sealer.open(*other, sealed)


def test_every_changed_or_cut_byte_is_noticed(sealer: Sealer) -> None:
    sealed = sealer.seal(*PLACE, b"private")
    for at in range(len(sealed)):
        for bit in range(8):
            changed = sealed[:at] + bytes([sealed[at] ^ 1 << bit]) + sealed[at + 1 :]
            with pytest.raises(SealBroken):
                sealer.open(*PLACE, changed)
        with pytest.raises(SealBroken):
            sealer.open(*PLACE, sealed[:at])
    with pytest.raises(SealBroken):
        sealer.open(*PLACE, sealed + b"\x00")


def test_an_erased_person_is_told_from_a_broken_seal(sealer: Sealer) -> None:
    sealed = sealer.seal(*PLACE, b"private")
    sealer.keystore.destroy("anna")
    with pytest.raises(PersonKeyMissing):
        sealer.open(*PLACE, sealed)
    with pytest.raises(PersonKeyMissing):
        sealer.seal(*PLACE, b"more")
