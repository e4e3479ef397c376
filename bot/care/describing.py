"""Records in words: answers of a form, a client's needs, a therapist's card, why two fit."""

from babel.dates import format_date

from bot.care.desk import Desk
from bot.forms import load_form
from bot.forms.conditions import Value
from bot.forms.progress import lines
from bot.forms.render import show
from bot.forms.state import FormState
from config import places
from matching.profile import ClientNeeds, Licence, TherapistProfile


def answers(desk: Desk, form: str, given: dict[str, Value], language: str) -> str:
    """The answers of a finished form, one line each; what was skipped is left out."""
    definition = load_form(form)
    state = FormState(form=form, version=definition.version, answers=given)
    return "\n".join(
        f"- {desk.text(language, line.label)}: {show(desk.house.words, language, line.answer)}"
        for line in lines(definition, state, None, desk.now.date())
        if line.answer is not None
    )


def _list(desk: Desk, language: str, prefix: str, names: list[str]) -> str:
    return ", ".join(desk.text(language, f"{prefix}-{name}") for name in names)


def needs(desk: Desk, wanted: ClientNeeds, language: str) -> str:
    """What a therapist may know before they accept: no name, no contact, no free words."""
    told = [
        ("needs-concerns", _list(desk, language, "match-concern", sorted(wanted.concerns))),
        ("needs-specialties", _list(desk, language, "match-concern", sorted(wanted.specialties))),
        ("needs-ways", _list(desk, language, "match-way", sorted(wanted.ways))),
        ("needs-languages", ", ".join(places.language_name(code, language) for code in wanted.languages)),
        ("needs-place", place(wanted.country, wanted.region, language)),
        ("needs-zone", wanted.zone.replace("_", " ")),
    ]
    return "\n".join(f"- {desk.text(language, key)}: {value}" for key, value in told if value)


def place(country: str, region: str | None, language: str) -> str:
    """A country, with the region where that decides about licences."""
    name = places.country_name(country, language)
    return f"{places.region_name(region)}, {name}" if region else name


def therapist_card(desk: Desk, profile: TherapistProfile, about: str, language: str) -> str:
    """What a client sees of a therapist, with credentials that can be checked with the register."""
    told = [
        ("card-licence", "; ".join(licence(desk, one, language) for one in profile.licences)),
        ("card-specialties", _list(desk, language, "match-concern", sorted(profile.specialties))),
        ("card-approaches", _list(desk, language, "match-approach", sorted(profile.approaches))),
        ("card-languages", ", ".join(places.language_name(code, language) for code in profile.languages)),
        ("card-ways", _list(desk, language, "match-way", sorted(profile.ways))),
        ("card-about", about),
    ]
    return "\n".join(f"- {desk.text(language, key)}: {value}" for key, value in told if value)


def licence(desk: Desk, held: Licence, language: str) -> str:
    """A licence: profession, number, place and last day."""
    return desk.text(
        language,
        "card-licence-line",
        type=desk.text(language, f"match-licence-{held.type}"),
        number=held.number,
        place=place(held.country, held.region, language),
        expires=format_date(held.expires, "d MMMM y", locale=language.replace("-", "_"))
        if held.expires
        else "",
    )
