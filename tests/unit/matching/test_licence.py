"""Licences by place, expiry and compact."""

from datetime import date
from typing import Any

import pytest

from config.places import region_codes
from config.words import Words
from matching.licence import Cover, Place, cover, rules
from matching.profile import Licence

TODAY = date(2026, 11, 22)


def licence(
    kind: str = "psychologist", country: str = "US", region: str | None = None, **more: Any
) -> Licence:
    return Licence.model_validate(
        {"type": kind, "number": "1", "country": country, "region": region, "verified": True, **more}
    )


APIT = {"authorities": {"psypact-apit"}}
PRIVILEGE = {"authorities": {"counseling-privilege"}, "authority_regions": {"US-MN", "US-TX"}}

PLACES = [
    # name, licences, client's country and region, day, how it is covered or why not
    ("country-wide", [licence(country="DE")], "DE", None, TODAY, "licence"),
    ("another country", [licence(country="DE")], "AT", None, TODAY, Place.ELSEWHERE),
    ("none at all", [], "DE", None, TODAY, Place.NONE),
    ("on its last day", [licence(country="DE", expires=TODAY)], "DE", None, TODAY, "licence"),
    ("the day after", [licence(country="DE", expires=TODAY)], "DE", None, date(2026, 11, 23), Place.EXPIRED),
    ("not checked", [licence(country="DE", verified=False)], "DE", None, TODAY, Place.UNVERIFIED),
    ("same state", [licence(region="US-NY")], "US", "US-NY", TODAY, "licence"),
    ("other state", [licence(region="US-NY")], "US", "US-CA", TODAY, Place.ELSEWHERE),
    ("state not known", [licence(region="US-NY")], "US", None, TODAY, Place.REGION_UNKNOWN),
    ("no state on the licence", [licence()], "US", "US-NY", TODAY, Place.ELSEWHERE),
    ("province", [licence(country="CA", region="CA-ON")], "CA", "CA-ON", TODAY, "licence"),
    ("other province", [licence(country="CA", region="CA-ON")], "CA", "CA-QC", TODAY, Place.ELSEWHERE),
    ("national register", [licence(country="AU")], "AU", "AU-NSW", TODAY, "licence"),
    ("no national register", [licence("counsellor", "AU")], "AU", "AU-NSW", TODAY, Place.ELSEWHERE),
    ("psypact", [licence(region="US-TX", **APIT)], "US", "US-PA", TODAY, "psypact"),
    ("psypact, no authority", [licence(region="US-TX")], "US", "US-PA", TODAY, Place.AUTHORITY_MISSING),
    (
        "psypact, authority expired",
        [licence(region="US-TX", authority_expires=date(2026, 1, 1), **APIT)],
        "US",
        "US-PA",
        TODAY,
        Place.AUTHORITY_EXPIRED,
    ),
    (
        "psypact, licence expired",
        [licence(region="US-TX", expires=date(2026, 1, 1), **APIT)],
        "US",
        "US-PA",
        TODAY,
        Place.EXPIRED,
    ),
    (
        "psypact, client's state is no member",
        [licence(region="US-TX", **APIT)],
        "US",
        "US-NY",
        TODAY,
        Place.ELSEWHERE,
    ),
    (
        "psypact, own state is no member",
        [licence(region="US-NY", **APIT)],
        "US",
        "US-TX",
        TODAY,
        Place.COMPACT_CLOSED,
    ),
    (
        "psypact before its day",
        [licence(region="US-AL", **APIT)],
        "US",
        "US-AR",
        date(2021, 7, 1),
        Place.COMPACT_CLOSED,
    ),
    (
        "psypact is for psychologists",
        [licence("counsellor", region="US-TX", **APIT)],
        "US",
        "US-PA",
        TODAY,
        Place.ELSEWHERE,
    ),
    (
        "privilege",
        [licence("counsellor", region="US-AZ", **PRIVILEGE)],
        "US",
        "US-MN",
        TODAY,
        "counseling-compact",
    ),
    (
        "privilege for another state",
        [licence("counsellor", region="US-AZ", **PRIVILEGE)],
        "US",
        "US-OH",
        TODAY,
        Place.AUTHORITY_MISSING,
    ),
    (
        "enacted but not live",
        [licence("counsellor", region="US-AZ", **PRIVILEGE)],
        "US",
        "US-FL",
        TODAY,
        Place.COMPACT_CLOSED,
    ),
    (
        "before it went live",
        [licence("counsellor", region="US-AZ", **PRIVILEGE)],
        "US",
        "US-MN",
        date(2025, 9, 29),
        Place.COMPACT_CLOSED,
    ),
    (
        "of several the one that fits",
        [licence(region="US-NY", expires=date(2020, 1, 1)), licence(region="US-CA"), licence(region="US-NY")],
        "US",
        "US-NY",
        TODAY,
        "licence",
    ),
    (
        "of several reasons the nearest",
        [licence(region="US-CA"), licence(region="US-NY", expires=date(2020, 1, 1))],
        "US",
        "US-NY",
        TODAY,
        Place.EXPIRED,
    ),
]


@pytest.mark.parametrize(
    ("licences", "country", "region", "on", "want"),
    [row[1:] for row in PLACES],
    ids=[row[0] for row in PLACES],
)
def test_a_licence_reaches_only_where_it_holds(
    licences: list[Licence], country: str, region: str | None, on: date, want: str | Place
) -> None:
    found = cover(tuple(licences), country, region, on, rules())
    assert (found.how if isinstance(found, Cover) else found) == want


def test_every_reason_has_words_for_admins() -> None:
    assert all(Words.load().say("en", f"match-ineligible-{reason}") for reason in Place)


def test_compact_members_are_states_and_sources_are_given() -> None:
    for compact in rules().compacts.values():
        assert set(compact.members) <= set(region_codes("US"))
        assert all(source.startswith("https://") for source in compact.sources)
        for member in compact.members.values():
            if member.enacted and member.effective:
                assert member.enacted < member.effective
