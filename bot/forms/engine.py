"""The questionnaire engine: a pure reducer from state and answer to state and what is said.

`begin` opens a form, `take` takes one answer. Neither fails on anything that a person can send; what can't
be read is said so, with an example, and the question stays.
"""

import re

from bot.forms import progress, readers
from bot.forms.form import Form, Question
from bot.forms.plain import clean, fold
from bot.forms.readers import Understood, Unsure
from bot.forms.saying import Words
from bot.forms.state import Answer, Chosen, Context, Corrected, FormState, Pending, Turn, Typed
from bot.forms.step import Step
from bot.forms.vocabulary import Command, agreed, command

_EVENTS = 300
"""How many messages are remembered for later edits."""


class ConsentNeededError(LookupError):
    """The form asks for a consent that is not in force; nothing is asked before it is given."""


def begin(form: Form, context: Context) -> Turn:
    """Open a form and ask its first question. Raises ConsentNeededError."""
    if form.consent and form.consent not in context.consents:
        raise ConsentNeededError(form.consent)
    state = FormState(form=form.name, version=form.version, style=context.style)
    step = _Taking(form, state, context)
    if form.intro:
        step.tell(form.intro)
    step.go_on()
    return step.turn()


def take(form: Form, state: FormState, answer: Answer, context: Context) -> Turn:
    """Take one answer: something typed, a poll vote, or an edit of an earlier message."""
    step = _Taking(form, state, context)
    if state.mode == "ended":
        step.tell("forms-closed")
    elif state.version != form.version:
        step.moved()
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


class _Taking(Step):
    """One turn that begins with something a person sent."""

    def moved(self) -> None:
        """The form has another version than when it began: keep what still fits and ask what is open."""
        self.state = progress.fitted(self.form, self.state, self.context.today)
        self.tell("forms-changed")
        self.go_on()

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

    def remember(self, event_id: str | None) -> None:
        if event_id:
            events = [*self.state.events.items(), (event_id, self.state.question)][-_EVENTS:]
            self.set(events=dict(events))

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
