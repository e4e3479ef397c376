"""A scripted conversation with a form: every step goes through JSON, as a restart would."""

from datetime import UTC, datetime

from bot.forms import (
    Answer,
    Chosen,
    Context,
    Corrected,
    FormState,
    Outcome,
    Turn,
    Typed,
    begin,
    load_form,
    question_of,
    take,
)
from bot.forms.conditions import Value
from bot.forms.render import render_all
from bot.outbound import Message
from config.words import Words

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def context(country: str | None = None) -> Context:
    return Context(
        words=Words.load(), language="en", now=NOW, country=country, consents=frozenset({"client"})
    )


class Conversation:
    """One person and one form. The words given are said before the test begins."""

    def __init__(self, form: str, *said: str, country: str | None = None, minimum_age: int = 18) -> None:
        self.context = context(country)
        self.form = load_form(form, minimum_age)
        self.turn: Turn = begin(self.form, self.context)
        for text in said:
            self.says(text)

    @property
    def state(self) -> FormState:
        return self.turn.state

    @property
    def answers(self) -> dict[str, Value]:
        return self.turn.state.answers

    @property
    def outcome(self) -> Outcome | None:
        return self.turn.outcome

    def says(self, text: str, *, sees: str = "", asks: str = "", event: str | None = None) -> None:
        self._take(Typed(text=text, event_id=event), sees, asks)

    def votes(self, question: str, *choices: str, sees: str = "", asks: str = "") -> None:
        self._take(Chosen(question=question, choices=choices), sees, asks)

    def edits(self, event: str, text: str, *, sees: str = "", asks: str = "") -> None:
        question = question_of(self.state, event)
        assert question is not None
        self._take(Corrected(question=question, text=text), sees, asks)

    def ways(self) -> list[str]:
        return [effect.kind for effect in render_all(self.context.words, "en", self.turn.say[-1:])]

    def seen(self) -> str:
        effects = render_all(self.context.words, "en", self.turn.say)
        return "\n".join(e.body if isinstance(e, Message) else e.fallback for e in effects)

    def _take(self, answer: Answer, sees: str, asks: str) -> None:
        kept = FormState.model_validate_json(self.state.model_dump_json())
        assert kept == self.state
        self.turn = take(self.form, kept, answer, self.context)
        assert sees in self.seen(), self.seen()
        if asks:
            assert self.state.question == asks, self.seen()
