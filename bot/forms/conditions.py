"""The small language of `when:` in forms: what must hold of earlier answers.

A condition is one of: `{all: […]}`, `{any: […]}`, `{not: …}`, or a question with one test: `is`, `in`,
`any-of` (of several choices), `answered`, `at-least` (of a number), `age-below` (of a birth question, in
whole years, or `minimum`: the least age of those whom this service helps). A test of a question without an
answer does not hold.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

Value = str | int | tuple[str, ...]
"""An answer: text, ISO date, code, choice id or week as JSON; a whole number; ids of several choices."""

_TESTS = ("is_", "in_", "any_of", "answered", "age_below", "at_least")


class Condition(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=False, validate_by_alias=True)

    all: tuple["Condition", ...] | None = None
    any: tuple["Condition", ...] | None = None
    not_: "Condition | None" = Field(default=None, alias="not")
    question: str | None = None
    is_: str | None = Field(default=None, alias="is")
    in_: tuple[str, ...] | None = Field(default=None, alias="in")
    any_of: tuple[str, ...] | None = Field(default=None, alias="any-of")
    answered: bool | None = None
    age_below: int | None = Field(default=None, alias="age-below")
    at_least: int | None = Field(default=None, alias="at-least")

    @field_validator("age_below", mode="before")
    @classmethod
    def _minimum(cls, value: object, info: ValidationInfo) -> object:
        context: dict[str, Any] = info.context or {}
        return context.get("minimum_age", value) if value == "minimum" else value

    @model_validator(mode="after")
    def _one(self) -> Self:
        joins = sum(part is not None for part in (self.all, self.any, self.not_))
        tests = sum(getattr(self, name) is not None for name in _TESTS)
        if (joins, tests, self.question is not None) not in ((1, 0, False), (0, 1, True)):
            raise ValueError(
                "a condition is one of all, any, not; or a question with exactly one of "
                "is, in, any-of, answered, age-below, at-least"
            )
        return self

    def leaves(self) -> Iterator["Condition"]:
        """The tests of single questions in this condition."""
        if self.question is not None:
            yield self
        for part in (*(self.all or ()), *(self.any or ()), *((self.not_,) if self.not_ else ())):
            yield from part.leaves()

    def options(self) -> tuple[str, ...]:
        """The choice ids that a test names."""
        return (*((self.is_,) if self.is_ is not None else ()), *(self.in_ or ()), *(self.any_of or ()))


def holds(condition: Condition | None, answers: Mapping[str, Value], today: date) -> bool:
    """Whether a condition holds of these answers; no condition always holds."""
    if condition is None:
        return True
    if condition.all is not None:
        return all(holds(part, answers, today) for part in condition.all)
    if condition.any is not None:
        return any(holds(part, answers, today) for part in condition.any)
    if condition.not_ is not None:
        return not holds(condition.not_, answers, today)
    return _test(condition, answers.get(condition.question or ""), today)


def _test(test: Condition, value: Value | None, today: date) -> bool:
    if test.answered is not None:
        return (value is not None) is test.answered
    if value is None:
        return False
    if test.is_ is not None:
        return value == test.is_
    if test.in_ is not None:
        return value in test.in_
    if test.any_of is not None:
        return bool(set(value if isinstance(value, tuple) else (str(value),)) & set(test.any_of))
    if test.age_below is not None:
        return age(value, today) < test.age_below
    return isinstance(value, int) and test.at_least is not None and value >= test.at_least


def age(value: Value, today: date) -> int:
    """Whole years from a birth answer: an age in years as it is, or an ISO date of birth."""
    if isinstance(value, int):
        return value
    if isinstance(value, tuple):
        raise TypeError("a birth answer is an age or a date")
    born = date.fromisoformat(value)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
