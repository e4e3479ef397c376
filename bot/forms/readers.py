"""Reading what somebody typed as an answer to a question, by the question's type."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.calendar.hours import HoursError, parse_hours
from bot.forms.choosing import Listed, Picked, pick_one, pick_several
from bot.forms.conditions import Value
from bot.forms.dates import read_dates
from bot.forms.form import Question
from bot.forms.plain import fold
from bot.forms.saying import Words
from bot.forms.state import Context
from bot.forms.vocabulary import agreed, vocabulary
from config import places
from config.zones import find_zone

_LONGEST = 500
"""Most characters that are read of an answer that is no free text."""
_MOST_OPTIONS = 9
"""Most readings that are offered; they are answered by one figure."""
_OLDEST = 120
"""Years of age beyond which a birth answer is taken for a slip."""


@dataclass(frozen=True)
class Understood:
    value: Value
    note: Words | None = None
    """Something to tell along, such as that a text was cut."""


@dataclass(frozen=True)
class Unsure:
    """It may mean one of these: asked back."""

    options: tuple[Value, ...]


@dataclass(frozen=True)
class Unclear:
    """It can't be read: what was wrong. The engine adds the question's example."""

    why: Words


Reading = Understood | Unsure | Unclear


def read(question: Question, text: str, answers: Mapping[str, Value], context: Context) -> Reading:
    """Read cleaned, non-empty text as an answer to the question."""
    if question.type != "text" and len(text) > _LONGEST:
        return _unclear("too-long", length=len(text), limit=_LONGEST)
    return _READERS[question.type](question, text, answers, context)


def listed(question: Question, context: Context) -> list[Listed]:
    """The choices of a question as they stand in its list."""
    return [
        Listed(
            choice.id,
            question.first + place,
            fold(context.words.say(context.language, choice.text)),
            choice.agrees,
        )
        for place, choice in enumerate(question.choices)
    ]


def country_of(question: Question, answers: Mapping[str, Value], context: Context) -> str | None:
    """The country that counts for a question: the one that was answered, else the one that is known."""
    given = answers.get(question.country_from or "country")
    return given if isinstance(given, str) else context.country


def check_choices(question: Question, ids: tuple[str, ...]) -> Reading:
    """Whether these ids together are an answer to a question with choices."""
    known = {choice.id: choice for choice in question.choices}
    if not ids or any(one not in known for one in ids):
        return _unclear("choice")
    if question.type != "choices":
        return Understood(ids[0]) if len(ids) == 1 else _unclear("only-one")
    if len(ids) > 1 and (alone := [one for one in ids if known[one].exclusive]):
        return _unclear("exclusive", choice=Words(key=known[alone[0]].text))
    return Understood(tuple(one for one in known if one in ids))


def _unclear(what: str, **args: Any) -> Unclear:
    return Unclear(Words(key=f"forms-unclear-{what}", args=args))


def _text(question: Question, text: str, answers: Mapping[str, Value], context: Context) -> Reading:
    if len(text) <= question.limit:
        return Understood(text)
    if not question.trim:
        return _unclear("too-long", length=len(text), limit=question.limit)
    cut = text[: question.limit]
    # End at a space where one is near, so that no word is cut in two.
    kept = cut[: cut.rfind(" ")] if " " in cut[-40:] else cut
    kept = kept.rstrip()
    note = Words(
        key="forms-trimmed", args={"limit": question.limit, "last": kept[-30:].replace("\n", " ").strip()}
    )
    return Understood(kept, note)


def _choice(question: Question, text: str, answers: Mapping[str, Value], context: Context) -> Reading:
    choices, agrees = listed(question, context), agreed(text, context.language)
    meant = [choice.id for choice in choices if agrees is not None and choice.agrees is agrees]
    if len(meant) == 1:
        return Understood(meant[0])
    return _picked(question, pick_one(text, choices))


def _choices(question: Question, text: str, answers: Mapping[str, Value], context: Context) -> Reading:
    picked = pick_several(text, listed(question, context), vocabulary(context.language).joins)
    if picked.together:
        return Unsure(picked.together)
    return _picked(question, picked)


def _picked(question: Question, picked: Picked) -> Reading:
    if picked.ids:
        return check_choices(question, picked.ids)
    if picked.near:
        return Unsure(picked.near)
    part = _short(picked.unknown)
    return _unclear("choice-part", part=part) if part else _unclear("choice")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:39]}…"


def _yes_no(question: Question, text: str, answers: Mapping[str, Value], context: Context) -> Reading:
    answer = agreed(text, context.language)
    ids = {choice.id for choice in question.choices}
    if answer is not None and {"yes", "no"} <= ids:
        return Understood("yes" if answer else "no")
    picked = pick_one(text, listed(question, context))
    return Understood(picked.ids[0]) if picked.ids else _unclear("yes-no")


def _date(question: Question, text: str, answers: Mapping[str, Value], context: Context) -> Reading:
    found = read_dates(text, context.language, country_of(question, answers, context), context.today)
    if not found:
        return _unclear("date")
    fitting = [day for day in found if _in_span(question, day, context.today)]
    if not fitting:
        return _unclear(f"date-{question.span}")
    if len(fitting) > 1:
        return Unsure(tuple(day.isoformat() for day in fitting))
    return Understood(fitting[0].isoformat())


def _in_span(question: Question, day: date, today: date) -> bool:
    return question.span == "any" or (day >= today if question.span == "future" else day <= today)


def _birth(question: Question, text: str, answers: Mapping[str, Value], context: Context) -> Reading:
    years = re.fullmatch(
        r"(?:i'?m |i am |im |age |aged )?(\d{1,3})"
        r"(?: ?(?:years?|yrs?|y/?o)(?: old| of age)?| jahre?(?: alt)?)?",
        text.casefold().strip(" .!"),
        re.ASCII,
    )
    if years:
        age = int(years.group(1))
        return Understood(age) if 0 < age <= _OLDEST else _unclear("birth-range")
    found = read_dates(text, context.language, country_of(question, answers, context), context.today)
    if not found:
        return _unclear("birth")
    fitting = [day for day in found if day <= context.today and context.today.year - day.year <= _OLDEST]
    if not fitting:
        return _unclear("birth-range")
    if len(fitting) > 1:
        return Unsure(tuple(day.isoformat() for day in fitting))
    return Understood(fitting[0].isoformat())


def _number(question: Question, text: str, answers: Mapping[str, Value], context: Context) -> Reading:
    numbers = re.findall(r"(?<![\d.,])-?\d+(?:[.,]\d+)?", text, re.ASCII)
    if len(numbers) != 1 or not re.fullmatch(r"-?\d{1,9}", numbers[0], re.ASCII):
        return _unclear("number")
    number = int(numbers[0])
    if (question.least is not None and number < question.least) or (
        question.most is not None and number > question.most
    ):
        return _unclear(
            "number-range",
            least=question.least if question.least is not None else 0,
            most=question.most if question.most is not None else 999_999_999,
        )
    return Understood(number)


def _country(question: Question, text: str, answers: Mapping[str, Value], context: Context) -> Reading:
    code = places.find_country(text, context.language)
    return _found(code, None if code else places.near_country(text, context.language), "country")


def _region(question: Question, text: str, answers: Mapping[str, Value], context: Context) -> Reading:
    country = country_of(question, answers, context)
    if country is None:
        return _unclear("region")
    code = places.find_region(country, text)
    return _found(code, None if code else places.near_region(country, text), "region")


def _found(code: str | None, near: str | None, what: str) -> Reading:
    if code:
        return Understood(code)
    return Unsure((near,)) if near else _unclear(what)


def _zone(question: Question, text: str, answers: Mapping[str, Value], context: Context) -> Reading:
    guess = find_zone(text, country_of(question, answers, context))
    if guess.zone:
        return Understood(guess.zone)
    return Unsure(guess.choices[:_MOST_OPTIONS]) if guess.choices else _unclear("zone")


def _languages(question: Question, text: str, answers: Mapping[str, Value], context: Context) -> Reading:
    joins = "|".join(re.escape(join) for join in vocabulary(context.language).joins)
    codes: list[str] = []
    sure = True
    for part in re.split(rf"[,;/\n]+|\s(?:{joins})\s", text, flags=re.I):
        if not fold(part):
            continue
        code = places.language_code(part.strip(), context.language)
        if code is None:
            sure, code = False, places.near_language(part.strip(), context.language)
        if code is None:
            return _unclear("language", part=_short(part))
        codes.append(code)
    found = tuple(dict.fromkeys(codes))
    if not found:
        return _unclear("languages")
    return Understood(found) if sure else Unsure((found,))


def _hours(question: Question, text: str, answers: Mapping[str, Value], context: Context) -> Reading:
    try:
        week = parse_hours(text, context.language)
    except HoursError as fault:
        key = f"calendar-hours-error-{fault.kind}"
        known = context.words.has(key)
        return Unclear(Words(key=key, args={"part": fault.part})) if known else _unclear("hours")
    return Understood(week.model_dump_json()) if week else _unclear("hours")


_READERS: dict[str, Callable[[Question, str, Mapping[str, Value], Context], Reading]] = {
    "text": _text,
    "choice": _choice,
    "choices": _choices,
    "yes-no": _yes_no,
    "date": _date,
    "birth": _birth,
    "number": _number,
    "country": _country,
    "region": _region,
    "zone": _zone,
    "languages": _languages,
    "hours": _hours,
}
