"""Crisis lines: what a person in a country is shown, and that every entry was looked at within a year."""

from datetime import date

import pytest

from compliance.crisis import lines
from config.clock import SystemClock


def test_every_line_was_verified_within_a_year() -> None:
    assert lines.stale(SystemClock().now().date()) == []


def test_a_year_later_everything_is_stale() -> None:
    old = lines.stale(date(2099, 1, 1))
    assert any("emergency numbers" in entry for entry in old)
    assert any(entry.startswith("US: Crisis Text Line") for entry in old)


@pytest.mark.parametrize(
    ("country", "language", "emergency", "first"),
    [
        ("US", "en", ["911"], "988"),
        ("gb", "en", ["999"], "116 123"),
        ("BE", "nl", ["112"], "1813"),
        ("BE", "fr", ["112"], "0800 32 123"),
        ("CH", "it", ["144", "117"], "143"),
        ("IE", "en", ["112", "999"], "116 123"),
        ("NO", "no", ["113", "112"], None),
        ("AD", "ca", ["112"], None),
    ],
)
def test_a_card(country: str, language: str, emergency: list[str], first: str | None) -> None:
    card = lines.card(country, language)
    assert [one.number for one in card.emergency] == emergency
    assert (card.lines[0].call if card.lines else None) == first
    assert card.directory == "https://findahelpline.com"


def test_an_unknown_country_gets_the_directory() -> None:
    for country in (None, "XX"):
        card = lines.card(country, "en")
        assert not card.known
        assert card.lines == ()
        assert card.directory


def test_every_line_has_two_sources_in_different_places() -> None:
    for country in lines.countries():
        for line in lines.card(country, None).lines:
            assert line.source.split("/")[2] != line.second_source.split("/")[2], (country, line.name)
