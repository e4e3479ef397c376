"""Running forms: load, take one answer, save, say. What a finished form brings is in `outcomes`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.care import crisis, detection
from bot.care.desk import Desk
from bot.forms import engine, load_form
from bot.forms.conditions import Value
from bot.forms.render import render_all
from bot.forms.saying import Ask
from bot.forms.state import Answer, Chosen, Context, Corrected, FormState, Outcome, Turn, Typed
from bot.outbound import Poll
from compliance.storage.forms import FormRun
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from config.ids import PersonId


@dataclass(frozen=True, slots=True)
class Progress:
    """What one answer brought."""

    run: FormRun
    subject: str
    """What the form is about, such as a pair; empty for most."""
    outcome: Outcome | None
    """Set when the form has ended."""


async def start(
    desk: Desk,
    person: Person,
    form: str,
    *,
    subject: str = "",
    standing: Mapping[str, Value] | None = None,
) -> None:
    """Begin a form with a person in their direct room; when another is open there, after that one.

    With answers that stand from an earlier time it begins with their review, to be changed line by line.
    """
    room = await desk.direct_room(person)
    if await desk.unit.forms.active(person.id, room.ref) is not None:
        body = json.dumps({"form": form, "subject": subject, "standing": standing and dict(standing)})
        key = f"form:{person.id}:{form}:{subject}:{desk.now.isoformat()}"
        await desk.later("form-start", person.id, timedelta(minutes=10), key=key, body=body)
        return
    definition = load_form(form, desk.settings.care.minimum_age)
    around = await context(desk, person)
    turn = engine.begin(definition, around)
    if standing is not None:
        skipped = tuple(one.id for one in definition.questions if one.id not in standing)
        state = turn.state.model_copy(update={"answers": dict(standing), "skipped": skipped})
        turn = engine.take(definition, state, Typed(text="review"), around)
    run = await desk.unit.forms.start(
        person.id, room.ref, form, definition.version, turn.state.model_dump_json()
    )
    if subject:
        await desk.unit.documents.put("situation", person.id, run.id, json.dumps({"subject": subject}))
    await desk.note("form.started", by=person.id, about=run.id, form=form)
    await _say(desk, person, room, run, turn)


async def context(desk: Desk, person: Person) -> Context:
    """What the engine is told about the moment and the person."""
    return Context(
        words=desk.house.words,
        language=person.language,
        now=desk.now,
        country=person.country,
        zone=person.zone,
        consents=frozenset(await desk.unit.consents.names(person.id)),
        style="poll" if await desk.answers_by_poll(person) else "both",
    )


async def answer(desk: Desk, person: Person, room: Room, run: str, text: str, event: str) -> Progress | None:
    """A typed answer."""
    return await _take(desk, person, room, run, Typed(text=text, event_id=event))


async def vote(
    desk: Desk, person: Person, room: Room, run: str, question: str, choices: tuple[str, ...]
) -> Progress | None:
    """An answer by poll, perhaps on an old question, which the engine then says."""
    return await _take(desk, person, room, run, Chosen(question=question, choices=choices))


async def correct(desk: Desk, person: Person, room: Room, run: str, edits: str, text: str) -> Progress | None:
    """An edited message corrects the answer that it gave, while the form is open."""
    form_run = await desk.unit.forms.get(run)
    question = FormState.model_validate_json(form_run.state_json).events.get(edits)
    if question is None:
        return None
    return await _take(desk, person, room, run, Corrected(question=question, text=text))


async def answer_in_crisis(
    desk: Desk, person: Person, room: Room, run: str, text: str, event: str
) -> Progress | None:
    """Words that sound like a crisis: kept where free words were asked for; otherwise the questions wait,
    since nobody in distress needs to hear that their answer did not fit."""
    state = FormState.model_validate_json((await desk.unit.forms.get(run)).state_json)
    asked = {question.id: question.type for question in load_form(state.form).questions}.get(state.question)
    if state.mode == "asking" and asked != "text":
        return await _take(desk, person, room, run, Typed(text="pause"))
    return await answer(desk, person, room, run, text, event)


async def repeat(desk: Desk, person: Person, room: Room, run: FormRun) -> None:
    """Say the open question again, after a pause of ours or of theirs."""
    await _take(desk, person, room, run.id, Typed(text="resume"))


async def _take(desk: Desk, person: Person, room: Room, run_id: str, given: Answer) -> Progress | None:
    run = await desk.unit.forms.get(run_id)
    if run.person != person.id:
        return None
    if run.status in ("done", "stopped"):
        await desk.say(room, person.language, "form-is-over")
        return None
    state = FormState.model_validate_json(run.state_json)
    form = load_form(run.form, desk.settings.care.minimum_age)
    turn = engine.take(form, state, given, await context(desk, person))
    status = _status(turn)
    await desk.unit.forms.save(run.id, turn.state.model_dump_json(), status)
    if run.form == "intake":
        person = await _learn_place(desk, person, turn.state.answers)
    for flag in turn.raised:
        # Before anything else is said: nobody reads past the next question to find the way to help.
        await crisis.flagged(desk, person, room, flag)
    await _say(desk, person, room, run, turn)
    if status in ("done", "stopped"):
        await desk.note(
            f"form.{'finished' if status == 'done' else 'stopped'}", by=person.id, about=run.id, form=run.form
        )
    return Progress(run, await subject_of(desk, person.id, run.id), turn.outcome)


async def _learn_place(desk: Desk, person: Person, answers: Mapping[str, Value]) -> Person:
    """Where somebody is counts from the moment they say it: help lines in the middle of the intake too."""
    told = {
        name: value for name in ("country", "region", "zone") if isinstance(value := answers.get(name), str)
    }
    placed = replace(person, **told)
    if placed != person:
        await desk.unit.people.save(placed)
        await detection.tell_if_changed(desk, placed)
    return placed


async def subject_of(desk: Desk, person: PersonId, run: str) -> str:
    """What a run of a form is about; empty if nothing was said."""
    document = await desk.unit.documents.get("situation", person, run)
    return str(json.loads(document.body_json)["subject"]) if document else ""


def _status(turn: Turn) -> str:
    if turn.outcome is not None:
        return "stopped" if turn.outcome.kind == "stopped" else "done"
    return "paused" if turn.state.mode == "paused" else "open"


async def _say(desk: Desk, person: Person, room: Room, run: FormRun, turn: Turn) -> None:
    asked = iter([said.question for said in turn.say if isinstance(said, Ask) and said.as_poll])
    for effect in render_all(desk.house.words, person.language, turn.say):
        outbox = await desk.send(room, effect)
        if isinstance(effect, Poll):
            await desk.unit.polls.add(outbox, run.id, next(asked), list(effect.answers))
