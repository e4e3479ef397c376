"""What a booked session brings at its time: reminders, start, end, the question for a rating.

Each is a due row. When one fires, `treatment` says from how late it is and from the session as it is
now whether to send it, send it shortened, or drop it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Reminder(StrEnum):
    """Kinds of the due rows."""

    DAY = "session-day-before"
    HOUR = "session-hour-before"
    SOON = "session-ten-minutes"
    START = "session-start"
    END = "session-end"
    RATING = "session-rating"


class Treatment(StrEnum):
    SEND = "send"
    SHORTENED = "shortened"
    """The same without what time has overtaken: no checklist, the time that is really left."""
    DROP = "drop"


@dataclass(frozen=True)
class Late:
    """How late a reminder may be, counted from the session's start, its end, or its own time."""

    send_for: timedelta
    """So long after its time it goes out as it is."""
    shortened_until: timedelta | None
    """So long after its time it goes out shortened; None: however late."""


_M = timedelta(minutes=1)
_H = timedelta(hours=1)

BEFORE: dict[Reminder, timedelta] = {Reminder.DAY: 24 * _H, Reminder.HOUR: _H, Reminder.SOON: 10 * _M}
"""How long before the start."""

RATING_AFTER = 15 * _M
"""How long after the end the question for a rating comes."""

LATE: dict[Reminder, Late] = {
    # A reminder is shortened until the next one is due, then that one stands for it.
    Reminder.DAY: Late(15 * _M, 23 * _H),
    Reminder.HOUR: Late(10 * _M, 50 * _M),
    Reminder.SOON: Late(3 * _M, 10 * _M),
    # A start still opens the call as long as the session lasts; its own end is looked at below.
    Reminder.START: Late(5 * _M, timedelta(hours=3)),
    # An end is never dropped: it closes the call.
    Reminder.END: Late(30 * _M, None),
    Reminder.RATING: Late(24 * _H, timedelta(days=3)),
}


@dataclass(frozen=True)
class DueRow:
    """A row to add: `unit.due.add(kind, subject, at, key=key)`."""

    kind: Reminder
    subject: str
    at: datetime
    key: str


def due_rows(
    session: str, starts_at: datetime, minutes: int, sequence: int, now: datetime
) -> tuple[DueRow, ...]:
    """The rows of a booked or moved session, in order of time.

    Those whose time has passed already are left out. The key holds the sequence, so a moved session
    gets rows of its own; the old ones are cancelled by `KINDS` and the session's id.
    """
    times = {kind: starts_at - before for kind, before in BEFORE.items()}
    end = starts_at + timedelta(minutes=minutes)
    times |= {Reminder.START: starts_at, Reminder.END: end, Reminder.RATING: end + RATING_AFTER}
    return tuple(
        DueRow(kind, session, at, f"{kind}:{session}:{sequence}")
        for kind, at in sorted(times.items(), key=lambda item: item[1])
        if at > now
    )


KINDS: tuple[Reminder, ...] = tuple(Reminder)
"""All kinds to cancel when a session is moved or called off."""


def time_of(kind: Reminder, starts_at: datetime, minutes: int) -> datetime:
    """When a reminder of this kind is due for a session."""
    if kind in BEFORE:
        return starts_at - BEFORE[kind]
    if kind is Reminder.START:
        return starts_at
    end = starts_at + timedelta(minutes=minutes)
    return end if kind is Reminder.END else end + RATING_AFTER


def treatment(kind: Reminder, starts_at: datetime, minutes: int, state: str, now: datetime) -> Treatment:
    """What to do with a reminder that fired, for the session as it is now.

    It looks at the session's present start, so that a row of an earlier time, fired in the moment of a
    move, is dropped. `state` is that of the session: booked, cancelled, started, ended.
    """
    if state == "cancelled":
        return Treatment.DROP
    if state == "ended" and kind is not Reminder.RATING:
        return Treatment.DROP
    if state == "started" and kind in (*BEFORE, Reminder.START):
        return Treatment.DROP
    late = now - time_of(kind, starts_at, minutes)
    if late < timedelta():
        return Treatment.DROP
    if kind is Reminder.START and now >= starts_at + timedelta(minutes=minutes):
        return Treatment.DROP
    rule = LATE[kind]
    if late <= rule.send_for:
        return Treatment.SEND
    if rule.shortened_until is None or late < rule.shortened_until:
        return Treatment.SHORTENED
    return Treatment.DROP


__all__ = [
    "BEFORE",
    "KINDS",
    "LATE",
    "RATING_AFTER",
    "DueRow",
    "Late",
    "Reminder",
    "Treatment",
    "due_rows",
    "time_of",
    "treatment",
]
