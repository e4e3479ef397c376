"""Countries, their licence regions, languages and time zones, in whatever way people write them.

Codes of countries are ISO 3166-1 alpha-2, of regions ISO 3166-2, of languages ISO 639 as CLDR writes them,
of zones IANA names. `find_…` answers only when it is sure; `near_…` is for asking "did you mean …".
"""

import re

from config import atlas
from config.spelling import Names
from config.zones import ZoneGuess, find_zone, zones_of

_SHORT = re.compile(r"\b(?:[A-Z]{2,3}\b|(?:[A-Z]\.){2,3})")


def find_country(text: str, language: str) -> str | None:
    """The country that somebody named, alone or in a sentence; None if unclear.

    Understands names in `language` and in all of `atlas.SPOKEN`, codes, and common names ("the UK").
    """
    bare = text.strip().upper()
    if bare in atlas.countries():
        return bare
    names = atlas.country_names(language)
    return names.find(text) or _short_country(text, names) or _country_of_region(text)


def near_country(text: str, language: str) -> str | None:
    """The country whose name is nearest to a misspelt one; None if none is near."""
    return atlas.country_names(language).near(text)


def meant_country(text: str, language: str) -> str | None:
    """The country that somebody most likely means: its name, also misspelt or in its own language, or a city
    in it. For help lines, where a likely guess that is named serves better than a question."""
    return (
        find_country(text, language)
        or find_country(text.strip(" .,!?"), language)
        or atlas.own_names().find(text)
        or country_of_zone(find_zone(text, None).zone)
        or near_country(text, language)
    )


def country_of_zone(zone: str | None) -> str | None:
    """The country of a time zone; None if it lies in several or is not known."""
    return atlas.zone_countries().get(zone) if zone else None


def country_name(code: str, language: str) -> str:
    """The name of a country in `language`, else in English; the code itself if it isn't known."""
    return atlas.territories(language).get(code) or atlas.territories("en").get(code) or code


def has_regions(country: str | None) -> bool:
    """Whether licences in this country are given by region."""
    return country in atlas.regions()


def find_region(country: str, text: str) -> str | None:
    """The region (such as `US-NY`) that somebody named in a country with regional licences.

    None for an unknown name, and always for a country whose licences hold everywhere in it.
    """
    known = atlas.regions().get(country)
    if known is None:
        return None
    bare = text.strip().upper()
    for code in (bare, f"{country}-{bare}"):
        if code in known:
            return code
    if code := atlas.region_names(country).find(text):
        return code
    # "Austin, TX": a short code counts as the last word, in capitals as people write it.
    last = text.replace(",", " ").split()[-1:]
    return f"{country}-{last[0]}" if last and f"{country}-{last[0]}" in known else None


def near_region(country: str, text: str) -> str | None:
    """The region whose name is nearest to a misspelt one; None if none is near."""
    return atlas.region_names(country).near(text)


def region_name(code: str) -> str:
    """The name of a region; the code itself if it isn't known."""
    region = atlas.regions().get(code.split("-")[0], {}).get(code)
    return region.name if region else code


def region_codes(country: str) -> tuple[str, ...]:
    """All regions of a country with regional licences; empty for all other countries."""
    return tuple(atlas.regions().get(country, ()))


def language_code(text: str, language: str) -> str | None:
    """The language that somebody named in `language`, in one of `atlas.SPOKEN`, in itself, or by code."""
    bare = text.strip().casefold()
    if len(bare) in {2, 3} and bare in atlas.tongues("en"):
        return bare
    return atlas.language_names(language).find(text)


def near_language(text: str, language: str) -> str | None:
    """The language whose name is nearest to a misspelt one; None if none is near."""
    return atlas.language_names(language).near(text)


def language_name(code: str, language: str) -> str:
    """The name of a language in `language`, else in English; the code itself if it isn't known."""
    key = code.replace("-", "_")
    return atlas.tongues(language).get(key) or atlas.tongues("en").get(key) or code


def warm() -> None:
    """Read all tables now, so that nobody waits for them later (some tenths of a second; not in the loop)."""
    find_country("nowhere", "en")
    language_code("none", "en")
    find_zone("nowhere", None)
    atlas.own_names()


def _short_country(text: str, names: Names) -> str | None:
    """A short name in capitals amid other words: "in the UK", "Berlin, DE"."""
    if text.isupper():
        return None
    short = [word.replace(".", "") for word in _SHORT.findall(text)]
    found = {word if word in atlas.countries() else names.exact(word) for word in short} - {None}
    return found.pop() if len(found) == 1 else None


def _country_of_region(text: str) -> str | None:
    """Somebody who names a state has named its country, if only one country has a state of that name."""
    found = {country for country in atlas.regions() if atlas.region_names(country).exact(text)}
    return found.pop() if len(found) == 1 else None


__all__ = [
    "ZoneGuess",
    "country_name",
    "country_of_zone",
    "find_country",
    "find_region",
    "find_zone",
    "has_regions",
    "language_code",
    "language_name",
    "meant_country",
    "near_country",
    "near_language",
    "near_region",
    "region_codes",
    "region_name",
    "warm",
    "zones_of",
]
