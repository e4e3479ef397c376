"""A form: what `config/forms/*.yaml` says, checked when it is read.

Text keys follow the form and question: question `hopes` of form `intake` is `intake-hopes`, with
`intake-hopes-why`, `intake-hopes-example`, `intake-hopes-short` (its label in the review) beside it, and
`intake-hopes-other` for its choice `other`. A file may name another key instead.
"""

from functools import cache
from typing import Any, Literal, Self, cast

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from bot.forms.conditions import Condition
from config import packs

Kind = Literal[
    "text", "choice", "choices", "yes-no", "date", "birth", "number", "country", "region", "zone",
    "languages", "hours",
]  # fmt: skip
ADULT = 18
"""The least age that forms ask for unless the service has set another."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)


class Choice(_Strict):
    id: str
    text: str
    """Fluent key of the label."""
    score: int | None = None
    exclusive: bool = False
    """Stands alone among several choices, such as "none of these"."""
    agrees: bool | None = None
    """Whether a plain yes (or no) means this choice."""


class ChoiceSet(_Strict):
    """Choices that several questions share; the labels are `choice-<set>-<id>` unless named."""

    first: int = 1
    """Number of the first choice as it is listed; instruments that score from 0 are listed from 0."""
    choices: tuple[Choice, ...]


class ChoiceSets(_Strict):
    """`config/forms/choices.yaml`."""

    sets: dict[str, ChoiceSet]

    @model_validator(mode="before")
    @classmethod
    def _keys(cls, data: Any) -> Any:
        sets = _mapping(_mapping(data).get("sets"))
        filled = {
            name: {
                **_mapping(entry),
                "choices": [
                    _choice(f"choice-{name}", item) for item in _list(_mapping(entry).get("choices"))
                ],
            }
            for name, entry in sets.items()
        }
        return {**_mapping(data), "sets": filled}


def _mapping(data: Any) -> dict[str, Any]:
    return dict(cast("dict[str, Any]", data)) if isinstance(data, dict) else {}


def _list(data: Any) -> list[Any]:
    return list(cast("list[Any]", data)) if isinstance(data, list | tuple) else []


def _choice(prefix: str, item: Any) -> Any:
    """A choice as the file has it, an id alone or a mapping, with its text key filled in."""
    if isinstance(item, Choice):
        return item
    filled = _mapping(item) if isinstance(item, dict) else {"id": item}
    return {"text": f"{prefix}-{filled.get('id')}", **filled}


@cache
def choice_sets() -> dict[str, ChoiceSet]:
    """The shared sets of choices, read once."""
    return packs.read("forms/choices.yaml", ChoiceSets).sets


class Confirm(_Strict):
    """An answer that is read back before it counts, because much depends on it."""

    when: Condition
    text: str


class Question(_Strict):
    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    type: Kind
    text: str
    why: str
    example: str
    short: str
    required: bool = False
    when: Condition | None = None
    choices: tuple[Choice, ...] = ()
    first: int = 1
    set: str = ""
    """Name of the shared set of choices, if any."""
    limit: int = Field(default=1000, ge=1, le=20_000)
    """Most characters that are kept of a text."""
    trim: bool = True
    """Whether a text over the limit is cut (and the person told) rather than asked for again."""
    least: int | None = None
    most: int | None = None
    span: Literal["past", "future", "any"] = "any"
    """Which dates a date question takes, seen from the person's today."""
    country_from: str = ""
    """Question that says the country for a region or a time zone."""
    confirm: Confirm | None = None

    def label(self, choice: str) -> str:
        """Fluent key of a choice. KeyError if there is no such choice."""
        for item in self.choices:
            if item.id == choice:
                return item.text
        raise KeyError(choice)


def _filled(form: str, item: Any) -> Any:
    """A question with the keys of its texts and the choices of its set filled in."""
    if not isinstance(item, dict):
        return cast("object", item)
    question = _mapping(cast("object", item))
    text = question.setdefault("text", f"{form}-{question.get('id')}")
    for part in ("why", "example", "short"):
        question.setdefault(part, f"{text}-{part}")
    if question.get("type") == "yes-no":
        question.setdefault("choices", "yes-no")
    choices = question.get("choices")
    if isinstance(choices, str):
        known = choice_sets().get(choices)
        if known is None:
            raise ValueError(
                f"question {question.get('id')}: no set of choices {choices!r}; "
                f"there are {', '.join(sorted(choice_sets()))}"
            )
        question |= {"choices": known.choices, "first": known.first, "set": choices}
    elif choices is not None:
        question["choices"] = [_choice(str(text), one) for one in _list(choices)]
    return question


class Flag(_Strict):
    """Something that a person should know at once. Once raised it stays, whatever is corrected."""

    name: str
    when: Condition
    refer: bool = False
    """The form's outcome is then `refer`: a person looks first, nobody is refused by software."""
    say: str = ""
    """Fluent key of what is said when it is raised."""
    alert: bool = False
    """People are alerted while the form is open; a person who stops it is told that this stands."""
    pause: bool = False
    """The questions rest until the person goes on: some answers are not followed by another question."""


class End(_Strict):
    """An answer that ends the form at once, with the outcome named."""

    when: Condition
    outcome: str
    say: str = ""
    """Fluent key of what is said at that end; empty where whoever acts on the outcome speaks."""


class Band(_Strict):
    name: str
    least: int


class Scoring(_Strict):
    """A sum over questions. Bands are for clinicians and are never shown to a client."""

    name: str
    questions: tuple[str, ...]
    bands: tuple[Band, ...] = ()
    source: str


class Form(_Strict):
    name: str
    version: str
    source: str = ""
    intro: str = ""
    """Fluent key of what is said first."""
    again: str = ""
    """Fluent key of what is said after a pause, where the questions need it to be understood."""
    done: str = ""
    """Fluent key of what is said at the end."""
    consent: str = ""
    """Name of the consent text without which the form does not begin."""
    minimum_age: int = ADULT
    """What `age-below: minimum` means in it, for texts that name it."""
    review: bool = True
    numbered: bool = True
    questions: tuple[Question, ...] = Field(min_length=1)
    flags: tuple[Flag, ...] = ()
    ends: tuple[End, ...] = ()
    scores: tuple[Scoring, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, data: Any) -> Any:
        form = _mapping(data)
        return {
            **form,
            "questions": [_filled(str(form.get("name")), one) for one in _list(form.get("questions"))],
        }

    @field_validator("version", mode="before")
    @classmethod
    def _version(cls, value: object) -> object:
        return str(value) if isinstance(value, int) else value

    @model_validator(mode="after")
    def _checked(self) -> Self:
        seen: dict[str, Question] = {}
        for question in self.questions:
            if question.id in seen:
                raise ValueError(f"question {question.id}: there are two of this id")
            if (question.type in ("choice", "choices", "yes-no")) != bool(question.choices):
                raise ValueError(
                    f"question {question.id}: choices belong to choice questions, and only there"
                )
            ids = [choice.id for choice in question.choices]
            if len(set(ids)) != len(ids):
                raise ValueError(f"question {question.id}: there are two choices of one id")
            _check(f"question {question.id}: when", question.when, seen)
            if question.country_from and question.country_from not in seen:
                raise ValueError(
                    f"question {question.id}: country_from: no earlier question {question.country_from}"
                )
            seen[question.id] = question
            if question.confirm:
                _check(f"question {question.id}: confirm", question.confirm.when, {question.id: question})
        for flag in self.flags:
            _check(f"flag {flag.name}: when", flag.when, seen)
        for end in self.ends:
            _check(f"end {end.outcome}: when", end.when, seen)
        for score in self.scores:
            for name in score.questions:
                if name not in seen:
                    raise ValueError(f"score {score.name}: no question {name}")
                if any(choice.score is None for choice in seen[name].choices):
                    raise ValueError(f"score {score.name}: question {name} has a choice without a score")
        return self

    def question(self, name: str) -> Question:
        """The question of this id. KeyError if there is none."""
        for question in self.questions:
            if question.id == name:
                return question
        raise KeyError(name)


def _check(place: str, condition: Condition | None, seen: dict[str, Question]) -> None:
    for leaf in condition.leaves() if condition else ():
        question = seen.get(leaf.question or "")
        if question is None:
            raise ValueError(f"{place}: no earlier question {leaf.question!r}; there are {', '.join(seen)}")
        if question.choices:
            ids = {choice.id for choice in question.choices}
            for option in leaf.options():
                if option not in ids:
                    raise ValueError(
                        f"{place}: question {leaf.question} has no choice {option!r}; "
                        f"there are {', '.join(sorted(ids))}"
                    )
        if leaf.age_below is not None and question.type != "birth":
            raise ValueError(f"{place}: age-below asks about a birth question, not {leaf.question}")


def load_form(name: str, minimum_age: int = ADULT) -> Form:
    """The form `config/forms/<name>.yaml`, checked, for a service that helps people from this age on.

    Raises PackError naming the file and the key.
    """
    return _load(name, minimum_age)  # so that the age left out and the same age given are one in the cache


@cache
def _load(name: str, minimum_age: int) -> Form:
    form = packs.read(f"forms/{name}.yaml", Form, context={"minimum_age": minimum_age})
    return form.model_copy(update={"minimum_age": minimum_age})
