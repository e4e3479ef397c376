"""Where settings come from: the TOML file, `STILLROOM_` variables, secret files; and what is wrong in them.

A secret never stands in the file or in a variable. For a secret `password`, `password_file` names the file
that holds it, or the secrets folder (`STILLROOM_SECRETS`, else systemd's `CREDENTIALS_DIRECTORY`) holds a
file named `storage.password`. Such a file is readable by its owner alone.
"""

import os
import stat
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, EnvSettingsSource, TomlConfigSettingsSource
from rapidfuzz import fuzz, process

PREFIX = "STILLROOM_"
CONFIG_VARIABLE = "STILLROOM_CONFIG"
"""Names the settings file for the command line; no setting itself."""
SECRETS_VARIABLE = "STILLROOM_SECRETS"
_NO_SETTINGS = {CONFIG_VARIABLE, SECRETS_VARIABLE}

Values = dict[str, Any]
T = TypeVar("T", bound=BaseSettings)


class SettingsError(Exception):
    """The settings can't be used. `faults` has one plain sentence for each fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def gather(model: type[T], path: Path) -> T:
    """Read `model` from the TOML file at `path`, the environment and secret files. Raises SettingsError."""
    file = _read_toml(model, path)
    variables = _read_variables(model)
    faults = [*_unknown_variables(model), *_secrets_in_the_open(model, file, variables, path)]
    merged = _merge(file, variables)
    faults += _read_secrets(model, merged, path.parent)
    _anchor_paths(model, merged, path.parent.absolute())
    try:
        settings = model(**merged)
    except ValidationError as error:
        told = [
            _tell(model, path, variables, fault)
            for fault in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        raise SettingsError([*faults, *told]) from None
    if faults:
        raise SettingsError(faults)
    return settings


def sections(model: type[BaseSettings]) -> dict[str, type[BaseModel]]:
    """The sections of the settings, by name."""
    return {name: cast("type[BaseModel]", field.annotation) for name, field in model.model_fields.items()}


def _read_toml(model: type[BaseSettings], path: Path) -> Values:
    try:
        if not path.is_file():
            raise SettingsError([f"there is no settings file {path}. Write one with `stillroom init`"])
        content: Values = dict(TomlConfigSettingsSource(model, path)())
    except tomllib.TOMLDecodeError as error:
        raise SettingsError([f"{path} can't be read as TOML: {error}"]) from None
    except UnicodeDecodeError:
        raise SettingsError([f"{path} is not UTF-8 text"]) from None
    except PermissionError:
        raise SettingsError([f"{path} may not be read by this user"]) from None
    return content


def _read_variables(model: type[BaseSettings]) -> Values:
    source = EnvSettingsSource(model)
    return {name: value for name, value in source().items() if isinstance(value, dict)}


def _unknown_variables(model: type[BaseSettings]) -> Iterator[str]:
    known = sections(model)
    for name in sorted(os.environ):
        if not name.upper().startswith(PREFIX) or name.upper() in _NO_SETTINGS:
            continue
        section, separator, _ = name[len(PREFIX) :].lower().partition("__")
        if section not in known or not separator:
            every = [
                f"{PREFIX}{one}__{key}".upper() for one, each in known.items() for key in each.model_fields
            ]
            yield f"the variable {name}: no setting has this name{_nearest(name.upper(), every)}"


def _secrets_in_the_open(
    model: type[BaseSettings], file: Values, variables: Values, path: Path
) -> Iterator[str]:
    for section, key in _secret_keys(model):
        for where, values in ((str(path), file), ("the environment", variables)):
            if _table(values, section).pop(key, None) is not None:
                yield (
                    f"{where}: {section}.{key} is a secret and doesn't belong there; put it into a file of "
                    f"mode 0600 and give `{key}_file`"
                )


def _read_secrets(model: type[BaseSettings], merged: Values, home: Path) -> Iterator[str]:
    folder = os.environ.get(SECRETS_VARIABLE) or os.environ.get("CREDENTIALS_DIRECTORY")
    for section, key in _secret_keys(model):
        named = _table(merged, section).pop(f"{key}_file", None)
        found = Path(folder) / f"{section}.{key}" if folder else None
        file = home / str(named) if named is not None else found
        if file is None or (named is None and not file.is_file()):
            continue
        try:
            merged.setdefault(section, {})[key] = SecretStr(_read_secret(file))
        except SettingsError as error:
            yield f"{section}.{key}_file: {error}"


def _read_secret(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            status = os.fstat(opened.fileno())
            content = opened.read(64 * 1024)
    except OSError as error:
        raise SettingsError([f"{file} can't be read ({error.strerror})"]) from None
    mode = stat.S_IMODE(status.st_mode)
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    # systemd shows credentials as 0440, through an access list (systemd.exec(5), "Credentials").
    given_by_systemd = mode == 0o440 and folder and file.resolve().is_relative_to(Path(folder).resolve())
    if mode & 0o177 and not given_by_systemd:
        raise SettingsError([f"{file} can be read by others (mode {mode:04o}); close it: chmod 600 {file}"])
    return content.decode("utf-8", "replace").rstrip("\r\n")


def _secret_keys(model: type[BaseSettings]) -> Iterator[tuple[str, str]]:
    for section, fields in sections(model).items():
        for key, field in fields.model_fields.items():
            if SecretStr in (field.annotation, *get_args(field.annotation)):
                yield section, key


def _anchor_paths(model: type[BaseSettings], merged: Values, home: Path) -> None:
    """Let relative paths, given or default, count from the folder of the settings file."""
    for section, fields in sections(model).items():
        for key, field in fields.model_fields.items():
            if Path not in (field.annotation, *get_args(field.annotation)):
                continue
            table = _table(merged, section)
            given = table.get(key, field.default)
            if isinstance(given, str | Path) and str(given):
                table[key] = home / Path(given).expanduser()
                merged.setdefault(section, table)


def _tell(model: type[BaseSettings], path: Path, variables: Values, fault: ErrorDetails) -> str:
    """One fault as a sentence: where, which key, what is wrong, what is allowed."""
    where = [str(step) for step in fault["loc"]]
    section, key = (*where, "", "")[:2]
    name = ".".join(where) or "the settings"
    from_variable = key in _table(variables, section)
    place = f"the variable {PREFIX}{section}__{key}".upper() if from_variable else str(path)
    if from_variable:
        place = "the variable " + f"{PREFIX}{section}__{key}".upper()
    known = sections(model)
    if fault["type"] == "extra_forbidden":
        return f"{place}: {name}: there is no such setting{_suggest(known, section, key)}"
    field = known[section].model_fields.get(key) if section in known else None
    if fault["type"] == "missing":
        if not key:
            needed = [one for one, each in known[section].model_fields.items() if each.is_required()]
            return f"{path}: the section [{section}] is missing; it needs {', '.join(needed)}"
        return f"{path}: {name} is missing: {_allowed(field)}"
    text = fault["msg"].removeprefix("Value error, ").replace("Input should", "the value should")
    if fault["type"] == "string_pattern_mismatch":
        text = "the value has the wrong form"
    return f"{place}: {name}: {text}" + (f". {_allowed(field)}" if field else "")


def _allowed(field: FieldInfo | None) -> str:
    if field is None:
        return ""
    text = (field.description or "").replace("\n", " ")
    example = next(iter(field.examples or ()), None)
    return f"{text} Example: {example}" if example is not None else text


def _suggest(known: Mapping[str, type[BaseModel]], section: str, key: str) -> str:
    if section not in known:
        return _nearest(section, list(known)) or f"; the sections are {', '.join(known)}"
    fields = [*known[section].model_fields]
    if near := _nearest(key, fields):
        return near
    elsewhere = [name for name, each in known.items() if key in each.model_fields]
    if elsewhere:
        return f"; it belongs below [{elsewhere[0]}]"
    return f"; [{section}] knows {', '.join(fields)}"


def _nearest(text: str, names: list[str]) -> str:
    best = process.extractOne(text, names, scorer=fuzz.ratio, score_cutoff=70)
    return f"; did you mean `{best[0]}`?" if best else ""


def _table(values: Values, section: str) -> Values:
    table = values.get(section)
    return cast("Values", table) if isinstance(table, dict) else {}


def _merge(file: Values, variables: Values) -> Values:
    merged: Values = {
        name: dict(cast("Values", value)) if isinstance(value, dict) else value
        for name, value in file.items()
    }
    for section, values in variables.items():
        if isinstance(merged.get(section, {}), dict):
            merged[section] = {**merged.get(section, {}), **values}
    return merged
