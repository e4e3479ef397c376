"""Which questions apply, which comes next, what an outcome holds: plain functions over answers."""

from collections.abc import Mapping
from datetime import date

from bot.forms.conditions import Value, holds
from bot.forms.form import Form, Question, Scoring
from bot.forms.saying import Line, Shown, Words
from bot.forms.state import FormState, Outcome, Score


def applicable(form: Form, answers: Mapping[str, Value], today: date) -> list[Question]:
    """The questions that these answers call for, in order. Answers of dropped questions do not count."""
    found: list[Question] = []
    counted: dict[str, Value] = {}
    for question in form.questions:
        if holds(question.when, counted, today):
            found.append(question)
            if question.id in answers:
                counted[question.id] = answers[question.id]
    return found


def next_question(form: Form, state: FormState, today: date) -> Question | None:
    """The first question that applies and is neither answered nor skipped."""
    for question in applicable(form, state.answers, today):
        if question.id not in state.answers and question.id not in state.skipped:
            return question
    return None


def previous_question(form: Form, state: FormState, today: date) -> Question | None:
    """The last question before the one asked now that was answered or skipped."""
    before: Question | None = None
    for question in applicable(form, state.answers, today):
        if question.id == state.question:
            return before
        if question.id in state.answers or question.id in state.skipped:
            before = question
    return before


def pruned(form: Form, state: FormState, today: date) -> FormState:
    """The state without answers to questions that no longer apply, answers in the form's order."""
    ids = [question.id for question in applicable(form, state.answers, today)]
    return state.model_copy(
        update={
            "answers": {name: state.answers[name] for name in ids if name in state.answers},
            "skipped": tuple(name for name in ids if name in state.skipped and name not in state.answers),
        }
    )


def fitted(form: Form, state: FormState, today: date) -> FormState:
    """The state of an earlier version of the form: answers to questions and choices that are still there."""
    choices = {question.id: {choice.id for choice in question.choices} for question in form.questions}
    answers = {
        name: value
        for name, value in state.answers.items()
        if name in choices
        and (not choices[name] or set(value if isinstance(value, tuple) else (str(value),)) <= choices[name])
    }
    changes = {"answers": answers, "version": form.version, "mode": "asking", "pending": None, "question": ""}
    return pruned(form, state.model_copy(update=changes), today)


def counted(form: Form, state: FormState, today: date) -> Words | None:
    """ "Question 4 of about 13": "about" while a question still open may bring or drop others."""
    if not form.numbered:
        return None
    ids = [question.id for question in applicable(form, state.answers, today)]
    opened = {name for name in (q.id for q in form.questions) if name not in state.answers}
    about = any(
        question.when and any(leaf.question in opened for leaf in question.when.leaves())
        for question in form.questions
    )
    number = ids.index(state.question) + 1 if state.question in ids else len(ids)
    return Words(
        key="forms-progress-about" if about else "forms-progress", args={"number": number, "total": len(ids)}
    )


def shown(question: Question, value: Value, country: str | None) -> Shown:
    """An answer as it is read back."""
    ids = value if isinstance(value, tuple) else (value,)
    labels = tuple(question.label(str(one)) for one in ids) if question.choices else ()
    return Shown(kind=question.type, value=value, labels=labels, country=country)


def lines(form: Form, state: FormState, country: str | None, today: date) -> tuple[Line, ...]:
    """The review: everything answered or skipped, numbered in the form's order."""
    found: list[Line] = []
    for question in applicable(form, state.answers, today):
        if question.id in state.answers or question.id in state.skipped:
            value = state.answers.get(question.id)
            answer = None if value is None else shown(question, value, country)
            found.append(Line(number=len(found) + 1, label=question.short, answer=answer))
    return tuple(found)


def reviewed(form: Form, state: FormState, number: int, today: date) -> Question | None:
    """The question behind a number of the review."""
    listed = [
        question
        for question in applicable(form, state.answers, today)
        if question.id in state.answers or question.id in state.skipped
    ]
    return listed[number - 1] if 0 < number <= len(listed) else None


def score(scoring: Scoring, form: Form, answers: Mapping[str, Value]) -> Score:
    """The sum over the questions, only if each has an answer; the band is the highest reached."""
    points: list[int] = []
    for name in scoring.questions:
        value = answers.get(name)
        if value is None:
            continue
        if isinstance(value, int):
            points.append(value)
        else:
            points += [c.score or 0 for c in form.question(name).choices if c.id == value]
    total = sum(points) if len(points) == len(scoring.questions) else None
    band = None
    if total is not None:
        reached = [one for one in scoring.bands if total >= one.least]
        band = max(reached, key=lambda one: one.least).name if reached else None
    return Score(
        name=scoring.name, total=total, band=band, answered=len(points), items=len(scoring.questions)
    )


def outcome(form: Form, state: FormState, kind: str | None = None) -> Outcome:
    """What the form ended with; `refer` where a flag asks for a person to look first."""
    refer = {flag.name for flag in form.flags if flag.refer}
    if kind is None:
        kind = "refer" if refer & set(state.flags) else "done"
    return Outcome(
        kind=kind,
        answers=dict(state.answers),
        skipped=state.skipped,
        scores=tuple(score(one, form, state.answers) for one in form.scores),
        flags=state.flags,
    )
