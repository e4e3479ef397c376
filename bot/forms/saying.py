"""What the engine says, before it is put into words: keys and values, no text."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.forms.conditions import Value
from bot.forms.form import Kind


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Shown(_Frozen):
    """An answer as it is read back: its kind and value, and the label keys where it is a choice."""

    kind: Kind
    value: Value
    labels: tuple[str, ...] = ()
    country: str | None = None
    """The person's country, for the order of dates."""


class Numbered(_Frozen):
    """Answers that may be meant, one a line, numbered."""

    items: tuple[Shown, ...]
    first: int = 1


class Words(_Frozen):
    """A text of its own, by Fluent key."""

    say: Literal["words"] = "words"
    key: str
    args: dict[str, "Arg"] = Field(default_factory=dict[str, "Arg"])


Arg = str | int | float | datetime | date | Shown | Numbered | Words


class Option(_Frozen):
    id: str
    label: str
    """Fluent key."""


class Ask(_Frozen):
    """A question. A choice is asked as a poll, as numbered text, or as both."""

    say: Literal["ask"] = "ask"
    question: str
    ask: int
    """Number of this asking in its form, from 1; every asking has its own."""
    text: Words
    kind: Kind
    choices: tuple[Option, ...] = ()
    first: int = 1
    """Number of the first choice as it is listed."""
    multiple: bool = False
    as_poll: bool = False
    as_text: bool = True
    skippable: bool = False
    progress: Words | None = None
    so_far: Shown | None = None
    """The answer that already stands, when somebody came back to the question."""
    example: Words | None = None


class Line(_Frozen):
    number: int
    label: str
    """Fluent key of the question's short name."""
    answer: Shown | None
    """None where the question was skipped."""


class Review(_Frozen):
    """All answers so far, numbered, to be sent or corrected."""

    say: Literal["review"] = "review"
    lines: tuple[Line, ...]
    complete: bool
    """Whether nothing is left to ask, so that it can be sent."""


Say = Annotated[Words | Ask | Review, Field(discriminator="say")]

Words.model_rebuild()
