"""Where somebody is in a form, what they answered, and what a turn brings."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from bot.forms.conditions import Value
from bot.forms.saying import Say

Style = Literal["both", "poll", "text"]
"""How choice questions are put: both ways at first, then in the way that the person answers."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Typed(_Frozen):
    """Something that the person wrote."""

    text: str
    event_id: str | None = None
    """Matrix event id, kept so that an edit of the message finds its question."""


class Chosen(_Frozen):
    """A poll vote; `question` is the question of the poll, `choices` the poll's answer ids."""

    question: str
    choices: tuple[str, ...]


class Corrected(_Frozen):
    """A message that answered `question` was edited: `text` is its new text."""

    question: str
    text: str


Answer = Typed | Chosen | Corrected


class Pending(_Frozen):
    """A question back to the person that waits for yes, no, or a number."""

    kind: Literal["meant", "confirm", "stop"]
    options: tuple[Value, ...] = ()


class FormState(_Frozen):
    """Everything there is to know to go on. JSON by `model_dump_json`; no text of ours in it."""

    form: str
    version: str
    mode: Literal["asking", "reviewing", "paused", "ended"] = "asking"
    question: str = ""
    """The question that is asked now; empty only when nothing is left to ask."""
    ask: int = 0
    """Number of the asking that is open now."""
    answers: dict[str, Value] = {}
    skipped: tuple[str, ...] = ()
    pending: Pending | None = None
    style: Style = "both"
    flags: tuple[str, ...] = ()
    """Flags that were raised at any time in this run."""
    events: dict[str, str] = {}
    """Event id of a message → the question that it answered."""


class Score(_Frozen):
    name: str
    total: int | None
    """None when an item is missing: no sum is made up."""
    band: str | None
    """For clinicians; never shown to the client."""
    answered: int
    items: int


class Outcome(_Frozen):
    """How a form ended."""

    kind: str
    """`done`; `refer` (a person looks first); `stopped`; or an outcome that the form names (`minor`)."""
    answers: dict[str, Value]
    skipped: tuple[str, ...] = ()
    scores: tuple[Score, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Turn:
    state: FormState
    say: tuple[Say, ...]
    outcome: Outcome | None = None
    raised: tuple[str, ...] = ()
    """Flags that this turn raised for the first time: to act on now, not at the end of the form."""


class Speaker(Protocol):
    """What the forms need of `config.words.Words`."""

    def say(self, language: str, key: str, /, **args: str | int | float | date | datetime) -> str: ...

    def has(self, key: str) -> bool: ...


@dataclass(frozen=True)
class Context:
    """What the engine is told about the moment and the person."""

    words: Speaker
    language: str
    now: datetime
    country: str | None = None
    """ISO 3166-1 alpha-2, if known; an answer of the form counts before it."""
    zone: str | None = None
    """IANA zone, if known: decides which day today is."""
    style: Style = "both"
    consents: frozenset[str] = field(default_factory=frozenset[str])
    """Names of the consent texts that are in force."""

    @property
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.zone or "UTC")).date()
