"""Polls (MSC3381). Clients write the unstable names; both are read, the unstable ones are written.

A poll is an encrypted event like any message, so it may carry an answer. A reaction is not.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

START = "org.matrix.msc3381.poll.start"
RESPONSE = "org.matrix.msc3381.poll.response"
END = "org.matrix.msc3381.poll.end"
STABLE_START = "m.poll.start"
STABLE_RESPONSE = "m.poll.response"

_TEXT = "org.matrix.msc1767.text"
_MOST_ANSWERS = 20
"""MSC3381: answers beyond the twentieth are cut off."""


def start(
    question: str, answers: Sequence[tuple[str, str]], max_selections: int, fallback: str
) -> dict[str, Any]:
    """The content of a poll start; `fallback` is what a client without polls shows."""
    if not 1 <= len(answers) <= _MOST_ANSWERS:
        raise ValueError(f"a poll has 1 to {_MOST_ANSWERS} answers, not {len(answers)}")
    return {
        START: {
            "question": {_TEXT: question, "body": question, "msgtype": "m.text"},
            "kind": "org.matrix.msc3381.poll.disclosed",
            "max_selections": max_selections,
            "answers": [{"id": name, _TEXT: label} for name, label in answers],
        },
        _TEXT: fallback,
    }


def end(event_id: str, text: str) -> dict[str, Any]:
    """The content of a poll end, for the poll with this event id."""
    return {END: {}, _TEXT: text, "m.relates_to": {"rel_type": "m.reference", "event_id": event_id}}


def read_response(kind: str, content: Mapping[str, Any]) -> tuple[str, tuple[str, ...]] | None:
    """The event id of the poll and the chosen answer ids; None if it is no answer to a poll."""
    relation = content.get("m.relates_to")
    if not isinstance(relation, dict):
        return None
    relation = cast("dict[str, Any]", relation)
    poll = relation.get("event_id")
    if relation.get("rel_type") != "m.reference" or not isinstance(poll, str):
        return None
    if kind == RESPONSE:
        body = content.get(RESPONSE)
        chosen = cast("dict[str, Any]", body).get("answers") if isinstance(body, dict) else None
    elif kind == STABLE_RESPONSE:
        chosen = content.get("m.selections")
    else:
        return None
    if not isinstance(chosen, list):
        return None
    names = [name for name in cast("list[Any]", chosen) if isinstance(name, str)]
    return poll, tuple(names[:_MOST_ANSWERS])


def read_start(kind: str, content: Mapping[str, Any]) -> str | None:
    """All the words of somebody's poll, a line each; None if it is no poll."""
    body = content.get(kind)
    if kind not in (START, STABLE_START) or not isinstance(body, dict):
        return None
    body = cast("dict[str, Any]", body)
    answers = body.get("answers")
    parts = [body.get("question"), *(cast("list[Any]", answers) if isinstance(answers, list) else [])]
    return "\n".join(words for part in parts[: _MOST_ANSWERS + 1] if (words := _words(part)))


def _words(part: object) -> str:
    if not isinstance(part, dict):
        return ""
    part = cast("dict[str, Any]", part)
    for name in (_TEXT, "body", "m.text"):
        found = part.get(name)
        if isinstance(found, str):
            return found
        if isinstance(found, list):  # stable extensible text: a list of representations
            for item in cast("list[Any]", found):
                if isinstance(item, dict) and isinstance(
                    body := cast("dict[str, Any]", item).get("body"), str
                ):
                    return body
    return ""
