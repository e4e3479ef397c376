"""How made-up people answer a form: they read each question and give the answer meant for it."""

import asyncio
from collections.abc import Mapping

from bot.demo.ears import NotHeardError
from bot.demo.person import Person
from bot.demo.transcript import Seen
from bot.forms import load_form
from config.words import Words

WORDS = Words.load()


def expect(so: bool, what: str) -> None:
    """Raises AssertionError, saying what was expected, unless it is so."""
    if not so:
        raise AssertionError(f"expected: {what}")


async def fill(
    person: Person,
    form: str,
    answers: Mapping[str, str],
    *,
    until: str = "",
    send: bool = True,
    ends: str = "",
    within: float = 30,
) -> int:
    """Answer a form in the room where it is asked; returns how many questions were answered.

    `answers` maps question ids to what the person types; `vote:` before it answers by poll. Questions that
    are not named are skipped. Ends at the review, which is sent, before the question `until`, or at a text
    that holds `ends`. Raises AssertionError for a question that is asked twice.
    """
    definition = load_form(form)
    texts = {one.id: WORDS.say("en", one.text) for one in definition.questions}
    review = WORDS.say("en", "forms-review")
    asked: list[str] = []
    while True:
        line = await person.hears(lambda seen: _asks(seen, texts, review, ends), within=within)
        if ends and ends in line.text:
            return len(asked)
        if review in line.text:
            if send:
                await person.say("send")
            return len(asked)
        question = max(
            (name for name, text in texts.items() if text in line.text), key=lambda one: len(texts[one])
        )
        if question == until:
            return len(asked)
        if asked and asked[-1] == question and line.kind == "poll":
            continue  # the first choice is put both as text and as a poll
        expect(question not in asked, f"{question} is asked once")
        asked.append(question)
        answer = answers.get(question, "skip")
        if answer.startswith("vote:"):
            poll = line if line.kind == "poll" else await person.hears(lambda seen: seen.kind == "poll")
            await person.vote(poll, answer.removeprefix("vote:"))
        else:
            await person.say(answer)


def _asks(seen: Seen, texts: Mapping[str, str], *others: str) -> bool:
    return seen.kind in ("notice", "text", "poll") and any(
        text in seen.text for text in (*others, *texts.values()) if text
    )


async def hears_nothing(person: Person, seconds: float = 1.5) -> None:
    """Make sure that nothing more comes for a moment. Raises AssertionError naming what came."""
    await asyncio.sleep(seconds)
    lines = person.unheard(person.room)
    if lines:
        raise NotHeardError(f"nothing more was to come, but: {[line.text[:80] for line in lines]}")
