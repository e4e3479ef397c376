"""The texts: how they load and speak, and that code and texts know each other."""

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from config.words import Words, WordsError, clean

ROOT = Path(__file__).parents[3]
CODE = ("bot", "compliance", "matching", "config")
SPEAKERS = {"say", "tell", "text", "explain", "Say", "Reason", "Reply"}
"""Functions that take a key of a text as a literal."""
OWN_ARGUMENTS = {"say", "text"}
"""Of these, the ones whose keyword arguments are those of the text, nothing added."""
KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
SHOUT = re.compile(r"""(?<![\s`("“])(?<!^)!|!(?![a-z]|$)""")
"""An exclamation mark that isn't the beginning of a command, written out or put in by `{ $command }`."""
FORMS = {path.stem for path in (ROOT / "config/forms").glob("*.yaml")}
BUILT_AT_RUN_TIME = (
    *(f"{form}-" for form in FORMS),  # a form's questions, choices and reasons (bot/forms)
    "form-",
    "forms-",
    "choice-",
    "command-",  # a usage line a command (bot/commands/help.py)
    "consent-",
    "match-",  # reasons and their parts (matching/reasons.py)
)


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        language, _, noun = name.partition("_")
        (folder / language).mkdir(exist_ok=True)
        (folder / language / f"{noun}.ftl").write_text(text)
    return folder


def test_a_text_is_said_in_the_readers_language_or_in_english(tmp_path: Path) -> None:
    words = Words.load(
        write(tmp_path, en_a="a-hi = Hello { $name }\na-bye = Bye", de_a="a-hi = Hallo { $name }")
    )
    assert words.languages == ("en", "de")
    assert words.say("de-AT", "a-hi", name="Anna") == "Hallo Anna"
    assert words.say("de", "a-bye") == "Bye"
    assert words.say("xx", "a-hi", name="Anna") == "Hello Anna"
    assert words.has("a-bye")
    assert not words.has("a-no")
    with pytest.raises(KeyError, match="a-no"):
        words.say("en", "a-no")
    with pytest.raises(WordsError, match=r"a-hi.*name"):
        words.say("en", "a-hi")


def test_numbers_choose_the_plural_and_stay_as_people_type_them(tmp_path: Path) -> None:
    words = Words.load(write(tmp_path, en_a="a-n = { $n ->\n [one] one\n *[other] { $n } things\n }"))
    assert words.say("en", "a-n", n=1) == "one"
    assert words.say("en", "a-n", n=1204) == "1204 things"


def test_long_texts_pass(tmp_path: Path) -> None:
    words = Words.load(write(tmp_path, en_a=f"a-x = {'y' * 5000} {{ $x }}"))
    assert len(words.say("en", "a-x", x="z" * 65536)) == 5000 + 1 + 65536


CLEANED = [
    ("a\x00b\x1b[31mc", "ab[31mc"),
    ("two\r\nlines\tand a tab", "two\nlines\tand a tab"),
    ("\u202eevil\u202c", "evil"),
    ("שלום", "\u2068שלום\u2069"),
    ("a\n\u2067שלום\u2069", "a\n\u2068שלום\u2069"),
    ("<b>&amp;{ $x }", "<b>&amp;{ $x }"),
    ("é 👩‍👩‍👧 中", "é 👩‍👩‍👧 中"),
]


@pytest.mark.parametrize(("given", "shown"), CLEANED)
def test_what_people_write_cant_turn_our_texts(given: str, shown: str) -> None:
    assert clean(given) == shown


def test_faults_name_file_and_line(tmp_path: Path) -> None:
    write(tmp_path, en_a="a-x = x\n\na-y = { foo bar }\n", en_b="a-x = again\n")
    with pytest.raises(WordsError) as error:
        Words.load(tmp_path)
    assert "en/a.ftl line 3: this is no Fluent" in str(error.value)
    assert "en/b.ftl line 1: the key `a-x` stands already in en/a.ftl line 1" in str(error.value)


# Code and texts


class _Found(Visitor):
    """What an entry asks for, and the words in it."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.references: set[str] = set()
        self.words: list[str] = []

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:  # noqa: N802
        self.references.add(node.id.name)

    def visit_TextElement(self, node: ftl.TextElement) -> None:  # noqa: N802
        self.words.append(node.value)


@functools.cache
def texts() -> dict[str, _Found]:
    """Every English text by key."""
    found: dict[str, _Found] = {}
    for path in sorted((ROOT / "config/words/en").glob("*.ftl")):
        for entry in FluentParser(with_spans=False).parse(path.read_text(encoding="utf-8")).body:
            if isinstance(entry, ftl.Message):
                found[entry.id.name] = _Found()
                found[entry.id.name].visit(entry)
    return found


def wanted(key: str) -> set[str]:
    """The arguments of a text, those of texts that it quotes included."""
    entry = texts()[key]
    return entry.variables.union(*(wanted(other) for other in entry.references))


@functools.cache
def trees() -> tuple[tuple[Path, ast.AST], ...]:
    return tuple(
        (path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8")))
        for package in CODE
        for path in sorted((ROOT / package).rglob("*.py"))
    )


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Every call that names a text by a literal: where, the call, the key."""
    for path, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or _name(node.func) not in SPEAKERS:
                continue
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    if KEY.fullmatch(argument.value):
                        yield f"{path}:{node.lineno}", node, argument.value
                    break  # a key comes before any other literal


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def patterns() -> set[str]:
    """f-strings that may make keys, as regular expressions; they begin with a noun and a hyphen."""
    found: set[str] = set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in node.values
                ]
                if re.match(r"[a-z]+\\?-", parts[0]):
                    found.add("".join(parts))
    return found


def literals() -> set[str]:
    """Every string in code and packs that could be a key."""
    found: set[str] = set()
    for _, tree in trees():
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    for path in (ROOT / "config/forms").glob("*.yaml"):
        found |= set(_scalars(yaml.safe_load(path.read_text(encoding="utf-8"))))
    return found


def _scalars(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _scalars(value)
    elif isinstance(node, list):
        for value in node:
            yield from _scalars(value)


def test_every_text_that_code_names_is_there() -> None:
    assert {f"{where} {key}" for where, _, key in calls() if key not in texts()} == set()


def test_code_gives_what_a_text_asks_for() -> None:
    missing = {
        f"{where} {key}: {sorted(lacking)}"
        for where, call, key in calls()
        if _name(call.func) in OWN_ARGUMENTS and key in texts()
        if all(keyword.arg for keyword in call.keywords)
        if (lacking := wanted(key) - {str(keyword.arg) for keyword in call.keywords})
    }
    assert missing == set()


def test_no_text_is_left_over() -> None:
    named, built = literals(), patterns()
    quoted = {key for entry in texts().values() for key in entry.references}
    unused = {
        key
        for key in texts()
        if key not in named
        and key not in quoted
        and not key.startswith(BUILT_AT_RUN_TIME)
        and not any(re.fullmatch(pattern, key) for pattern in built)
    }
    assert unused == set()


def test_texts_dont_shout() -> None:
    """An exclamation mark stands only before the name of a command."""
    loud = {key for key, entry in texts().items() for words in entry.words if SHOUT.search(words)}
    assert loud == set()


def test_texts_are_parsed_once_in_a_process() -> None:
    assert Words.load() is Words.load()
