"""What settings and texts name is there: a setting that nothing reads, or a command that does not exist,
would be found by an operator in trouble."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.commands.registry import BY_NAME
from config import settings as module
from config.settings import Settings

ROOT = Path(module.__file__).parents[1]
READ = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in ("bot", "compliance", "matching")
    for path in (ROOT / folder).rglob("*.py")
    if path.name != "answers.py"  # it writes the settings file
)


def _settings(model: type[BaseModel] = Settings, before: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _settings(kind, f"{before}{name}.")
        else:
            yield before + name


# Read by the settings themselves, which give what is asked for in another form.
_WITHIN = {"storage.url": "address", "storage.password_file": "address", "account.user_id": "server_name"}


@pytest.mark.parametrize("name", list(_settings()))
def test_every_setting_is_read_by_something(name: str) -> None:
    assert re.search(rf"\.{_WITHIN.get(name, name.rpartition('.')[2])}\b", READ), f"nothing reads {name}"


def _commands() -> Iterator[tuple[str, str]]:
    places = [
        *(ROOT / "config" / "words").rglob("*.ftl"),
        *(ROOT / name for name in ("config/settings.py", "bot/cli/answers.py", "README.md")),
        *(ROOT / "docs").glob("*.md"),
    ]
    for path in places:
        for name in re.findall(r'["`(]!([a-z]+\d?)', path.read_text(encoding="utf-8")):
            yield path.name, name


@pytest.mark.parametrize(("where", "name"), sorted(set(_commands())))
def test_every_command_that_is_named_exists(where: str, name: str) -> None:
    assert name in BY_NAME, f"{where} names !{name}"
