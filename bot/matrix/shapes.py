"""JSON that strangers wrote, in the shape that is needed: what has another shape counts as empty."""

from typing import Any, cast


def object_of(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def list_of(value: object) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else []


def objects_in(value: object) -> list[dict[str, Any]]:
    """The objects of a JSON list."""
    return [cast("dict[str, Any]", one) for one in list_of(value) if isinstance(one, dict)]
