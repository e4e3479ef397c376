"""The tables behind `config.places` and `config.zones`: names and codes of countries, regions, languages.

Names come from Unicode's CLDR through Babel, in every language that Stillroom speaks; other spellings
from `config/packs/places.yaml`; regions (ISO 3166-2) from `config/packs/regions.yaml`; the list of
countries from the IANA time zone database that comes with `tzdata`.
"""

import functools
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import cast

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages
from pydantic import BaseModel, ConfigDict

from config import packs
from config.spelling import Names, fold, merged

SPOKEN = ("en", "es", "de", "fr", "pt", "it", "nl")
"""The languages in which names of countries and languages are understood at any time."""


class Region(BaseModel):
    """A state, province or territory that gives licences."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    also: tuple[str, ...] = ()
    zones: tuple[str, ...]
    """IANA zones in use there, the one of most people first."""


class Regions(BaseModel):
    """`config/packs/regions.yaml`: regions by ISO 3166-2 code, by country."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    regions: dict[str, dict[str, Region]]


class Spellings(BaseModel):
    """`config/packs/places.yaml`: other spellings, by code or zone."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    countries: dict[str, tuple[str, ...]]
    languages: dict[str, tuple[str, ...]]
    cities: dict[str, tuple[str, ...]]
    main_zones: dict[str, tuple[str, ...]]
    abbreviations: dict[str, tuple[str, ...]]


@functools.cache
def regions() -> dict[str, dict[str, Region]]:
    """The regions by country and code, as the pack has them."""
    return packs.read("packs/regions.yaml", Regions).regions


@functools.cache
def spellings() -> Spellings:
    """The other spellings, as the pack has them."""
    return packs.read("packs/places.yaml", Spellings)


@functools.cache
def countries() -> frozenset[str]:
    """The codes of all countries: ISO 3166-1 alpha-2 as the time zone database lists them."""
    # Kosovo has no code of ISO's own; XK is what CLDR and most others use.
    return frozenset({row[0] for row in zone_table("iso3166.tab")} | {"XK"})


def zone_table(name: str) -> Iterator[list[str]]:
    """The rows of a table of the time zone database, without its comments."""
    text = (resources.files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


@functools.cache
def locale(language: str) -> Locale:
    """Babel's locale of a language; English for one that it doesn't know."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def territories(language: str) -> Mapping[str, str]:
    """CLDR's names of countries and other areas in a language, by code."""
    return cast("Mapping[str, str]", locale(language).territories)


def tongues(language: str) -> Mapping[str, str]:
    """CLDR's names of languages in a language, by code."""
    return cast("Mapping[str, str]", locale(language).languages)


def zone_cities(language: str) -> Mapping[str, Mapping[str, str]]:
    """CLDR's names of the cities of time zones in a language: under `city`, by zone."""
    return cast("Mapping[str, Mapping[str, str]]", locale(language).time_zones)


def country_names(language: str) -> Names:
    """Every name of a country; names in `language` win where two languages disagree."""
    return _country_names(str(locale(language)))


class OwnNames(BaseModel):
    """What countries are called in the languages that are official in them, by code."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    own_names: dict[str, tuple[str, ...]]


@functools.cache
def own_names() -> Names:
    """What countries are called in their own languages."""
    pack = packs.read("packs/own-names.yaml", OwnNames).own_names
    return Names([(name, code) for code, names in pack.items() for name in names])


def own_names_of_cldr() -> dict[str, tuple[str, ...]]:
    """The same worked out from CLDR, for making the pack anew: that reads some 150 locales, which takes a
    second and 80 MB."""
    found: dict[str, tuple[str, ...]] = {}
    for code in sorted(countries()):
        names: dict[str, None] = {}
        for language in get_official_languages(code, de_facto=True):
            try:
                name = cast("Mapping[str, str]", Locale.parse(language).territories).get(code)
            except (UnknownLocaleError, ValueError):
                continue
            if name:
                names[name] = None
        if names:
            found[code] = tuple(names)
    return found


@functools.cache
def zone_countries() -> dict[str, str]:
    """Zone → country, for zones that lie in one country."""
    return {row[2]: row[0] for row in zone_table("zone.tab")}


def language_names(language: str) -> Names:
    """Every name of a language; names in `language` win where two languages disagree."""
    return _language_names(str(locale(language)))


@functools.cache
def region_names(country: str) -> Names:
    """The names of a country's regions."""
    known = regions().get(country, {}).items()
    return Names((name, code) for code, region in known for name in (region.name, *region.also))


@functools.cache
def _country_names(first: str) -> Names:
    return Names(_country_pairs(first))


def _country_pairs(first: str) -> Iterator[tuple[str, str]]:
    official = countries()
    own = territories(first)
    yield from ((name, code) for code, name in own.items() if code in official)
    yield from merged(spellings().countries)
    for language in SPOKEN:
        names = territories(language)
        yield from ((name, code) for code, name in names.items() if code in official)
    # Alpha-3 codes: CLDR lists them as aliases of the two letters.
    for alias, codes in get_global("territory_aliases").items():
        if len(alias) == 3 and alias.isalpha() and len(codes) == 1 and codes[0] in official:
            yield alias, codes[0]


@functools.cache
def _language_names(first: str) -> Names:
    return Names(_language_pairs(first))


def _language_pairs(first: str) -> Iterator[tuple[str, str]]:
    yield from merged(spellings().languages)
    for language in dict.fromkeys((first, *SPOKEN)):
        for code, name in tongues(language).items():
            if "_" not in code and fold(name) != code:
                yield name, code
