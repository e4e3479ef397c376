"""What the engine says, put into the words of the reader's language, as messages and polls."""

from datetime import date
from typing import assert_never

from babel.dates import format_date, get_day_names

from bot.calendar.hours import Week, describe
from bot.forms.saying import Arg, Ask, Numbered, Review, Say, Shown, Words
from bot.forms.state import Speaker
from bot.outbound import Message, Poll
from config import places


def render(words: Speaker, language: str, say: Say) -> list[Message | Poll]:
    """The messages and polls for one thing said. The answer ids of a poll are the choice ids."""
    if isinstance(say, Words):
        return [Message(body=put(words, language, say))]
    if isinstance(say, Review):
        return [Message(body=_review(words, language, say))]
    return _ask(words, language, say)


def render_all(words: Speaker, language: str, says: tuple[Say, ...]) -> list[Message | Poll]:
    """All that a turn says; texts that stand together become one message."""
    made: list[Message | Poll] = []
    for say in says:
        for effect in render(words, language, say):
            last = made[-1] if made else None
            if isinstance(effect, Message) and isinstance(last, Message):
                made[-1] = Message(body=f"{last.body}\n\n{effect.body}")
            else:
                made.append(effect)
    return made


def put(words: Speaker, language: str, text: Words) -> str:
    """One text with its arguments, answers and nested texts included."""
    return words.say(
        language, text.key, **{name: _arg(words, language, arg) for name, arg in text.args.items()}
    )


def _arg(words: Speaker, language: str, arg: Arg) -> str | int | float | date:
    if isinstance(arg, Words):
        return put(words, language, arg)
    if isinstance(arg, Shown):
        return show(words, language, arg)
    if isinstance(arg, Numbered):
        return "\n".join(
            f"{place}. {show(words, language, one)}" for place, one in enumerate(arg.items, arg.first)
        )
    return arg


def show(words: Speaker, language: str, answer: Shown) -> str:
    """An answer in the reader's language."""
    value = answer.value
    if answer.labels:
        return ", ".join(words.say(language, label) for label in answer.labels)
    many = [str(one) for one in value] if isinstance(value, tuple) else [str(value)]
    match answer.kind:
        case "date" | "birth":
            return many[0] if isinstance(value, int) else _date(many[0], language)
        case "country" | "region" | "languages":
            return ", ".join(_place(answer.kind, one, language) for one in many)
        case "hours":
            return _hours(many[0], language)
        case "text" | "choice" | "choices" | "yes-no" | "number" | "zone":
            return ", ".join(many).replace("_", " ") if answer.kind == "zone" else ", ".join(many)
        case _:
            assert_never(answer.kind)


def _date(value: str, language: str) -> str:
    # The month as a word, so that nobody takes day for month.
    return format_date(date.fromisoformat(value), "d MMMM y", locale=language.replace("-", "_"))


def _place(kind: str, code: str, language: str) -> str:
    if kind == "country":
        return places.country_name(code, language)
    if kind == "languages":
        return places.language_name(code, language)
    return places.region_name(code)


def _hours(value: str, language: str) -> str:
    """The week as days and hours: "Mon–Thu 09:00–17:00, Fri 09:00–12:00"."""
    names = get_day_names("abbreviated", "stand-alone", language.replace("-", "_"))
    made: list[str] = []
    for line in describe(Week.model_validate_json(value)):
        days = names[line.first] if line.first == line.last else f"{names[line.first]}–{names[line.last]}"
        spans = ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in line.spans)
        made.append(f"{days} {spans}")
    return "; ".join(made)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _ask(words: Speaker, language: str, ask: Ask) -> list[Message | Poll]:
    question = put(words, language, ask.text)
    body = _body(words, language, ask, question)
    made: list[Message | Poll] = []
    if ask.as_text:
        made.append(Message(body=body))
    elif ask.so_far:
        made.append(Message(body=_so_far(words, language, ask.so_far)))
    if ask.as_poll:
        answers = tuple((option.id, words.say(language, option.label)) for option in ask.choices)
        progress = f"{put(words, language, ask.progress)} · " if ask.progress and not ask.as_text else ""
        made.append(
            Poll(
                question=f"{progress}{question}",
                answers=answers,
                max_selections=len(answers) if ask.multiple else 1,
                fallback=body,
            )
        )
    return made


def _so_far(words: Speaker, language: str, answer: Shown) -> str:
    return words.say(language, "forms-so-far", answer=show(words, language, answer))


def _body(words: Speaker, language: str, ask: Ask, question: str) -> str:
    lines: list[str] = []
    if ask.progress:
        lines.append(put(words, language, ask.progress))
    lines.append(question)
    if ask.choices:
        lines.append("")
        lines += [
            f"{number}. {words.say(language, option.label)}"
            for number, option in enumerate(ask.choices, ask.first)
        ]
    hints: list[str] = []
    if ask.so_far:
        hints.append(_so_far(words, language, ask.so_far))
    if ask.multiple:
        hints.append(words.say(language, "forms-how-several"))
    elif ask.choices:
        hints.append(words.say(language, "forms-how-both" if ask.as_poll else "forms-how-one"))
    elif ask.example:
        hints.append(put(words, language, ask.example))
    if ask.skippable:
        hints.append(words.say(language, "forms-how-skip"))
    return "\n".join([*lines, "", " ".join(hints)]) if hints else "\n".join(lines)


def _review(words: Speaker, language: str, review: Review) -> str:
    lines = [words.say(language, "forms-review")]
    for line in review.lines:
        answer = show(words, language, line.answer) if line.answer else words.say(language, "forms-skipped")
        lines.append(
            words.say(
                language,
                "forms-review-line",
                number=line.number,
                label=words.say(language, line.label),
                answer=answer,
            )
        )
    end = "forms-review-send" if review.complete else "forms-review-open"
    return "\n".join([*lines, "", words.say(language, end)])
