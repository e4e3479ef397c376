"""What one turn changes and says: answers read and accepted, questions asked, the review, the end."""

from bot.forms import progress, readers
from bot.forms.conditions import Value, holds
from bot.forms.form import Form, Question
from bot.forms.readers import Understood, Unsure
from bot.forms.saying import Ask, Numbered, Option, Review, Say, Words
from bot.forms.state import Context, FormState, Outcome, Pending, Turn

_SHORT = 9
"""Lists of choices up to this length are shown again when an answer can't be read."""

_READ_BACK = frozenset({"date", "birth", "country", "region", "zone", "languages", "hours"})
"""Types whose reading is an interpretation, so it is said back."""


class Step:
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

    def current(self) -> Question:
        return self.form.question(self.state.question)

    def country(self, question: Question) -> str | None:
        return readers.country_of(question, self.state.answers, self.context)

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
            self.tell(question.confirm.text, answer=answer, age=self.form.minimum_age)
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

    def go_on(self) -> None:
        question = progress.next_question(self.form, self.state, self.context.today)
        if question:
            self.ask(question)
        elif self.form.review:
            self.set(question="")
            self.review()
        else:
            self.finish()

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

    def review(self) -> None:
        complete = progress.next_question(self.form, self.state, self.context.today) is None
        found = progress.lines(self.form, self.state, self.context.country, self.context.today)
        if not found:
            self.tell("forms-review-empty")
            return
        self.set(mode="reviewing", pending=None, question="" if complete else self.state.question)
        self.said.append(Review(lines=found, complete=complete))

    def finish(self) -> None:
        self.set(mode="ended", question="", pending=None)
        if self.form.done:
            self.tell(self.form.done)
        self.outcome = progress.outcome(self.form, self.state)
