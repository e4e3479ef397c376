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


FACTS = {
    "US": "988 741741", "CA": "988", "GB": "116 123", "IE": "116 123", "AU": "13 11 14", "NZ": "1737",
    "DE": "0800 111 0 111 0800 111 0 222", "AT": "142", "CH": "143", "FR": "3114", "ES": "024",
    "IT": "800 86 00 22", "NL": "113 0800-0113", "BE": "1813 0800 32 123", "PT": "213 544 545",
}  # fmt: skip
"""The lines that every installation has, by country."""


@pytest.mark.parametrize("country", FACTS)
def test_each_country_that_we_promise_has_its_lines(country: str) -> None:
    card = lines.card(country, None)
    shown = " ".join(f"{line.call} {line.also} {line.text}" for line in card.lines)
    wanted = FACTS[country]
    assert all(part in shown for part in wanted.split()), shown
    assert card.known


@pytest.mark.parametrize(
    "country", ["US", "CA", "GB", "IE", "AU", "NZ", "DE", "AT", "CH", "FR", "ES", "NL", "BE", "IT"]
)
def test_there_is_a_way_without_speaking(country: str) -> None:
    assert any(line.text or line.chat or line.whatsapp for line in lines.card(country, None).lines)
