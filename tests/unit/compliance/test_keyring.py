import base64
import pickle
import re
from pathlib import Path

import pytest

from compliance.files import LooseFile
from compliance.keys.keyring import Keyring, KeyringBroken, WrapBroken


def _keys(path: Path) -> list[bytes]:
    found = re.findall(r"^(?:root|wrap) (\S+)$", path.read_text(), re.MULTILINE)
    return [base64.b64decode(text) for text in found]


def test_a_key_file_is_private_and_reads_back_the_same(tmp_path: Path) -> None:
    made = Keyring.generate(tmp_path / "keys")
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o600
    read = Keyring.load(tmp_path / "keys")
    assert read.derive("database") == made.derive("database")
    assert read.derive("database") != read.derive("index")
    assert len(read.derive("database")) == 32
    with pytest.raises(FileExistsError):
        Keyring.generate(tmp_path / "keys")
    assert Keyring.load(tmp_path / "keys").ids == made.ids


def test_a_directory_stands_for_the_key_file_in_it(tmp_path: Path) -> None:
    made = Keyring.generate(tmp_path)
    assert (tmp_path / "stillroom.keys").exists()
    assert Keyring.load(tmp_path).ids == made.ids


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620, 0o602, 0o700, 0o666])
def test_a_looser_mode_is_refused_with_the_remedy(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "keys"
    Keyring.generate(file)
    file.chmod(mode)
    with pytest.raises(LooseFile, match=re.escape(f"chmod 600 {file}")):
        Keyring.load(file)
    file.chmod(0o400)
    Keyring.load(file)


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o1777])
def test_a_directory_that_others_write_to_is_refused(tmp_path: Path, mode: int) -> None:
    directory = tmp_path / "open"
    directory.mkdir()
    Keyring.generate(directory / "keys")
    directory.chmod(mode)
    with pytest.raises(LooseFile, match=re.escape(f"chmod go-w {directory}")):
        Keyring.load(directory / "keys")
    with pytest.raises(LooseFile):
        Keyring.generate(directory / "more")
    link = tmp_path / "link"
    link.symlink_to(directory / "keys")
    with pytest.raises(LooseFile):  # what counts is where the file really is
        Keyring.load(link)


def test_systemd_shows_credentials_with_a_mode_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "stillroom.keys"
    Keyring.generate(file)
    file.chmod(0o440)
    if file.stat().st_uid != 0:
        pytest.skip("systemd's credentials belong to root")
    with pytest.raises(LooseFile):
        Keyring.load(tmp_path)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    Keyring.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "found 0 and 0"),
        ("root {k}\n", "found 1 and 0"),
        ("wrap {k}\n", "found 0 and 1"),
        ("root {k}\nroot {j}\nwrap {l}\n", "found 2 and 1"),
        ("root {k}\nwrap {k}\n", "same key twice"),
        ("root {k}\nwrap banana\n", "line 2"),
        ("root {k}\nwrap {k}{k}\n", "line 2"),
        ("key {k}\n", "line 1"),
        ("\x00\xff\xfe", "line 1"),
    ],
)
def test_a_broken_key_file_is_named_without_its_keys(tmp_path: Path, text: str, says: str) -> None:
    keys = {letter: base64.b64encode(letter.encode() * 32).decode() for letter in "kjl"}
    file = tmp_path / "keys"
    file.write_text(text.format(**keys))
    file.chmod(0o600)
    with pytest.raises(KeyringBroken, match=says) as caught:
        Keyring.load(file)
    assert str(file) in str(caught.value)
    assert not any(key in str(caught.value) for key in keys.values())


def test_a_missing_key_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KeyringBroken, match="stillroom init"):
        Keyring.load(tmp_path / "nothing")


def test_rotation_seals_with_the_newest_and_opens_with_the_older(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    old = Keyring.generate(file)
    wrapped = old.wrap("anna", b"k" * 32)
    new = Keyring.rotate(file)
    assert new.ids == (*old.ids, new.newest)
    assert new.derive("database") == old.derive("database")
    assert new.unwrap("anna", wrapped) == b"k" * 32
    with pytest.raises(WrapBroken):
        old.unwrap("anna", new.wrap("anna", b"k" * 32))
    with pytest.raises(ValueError, match="newest"):
        Keyring.retire(file, new.newest)
    retired = Keyring.retire(file, old.newest)
    assert retired.ids == (new.newest,)
    assert retired.derive("database") == old.derive("database")
    with pytest.raises(WrapBroken, match=old.newest):
        retired.unwrap("anna", wrapped)
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


def test_a_wrapped_key_is_bound_to_its_name_and_to_every_byte(keyring: Keyring) -> None:
    wrapped = keyring.wrap("anna", b"k" * 32)
    with pytest.raises(WrapBroken):
        keyring.unwrap("bert", wrapped)
    for at in range(len(wrapped)):
        with pytest.raises(WrapBroken):
            keyring.unwrap("anna", wrapped[:at] + bytes([wrapped[at] ^ 1]) + wrapped[at + 1 :])
        with pytest.raises(WrapBroken):
            keyring.unwrap("anna", wrapped[:at])


def test_keys_do_not_show(tmp_path: Path) -> None:
    ring = Keyring.generate(tmp_path / "keys")
    shown = repr(ring) + str(ring) + f"{ring}"
    for key in _keys(tmp_path / "keys"):
        assert key.hex() not in shown
        assert base64.b64encode(key).decode() not in shown
    with pytest.raises(TypeError):
        pickle.dumps(ring)
