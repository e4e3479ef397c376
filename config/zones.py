"""Time zones in whatever way people write them: IANA name, city, region, country, abbreviation, offset.

The tables of the IANA time zone database (zone.tab, zonenow.tab, tzdata.zi) come with `tzdata`.
"""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

from config import atlas
from config.spelling import Names, fold, merged

_SAMPLES = tuple(datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=9 * step) for step in range(162))
"""Four years in steps of nine days: zones that agree on all of these show the same clock."""
_MOST_CHOICES = 8
_OFFSET = re.compile(
    r"(?:utc|gmt)?\s*([+\-\u2212\u2013])\s*(\d{1,2})(?::?([0-5]\d))?(?:\s*(?:h|hours?|utc|gmt))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ZoneGuess:
    """What zone somebody means: one zone, or some to choose from, or (neither) nothing known."""

    zone: str | None = None
    """The IANA zone, if there is no doubt."""
    choices: tuple[str, ...] = ()
    """If there is doubt: the zones to ask about, the likeliest first, each with another clock."""


@dataclass(frozen=True)
class _Tables:
    iana: dict[str, str]
    spaced: dict[str, str]
    cities: Names
    regions: dict[str, tuple[str, ...]]
    abbreviations: dict[str, tuple[str, ...]]
    of_country: dict[str, tuple[str, ...]]
    distinct: tuple[str, ...]


def find_zone(text: str, country: str | None) -> ZoneGuess:
    """What zone somebody means who lives in `country` (ISO 3166-1 alpha-2), if that is known.

    An offset or an abbreviation doesn't tell how clocks change in summer, and several places share it;
    where the country doesn't settle that, `choices` holds what to ask.
    """
    text = text.strip()
    folded = fold(text)
    if not folded:
        return ZoneGuess()
    if offset := _OFFSET.fullmatch(text):
        return _by_offset(offset, country)
    tables = _tables()
    if zones := tables.abbreviations.get(folded.removesuffix(" time").upper()):
        return _shared(zones, country)
    if zone := tables.iana.get(text.casefold().replace(" ", "_")) or tables.spaced.get(folded):
        return ZoneGuess(zone)
    if zone := tables.cities.exact(text):
        return _placed(zone, country)
    if zones := tables.regions.get(folded):
        return _one_of(zones)
    named = text.upper() if text.upper() in atlas.countries() else atlas.country_names("en").exact(text)
    if named:
        return _one_of(zones_of(named))
    if zone := tables.cities.inside(text):
        return _placed(zone, country)
    if named := atlas.country_names("en").inside(text):
        return _one_of(zones_of(named))
    near = tables.cities.near(text)
    return ZoneGuess(choices=(near,) if near else ())


def zones_of(country: str | None) -> tuple[str, ...]:
    """The zones of a country, one for each clock in use there; empty for an unknown country."""
    return _apart(_tables().of_country.get(country or "", ()))


def _one_of(zones: tuple[str, ...]) -> ZoneGuess:
    apart = _apart(zones)
    return ZoneGuess(apart[0]) if len(apart) == 1 else ZoneGuess(choices=apart[:_MOST_CHOICES])


def _placed(zone: str, country: str | None) -> ZoneGuess:
    """A city's zone: sure if the city lies in the country or shows its clock, else a question.

    There is a London in Ontario, and a Birmingham in Alabama.
    """
    own = zones_of(country)
    if not own or any(_clock(zone) == _clock(other) for other in own):
        return ZoneGuess(zone)
    return ZoneGuess(choices=_apart((zone, *own))[:_MOST_CHOICES])


def _shared(zones: tuple[str, ...], country: str | None) -> ZoneGuess:
    """What a short name means that several places share: the country's own zones win."""
    within = tuple(zone for zone in zones if zone in _tables().of_country.get(country or "", ()))
    alike = tuple(own for own in zones_of(country) if any(_clock(own) == _clock(zone) for zone in zones))
    return _one_of(within or alike or zones)


def _by_offset(offset: re.Match[str], country: str | None) -> ZoneGuess:
    """Zones that have this offset from UTC at some time of the year; the country's own win."""
    sign = 1 if offset[1] == "+" else -1
    wanted = sign * timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    if wanted == timedelta(0):
        return ZoneGuess(choices=_apart(("Europe/London", "Africa/Abidjan", "Atlantic/Azores")))
    own = tuple(zone for zone in zones_of(country) if wanted in _clock(zone))
    everywhere = (zone for zone in _tables().distinct if wanted in _clock(zone))
    return _one_of(own) if own else ZoneGuess(choices=tuple(everywhere)[:_MOST_CHOICES])


@functools.lru_cache(maxsize=512)
def _apart(zones: tuple[str, ...]) -> tuple[str, ...]:
    """One zone for each different clock: of zones with the same clock, the first."""
    kept: dict[tuple[timedelta | None, ...], str] = {}
    for zone in zones:
        kept.setdefault(_clock(zone), zone)
    return tuple(kept.values())


@functools.cache
def _clock(zone: str) -> tuple[timedelta | None, ...]:
    """How a zone's clock runs: its offsets at the sampled moments. Equal for zones that show the same."""
    info = ZoneInfo(zone)
    return tuple(moment.astimezone(info).utcoffset() for moment in _SAMPLES)


@functools.cache
def _tables() -> _Tables:
    spellings = atlas.spellings()
    of_country = {country: list(zones) for country, zones in spellings.main_zones.items()}
    for row in atlas.zone_table("zone.tab"):
        of_country.setdefault(row[0], []).append(row[2])
    proper = {zone for zones in of_country.values() for zone in zones} | {"UTC"}
    iana = {name.casefold(): name for name in proper}
    for new, old in _links():
        # Names without a place in them (EST, Etc/GMT+5 with its sign turned) say too little to be sure of.
        if "/" in old and new in proper:
            iana.setdefault(old.casefold(), new)
    regions = [region for group in atlas.regions().values() for region in group.values()]
    return _Tables(
        iana=iana,
        spaced={fold(name.replace("/", " ")): zone for name, zone in iana.items() if "/" in name},
        cities=Names([*merged(spellings.cities), *_cities(iana)]),
        regions={fold(name): region.zones for region in regions for name in (region.name, *region.also)},
        abbreviations=spellings.abbreviations,
        of_country={country: tuple(zones) for country, zones in of_country.items()},
        distinct=tuple(row[2] for row in atlas.zone_table("zonenow.tab") if "/" in row[2]),
    )


def _cities(iana: dict[str, str]) -> Iterable[tuple[str, str]]:
    """The places that zones are named after, in English and in the other languages ("Wien")."""
    for name, zone in iana.items():
        if "/" in name and not name.startswith(("etc/", "us/", "canada/", "brazil/", "mexico/", "chile/")):
            yield name.rsplit("/", 1)[1], zone
    for language in atlas.SPOKEN:
        for name, shown in atlas.zone_cities(language).items():
            zone = iana.get(name.casefold())
            if zone and (city := shown.get("city")):
                yield city, zone


def _links() -> Iterator[tuple[str, str]]:
    """Today's name and former name of each zone that was renamed."""
    text = (resources.files("tzdata") / "zoneinfo" / "tzdata.zi").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("L "):
            _, new, old = line.split(" ")
            yield new, old
