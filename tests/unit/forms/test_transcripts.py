"""Conversations as they are written: `>` is what the person does, the lines below what they see next."""

from dataclasses import replace

import pytest

from .conversation import Conversation

WELCOME = ["anna", "34", "Ireland", "Dublin", "English"]
"""Intake up to the first question with choices."""


def test_a_question_stays_until_its_answer_can_be_read() -> None:
    talk = Conversation("intake")
    talk.says("Anna", sees="When were you born")
    talk.says("banana", sees='For example "14 May 1990"', asks="birth")
    talk.says("31 February 1990", sees="couldn't read that as a date of birth", asks="birth")
    talk.says("14 May 2090", sees="can't be a date of birth", asks="birth")
    talk.says("14 May 1990", sees="I understood: 14 May 1990", asks="country")


def test_an_ambiguous_date_is_asked_back_and_never_guessed() -> None:
    talk = Conversation("intake", "Anna")
    talk.says("03/04/1990", sees="1. 3 April 1990\n2. 4 March 1990", asks="birth")
    talk.says("2", sees="I understood: 4 March 1990", asks="country")
    assert talk.answers["birth"] == "1990-03-04"


@pytest.mark.parametrize(("country", "read"), [("US", "1990-03-04"), ("DE", "1990-04-03")])
def test_the_order_of_a_date_is_that_of_the_country(country: str, read: str) -> None:
    talk = Conversation("intake", "Anna", country=country)
    talk.says("03/04/1990", asks="country")
    assert talk.answers["birth"] == read


def test_a_near_miss_is_asked_back() -> None:
    talk = Conversation("intake", "Anna", "34", "United States")
    talk.says("new yrok", sees="Did you mean “New York”?", asks="region")
    talk.says("no", sees="try again", asks="region")
    talk.says("new yrok", sees="Did you mean “New York”?")
    talk.says("yes", asks="zone")
    assert talk.answers["region"] == "US-NY"


def test_instead_of_yes_a_fresh_answer_counts() -> None:
    talk = Conversation("intake", "Anna", "34", "United States", "new yrok")
    talk.says("California", asks="zone")
    assert talk.answers["region"] == "US-CA"


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("1, 3 and 5", ("anxiety", "depression", "burnout")),
        ("1 3 5", ("anxiety", "depression", "burnout")),
        ("2-4", ("panic", "depression", "stress")),
        ("Sleep", ("sleep",)),
        ("grief or loss, anger", ("grief", "anger")),
        ("sleep and anger and 3", ("depression", "sleep", "anger")),
        ("PANIC ATTACKS!", ("panic",)),
    ],
)
def test_several_choices_by_number_or_label(typed: str, ids: tuple[str, ...]) -> None:
    talk = Conversation("intake", *WELCOME)
    talk.says(typed, asks="story")
    assert talk.answers["concerns"] == ids


@pytest.mark.parametrize("typed", ["99", "1, 99", "banana", "sleep, banana", "0", "<b>1</b><script>"])
def test_what_is_no_choice_is_said_so(typed: str) -> None:
    talk = Conversation("intake", *WELCOME)
    talk.says(typed, sees="couldn't match", asks="concerns")
    assert "concerns" not in talk.answers


@pytest.mark.parametrize(
    ("minimum", "too_young", "enough"), [(16, "15", "16"), (18, "17", "18"), (21, "20", "21")]
)
def test_the_age_from_which_a_service_helps_is_the_one_that_it_set(
    minimum: int, too_young: str, enough: str
) -> None:
    talk = Conversation("intake", "Anna", minimum_age=minimum)
    talk.says(too_young, sees=f"younger than {minimum}", asks="birth")
    talk.says("no", asks="birth")
    talk.says(enough, asks="country")
    talk = Conversation("intake", "Anna", too_young, "yes", minimum_age=minimum)
    assert talk.outcome
    assert talk.outcome.kind == "minor"


def test_under_age_is_read_back_once_and_then_ends_the_form() -> None:
    talk = Conversation("intake", "Anna")
    talk.says("14 May 2012", sees="younger than 18", asks="birth")
    talk.says("no", sees="try again", asks="birth")
    talk.says("16", sees="younger than 18")
    talk.says("yes")
    assert talk.outcome
    assert talk.outcome.kind == "minor"


def test_the_eighteenth_birthday_is_the_first_day_of_age() -> None:
    Conversation("intake", "Anna").says("22 November 2008", asks="country")
    Conversation("intake", "Anna").says("23 November 2008", sees="younger than 18", asks="birth")


def test_saying_yes_to_thoughts_now_alerts_at_once_and_lets_the_questions_rest() -> None:
    talk = Conversation("intake", *WELCOME, "sleep", "skip", "skip", "no")
    talk.says("3", sees="My questions can wait")
    assert talk.turn.raised == ("suicide-now",)
    assert talk.state.mode == "paused"
    talk.says("hello?", sees='Write "resume"')
    talk.says("resume", asks="voices")
    assert talk.turn.raised == ()
    for word in ("no", "no", "no", "skip", "skip", "no", "no", "skip"):
        talk.says(word)
    talk.says("10", asks="thoughts")
    talk.says("no")
    talk.says("send")
    assert talk.outcome
    assert (talk.outcome.kind, talk.outcome.flags) == ("refer", ("suicide-now",)), "a later no clears nothing"


def test_back_skip_why_pause_resume_help() -> None:
    talk = Conversation("intake")
    talk.says("back", sees="first question", asks="name")
    talk.says("why?", sees="address you the way you like", asks="name")
    talk.says("skip", asks="birth")
    talk.says("skip", sees="need an answer", asks="birth")
    talk.says("Back", asks="name")
    talk.says("Anna", asks="birth")
    talk.says("pause", sees="Paused")
    talk.says("34", sees="are paused")
    talk.says("resume", sees="When were you born", asks="birth")
    talk.says("help", sees="!crisis", asks="birth")
    talk.says("34", asks="country")
    assert talk.answers == {"name": "Anna", "birth": 34}


def test_stop_is_asked_once_and_loses_nothing_by_mistake() -> None:
    talk = Conversation("intake", "Anna")
    talk.says("stop", sees="stop for good")
    talk.says("no", sees="When were you born", asks="birth")
    talk.says("stop")
    talk.says("34", asks="country")
    talk.says("stop")
    talk.says("yes", sees="Nothing was sent")
    assert talk.outcome
    assert talk.outcome.kind == "stopped"
    talk.says("hello", sees="closed")
    assert talk.outcome is None


def test_review_and_correct_asks_what_is_newly_needed_and_drops_what_no_longer_applies() -> None:
    talk = Conversation("intake", *WELCOME, "sleep", "skip", "skip", "no", "no", "no", "no", "no")
    for word in ("skip", "skip", "no", "no"):
        talk.says(word)
    talk.says("skip", sees="3. Country: Ireland")
    assert talk.state.mode == "reviewing"
    talk.says("9", sees="Your answer so far: “No”", asks="earlier")
    talk.says("yes", asks="helped")
    talk.says("being heard", sees="10. What helped: being heard")
    talk.says("9", asks="earlier")
    talk.says("no", sees="10. Thoughts of ending your life: No")
    assert "helped" not in talk.answers
    talk.says("3", asks="country")
    talk.says("Canada", asks="region")
    talk.says("Ontario", sees="4. State or province: Ontario")
    talk.says("send")
    assert talk.outcome
    assert talk.outcome.kind == "done"


def test_an_edited_message_corrects_its_answer() -> None:
    talk = Conversation("intake")
    talk.says("Ana", event="$1")
    talk.says("34", event="$2", asks="country")
    talk.edits("$1", "Anna", sees="Changed. Name: Anna")
    assert (talk.answers["name"], talk.state.question) == ("Anna", "country")
    talk.edits("$2", "banana", sees="earlier answer still stands")
    assert talk.answers["birth"] == 34
    talk.says("Irlnd", event="$3", asks="country")
    talk.edits("$3", "Ireland", asks="zone")


def test_an_edit_that_opens_a_branch_is_followed_up() -> None:
    talk = Conversation("intake", "Anna", "34")
    talk.says("Ireland", event="$c", asks="zone")
    talk.edits("$c", "United States", asks="zone")
    talk.says("New York", asks="region")


def test_a_vote_on_a_past_question_is_told_so() -> None:
    talk = Conversation("phq9")
    talk.votes("item1", "several-days", asks="item2")
    talk.votes("item1", "not-at-all", sees="That question is past", asks="item2")
    assert talk.answers["item1"] == "several-days"
    talk.votes("item1", "several-days")
    assert talk.turn.say == (), "the same vote again says nothing"
    talk.votes("item2", sees="took your vote back", asks="item2")
    talk.votes("item2", "no-such-answer", sees="couldn't match", asks="item2")


def test_the_first_choice_is_asked_both_ways_and_then_as_the_person_answers() -> None:
    talk = Conversation("phq9")
    assert talk.ways() == ["message", "poll"]
    talk.votes("item1", "several-days")
    assert talk.ways() == ["poll"]
    talk.says("2")
    assert talk.ways() == ["message"]


def test_text_that_is_too_long_is_kept_from_its_beginning_and_told() -> None:
    talk = Conversation("intake", *WELCOME, "sleep")
    talk.says("I cannot sleep. " * 4096, sees="up to “", asks="hopes")
    story = talk.answers["story"]
    assert isinstance(story, str)
    assert 1900 < len(story) <= 2000
    talk.says("back")
    talk.says("x" * 65536, asks="hopes")


def test_a_name_that_is_too_long_is_asked_again() -> None:
    Conversation("intake").says("x" * 65536, sees="65536 characters long", asks="name")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<b>Sam</b>", "<b>Sam</b>"),
        ("שרה", "שרה"),
        ("👩🏽‍🎤", "👩🏽‍🎤"),
        ("Sa\x00m\x1b[31m", "Sam[31m"),
        ("\u202eSam\u2066", "Sam"),
        ("\ud800Sam", "Sam"),
    ],
)
def test_odd_text_is_kept_as_plain_text(typed: str, kept: str) -> None:
    talk = Conversation("intake")
    talk.says(typed, asks="birth")
    assert talk.answers["name"] == kept


def test_a_message_without_words_is_no_answer() -> None:
    Conversation("intake").says("\x00 \u202e\n", sees="any words", asks="name")


@pytest.mark.parametrize(
    ("typed", "agree"), [("yes", "agree"), ("I understand", "agree"), ("no", "decline"), ("2", "decline")]
)
def test_consent_is_given_or_not_in_plain_words(typed: str, agree: str) -> None:
    talk = Conversation("consent")
    talk.says("maybe", asks="agree")
    talk.says(typed)
    assert talk.outcome
    assert talk.outcome.answers == {"agree": agree}


def test_a_plain_yes_to_thoughts_is_asked_back() -> None:
    talk = Conversation("intake", *WELCOME, "sleep", "skip", "skip", "no")
    talk.says("yes", sees="1. Yes, lately or in the past, but not now\n2. Yes, now", asks="thoughts")
    talk.says("2")
    assert talk.turn.raised == ("suicide-now",)


def test_a_new_version_of_a_form_keeps_the_answers_that_still_fit() -> None:
    talk = Conversation("intake", *WELCOME)
    earlier = {
        "version": "0",
        "question": "gone",
        "answers": {**talk.answers, "gone": "x", "concerns": ("gone",)},
    }
    talk.turn = replace(talk.turn, state=talk.state.model_copy(update=earlier))
    talk.says("hello", sees="have changed since you began", asks="concerns")
    assert set(talk.answers) == {"name", "birth", "country", "zone", "languages"}
