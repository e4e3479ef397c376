"""Cards of help lines, in the reader's language, for the country where they are now."""

from typing import Literal

from bot.care.desk import Desk
from compliance.crisis import lines
from compliance.crisis.lines import Card, Line
from compliance.storage.people import Person
from config import places

MOST_LINES = 4
"""More lines than these help nobody to choose."""
Told = Literal["therapist", "team", "nobody"]
"""Which people hear of it, as the card says: the therapist with those on call, others, or none so far."""


def asked_card(desk: Desk, person: Person | None, country: str | None = None) -> str:
    """Help lines on demand, here or in another country."""
    language = _language(desk, person)
    card = lines.card(country or desk.country(person), language)
    place = _place(card, language) or "none"
    key = "crisis-card-asked" if card.lines else "crisis-card-asked-alone"
    head = desk.text(language, key, country=place, address=card.directory)
    return _join(
        head, *_lines(desk, card, language), emergency(desk, card, language), *_ends(desk, card, language)
    )


def grave_card(desk: Desk, person: Person, *, told: Told, plan: bool = False) -> str:
    """What follows a message that sounds like a crisis: people to talk to, then the emergency number."""
    return _crisis_card(desk, person, emergency_first=False, told=told, plan=plan)


def emergency_card(desk: Desk, person: Person, *, told: Told, plan: bool = False) -> str:
    """The same for danger to life now: the emergency number comes first."""
    return _crisis_card(desk, person, emergency_first=True, told=told, plan=plan)


def help_card(desk: Desk, person: Person, *, told: int) -> str:
    """For somebody who asks for help now: the emergency number, what to do first, how many people know."""
    language = person.language
    card = lines.card(desk.country(person), language)
    people = [desk.text(language, "crisis-help-lines"), *_lines(desk, card, language)] if card.lines else []
    return _join(
        emergency(desk, card, language),
        desk.text(language, "crisis-help"),
        desk.text(language, "crisis-help-told", count=told),
        *people,
        *_ends(desk, card, language),
    )


def _crisis_card(desk: Desk, person: Person, *, emergency_first: bool, told: Told, plan: bool) -> str:
    language = person.language
    card = lines.card(desk.country(person), language)
    number = emergency(desk, card, language)
    head = "crisis-card-high" if card.lines else "crisis-card-high-alone"
    people = (desk.text(language, head, address=card.directory), *_lines(desk, card, language))
    first = (number, *people) if emergency_first else (*people, number)
    last = [desk.text(language, "crisis-card-bot", told=told)]
    if plan:
        last.insert(0, desk.text(language, "crisis-card-plan"))
    return _join(*first, *_ends(desk, card, language), *last)


def short_card(desk: Desk, person: Person | None, language: str) -> str:
    """A sentence or two for notices: the emergency number, one line to call, the command for more."""
    card = lines.card(desk.country(person), language)
    line = next((one for one in card.lines if one.call), None)
    if line is None:
        return desk.text(language, "help-short-general", emergency=emergency(desk, card, language))
    number = " / ".join(one.number for one in card.emergency)
    return desk.text(language, "help-short", number=number, name=line.name, call=line.call)


def emergency(desk: Desk, card: Card, language: str) -> str:
    """The sentence with the emergency number, and how to reach it without speaking."""
    by_service = {one.service: one.number for one in card.emergency}
    if "any" in by_service:
        numbers = " / ".join(one.number for one in card.emergency)
        said = desk.text(language, "crisis-card-emergency", number=numbers)
    elif by_service:
        said = desk.text(
            language,
            "crisis-card-emergency-two",
            ambulance=by_service["ambulance"],
            police=by_service["police"],
        )
    else:
        said = desk.text(language, "crisis-card-emergency-general")
    if card.emergency_text:
        way = "text-register" if card.emergency_text_register else "text"
        said += " " + desk.text(language, f"crisis-card-emergency-{way}", number=card.emergency_text)
    return said


def _lines(desk: Desk, card: Card, language: str) -> list[str]:
    return ["- " + _line(desk, line, language) for line in card.lines[:MOST_LINES]]


def _line(desk: Desk, line: Line, language: str) -> str:
    ways: list[str] = []
    if line.call and line.also:
        ways.append(desk.text(language, "crisis-card-call-two", number=line.call, other=line.also))
    elif line.call:
        ways.append(desk.text(language, "crisis-card-call", number=line.call))
    if line.text and line.text_word:
        ways.append(desk.text(language, "crisis-card-text-word", number=line.text, word=line.text_word))
    elif line.text:
        ways.append(desk.text(language, "crisis-card-text", number=line.text))
    if line.whatsapp:
        ways.append(desk.text(language, "crisis-card-whatsapp", number=line.whatsapp))
    if line.chat:
        ways.append(desk.text(language, "crisis-card-chat", address=line.chat))
    if line.sign:
        ways.append(desk.text(language, "crisis-card-sign", address=line.sign))
    hours = "always" if line.always else line.hours or "none"
    return desk.text(language, "crisis-card-line", name=line.name, ways=", ".join(ways), hours=hours)


def _ends(desk: Desk, card: Card, language: str) -> list[str]:
    if card.country is None:
        return [desk.text(language, "crisis-card-unknown", address=card.directory)]
    return [desk.text(language, "crisis-card-place", country=_place(card, language), address=card.directory)]


def _place(card: Card, language: str) -> str:
    return places.country_name(card.country, language) if card.country else ""


def _language(desk: Desk, person: Person | None) -> str:
    return person.language if person else desk.language


def _join(*parts: str) -> str:
    out: list[str] = []
    for part in parts:
        # The lines stand together; everything else has air around it.
        tight = out and part.startswith("- ")
        out.append(part if not out else f"\n{part}" if tight else f"\n\n{part}")
    return "".join(out)
