"""Countries, regions, languages and time zones as people write them."""

import pytest

from config import atlas, packs, places

COUNTRIES = [
    ("Germany", "DE"),
    ("germany.", "DE"),
    ("Deutschland", "DE"),
    ("Allemagne", "DE"),
    ("de", "DE"),
    ("USA", "US"),
    ("u.s.a.", "US"),
    ("the US", "US"),
    ("the UK", "GB"),
    ("England", "GB"),
    ("I live in Germany", "DE"),
    ("I am in the UK right now", "GB"),
    ("Berlin, DE", "DE"),
    ("California", "US"),
    ("Georgia", "GE"),
    ("Niger", "NE"),
    ("Nigeria", "NG"),
    ("Türkei", "TR"),
    ("turkiye", "TR"),
    ("Norway", "NO"),
    ("no", "NO"),
    ("Kosovo", "XK"),
    ("Germny", None),
    ("not Germany, Austria", None),
    ("banana", None),
    ("", None),
    ("\u202e" * 500, None),
]


@pytest.mark.parametrize(("text", "code"), COUNTRIES)
def test_a_country(text: str, code: str | None) -> None:
    assert places.find_country(text, "en") == code


def test_the_persons_language_comes_first() -> None:
    assert places.find_country("Irland", "de") == "IE"
    assert places.country_name("DE", "fr") == "Allemagne"
    assert places.country_name("DE", "xx") == "Germany"


def test_a_misspelt_name_is_only_suggested() -> None:
    assert places.near_country("Germny", "en") == "DE"
    assert places.near_region("US", "Califrnia") == "US-CA"
    assert places.near_language("Englsh", "en") == "en"
    assert places.near_country("banana", "en") is None


REGIONS = [
    ("US", "New York", "US-NY"),
    ("US", "ny", "US-NY"),
    ("US", "US-TX", "US-TX"),
    ("US", "Austin, TX", "US-TX"),
    ("US", "West Virginia", "US-WV"),
    ("US", "I live in Virginia", "US-VA"),
    ("US", "Washington D.C.", "US-DC"),
    ("US", "Guam", "US-GU"),
    ("CA", "québec", "CA-QC"),
    ("AU", "vic", "AU-VIC"),
    ("US", "Bavaria", None),
    ("US", "where I live", None),
    ("DE", "Bayern", None),
]


@pytest.mark.parametrize(("country", "text", "code"), REGIONS)
def test_a_region(country: str, text: str, code: str | None) -> None:
    assert places.find_region(country, text) == code


def test_regions_are_complete() -> None:
    assert [len(places.region_codes(country)) for country in ("US", "CA", "AU", "DE")] == [56, 13, 8, 0]
    assert places.region_name("CA-QC") == "Quebec"


LANGUAGES = [
    ("English", "en"),
    ("deutsch", "de"),
    ("Portugiesisch", "pt"),
    ("Farsi", "fa"),
    ("Mandarin", "zh"),
    ("中文", "zh"),
    ("русский", "ru"),
    ("I speak Spanish", "es"),
    ("en", "en"),
    ("banana", None),
]


@pytest.mark.parametrize(("text", "code"), LANGUAGES)
def test_a_language(text: str, code: str | None) -> None:
    assert places.language_code(text, "en") == code


ZONES = [
    ("Europe/Berlin", None, "Europe/Berlin"),
    ("europe berlin", None, "Europe/Berlin"),
    ("US/Eastern", "US", "America/New_York"),
    ("Asia/Calcutta", "IN", "Asia/Kolkata"),
    ("New York", "US", "America/New_York"),
    ("munich", "DE", "Europe/Berlin"),
    ("Wien", "AT", "Europe/Vienna"),
    ("Berlin, Germany", "DE", "Europe/Berlin"),
    ("I am in Lisbon", "PT", "Europe/Lisbon"),
    ("Germany", None, "Europe/Berlin"),
    ("Ohio", "US", "America/New_York"),
    ("EST", "US", "America/New_York"),
    ("eastern time", "US", "America/New_York"),
    ("CST", "US", "America/Chicago"),
    ("BST", "GB", "Europe/London"),
    ("GMT", "GB", "Europe/London"),
    ("CET", "ES", "Europe/Madrid"),
    ("UTC+2", "DE", "Europe/Berlin"),
    ("+5:30", "IN", "Asia/Kolkata"),
    ("UTC", None, "UTC"),
]


@pytest.mark.parametrize(("text", "country", "zone"), ZONES)
def test_a_zone_without_doubt(text: str, country: str | None, zone: str) -> None:
    assert places.find_zone(text, country) == places.ZoneGuess(zone)


DOUBTFUL = [
    ("US", "US", "America/Los_Angeles"),
    ("Spain", "ES", "Atlantic/Canary"),
    ("Texas", "US", "America/Denver"),
    ("GMT-5", "US", "America/Chicago"),
    ("CST", None, "Asia/Shanghai"),
    ("London", "CA", "America/Toronto"),
    ("UTC+1", None, "Africa/Lagos"),
    ("berln", "DE", "Europe/Berlin"),
]


@pytest.mark.parametrize(("text", "country", "among"), DOUBTFUL)
def test_a_zone_to_ask_about(text: str, country: str | None, among: str) -> None:
    guess = places.find_zone(text, country)
    assert guess.zone is None
    assert among in guess.choices
    assert len(guess.choices) <= 8


@pytest.mark.parametrize("text", ["", "banana boat", "???", "Etc/GMT+5", "+99", "\x00" * 70000])
def test_no_zone(text: str) -> None:
    assert places.find_zone(text, None) == places.ZoneGuess()


def test_what_countries_call_themselves_is_what_cldr_says() -> None:
    assert packs.read("packs/own-names.yaml", atlas.OwnNames).own_names == atlas.own_names_of_cldr()
