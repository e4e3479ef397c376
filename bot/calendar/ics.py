"""Calendar files (RFC 5545, RFC 5546) that say nothing of what the appointment is.

A calendar is often shared with a family or an employer, and its alarms show on locked screens. So:
a neutral summary, no description, no place, no names, no alarm.
"""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Literal

from icalendar import Calendar, Event

FILENAME = "appointment.ics"
MIMETYPE = "text/calendar"

_NAMESPACE = uuid.UUID("5b0c1f3e-94a7-4c4c-9a5b-6f0f5a8d2c11")
_ALLOWED = frozenset("UID DTSTAMP DTSTART DTEND SEQUENCE SUMMARY STATUS CLASS TRANSP".split())  # noqa: SIM905


def calendar_file(
    session: str,
    starts_at: datetime,
    minutes: int,
    *,
    summary: str,
    sequence: int,
    stamp: datetime,
    cancelled: bool = False,
) -> bytes:
    """The file for one session, or for its cancellation.

    The UID comes from the session's id, so a later file with a higher `sequence` replaces the earlier
    one in a calendar. `summary` is a neutral text such as "Appointment". Raises ValueError if what was
    made doesn't read back as meant.
    """
    method: Literal["PUBLISH", "CANCEL"] = "CANCEL" if cancelled else "PUBLISH"
    event = Event()
    event.add("uid", str(uuid.uuid5(_NAMESPACE, session)))
    event.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", (starts_at + timedelta(minutes=minutes)).astimezone(UTC))
    event.add("sequence", sequence)
    event.add("summary", summary)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Calendar//Appointments//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(event)
    made = calendar.to_ical()
    _check(made, starts_at, minutes)
    return made


def _check(made: bytes, starts_at: datetime, minutes: int) -> None:
    events = Calendar.from_ical(made).walk("VEVENT")
    if len(events) != 1 or events[0].subcomponents:
        raise ValueError("a calendar file holds one event and no alarm")
    event = events[0]
    names = {str(name) for name, _ in event.property_items(recursive=False)} - {"BEGIN", "END"}
    if not names <= _ALLOWED:
        raise ValueError("a calendar file holds nothing but the time and a neutral summary")
    end = starts_at + timedelta(minutes=minutes)
    if (event.decoded("dtstart"), event.decoded("dtend")) != (starts_at, end):
        raise ValueError("the calendar file does not read back as it was meant")


__all__ = ["FILENAME", "MIMETYPE", "calendar_file"]
