import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from compliance.files import LooseFile
from compliance.keys.keyring import Keyring
from compliance.keys.keystore import SERVICE, Keystore, KeystoreBroken, PersonKeyMissing, Shredded
from config.clock import MovedClock


def _wrapped(path: Path, person: str) -> bytes:
    with sqlite3.connect(path) as connection:
        (wrapped,) = connection.execute(
            "SELECT wrapped FROM person_key WHERE person = ?", (person,)
        ).fetchone()
    connection.close()
    return bytes(wrapped)


def test_keys_are_random_kept_and_private(
    tmp_path: Path, keyring: Keyring, keystore: Keystore, clock: MovedClock
) -> None:
    keystore.create("anna")
    keystore.create("bert")
    keys = {name: keystore.key(name) for name in ("anna", "bert", SERVICE)}
    assert len(set(keys.values())) == 3
    assert all(len(key) == 32 for key in keys.values())
    with pytest.raises(ValueError, match="already"):
        keystore.create("anna")
    keystore.close()

    file = tmp_path / "people.keystore"
    assert file.stat().st_mode & 0o777 == 0o600
    assert not any(key in file.read_bytes() for key in keys.values())
    again = Keystore.load(file, keyring, clock)
    assert {name: again.key(name) for name in keys} == keys
    assert again.people() == ["anna", "bert"]
    assert repr(again) == "Keystore()"


def test_a_keystore_is_never_silently_made_anew(
    tmp_path: Path, keyring: Keyring, keystore: Keystore, clock: MovedClock
) -> None:
    file = tmp_path / "people.keystore"
    with pytest.raises(FileExistsError):
        Keystore.generate(file, keyring, clock)
    with pytest.raises(KeystoreBroken, match="no keystore"):
        Keystore.load(tmp_path / "other", keyring, clock)
    with pytest.raises(KeystoreBroken, match="key file"):
        Keystore.load(file, Keyring.generate(tmp_path / "other.keys"), clock)
    (tmp_path / "text").write_text("this is no database" * 100)
    (tmp_path / "text").chmod(0o600)
    with pytest.raises(KeystoreBroken, match="not a keystore"):
        Keystore.load(tmp_path / "text", keyring, clock)
    file.chmod(0o644)
    with pytest.raises(LooseFile, match="chmod 600"):
        Keystore.load(file, keyring, clock)


def test_a_destroyed_key_is_in_no_file_and_never_comes_back(
    tmp_path: Path, keystore: Keystore, clock: MovedClock
) -> None:
    file = tmp_path / "people.keystore"
    for number in range(60):
        keystore.create(f"person-{number}")
    gone = _wrapped(file, "person-30")
    assert gone in file.read_bytes()
    keystore.key("person-30")
    clock.move(timedelta(hours=1))

    keystore.destroy("person-30")

    assert [path.name for path in tmp_path.iterdir() if gone[8:] in path.read_bytes()] == []
    assert not list(tmp_path.glob("*-journal"))
    assert not list(tmp_path.glob("*-wal"))
    with pytest.raises(PersonKeyMissing, match="person-30"):
        keystore.key("person-30")
    with pytest.raises(ValueError, match="destroyed"):
        keystore.create("person-30")
    assert keystore.shredded() == [Shredded("person-30", clock.now())]
    keystore.key("person-29")

    clock.move(timedelta(hours=1))
    keystore.destroy("person-30")  # again: nothing happens, the time stays
    assert keystore.shredded() == [Shredded("person-30", clock.now() - timedelta(hours=1))]
    with pytest.raises(PersonKeyMissing):
        keystore.destroy("never-was")
    with pytest.raises(ValueError, match="service"):
        keystore.destroy(SERVICE)


def test_a_destruction_by_another_process_is_seen_at_once(
    tmp_path: Path, keyring: Keyring, keystore: Keystore, clock: MovedClock
) -> None:
    keystore.create("anna")
    keystore.key("anna")
    other = Keystore.load(tmp_path / "people.keystore", keyring, clock)
    other.destroy("anna")
    with pytest.raises(PersonKeyMissing):
        keystore.key("anna")


def test_the_shred_list_destroys_again_what_an_older_keystore_brought_back(
    tmp_path: Path, keyring: Keyring, keystore: Keystore, clock: MovedClock
) -> None:
    keystore.create("anna")
    keystore.create("bert")
    backup = tmp_path / "backup.keystore"
    backup.write_bytes((tmp_path / "people.keystore").read_bytes())
    backup.chmod(0o600)
    gone = _wrapped(backup, "anna")
    keystore.destroy("anna")
    shreds = keystore.shredded()
    clock.move(timedelta(days=3))

    restored = Keystore.load(backup, keyring, clock)
    restored.key("anna")
    assert restored.replay(shreds) == 1
    assert restored.replay(shreds) == 0
    with pytest.raises(PersonKeyMissing):
        restored.key("anna")
    assert restored.key("bert") == keystore.key("bert")
    assert restored.shredded() == shreds
    assert gone not in backup.read_bytes()


def test_rotation_rewraps_every_key_and_goes_on_where_it_stopped(
    tmp_path: Path, keyring: Keyring, keystore: Keystore, clock: MovedClock
) -> None:
    keys = {f"p{number}": bytes([number % 256]) * 32 for number in range(450)}
    with sqlite3.connect(tmp_path / "people.keystore") as connection:  # 450 transactions cost only time
        rows = [(name, keyring.wrap(name, key)) for name, key in keys.items()]
        connection.executemany("INSERT INTO person_key VALUES (?, ?)", rows)
    connection.close()
    new = Keyring.rotate(tmp_path / "stillroom.keys")
    assert keystore.rewrap(new, batches=1) == 200
    keystore.close()

    again = Keystore.load(tmp_path / "people.keystore", new, clock)
    assert again.wrapped_by() == {keyring.newest: 251, new.newest: 200}
    assert again.rewrap(new) == 251
    assert again.rewrap(new) == 0
    assert again.wrapped_by() == {new.newest: 451}
    again.close()

    only_new = Keyring.retire(tmp_path / "stillroom.keys", keyring.newest)
    last = Keystore.load(tmp_path / "people.keystore", only_new, clock)
    assert {name: last.key(name) for name in keys} == keys


def test_a_key_moved_to_another_name_does_not_open(
    tmp_path: Path, keyring: Keyring, keystore: Keystore, clock: MovedClock
) -> None:
    keystore.create("anna")
    keystore.create("bert")
    keystore.close()
    file = tmp_path / "people.keystore"
    connection = sqlite3.connect(file)
    connection.execute(
        "UPDATE person_key SET wrapped = (SELECT wrapped FROM person_key WHERE person = 'anna')"
        " WHERE person = 'bert'"
    )
    connection.commit()
    connection.close()
    again = Keystore.load(file, keyring, clock)
    again.key("anna")
    with pytest.raises(Exception, match="belongs to another name"):
        again.key("bert")
