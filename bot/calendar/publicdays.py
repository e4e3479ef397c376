"""Public holidays of a country and region, by the `holidays` library."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import holidays


def is_holiday(country: str | None, region: str | None, day: date) -> bool:
    """Whether it is a public holiday there, by the `holidays` library; False for an unknown country."""
    return country is not None and day in _holidays(country, region, day.year)


def warm(countries: Iterable[str], year: int) -> None:
    """Load the holidays of these countries, so that no message waits for it later.

    The library reads its calendars at the first use, which takes up to a second: call this once before
    the service starts to listen.
    """
    for country in countries:
        for near in (year - 1, year, year + 1):
            _holidays(country, None, near)


@lru_cache(maxsize=4096)
def _holidays(country: str, region: str | None, year: int) -> frozenset[date]:
    part = region.removeprefix(f"{country}-") if region else None
    for subdivision in dict.fromkeys((part, None)):
        try:
            return frozenset(holidays.country_holidays(country, subdiv=subdivision, years=year))
        except NotImplementedError:
            continue
    return frozenset()


__all__ = ["is_holiday", "warm"]
