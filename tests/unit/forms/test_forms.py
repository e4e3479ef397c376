"""The forms that come with Stillroom, what is made of them, and what a broken form is told."""

from datetime import date
from pathlib import Path

import pytest

from bot.forms import ConsentNeededError, Context, application, begin, intake, load_form
from bot.forms.dates import read_dates
from bot.forms.form import Form
from config import packs
from matching.profile import Concern, Gender, Strength, Way

from .conversation import NOW, Conversation, context

FORMS = [name.removeprefix("forms/").removesuffix(".yaml") for name in packs.names("forms")]
FORMS = [name for name in FORMS if name not in ("choices", "words")]


@pytest.mark.parametrize("name", FORMS)
def test_every_text_of_a_form_is_there(name: str) -> None:
    form, words = load_form(name), context().words
    keys = [
        form.intro,
        form.again,
        form.done,
        *(flag.say for flag in form.flags),
        *(end.say for end in form.ends),
    ]
    for question in form.questions:
        keys += [question.text, question.why, question.short, *(choice.text for choice in question.choices)]
        if question.type == "yes-no" or not 0 < len(question.choices) <= 9:
            keys.append(question.example)
        if question.confirm:
            keys.append(question.confirm.text)
    assert [key for key in keys if key and not words.has(key)] == []


def test_an_intake_becomes_needs() -> None:
    talk = Conversation("intake", "Anna", "34", "United States", "New York", "New York", "English, Spanish")
    for text in ("sleep, anger", "skip", "skip", "no", "no", "no", "no", "no", "message", "evenings"):
        talk.says(text)
    for text in (
        "yes",
        "woman, non-binary",
        "I need this",
        "skip",
        "any",
        "no",
        "Turkish, Deaf",
        "nice",
        "no",
    ):
        talk.says(text)
    talk.says("skip", sees="send")
    talk.says("send")
    assert talk.outcome
    needs = intake.needs(talk.outcome.answers)
    assert intake.name(talk.outcome.answers) == "Anna"
    assert (needs.country, needs.region, needs.zone) == ("US", "US-NY", "America/New_York")
    assert needs.languages == ("en", "es")
    assert needs.concerns == {Concern.SLEEP, Concern.ANGER}
    assert needs.preferences.gender == {Gender.WOMAN, Gender.NONBINARY}
    assert needs.preferences.gender_strength is Strength.HARD
    assert needs.preferences.faith == frozenset()
    assert needs.preferences.culture == {"turkish", "deaf"}
    assert needs.available.days[0] == ((1020, 1320),)


def test_an_application_becomes_a_profile() -> None:
    talk = Conversation("application", "Dr. Maria Keller", "psychologist", "PSY 12345", "United States", "NY")
    for text in ("03/31/2028", "yes", "yes", "Clinical social worker", "S-1", "Germany", "skip"):
        talk.says(text)
    for text in ("anxiety, sleep", "CBT", "German and English", "I listen.", "woman", "skip", "skip", "yes"):
        talk.says(text)
    for text in ("Turkish", "1 and 4", "Berlin", "Mon-Thu 9-17", "12", "45", "80", "2"):
        talk.says(text)
    talk.says("send")
    assert talk.outcome
    made = application.profile(talk.outcome.answers, "t1")
    first, second = made.licences
    assert (first.region, first.expires, len(first.authorities)) == ("US-NY", date(2028, 3, 31), 1)
    assert (second.country, second.expires, second.verified) == ("DE", None, False)
    assert made.ways == {Way.MESSAGE, Way.VIDEO}
    assert (made.capacity, made.session_minutes, made.cost, made.currency) == (12, 45, 80, "EUR")
    assert made.week.days[3] == ((540, 1020),)
    assert made.week.days[4] == ()


@pytest.mark.parametrize(
    ("form", "points", "total", "band"),
    [
        ("phq9", [0] * 9, 0, "minimal"),
        ("phq9", [1, 1, 1, 1, 0, 0, 0, 0, 0], 4, "minimal"),
        ("phq9", [1, 1, 1, 1, 1, 0, 0, 0, 0], 5, "mild"),
        ("phq9", [2, 2, 2, 2, 2, 0, 0, 0, 0], 10, "moderate"),
        ("phq9", [3, 3, 3, 3, 3, 0, 0, 0, 0], 15, "moderately-severe"),
        ("phq9", [3, 3, 3, 3, 3, 3, 2, 0, 0], 20, "severe"),
        ("phq9", [3] * 9, 27, "severe"),
        ("gad7", [1, 1, 1, 1, 0, 0, 0], 4, "minimal"),
        ("gad7", [2, 2, 2, 2, 2, 0, 0], 10, "moderate"),
        ("gad7", [3] * 7, 21, "severe"),
    ],
)
def test_scores_and_bands_and_no_word_of_them_to_the_client(
    form: str, points: list[int], total: int, band: str
) -> None:
    talk = Conversation(form)
    seen = ""
    for number in points:
        talk.says(str(number))
        seen += talk.seen()
    if talk.outcome is None:
        talk.says("2")
        seen += talk.seen()
    assert talk.outcome
    score = talk.outcome.scores[0]
    assert (score.total, score.band) == (total, band)
    assert "severe" not in seen
    assert "score" not in seen


@pytest.mark.parametrize("answer", [1, 2, 3])
def test_item_nine_above_nought_is_a_flag_at_once_and_for_good(answer: int) -> None:
    talk = Conversation("phq9", *["0"] * 8)
    talk.says(str(answer), sees="!crisis", asks="difficulty")
    assert talk.turn.raised == ("item9",)
    talk.says("back")
    talk.says("0")
    assert talk.outcome
    assert talk.outcome.flags == ("item9",)


def test_without_consent_nothing_is_asked() -> None:
    without = Context(words=context().words, language="en", now=NOW)
    with pytest.raises(ConsentNeededError):
        begin(load_form("intake"), without)


@pytest.mark.parametrize(
    ("text", "country", "days"),
    [
        ("1990-05-14", None, ["1990-05-14"]),
        ("14.5.1990", None, ["1990-05-14"]),
        ("5/14/1990", None, ["1990-05-14"]),
        ("May 14th, 1990", None, ["1990-05-14"]),
        ("the 14th of may 1990", None, ["1990-05-14"]),
        ("14/5/90", "IE", ["1990-05-14"]),
        ("3/4/1990", "CA", ["1990-04-03", "1990-03-04"]),
        ("4/4/1990", None, ["1990-04-04"]),
        ("31 March 28", None, ["2028-03-31"]),
        ("30 February 1990", None, []),
        ("May", None, []),
        ("²/²/1990", None, []),
    ],
)
def test_dates(text: str, country: str | None, days: list[str]) -> None:
    assert [day.isoformat() for day in read_dates(text, "en", country, NOW.date())] == days


_BROKEN = """name: broken
version: "1"
questions:
  - {{ id: mood, type: choice, choices: [good, bad] }}
  - {question}
"""


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        ("{ id: more, type: text, when: { question: mod, is: good } }", "no earlier question 'mod'"),
        ("{ id: more, type: text, when: { question: mood, is: fine } }", "no choice 'fine'"),
        ("{ id: more, type: text, when: { question: mood } }", "exactly one of"),
        ("{ id: more, type: text, when: { question: mood, age-below: 18 } }", "asks about a birth question"),
        ("{ id: mood, type: text }", "two of this id"),
        ("{ id: more, type: choice }", "choices belong to choice questions"),
        ("{ id: more, type: choice, choices: nosuch }", "no set of choices 'nosuch'"),
        ("{ id: more, type: txt }", "questions.1.type"),
        ("{ id: more, type: text, requird: true }", "questions.1.requird"),
    ],
)
def test_a_broken_form_names_file_and_fault(tmp_path: Path, question: str, fault: str) -> None:
    (tmp_path / "broken.yaml").write_text(_BROKEN.format(question=question))
    with pytest.raises(packs.PackError) as error:
        packs.read("broken.yaml", Form, root=tmp_path)
    assert fault in str(error.value)
    assert "broken.yaml" in str(error.value)
