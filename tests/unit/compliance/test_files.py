import os
from pathlib import Path

import pytest

from compliance.files import LooseFile, check_private, read_private, write_private


def test_a_private_file_is_written_whole_and_not_replaced_by_accident(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    before = os.umask(0)
    try:
        write_private(file, b"one")
    finally:
        os.umask(before)
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        write_private(file, b"two")
    assert read_private(file) == b"one"
    write_private(file, b"two", replace=True)
    assert read_private(file) == b"two"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_counts_as_the_file_behind_it(tmp_path: Path) -> None:
    file, link = tmp_path / "secret", tmp_path / "link"
    write_private(file, b"one")
    link.symlink_to(file)
    assert read_private(link) == b"one"
    file.chmod(0o644)
    with pytest.raises(LooseFile, match=f"chmod 600 {file}"):
        check_private(link)


def test_what_is_no_plain_file_or_much_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LooseFile, match="plain file"):
        check_private(tmp_path)
    write_private(tmp_path / "large", b"x" * 100)
    with pytest.raises(ValueError, match="larger than 99 bytes"):
        read_private(tmp_path / "large", limit=99)
    with pytest.raises(FileNotFoundError):
        check_private(tmp_path / "nothing")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_another_user_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    write_private(file, b"one")
    os.chown(file, 12345, 12345)
    with pytest.raises(LooseFile, match="chown"):
        check_private(file)
