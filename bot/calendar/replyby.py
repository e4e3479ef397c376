"""The reply promise: by when a client's message is answered, counted in the therapist's working time."""

from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict

from bot.calendar.availability import Availability, next_look, working_time_after

NUDGE_AT = 0.75
"""The share of the working time after which the therapist is nudged."""
TO_ANSWER = timedelta(hours=1)
"""Where messages are looked at only at certain times, no answer is promised sooner than this after one."""


class Moment(StrEnum):
    """What falls due about a promise; the values are the kinds of the due rows."""

    TELL = "promise-tell"
    """The client is told, after a pause in which the two were still talking."""
    NUDGE = "promise-nudge"
    MISSED = "promise-missed"


ONLY_BEFORE_DUE = {Moment.TELL: True, Moment.NUDGE: True, Moment.MISSED: False}
"""Whether it is of use only before the promised time; a late miss is still one, and is never dropped."""


class ReplyPromise(BaseModel):
    """What the client was told, kept as told: later changes of the hours don't move it."""

    model_config = ConfigDict(frozen=True)

    since: AwareDatetime
    """Moment from which it counts: of the first unanswered message, or of a client's "more time"."""
    due: AwareDatetime
    """By when there is an answer."""
    nudge: AwareDatetime
    """When the therapist is reminded; before `due`."""

    def missed(self, now: datetime) -> bool:
        """Whether the promise has lapsed."""
        return now > self.due

    def waiting(self, now: datetime) -> timedelta:
        """How long the client has waited, in all."""
        return now - self.since

    def still(self, moment: Moment, now: datetime) -> bool:
        """Whether something that fires now, perhaps late, still happens."""
        return now < self.due or not ONLY_BEFORE_DUE[moment]


def promise(availability: Availability, since: datetime, answer_time: timedelta) -> ReplyPromise | None:
    """The promise for a first unanswered message, with an answer time in working hours.

    None if so much working time doesn't come within reach (see `availability.REACH`): then nothing may
    be promised. Raises ValueError for an answer time of nothing or less.
    """
    if answer_time <= timedelta():
        raise ValueError("an answer time is longer than nothing")
    due = working_time_after(availability, since, answer_time)
    nudge = working_time_after(availability, since, answer_time * NUDGE_AT)
    if due is None or nudge is None:
        return None
    look = next_look(availability, since) if availability.check_times else None
    if look is not None and due < look + TO_ANSWER:
        due, nudge = look + TO_ANSWER, max(nudge, look)
    return ReplyPromise(since=since, due=due, nudge=nudge)


__all__ = ["NUDGE_AT", "ONLY_BEFORE_DUE", "Moment", "ReplyPromise", "promise"]
