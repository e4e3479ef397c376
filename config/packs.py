"""Reads YAML packs below `config/` into typed models, and says plainly what is wrong with one."""

import difflib
import re
from collections.abc import Hashable, Mapping
from importlib import resources
from pathlib import Path
from typing import TypeVar, cast

import yaml
from pydantic import BaseModel, ValidationError

ROOT = Path(str(resources.files("config")))
"""The folder of the packs that come with Stillroom."""

Model = TypeVar("Model", bound=BaseModel)


class PackError(Exception):
    """A pack can't be used. The message has one line per fault: file, line, key and what is wrong."""


class _Loader(yaml.CSafeLoader):
    """Plain YAML 1.2: `NO` is Norway, `9:30` is a text, `0800` keeps its zero; a key stands only once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value != "<<":
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"the key `{key.value}` stands here twice", key.start_mark
                    )
                seen.add(key.value)
        return cast("dict[Hashable, object]", super().construct_mapping(node, deep=deep))


_REPLACED = {"tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float"}
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag not in _REPLACED]
    for first, rules in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)(?:[eE][-+]?[0-9]+)?$"),
    list("-+0123456789"),
)


def read(
    name: str, model: type[Model], *, root: Path = ROOT, context: Mapping[str, object] | None = None
) -> Model:
    """Read the pack `name`, a path below `config/` such as `forms/intake.yaml`, into `model`, whose
    validators see the context.

    Raises PackError if the file is missing, is no YAML, or doesn't fit the model.
    """
    path = root / name
    shown = f"config/{name}" if root == ROOT else str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PackError(f"{shown}: there is no such file{_nearest_file(path)}") from None
    except UnicodeDecodeError as fault:
        raise PackError(f"{shown}: the file is not UTF-8 text (byte {fault.start})") from None
    try:
        content: object = yaml.load(text, Loader=_Loader)  # noqa: S506 — built on the safe loader
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        where = f" line {mark.line + 1}" if mark else ""
        raise PackError(f"{shown}:{where} {fault.problem or 'this is no YAML'}") from None
    except yaml.YAMLError as fault:
        raise PackError(f"{shown}: this is no YAML ({fault})") from None
    try:
        return model.model_validate(content, context=context)
    except ValidationError as fault:
        node = yaml.compose(text, Loader=_Loader)
        raise PackError("\n".join(_faults(shown, node, fault, model))) from None


def names(folder: str, *, root: Path = ROOT) -> list[str]:
    """The names of the packs in a folder below `config/`, sorted, in the form that `read` takes."""
    return sorted(path.relative_to(root).as_posix() for path in (root / folder).glob("*.yaml"))


def _faults(shown: str, node: yaml.Node | None, error: ValidationError, model: type[BaseModel]) -> list[str]:
    lines: list[str] = []
    for fault in error.errors(include_url=False, include_input=False):
        location = fault["loc"]
        line, key = _where(node, location)
        hint = ""
        if fault["type"] == "extra_forbidden" and len(location) == 1:
            near = difflib.get_close_matches(str(location[0]), list(model.model_fields), 1)
            hint = f"; did you mean `{near[0]}`?" if near else ""
        text = "this key is not known" if fault["type"] == "extra_forbidden" else fault["msg"]
        lines.append(f"{shown}: line {line}: {key or 'the file'}: {text}{hint}")
    return lines


def _where(node: yaml.Node | None, location: tuple[int | str, ...]) -> tuple[int, str]:
    """The line of a fault, and its key as people write it: `questions.3.type`.

    Steps of the location that only name a branch of a union aren't in the file; they are passed over.
    """
    line = node.start_mark.line + 1 if node else 1
    key: list[str] = []
    for position, step in enumerate(location):
        found: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            for name, value in node.value:
                if isinstance(name, yaml.ScalarNode) and name.value == str(step):
                    found = value
                    line = name.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            found = node.value[step]
            line = node.value[step].start_mark.line + 1
        if found is not None:
            key.append(str(step))
            node = found
        elif position == len(location) - 1:
            key.append(str(step))
    return line, ".".join(key)


def _nearest_file(path: Path) -> str:
    beside = [other.name for other in path.parent.glob("*.yaml")] if path.parent.is_dir() else []
    near = difflib.get_close_matches(path.name, beside, 1)
    return f"; did you mean `{near[0]}`?" if near else ""
