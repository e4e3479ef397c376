"""What the program writes down and asks for is in the tables; a gap would fail in the middle of care."""

import ast
from collections.abc import Iterator
from pathlib import Path

import compliance
from compliance import policy
from compliance.audit.actions import ACTIONS, DETAILS

HOME = Path(compliance.__file__).parents[1]


def _calls(names: set[str], *packages: str) -> Iterator[tuple[str, ast.Call]]:
    for package in packages:
        for file in sorted((HOME / package).rglob("*.py")):
            for call in ast.walk(ast.parse(file.read_text())):
                if isinstance(call, ast.Call):
                    name = (
                        call.func.attr
                        if isinstance(call.func, ast.Attribute)
                        else getattr(call.func, "id", "")
                    )
                    if name in names:
                        yield f"{file.relative_to(HOME)}:{call.lineno}", call


def _literal(call: ast.Call, position: int) -> str | None:
    if len(call.args) > position and isinstance(call.args[position], ast.Constant):
        value = call.args[position].value  # type: ignore[attr-defined]
        return value if isinstance(value, str) else None
    return None


def test_every_audit_entry_that_the_program_writes_is_in_the_table() -> None:
    known = {f"{noun}.{verb}" for noun, verbs in ACTIONS.items() for verb in verbs}
    wrong: list[str] = []
    for where, call in _calls({"note", "record"}, "bot", "compliance"):
        keywords = {keyword.arg for keyword in call.keywords if keyword.arg}
        action = _literal(call, 0)
        if "by" not in keywords or action is None:
            continue
        if action not in known:
            wrong.append(f"{where}: no action {action}")
        wrong += [f"{where}: no detail {key}" for key in keywords - set(DETAILS) - {"by", "about", "outcome"}]
    assert wrong == []


def test_every_command_asks_for_an_action_that_the_policy_knows() -> None:
    commands = [(where, _literal(call, 1)) for where, call in _calls({"Command"}, "bot")]
    asked = [(where, _literal(call, 0)) for where, call in _calls({"allowed"}, "bot")]
    of_records = [
        (where, _literal(call, 2)) for where, call in _calls({"may", "permits", "permits_in"}, "bot")
    ]
    assert any(action for _, action in of_records)
    unknown = [
        f"{where}: no action {action}"
        for where, action in [*commands, *asked, *of_records]
        if action is not None and action not in policy.actions()
    ]
    assert unknown == []
