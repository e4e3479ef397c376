"""Questionnaires: a form is a YAML file, the engine a pure reducer over its answers."""

from bot.forms.engine import ConsentNeededError, begin, question_of, take
from bot.forms.form import Form, load_form
from bot.forms.saying import Ask, Review, Say, Words
from bot.forms.state import (
    Answer,
    Chosen,
    Context,
    Corrected,
    FormState,
    Outcome,
    Pending,
    Score,
    Turn,
    Typed,
)

__all__ = [
    "Answer",
    "Ask",
    "Chosen",
    "ConsentNeededError",
    "Context",
    "Corrected",
    "Form",
    "FormState",
    "Outcome",
    "Pending",
    "Review",
    "Say",
    "Score",
    "Turn",
    "Typed",
    "Words",
    "begin",
    "load_form",
    "question_of",
    "take",
]
