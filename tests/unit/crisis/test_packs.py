"""Every pattern of the packs, with its own examples: what it must find and what it must spare."""

from pathlib import Path

import pytest

from compliance.crisis import index, packs
from compliance.crisis.detector import Detector, detector
from compliance.crisis.phrases import sample

PACKS = packs.load_whole()
RULES = PACKS.rules


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_finds_and_spares_its_examples(rule: packs.Rule) -> None:
    assert rule.finds, "a rule needs an example that it must find"
    assert rule.spares, "a rule needs an example that it must spare"
    missed = [text for text in rule.finds if rule.name not in detector().screen(text, rule.language).rules]
    caught = [text for text in rule.spares if rule.name in detector().screen(text, rule.language).rules]
    assert (missed, caught) == ([], [])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_phrase_is_searched_for_by_words_that_it_has(rule: packs.Rule) -> None:
    for phrase in rule.phrases:
        text = PACKS.speller.canonical(sample(phrase.parts))
        assert any(anchor in text for anchor in phrase.anchors), phrase.source


def test_everything_in_the_packs_can_be_read() -> None:
    packs.check(PACKS)


def test_the_index_is_made_from_these_packs() -> None:
    assert index.read(index.FOLDER) is not None, "run: python -m compliance.crisis"


def test_the_index_changes_nothing_but_time() -> None:
    quick = packs.load()
    assert (quick.anchors, quick.owners) == (PACKS.anchors, PACKS.owners)
    assert quick.speller.words == PACKS.speller.words
    for one, other in zip(quick.rules, RULES, strict=True):
        assert [phrase.source for phrase in one.phrases] == [phrase.source for phrase in other.phrases]
        assert [phrase.lead for phrase in one.phrases] == [phrase.lead for phrase in other.phrases]
        for phrase, whole in zip(one.phrases, other.phrases, strict=True):
            assert phrase.must == whole.must


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rules:\n  a:\n    is: sadness, high\n    say: blue\n", "'is' wants a category"),
        ("rules:\n  a:\n    is: suicide, high\n    say: (one|two\n", "bracket is not closed"),
        ("rules:\n  a:\n    is: suicide, high\n    say: <nowhere> blue\n", "no list named 'nowhere'"),
        (
            "rules:\n  a:\n    is: suicide, high\n    say: blue\n    despite: nothing-known\n",
            "names no guard",
        ),
        ("sayings: {}\n", "unknown key 'sayings'"),
        ("rules:\n  a: blue\n", "wants keys"),
        ("words: tonight\n", "meant: written"),
    ],
)
def test_a_wrong_pack_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "rules.yaml").write_text(text)
    with pytest.raises(packs.PackError, match=r"rules\.yaml|en-a") as caught:
        Detector(tmp_path)
    assert said in str(caught.value)


_COMPANY = """
rules:
  rope:
    is: suicide, high
    say: rope
    near:
      - goodbye
      - (tonight|tomorrow)
    with: (i|my)
    unless: (climbing|boat)
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I have a rope. Tonight. Goodbye", True),
        ("Goodbye. Tomorrow. I have a rope", True),
        ("I have a rope. Goodbye", False),  # one of the two is missing
        ("the rope. I say goodbye tonight", False),  # "i" is not in its sentence
        ("my climbing rope. Goodbye, tonight", False),
        ("I have a rope. " + "word " * 40 + "goodbye tonight", False),  # too far away
    ],
)
def test_a_find_needs_its_company(tmp_path: Path, text: str, found: bool) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "rules.yaml").write_text(_COMPANY)
    assert bool(Detector(tmp_path).screen(text).rules) is found


def test_company_inside_the_find_itself_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    pack = "rules:\n  a:\n    is: suicide, high\n    say: rope goodbye\n    near: goodbye\n"
    (tmp_path / "en" / "rules.yaml").write_text(pack)
    assert not Detector(tmp_path).screen("rope goodbye").rules
    assert Detector(tmp_path).screen("rope goodbye. goodbye").rules
