"""What the tests share: one throw-away Synapse, started by the first test that asks for it, and people."""

import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # unit tests don't wait for a Matrix library
    from bot.demo.homeserver import Homeserver
    from bot.demo.person import Person

    MakePerson = Callable[..., Awaitable[Person]]


@pytest.fixture(scope="session")
def homeserver(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Homeserver]":
    """One Synapse for all tests of the run, without rate limits. It belongs to no event loop."""
    from bot.demo.homeserver import Homeserver

    with Homeserver(tmp_path_factory.mktemp("synapse")) as server:
        yield server


@pytest.fixture
def localpart(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """Makes names of accounts that no other test uses: `localpart("anna")`."""
    test = re.sub(r"[^a-z0-9]+", "-", request.node.name.removeprefix("test_").lower())[:40].strip("-")

    def unique(name: str) -> str:
        return f"{name}.{test}.{secrets.token_hex(2)}"

    return unique


@pytest.fixture
async def person(homeserver: "Homeserver", localpart: Callable[[str], str]) -> "AsyncIterator[MakePerson]":
    """Makes people with a Matrix client each: `anna = await person("anna")`. They leave after the test."""
    from bot.demo.person import Person

    made: list[Person] = []

    async def make(name: str, *, cross_sign: bool = True) -> Person:
        one = await Person.join(homeserver, localpart(name), secrets.token_urlsafe(12), cross_sign=cross_sign)
        made.append(one)
        return one

    yield make
    for one in made:
        await one.leave()
