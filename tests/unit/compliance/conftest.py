from datetime import UTC, datetime
from pathlib import Path

import pytest

from compliance.keys.keyring import Keyring
from compliance.keys.keystore import Keystore
from config.clock import MovedClock


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock(datetime(2025, 3, 1, 9, 0, tzinfo=UTC))


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring.generate(tmp_path / "stillroom.keys")


@pytest.fixture
def keystore(tmp_path: Path, keyring: Keyring, clock: MovedClock) -> Keystore:
    return Keystore.generate(tmp_path / "people.keystore", keyring, clock)
