"""The terms of an agreement: templates to start from, what the operator sets for everybody, how they read."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.calendar.availability import Availability
from bot.care.desk import Desk
from bot.forms import load_form, progress
from bot.forms.conditions import Value
from bot.forms.render import show
from compliance.storage.people import Person
from config import packs
from config.settings import Boundaries
from matching.week import Week

Mode = Literal["logistics", "messages", "dbt"]
MODES: tuple[Mode, ...] = ("logistics", "messages", "dbt")


class Template(BaseModel):
    """Answers that a proposal begins with."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    level: Literal["off", "logistics", "full"]
    answer_time: int = Field(alias="answer-time", ge=1, le=72)
    phone: Literal["none", "logistics", "fallback"]
    outside: Literal["none", "chance"]
    private_topics: Literal["room", "session"] = Field(alias="private-topics")
    review_days: int = Field(ge=1, le=366)


class Templates(BaseModel):
    """All templates, by mode."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    templates: dict[Mode, Template]


@cache
def templates() -> dict[Mode, Template]:
    """The templates of this installation. Raises PackError."""
    return packs.read("boundaries/templates.yaml", Templates).templates


def started(mode: Mode, hours: str | None, today: date) -> dict[str, Value]:
    """The answers of a template; `hours` as the form keeps them, if they are known."""
    template = templates()[mode]
    answers: dict[str, Value] = {"mode": mode, **template.model_dump(by_alias=True, exclude={"review_days"})}
    if hours:
        answers["hours"] = hours
    answers["review-on"] = (today + timedelta(days=template.review_days)).isoformat()
    return answers


def again(terms: Mapping[str, Value], today: date) -> dict[str, Value]:
    """The answers of last time; a review that is over is set three months ahead."""
    answers = dict(terms)
    if str(answers.get("review-on", "")) <= today.isoformat():
        answers["review-on"] = (today + timedelta(days=90)).isoformat()
    return answers


def open_to_client(terms: Mapping[str, Value]) -> dict[str, Value]:
    """Those of the terms that a client may propose to change."""
    names = [question.id for question in load_form("agreement-client").questions]
    return {name: terms[name] for name in names if name in terms}


def changed_by_client(agreed: Mapping[str, Any] | None, answers: Mapping[str, Value]) -> dict[str, Value]:
    """The agreed terms with a client's changes; what they cleared is gone, the rest stays as it was."""
    kept: dict[str, Value] = dict(agreed["terms"]) if agreed else {}
    for name in open_to_client(kept):
        kept.pop(name)
    return {**kept, **answers}


def overridden(terms: Mapping[str, Value], rules: Boundaries) -> tuple[dict[str, Value], frozenset[str]]:
    """The terms as the operator's rules leave them, and which of them the service set."""
    wanted: dict[str, Value] = {}
    hours = terms.get("answer-time")
    if isinstance(hours, int) and hours < rules.least_answer_hours:
        wanted["answer-time"] = rules.least_answer_hours
    if rules.phone == "never" or (rules.phone == "logistics" and terms.get("phone") == "fallback"):
        wanted["phone"] = "none" if rules.phone == "never" else "logistics"
    if rules.outside == "never":
        wanted["outside"] = "none"
    if terms.get("mode") not in rules.modes:
        wanted["mode"] = rules.modes[0]
        if rules.modes[0] == "logistics" and terms.get("level") == "full":
            wanted["level"] = "logistics"
    changed = {name: value for name, value in wanted.items() if terms.get(name) != value}
    return {**terms, **changed}, frozenset(changed)


def listed(desk: Desk, terms: Mapping[str, Value], reader: Person, zone: str) -> str:
    """The terms, one line each, as they hold today; what the service set is said to be so.

    Hours stand on the therapist's wall clock (`zone`) and are shown on the reader's.
    """
    language = reader.language
    held, by_service = overridden(terms, desk.settings.boundaries)
    form = load_form("agreement")
    lines: list[str] = []
    for question in progress.applicable(form, held, desk.now.date()):
        if question.id in held:
            if question.type == "hours":
                shown = _hours(desk, reader, zone, str(held[question.id]))
            else:
                shown = show(desk.house.words, language, progress.shown(question, held[question.id], None))
            mark = f" ({desk.text(language, 'agreement-by-service')})" if question.id in by_service else ""
            lines.append(f"- {desk.text(language, question.short)}: {shown}{mark}")
    if held.get("mode") == "dbt":
        lines.append("\n" + desk.text(language, "agreement-dbt"))
    return "\n".join(lines)


def one(desk: Desk, terms: Mapping[str, Value], term: str, language: str) -> str:
    """One term that is a choice, with its label, as it holds today; empty if it is not among them."""
    held, _ = overridden(terms, desk.settings.boundaries)
    if term not in held:
        return ""
    question = load_form("agreement").question(term)
    shown = show(desk.house.words, language, progress.shown(question, held[term], None))
    return f"{desk.text(language, question.short)}: {shown}"


def _hours(desk: Desk, reader: Person, zone: str, week_json: str) -> str:
    hours = Availability(zone=zone, week=Week.model_validate_json(week_json))
    *days, named = desk.hours(reader, hours).splitlines()
    return f"{'; '.join(days)} {named}"
