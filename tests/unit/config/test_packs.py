"""Packs: plain YAML without its traps, and faults with file, line and key."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from config import packs


class Step(BaseModel):
    model_config = ConfigDict(extra="forbid")
    at: str
    minutes: int = 0


class Pack(BaseModel):
    model_config = ConfigDict(extra="forbid")
    country: str
    number: str = ""
    open: bool = False
    steps: list[Step] = []


def read(folder: Path, text: str) -> Pack:
    (folder / "one.yaml").write_text(text)
    return packs.read("one.yaml", Pack, root=folder)


def test_norway_times_and_leading_zeros_stay_texts(tmp_path: Path) -> None:
    pack = read(tmp_path, "country: NO\nnumber: 0800\nopen: true\nsteps:\n - at: 9:30\n   minutes: 5\n")
    assert (pack.country, pack.number, pack.open) == ("NO", "0800", True)
    assert pack.steps == [Step(at="9:30", minutes=5)]


FAULTS = {
    "unknown key": (
        "country: NO\nnumbr: x\n",
        "line 2: numbr: this key is not known; did you mean `number`?",
    ),
    "bad value": ("country: NO\nsteps:\n - at: x\n - at: y\n   minutes: soon\n", "line 5: steps.1.minutes: "),
    "missing key": ("country: NO\nsteps:\n - minutes: 1\n", "line 3: steps.0.at: Field required"),
    "key twice": ("country: NO\nopen: true\ncountry: SE\n", "line 3 the key `country` stands here twice"),
    "no YAML": ("country: [\n", "line 2 "),
    "empty": ("", "line 1: the file: "),
}


@pytest.mark.parametrize(("text", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_names_file_line_and_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(packs.PackError) as error:
        read(tmp_path, text)
    assert str(error.value).startswith(f"{tmp_path / 'one.yaml'}:")
    assert said in str(error.value)


def test_a_missing_file_suggests_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "intake.yaml").write_text("country: NO\n")
    with pytest.raises(packs.PackError, match=r"no such file; did you mean `intake.yaml`"):
        packs.read("intak.yaml", Pack, root=tmp_path)
