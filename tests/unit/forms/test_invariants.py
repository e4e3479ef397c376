"""Whatever people send, in whatever order, a form goes on: properties over made-up conversations."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.forms import Answer, Ask, Chosen, Corrected, FormState, Typed, begin, load_form, take
from bot.forms.render import render_all

from .conversation import context

CONTEXT = context()

_COMMANDS = ("back", "skip", "why", "pause", "resume", "stop", "review", "send", "help", "yes", "no")
_ANSWERS = (
    *("1", "2", "3", "7", "34", "0", "16", "Ireland", "Dublin", "English", "US", "New York", "banana"),
    *("14 May 1990", "03/04/1990", "1 March 2028", "1, 3 and 5", "Mon-Fri 9-17", "Mon 25-99"),
)
_TYPED = st.one_of(st.sampled_from(_COMMANDS), st.sampled_from(_ANSWERS), st.text(max_size=30))


def _answers(form: str) -> st.SearchStrategy[Answer]:
    questions = [question.id for question in load_form(form).questions]
    ids = sorted({choice.id for question in load_form(form).questions for choice in question.choices})
    return st.one_of(
        st.builds(Typed, text=_TYPED, event_id=st.sampled_from([None, "$a", "$b"])),
        st.builds(
            Chosen,
            question=st.sampled_from([*questions, "gone"]),
            choices=st.lists(st.sampled_from([*ids, "gone"]), max_size=2).map(tuple),
        ),
        st.builds(Corrected, question=st.sampled_from([*questions, "gone"]), text=_TYPED),
    )


@pytest.mark.parametrize("form", ["intake", "application", "phq9", "agreement"])
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_any_conversation_keeps_the_form_whole(form: str, data: st.DataObject) -> None:
    definition = load_form(form)
    questions = {question.id: question for question in definition.questions}
    state = begin(definition, CONTEXT).state
    for answer in data.draw(st.lists(_answers(form), max_size=25)):
        turn = take(definition, FormState.model_validate_json(state.model_dump_json()), answer, CONTEXT)
        assert render_all(CONTEXT.words, "en", turn.say) or isinstance(answer, Chosen)
        after = turn.state
        assert FormState.model_validate_json(after.model_dump_json()) == after
        assert set(state.flags) <= set(after.flags), "a flag that was raised stays"
        assert not set(after.answers) & set(after.skipped)
        assert not any(questions[name].required for name in after.skipped)
        if after.mode in ("asking", "paused") and after.question:
            assert after.question in questions
        for said in turn.say:
            if isinstance(said, Ask):
                assert said.question == after.question
                assert said.ask > state.ask, "every asking has its own number"
        assert (turn.outcome is not None) == (after.mode == "ended" and state.mode != "ended")
        state = after


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from(["1", "2", "3", "yes", "no", "skip", "34", "Ireland", "English"]), max_size=20)
)
@example(["1", "34", "no", "Ireland", "Ireland", "yes"])
def test_back_and_the_same_answer_again_changes_nothing(said: list[str]) -> None:
    definition = load_form("intake")
    state = begin(definition, CONTEXT).state
    for text in said:
        after = take(definition, state, Typed(text=text), CONTEXT).state
        # A "yes" to "did you mean Irish?" is no answer by itself.
        confirmed = state.pending is not None
        if after.mode == "asking" and after.question != state.question and not (after.pending or confirmed):
            there = take(definition, after, Typed(text="back"), CONTEXT).state
            assert there.question == state.question
            again = take(definition, there, Typed(text=text), CONTEXT).state
            ignored = {"ask": 0}
            assert again.model_copy(update=ignored) == after.model_copy(update=ignored)
        state = after


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(["1", "2", "yes", "no", "skip", "34", "Ireland", "Dublin", "English"]), max_size=40
    )
)
def test_nothing_is_asked_twice_once_it_is_answered(said: list[str]) -> None:
    definition = load_form("intake")
    turn = begin(definition, CONTEXT)
    for text in said:
        done = {*turn.state.answers, *turn.state.skipped}
        if turn.state.mode == "asking":
            turn = take(definition, turn.state, Typed(text=text), CONTEXT)
            asked = [one.question for one in turn.say if isinstance(one, Ask)]
            assert not done & set(asked)
