"""From a Matrix event to an `Inbound`. Pure; whatever a stranger writes, the worst answer is None."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, cast

from bot.inbound import Content, Edit, Inbound, Media, Membership, Redacted, RoomChanged, Text, Vote
from bot.matrix import polls

_MEDIA: dict[str, Literal["file", "image", "audio", "video"]] = {
    "m.file": "file",
    "m.image": "image",
    "m.audio": "audio",
    "m.video": "video",
}
_VOICE = ("org.matrix.msc3245.voice", "m.voice", "org.matrix.msc3245.voice.v2")
_MEMBERSHIPS = ("invite", "join", "leave", "ban", "knock")
_WATCHED = (
    "m.room.encryption",
    "m.room.join_rules",
    "m.room.power_levels",
    "m.room.history_visibility",
    "m.room.guest_access",
    "m.room.third_party_invite",
    "m.room.tombstone",
)
# Clients once began a reply with the quoted message, each line after "> " (reply fallback, removed in
# Matrix 1.13; many still write it).
_FALLBACK_START = re.compile(r"> (?:\* )?<@[^>\n]+> ?")


def translate(
    event: Mapping[str, Any], *, room: str, own_user: str, at: datetime, encrypted: bool
) -> Inbound | None:
    """What a room event means, or None if it means nothing to us (and for the bot's own events).

    `event` is the event as the server gave it, with type and content already decrypted.
    """
    sender, event_id, kind = event.get("sender"), event.get("event_id"), event.get("type")
    content = event.get("content")
    if not isinstance(sender, str) or not isinstance(event_id, str) or not isinstance(kind, str):
        return None
    if not isinstance(content, dict) or sender == own_user:
        return None
    content = cast("dict[str, Any]", content)
    state_key = event.get("state_key")
    if isinstance(state_key, str):
        found = None if encrypted else _state(kind, state_key, content, event)
    elif kind == "m.room.redaction":
        found = _redaction(event, content)
    else:
        found = _message(kind, content)
    if found is None:
        return None
    return Inbound(
        id=clean(event_id), room=clean(room), sender=clean(sender), at=at, encrypted=encrypted, content=found
    )


def clean(text: str) -> str:
    """Without what no store can hold: lone surrogates and NUL."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def strip_fallback(body: str) -> str:
    """A reply without the quotation that its client put before it."""
    if not _FALLBACK_START.match(body):
        return body
    lines = body.split("\n")
    while lines and lines[0].startswith(">"):
        lines.pop(0)
    if lines and not lines[0].strip():
        lines.pop(0)
    return "\n".join(lines)


def _message(kind: str, content: dict[str, Any]) -> Content | None:
    if kind in (polls.RESPONSE, polls.STABLE_RESPONSE):
        answer = polls.read_response(kind, content)
        if answer is None:
            return None
        return Vote(poll=clean(answer[0]), choices=tuple(clean(choice) for choice in answer[1]))
    if kind in (polls.START, polls.STABLE_START):
        words = polls.read_start(kind, content)
        return Text(body=clean(words)) if words else None
    if kind == "m.sticker":
        return Media(type="image", filename=_string(content, "body"))
    if kind != "m.room.message":
        return None
    relation = content.get("m.relates_to")
    relation = cast("dict[str, Any]", relation) if isinstance(relation, dict) else {}
    corrected = content.get("m.new_content")
    if relation.get("rel_type") == "m.replace":
        return _edit(relation, corrected)
    return _typed(content, relation)


def _edit(relation: dict[str, Any], corrected: object) -> Content | None:
    edits = relation.get("event_id")
    if not isinstance(edits, str) or not isinstance(corrected, dict):
        return None
    body = _string(cast("dict[str, Any]", corrected), "body")
    if cast("dict[str, Any]", corrected).get("msgtype") == "m.notice":
        return None
    return Edit(body=body, edits=clean(edits))


def _typed(content: dict[str, Any], relation: dict[str, Any]) -> Content | None:
    kind = content.get("msgtype")
    body = _string(content, "body")
    # A notice is what a bot says; answering notices makes bots talk to each other for ever.
    if kind in ("m.notice", "m.server_notice") or not isinstance(kind, str):
        return None
    if kind in _MEDIA:
        filename = _string(content, "filename")
        voice = kind == "m.audio" and any(name in content for name in _VOICE)
        return Media(
            type="voice" if voice else _MEDIA[kind],
            filename=filename or body,
            caption=body if filename and filename != body else "",
        )
    answered = relation.get("m.in_reply_to")
    replies_to = None
    if isinstance(answered, dict):
        body = strip_fallback(body)
        named = cast("dict[str, Any]", answered).get("event_id")
        if isinstance(named, str) and relation.get("is_falling_back") is not True:
            replies_to = clean(named)
    # Kinds that we do not know have words too, and every word is screened.
    return Text(body=body, replies_to=replies_to) if body else None


def _state(kind: str, state_key: str, content: dict[str, Any], event: Mapping[str, Any]) -> Content | None:
    if kind == "m.room.member":
        membership = content.get("membership")
        if membership not in _MEMBERSHIPS:
            return None
        return Membership(
            user=clean(state_key),
            membership=cast("Any", membership),
            previous=_previous(event),
            is_direct=content.get("is_direct") is True,
        )
    return RoomChanged(event_type=kind) if kind in _WATCHED else None


def _previous(event: Mapping[str, Any]) -> str | None:
    unsigned = event.get("unsigned")
    unsigned = cast("dict[str, Any]", unsigned) if isinstance(unsigned, dict) else {}
    before = unsigned.get("prev_content")
    before = cast("dict[str, Any]", before) if isinstance(before, dict) else {}
    membership = before.get("membership")
    return membership if isinstance(membership, str) and membership in _MEMBERSHIPS else None


def _redaction(event: Mapping[str, Any], content: dict[str, Any]) -> Content | None:
    # Room version 11 moved `redacts` into the content (MSC2174).
    for place in (content, event):
        redacts = place.get("redacts")
        if isinstance(redacts, str):
            return Redacted(redacts=clean(redacts))
    return None


def _string(content: Mapping[str, Any], name: str) -> str:
    found = content.get(name)
    return clean(found) if isinstance(found, str) else ""
