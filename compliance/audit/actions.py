"""What may stand in the audit record: a table of actions and a table of details, and nothing else.

The record is pseudonymous and lasts for years (45 CFR 164.316(b)(2): six), so no content may get in: an
action or a detail that is not in these tables is refused, and each detail allows only ids, numbers and
single words of code. A new action is a new line here.
"""

import re
from typing import Final

ACTIONS: Final[dict[str, dict[str, str]]] = {
    "person": {
        "seen": "somebody unknown wrote to the service for the first time",
        "renamed": "a person chose what they are called",
        "invited": "an admin let somebody join",
        "uninvited": "an admin took that back",
        "moved": "a person's country, region, time zone or language was set",
        "stage": "a person's stage changed",
        "erase": "a person's key was destroyed and their rows deleted (GDPR Art. 17)",
        "export": "a person's records were given out (45 CFR 164.524, GDPR Art. 15)",
    },
    "consent": {
        "asked": "a consent text was shown",
        "given": "consent to a text in one version",
        "refused": "consent was not given",
        "withdrawn": "consent was taken back",
    },
    "form": {
        "started": "a questionnaire began",
        "paused": "it was put aside",
        "resumed": "it was taken up again",
        "corrected": "an answer was changed",
        "finished": "all its questions were answered",
        "stopped": "it was ended early",
    },
    "application": {
        "submitted": "a therapist applied",
        "read": "an application was shown to an admin",
        "approved": "an admin approved it",
        "refused": "an admin refused it",
    },
    "licence": {
        "recorded": "a licence was written down",
        "expired": "a licence ran out",
    },
    "therapist": {
        "hours": "working hours were set",
        "away": "an absence was set or ended",
        "capacity": "the number of clients was set",
    },
    "case": {
        "opened": "a client is to be looked at by a person first",
        "accepted": "the person who looked at it let them wait for a therapist",
        "referred": "the person who looked at it named something that suits better",
        "closed": "it was closed without either",
    },
    "match": {
        "sought": "therapists were looked for",
        "offered": "a therapist was asked",
        "accepted": "the therapist said yes",
        "declined": "the therapist said no",
        "lapsed": "no answer in time",
        "none": "nobody fits at the moment",
        "ended": "the pair ended",
        "switch": "a client asked for somebody else",
    },
    "room": {
        "requested": "a room is to be made",
        "created": "the homeserver made it",
        "invited": "a person of the roster was invited",
        "joined": "a person of the roster came in",
        "left": "a person went out",
        "closed": "a room is no longer used",
        "unsafe": "a room lost what keeps it private; nothing is sent into it",
    },
    "agreement": {
        "proposed": "boundaries were proposed",
        "agreed": "one side agreed",
        "declined": "one side did not agree",
        "asked": "a client asked for other boundaries",
        "recalled": "they were called to mind: at their review, or a topic kept for sessions",
    },
    "conduct": {
        "nudged": "somebody was told in private that a message touches a boundary; only the kind is written",
        "fine": "one of a pair said that a kind is fine between them",
        "raised": "supervisors were told of a therapist's conduct: kind and count",
    },
    "link": {
        "warned": "a room was warned of a link",
    },
    "report": {
        "made": "somebody reported something in private",
        "closed": "who read it said what came of it",
    },
    "notice": {
        "sent": "an availability notice was sent",
    },
    "promise": {
        "made": "a client wrote, and an answer is promised",
        "kept": "the therapist answered in time",
        "missed": "no answer came in time",
        "unneeded": "no answer is needed, as the client or the therapist said; counts as neither",
        "escalated": "it was not the first miss lately; those who supervise were told",
    },
    "message": {
        "held": "a client asked to have a message sent later",
        "posted": "it was posted at its time",
        "dropped": "it was taken back, or could not be posted any more",
    },
    "session": {
        "booked": "an appointment was made",
        "moved": "it was moved",
        "cancelled": "it was called off",
        "started": "it began",
        "ended": "it ended",
        "rated": "the client rated it",
    },
    "reminder": {
        "sent": "a reminder was sent",
        "dropped": "a reminder was too late to be of use",
    },
    "crisis": {
        "detected": "rules found signs in a message; only the severity is written",
    },
    "card": {
        "shown": "help lines were shown",
    },
    "alert": {
        "opened": "an episode began",
        "paged": "a person was alerted",
        "climbed": "nobody acknowledged in time; the next were alerted",
        "unreached": "nobody of a role could be told in a room; the next were alerted at once",
        "acknowledged": "a person took it",
        "closed": "it was closed",
    },
    "record": {
        "read": "a record was shown to a person",
        "written": "a record was made or replaced",
        "deleted": "a record was deleted at the end of its term",
    },
    "command": {
        "used": "a command was carried out",
        "refused": "a command was refused",
    },
    "role": {
        "granted": "a role was given",
        "revoked": "a role was taken away",
    },
    "delivery": {
        "sent": "an effect reached the homeserver",
        "refused": "an effect was not sent, since the room isn't safe",
        "dropped": "an effect was given up",
    },
    "event": {
        "quarantined": "something that came in could not be handled and was put aside",
        "held": "something that came in could not be read yet",
    },
    "service": {
        "started": "the service began to work",
        "stopped": "the service ended in order",
    },
    "checkpoint": {
        "posted": "a signed checkpoint was sent to the admin room",
    },
    "audit": {
        "verified": "the record was verified",
        "export": "the record was given out",
        "erase": "entries past their term were summarised",
    },
    "key": {
        "rotated": "a wrapping key was added",
        "rewrapped": "person keys were wrapped anew",
        "retired": "an old wrapping key was taken away",
    },
}

WORD: Final = re.compile(r"[a-z0-9](?:[a-z0-9._/-]{0,46}[a-z0-9])?")
"""A word of code, such as `pair` or `intake-1.2`; no space, no capital, no Matrix id."""
NAME: Final = re.compile(r"[0-9a-f]{32}|[0-9]{1,18}|service|operator|unknown")
"""Who and what: a random id, a running number, the service itself, its operator, somebody unknown."""
_HEX = re.compile(r"[0-9a-f]{8,64}")
_PLACE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
_SEVERITY = re.compile(r"none|concern|high|emergency")
_ROLE = re.compile(r"client|therapist|admin|oncall|supervisor")
_VERSION = re.compile(r"[0-9A-Za-z.-]{1,32}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z)?")

DETAILS: Final[dict[str, tuple[re.Pattern[str] | None, str]]] = {
    # detail: (what it may be; None for a whole number, what it means)
    "alert": (NAME, "the alert"),
    "application": (NAME, "the application"),
    "attempts": (None, "how often it was tried"),
    "client": (NAME, "the client"),
    "command": (WORD, "name of a command, never what was typed after it"),
    "count": (None, "how many"),
    "digest": (_HEX, "digest of the exact text or of a record"),
    "document": (NAME, "the document"),
    "expires": (_MOMENT, "when it ends"),
    "form": (WORD, "name of a questionnaire"),
    "item": (WORD, "id of a question, never its answer"),
    "key": (_HEX, "id of a wrapping key"),
    "kind": (WORD, "sort of room, record, notice, reminder, due row or effect"),
    "language": (_LANGUAGE, "language code"),
    "late": (None, "seconds late"),
    "minutes": (None, "duration"),
    "number": (None, "running number of an alert or of a journal row"),
    "pair": (NAME, "the pair"),
    "person": (NAME, "another person whom it touches"),
    "place": (_PLACE, "ISO 3166 country or region"),
    "reason": (WORD, "why, as a word of code"),
    "relation": (WORD, "how the asking person stands to the record: self, own-pair, other, none"),
    "role": (_ROLE, "a role"),
    "room": (NAME, "the room"),
    "root": (_HEX, "root of the audit tree"),
    "run": (NAME, "the run of a questionnaire"),
    "session": (NAME, "the session"),
    "severity": (_SEVERITY, "how severe; never what was found"),
    "size": (None, "size of the audit tree"),
    "stage": (WORD, "a person's stage"),
    "starts": (_MOMENT, "when a session begins"),
    "state": (WORD, "the state that it is now in"),
    "step": (None, "step of the escalation"),
    "text": (WORD, "id of a consent text"),
    "therapist": (NAME, "the therapist"),
    "version": (_VERSION, "version of a text, a questionnaire or the service"),
    "way": (WORD, "way of meeting: text, voice, video"),
}

_LARGEST = 2**53 - 1  # RFC 8785 writes numbers as IEEE 754 doubles


class EntryRefused(ValueError):  # noqa: N818
    """An entry that must not be written; the message names the field, never its value."""


def check_action(action: str) -> None:
    """Refuse an action that is not in the table. Raises EntryRefused."""
    noun, _, verb = action.partition(".")
    if verb not in ACTIONS.get(noun, {}):
        shown = action if WORD.fullmatch(action) else "of this name"
        raise EntryRefused(f"there is no audit action {shown}; add it to compliance/audit/actions.py")


def check_name(field: str, value: str) -> None:
    """Refuse anything but a random id, a number or one of the fixed names. Raises EntryRefused."""
    if not NAME.fullmatch(value):
        raise EntryRefused(f"{field} of an audit entry is a random id, service, operator or unknown")


def check_outcome(value: str) -> None:
    """Refuse anything but a word of code: done, refused, failed, intruder, … Raises EntryRefused."""
    if not WORD.fullmatch(value):
        raise EntryRefused("the outcome of an audit entry is one word of code")


def check_detail(key: str, value: object) -> None:
    """Refuse a detail that is not in the table or not of its sort. Raises EntryRefused."""
    if key not in DETAILS:
        shown = key if WORD.fullmatch(key) else "of this name"
        raise EntryRefused(f"there is no audit detail {shown}; add it to compliance/audit/actions.py")
    pattern, meaning = DETAILS[key]
    if pattern is None:
        fits = type(value) is int and -_LARGEST <= value <= _LARGEST
    elif pattern is _VERSION and type(value) is int:
        fits = 0 <= value <= _LARGEST
    else:
        fits = isinstance(value, str) and pattern.fullmatch(value) is not None
    if not fits:
        raise EntryRefused(f"the audit detail {key} ({meaning}) has a value that it must not have")
