"""The questionnaire engine: a pure reducer from state and answer to state and what is said.

`begin` opens a form, `take` takes one answer. Neither fails on anything that a person can send; what can't
be read is said so, with an example, and the question stays.
"""

import re

from bot.forms import progress, readers
from bot.forms.conditions import Value, holds
from bot.forms.form import Form, Question
from bot.forms.plain import clean, fold
from bot.forms.readers import Understood, Unsure
from bot.forms.saying import Ask, Numbered, Option, Review, Say, Words
from bot.forms.state import Answer, Chosen, Context, Corrected, FormState, Outcome, Pending, Turn, Typed
from bot.forms.vocabulary import Command, agreed, command

_EVENTS = 300
"""How many messages are remembered for later edits."""

_SHORT = 9
"""Lists of choices up to this length are shown again when an answer can't be read."""

_READ_BACK = frozenset({"date", "birth", "country", "region", "zone", "languages", "hours"})
"""Types whose reading is an interpretation, so it is said back."""


class ConsentNeededError(LookupError):
    """The form asks for a consent that is not in force; nothing is asked before it is given."""


def begin(form: Form, context: Context) -> Turn:
    """Open a form and ask its first question. Raises ConsentNeededError."""
    if form.consent and form.consent not in context.consents:
        raise ConsentNeededError(form.consent)
    state = FormState(form=form.name, version=form.version, style=context.style)
    step = _Step(form, state, context)
    if form.intro:
        step.tell(form.intro)
    step.go_on()
    return step.turn()


def take(form: Form, state: FormState, answer: Answer, context: Context) -> Turn:
    """Take one answer: something typed, a poll vote, or an edit of an earlier message."""
    step = _Step(form, state, context)
    if state.mode == "ended":
        step.tell("forms-closed")
    elif isinstance(answer, Typed):
        step.typed(answer)
    elif isinstance(answer, Chosen):
        step.chosen(answer)
    else:
        step.corrected(answer)
    return step.turn()


def question_of(state: FormState, event_id: str) -> str | None:
    """The question that a message answered, for an edit of that message."""
    return state.events.get(event_id)


class _Step:
    """One turn in the making."""

    def __init__(self, form: Form, state: FormState, context: Context) -> None:
        self.form = form
        self.state = state
        self.context = context
        self.said: list[Say] = []
        self.outcome: Outcome | None = None
        self.raised: tuple[str, ...] = ()

    def turn(self) -> Turn:
        return Turn(self.state, tuple(self.said), self.outcome, self.raised)

    def set(self, **changes: object) -> None:
        self.state = self.state.model_copy(update=changes)

    def tell(self, key: str, **args: object) -> None:
        self.said.append(Words.model_validate({"key": key, "args": args}))

    # What comes in.

    def typed(self, answer: Typed) -> None:
        text = clean(answer.text)
        if not text:
            self.tell("forms-empty")
            return
        word = command(text, self.context.language)
        if self.state.mode == "paused":
            self.while_paused(word)
            return
        if self.state.pending and self.settle(self.state.pending, text, answer.event_id):
            return
        if word:
            self.obey(word)
        elif self.state.mode == "reviewing":
            self.while_reviewing(text)
        else:
            self.remember(answer.event_id)
            self.answer(self.current(), text)

    def chosen(self, vote: Chosen) -> None:
        past = vote.question != self.state.question
        if past and vote.choices and self.stands(vote):
            return
        if past:
            self.tell("forms-past" if self.state.question else "forms-past-review")
            if self.state.mode != "paused":
                self.ask_again()
            return
        if not vote.choices:
            self.tell("forms-vote-back")
            return
        # A vote on the question that is open is an answer, even while paused or looking at the review.
        self.set(mode="asking", pending=None)
        question = self.current()
        reading = readers.check_choices(question, vote.choices)
        if isinstance(reading, Understood):
            self.accept(question, reading.value, style="poll")
        elif not isinstance(reading, Unsure):
            self.said.append(reading.why)

    def stands(self, vote: Chosen) -> bool:
        """Whether a late vote only repeats the answer that stands."""
        value = self.state.answers.get(vote.question)
        return value is not None and set(vote.choices) == (
            set(value) if isinstance(value, tuple) else {value}
        )

    def corrected(self, edit: Corrected) -> None:
        text = clean(edit.text)
        ids = {question.id for question in self.form.questions}
        if not text or edit.question not in ids:
            self.tell("forms-empty" if not text else "forms-closed-answer")
            return
        if edit.question == self.state.question and edit.question not in self.state.answers:
            self.set(mode="asking", pending=None)
            self.answer(self.current(), text)
            return
        question = self.form.question(edit.question)
        if edit.question not in self.state.answers:
            self.tell("forms-closed-answer")
            return
        reading = readers.read(question, text, self.state.answers, self.context)
        if isinstance(reading, Understood):
            self.accept(question, reading.value, correction=True)
        else:
            self.tell("forms-correction-unclear", question=Words(key=question.short))
            if not isinstance(reading, Unsure):
                self.said.append(reading.why)
            self.expected(question)

    # Words that always work.

    def obey(self, word: Command) -> None:
        if word != "stop":
            self.set(pending=None)
        reviewing = self.state.mode == "reviewing"
        match word:
            case "stop":
                self.set(pending=Pending(kind="stop"))
                self.tell("forms-stop-sure-flagged" if self.alerted() else "forms-stop-sure")
            case "pause":
                self.set(mode="paused", pending=None)
                self.tell("forms-pause")
            case "help":
                self.tell("forms-help")
                if reviewing:
                    self.review_how()
                else:
                    self.expected(self.current())
            case "review":
                self.review()
            case "send":
                self.send()
            case "resume":
                self.resume()
            case _ if reviewing:
                self.review_how()
            case "why":
                self.tell(self.current().why)
            case "back":
                self.back()
            case "skip":
                self.skip()

    def while_paused(self, word: Command | None) -> None:
        if word == "resume":
            self.set(mode="asking")
            if self.state.answers or self.state.skipped:
                self.tell("forms-resume")
            if self.form.again:
                self.tell(self.form.again)
            self.ask_again()
        elif word == "stop":
            self.set(mode="asking")
            self.obey("stop")
        elif word == "help":
            self.tell("forms-help")
            self.tell("forms-paused")
        else:
            self.tell("forms-paused")

    def back(self) -> None:
        before = progress.previous_question(self.form, self.state, self.context.today)
        if before is None:
            self.tell("forms-first")
        else:
            self.ask(before)

    def skip(self) -> None:
        question = self.current()
        if question.required:
            self.tell("forms-required")
            self.tell(question.why)
            return
        answers = {name: value for name, value in self.state.answers.items() if name != question.id}
        self.set(answers=answers, skipped=(*self.state.skipped, question.id))
        self.state = progress.pruned(self.form, self.state, self.context.today)
        self.go_on()

    def resume(self) -> None:
        if self.state.question in self.state.answers or self.state.question in self.state.skipped:
            self.set(mode="asking")
            self.go_on()
        else:
            self.set(mode="asking")
            self.ask_again()

    def send(self) -> None:
        if progress.next_question(self.form, self.state, self.context.today):
            self.set(mode="asking")
            self.tell("forms-not-complete")
            self.ask_again()
        else:
            self.finish()

    def alerted(self) -> bool:
        return any(flag.alert for flag in self.form.flags if flag.name in self.state.flags)

    def stop(self) -> None:
        self.set(mode="ended", pending=None, question="")
        self.tell("forms-stopped-flagged" if self.alerted() else "forms-stopped")
        self.outcome = progress.outcome(self.form, self.state, "stopped")

    # The review.

    def review(self) -> None:
        complete = progress.next_question(self.form, self.state, self.context.today) is None
        found = progress.lines(self.form, self.state, self.context.country, self.context.today)
        if not found:
            self.tell("forms-review-empty")
            return
        self.set(mode="reviewing", pending=None, question="" if complete else self.state.question)
        self.said.append(Review(lines=found, complete=complete))

    def review_how(self) -> None:
        self.tell("forms-review-how")

    def while_reviewing(self, text: str) -> None:
        if agreed(text, self.context.language) and not self.state.question:
            self.finish()
            return
        number = re.search(r"(?<!\d)\d{1,3}(?!\d)", text, re.ASCII) if len(text) <= 40 else None
        question = (
            progress.reviewed(self.form, self.state, int(number.group()), self.context.today)
            if number
            else self.named(text)
        )
        if question:
            self.ask(question)
        else:
            self.review_how()

    def named(self, text: str) -> Question | None:
        for line in self.form.questions:
            label = self.context.words.say(self.context.language, line.short)
            if fold(label) == fold(text[:200]) and (
                line.id in self.state.answers or line.id in self.state.skipped
            ):
                return line
        return None

    # Answers.

    def current(self) -> Question:
        return self.form.question(self.state.question)

    def remember(self, event_id: str | None) -> None:
        if event_id:
            events = [*self.state.events.items(), (event_id, self.state.question)][-_EVENTS:]
            self.set(events=dict(events))

    def answer(self, question: Question, text: str) -> None:
        reading = readers.read(question, text, self.state.answers, self.context)
        if isinstance(reading, Understood):
            if reading.note:
                self.said.append(reading.note)
            self.accept(question, reading.value, style="text")
        elif isinstance(reading, Unsure):
            self.set(pending=Pending(kind="meant", options=reading.options))
            items = tuple(progress.shown(question, one, self.country(question)) for one in reading.options)
            if len(items) == 1:
                self.tell("forms-meant", answer=items[0])
            else:
                self.tell("forms-meant-which", options=Numbered(items=items))
        else:
            self.said.append(reading.why)
            self.expected(question)

    def expected(self, question: Question) -> None:
        """What would be an answer: a short list of choices again, or the question's example."""
        if question.type == "yes-no" or not 0 < len(question.choices) <= _SHORT:
            self.tell(question.example)
            return
        several = question.type == "choices"
        items = tuple(
            progress.shown(question, (one.id,) if several else one.id, None) for one in question.choices
        )
        self.tell("forms-choices", options=Numbered(items=items, first=question.first))

    def settle(self, pending: Pending, text: str, event_id: str | None) -> bool:
        """Take the answer to a question back. False: it is none, so it is read as anything else."""
        agrees = agreed(text, self.context.language)
        if pending.kind == "stop":
            if agrees or command(text, self.context.language) == "stop":
                self.stop()
                return True
            self.set(pending=None)
            if agrees is False:
                self.ask_again()
            return agrees is False
        question, picked = self.current(), None
        if agrees and len(pending.options) == 1:
            picked = pending.options[0]
        elif len(pending.options) > 1 and (number := re.fullmatch(r"[1-9]", text.strip(" .)"), re.ASCII)):
            place = int(number.group()) - 1
            picked = pending.options[place] if place < len(pending.options) else None
        if picked is not None:
            self.remember(event_id)
            self.accept(question, picked, style="text", confirmed=pending.kind == "confirm")
            return True
        self.set(pending=None)
        if agrees is False:
            self.tell("forms-again")
            self.expected(question)
        return agrees is False

    def accept(
        self,
        question: Question,
        value: Value,
        *,
        style: str = "",
        confirmed: bool = False,
        correction: bool = False,
    ) -> None:
        answer = progress.shown(question, value, self.country(question))
        if (
            question.confirm
            and not confirmed
            and holds(question.confirm.when, {question.id: value}, self.context.today)
        ):
            self.set(mode="asking", question=question.id, pending=Pending(kind="confirm", options=(value,)))
            self.tell(question.confirm.text, answer=answer)
            return
        if style and question.type in ("choice", "yes-no"):
            self.set(style=style)
        skipped = tuple(name for name in self.state.skipped if name != question.id)
        self.set(answers=self.state.answers | {question.id: value}, skipped=skipped, pending=None)
        self.state = progress.pruned(self.form, self.state, self.context.today)
        if correction:
            self.tell("forms-corrected", question=Words(key=question.short), answer=answer)
        elif question.type in _READ_BACK and not isinstance(value, int):
            self.tell("forms-noted", answer=answer)
        self.raise_flags()
        if self.ended() or self.rested():
            return
        if correction:
            self.after_correction(question)
        else:
            self.go_on()

    def after_correction(self, corrected: Question) -> None:
        """Stay at the question that is asked, if it still applies; a review is shown anew."""
        ids = {q.id for q in progress.applicable(self.form, self.state.answers, self.context.today)}
        if self.state.question not in ids or self.state.question == corrected.id:
            self.go_on()
        elif self.state.mode == "reviewing":
            self.review()

    def raise_flags(self) -> None:
        for flag in self.form.flags:
            if flag.name not in self.state.flags and holds(flag.when, self.state.answers, self.context.today):
                self.set(flags=(*self.state.flags, flag.name))
                self.raised = (*self.raised, flag.name)
                if flag.say:
                    self.tell(flag.say)

    def ended(self) -> bool:
        for end in self.form.ends:
            if holds(end.when, self.state.answers, self.context.today):
                self.set(mode="ended", question="", pending=None)
                if end.say:
                    self.tell(end.say)
                self.outcome = progress.outcome(self.form, self.state, end.outcome)
                return True
        return False

    def rested(self) -> bool:
        """Whether a flag that was raised now lets the questions rest."""
        if not any(flag.pause for flag in self.form.flags if flag.name in self.raised):
            return False
        question = progress.next_question(self.form, self.state, self.context.today)
        self.set(mode="paused", question=question.id if question else "")
        return True

    def country(self, question: Question) -> str | None:
        return readers.country_of(question, self.state.answers, self.context)

    # Asking.

    def go_on(self) -> None:
        question = progress.next_question(self.form, self.state, self.context.today)
        if question:
            self.ask(question)
        elif self.form.review:
            self.set(question="")
            self.review()
        else:
            self.finish()

    def finish(self) -> None:
        self.set(mode="ended", question="", pending=None)
        if self.form.done:
            self.tell(self.form.done)
        self.outcome = progress.outcome(self.form, self.state)

    def ask_again(self) -> None:
        if self.state.question:
            self.ask(self.current())
        else:
            self.review()

    def ask(self, question: Question) -> None:
        self.set(mode="asking", question=question.id, ask=self.state.ask + 1, pending=None)
        standing = self.state.answers.get(question.id)
        # A poll of several choices is left out: common clients send only the last tap of one.
        one = question.type in ("choice", "yes-no")
        self.said.append(
            Ask(
                question=question.id,
                ask=self.state.ask,
                text=Words(key=question.text),
                kind=question.type,
                choices=tuple(Option(id=choice.id, label=choice.text) for choice in question.choices),
                first=question.first,
                multiple=question.type == "choices",
                as_poll=one and self.state.style != "text",
                as_text=not one or self.state.style != "poll",
                skippable=not question.required,
                progress=progress.counted(self.form, self.state, self.context.today),
                so_far=None
                if standing is None
                else progress.shown(question, standing, self.country(question)),
                example=None if question.choices else Words(key=question.example),
            )
        )
