"""A client of another make, for the tests of this folder."""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from jsclient import JsClient, install

from bot.demo.homeserver import Homeserver


@pytest.fixture(scope="session")
def matrix_js_sdk() -> None:
    """matrix-js-sdk is installed, as package-lock.json names it."""
    install()


@pytest.fixture
async def js_client(
    matrix_js_sdk: None, homeserver: Homeserver, localpart: Callable[[str], str], tmp_path: Path
) -> AsyncIterator[Callable[..., Awaitable[JsClient]]]:
    """Makes people with a matrix-js-sdk client each: `carla = await js_client("carla")`."""
    made: list[JsClient] = []

    async def make(name: str, *, cross_sign: bool = True) -> JsClient:
        one = await JsClient.join(
            homeserver,
            localpart(name),
            secrets.token_urlsafe(12),
            cross_sign=cross_sign,
            log=tmp_path / f"{name}.log",
        )
        made.append(one)
        return one

    yield make
    for one in made:
        await one.leave()
