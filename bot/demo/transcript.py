"""What a person sees in their client, as plain data: read from Matrix events, printed as a conversation."""

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

Kind = Literal[
    "text",
    "notice",
    "poll",
    "poll-end",
    "vote",
    "edit",
    "file",
    "reaction",
    "redacted",
    "joined",
    "left",
    "other",
]
"""`other` is what a client shows nothing of."""

POLL_START = ("m.poll.start", "org.matrix.msc3381.poll.start")
POLL_RESPONSE = ("m.poll.response", "org.matrix.msc3381.poll.response")
POLL_END = ("m.poll.end", "org.matrix.msc3381.poll.end")
WORDS = ("m.room.message", "m.sticker", "m.room.encrypted", *POLL_START, *POLL_RESPONSE, *POLL_END)
"""Event types that carry somebody's words, and may only come encrypted in an encrypted room."""


@dataclass(frozen=True)
class Seen:
    """One line of a conversation as a client shows it."""

    id: str
    room: str
    sender: str
    kind: Kind
    text: str = ""
    """What was said; the question of a poll; the caption of a file; the key of a reaction."""
    choices: tuple[tuple[str, str], ...] = ()
    """Answer ids and labels of a poll, in order; of a vote, the ids chosen (label empty)."""
    about: str = ""
    """The event that this one edits, answers, reacts to, ends or takes back."""
    filename: str = ""
    mimetype: str = ""
    content: bytes = b""
    """The decrypted content of a file."""
    mentions: tuple[str, ...] = ()
    encrypted: bool = False

    def choice(self, answer: str) -> str:
        """The id of a poll's answer, given its id, its label or the beginning of its label.

        Raises LookupError, naming the choices, when nothing or more than one thing fits.
        """
        wanted = answer.casefold()
        for fits in (
            [key for key, _ in self.choices if key == answer],
            [key for key, label in self.choices if label.casefold() == wanted],
            [key for key, label in self.choices if label.casefold().startswith(wanted)],
        ):
            if len(fits) == 1:
                return fits[0]
        labels = ", ".join(label for _, label in self.choices)
        raise LookupError(f"{answer!r} is not one of the choices: {labels}")


def read(event: Mapping[str, Any], room: str, *, encrypted: bool) -> Seen | None:
    """What a client shows of a (decrypted) event; None for what it doesn't show as a line."""
    kind = cast("str", event.get("type", ""))
    content = _mapping(event.get("content"))
    seen = Seen(
        id=cast("str", event["event_id"]),
        room=room,
        sender=cast("str", event["sender"]),
        kind="text",
        about=_relation(content),
        encrypted=encrypted,
        mentions=tuple(_strings(_mapping(content.get("m.mentions")).get("user_ids"))),
    )
    if kind == "m.room.message":
        return _message(seen, content)
    if kind in POLL_START:
        poll = _mapping(content.get("m.poll") or content.get(POLL_START[1]))
        answers = [_mapping(a) for a in cast("list[Any]", poll.get("answers") or [])]
        return replace(
            seen,
            kind="poll",
            text=_words(_mapping(poll.get("question"))),
            choices=tuple((cast("str", a.get("m.id") or a.get("id") or ""), _words(a)) for a in answers),
        )
    if kind in POLL_RESPONSE:
        answers = _strings(
            content.get("m.selections") or _mapping(content.get(POLL_RESPONSE[1])).get("answers")
        )
        return replace(seen, kind="vote", choices=tuple((answer, "") for answer in answers))
    if kind in POLL_END:
        return replace(seen, kind="poll-end", text=_words(content))
    if kind == "m.reaction":
        key = _mapping(content.get("m.relates_to")).get("key")
        return replace(seen, kind="reaction", text=cast("str", key or ""))
    if kind == "m.room.redaction":
        about = event.get("redacts") or content.get("redacts")
        return replace(seen, kind="redacted", about=cast("str", about or ""))
    if kind == "m.room.member":
        return _membership(seen, event, content)
    return None


def _message(seen: Seen, content: Mapping[str, Any]) -> Seen | None:
    edited = _mapping(content.get("m.new_content"))
    if _mapping(content.get("m.relates_to")).get("rel_type") == "m.replace" and edited:
        return replace(seen, kind="edit", text=cast("str", edited.get("body") or ""))
    body = cast("str", content.get("body") or "")
    match content.get("msgtype"):
        case "m.notice":
            return replace(seen, kind="notice", text=body)
        case "m.file" | "m.image" | "m.audio" | "m.video":
            name = cast("str", content.get("filename") or body)
            return replace(
                seen,
                kind="file",
                text=body if name != body else "",
                filename=name,
                mimetype=cast("str", _mapping(content.get("info")).get("mimetype") or ""),
            )
        case None:  # an empty message is what a redacted one becomes
            return None
        case _:
            return replace(seen, text=body)


def _membership(seen: Seen, event: Mapping[str, Any], content: Mapping[str, Any]) -> Seen | None:
    before = _mapping(_mapping(event.get("unsigned")).get("prev_content")).get("membership")
    now = content.get("membership")
    who = cast("str", event.get("state_key") or "")
    if now == "join" and before != "join":
        return replace(seen, kind="joined", about=who)
    if now in {"leave", "ban"}:
        return replace(seen, kind="left", about=who)
    return None


def render(lines: Iterable[Seen], names: Mapping[str, str] | None = None, width: int = 96) -> str:
    """A conversation as text. `names` gives a shorter name for a Matrix id."""
    known = names or {}
    polls: dict[str, Seen] = {}
    printed: list[str] = []
    for seen in lines:
        if seen.kind == "other":
            continue
        if seen.kind == "poll":
            polls[seen.id] = seen
        who = known.get(seen.sender, seen.sender)
        printed.append(_render_one(seen, who, polls, known, width))
    return "\n".join(printed)


def _render_one(seen: Seen, who: str, polls: Mapping[str, Seen], names: Mapping[str, str], width: int) -> str:
    match seen.kind:
        case "joined" | "left":
            return f"  · {names.get(seen.about, seen.about)} {seen.kind}"
        case "redacted":
            return f"  · {who} took a message back"
        case "reaction":
            return f"{who}: [reacts] {seen.text}"
        case "vote":
            labels = dict(polls[seen.about].choices) if seen.about in polls else {}
            chosen = ", ".join(labels.get(key, key) for key, _ in seen.choices)
            return f"{who}: [votes] {chosen or 'nothing'}"
        case "file":
            size = f"{len(seen.content)} bytes"
            return _wrap(f"{who}: ", f"[file {seen.filename}, {size}] {seen.text}".rstrip(), width)
        case "poll":
            choices = "\n".join(f"( ) {label}" for _, label in seen.choices)
            return _wrap(f"{who}: ", f"{seen.text}\n{choices}", width)
        case "edit":
            return _wrap(f"{who}: ", f"[corrects] {seen.text}", width)
        case _:
            return _wrap(f"{who}: ", seen.text, width)


def _wrap(start: str, text: str, width: int) -> str:
    indent = " " * len(start)
    lines: list[str] = []
    for line in text.split("\n"):
        lead = indent if lines else start
        lines += textwrap.wrap(
            line,
            width,
            initial_indent=lead,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [lead.rstrip()]
    return "\n".join(lines)


def _relation(content: Mapping[str, Any]) -> str:
    relation = _mapping(content.get("m.relates_to"))
    reply = _mapping(relation.get("m.in_reply_to"))
    return cast("str", relation.get("event_id") or reply.get("event_id") or "")


def _words(content: Mapping[str, Any]) -> str:
    """The text of an extensible event (MSC1767), under its stable or unstable name."""
    text = content.get("org.matrix.msc1767.text") or content.get("m.text") or content.get("body") or ""
    if isinstance(text, list):
        first = _mapping(next(iter(cast("list[Any]", text)), None))
        text = first.get("body") or ""
    return cast("str", text)


def _mapping(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def _strings(value: object) -> list[str]:
    return [v for v in cast("list[object]", value) if isinstance(v, str)] if isinstance(value, list) else []
