"""The bot's account for the tests here."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from matrix_bot import Bot, MakeBot, MakePerson, opened
from met import Met, met

from bot.demo.homeserver import Homeserver


@pytest.fixture
async def make_bot(
    homeserver: Homeserver, localpart: Callable[[str], str], tmp_path: Path
) -> AsyncIterator[MakeBot]:
    """Makes a bot account with a store of its own that syncs: `bot = await make_bot()`."""
    async with AsyncExitStack() as stack:

        async def make(server: Homeserver = homeserver) -> Bot:
            folder = tmp_path / "bot"
            folder.mkdir(mode=0o700)
            store, clock = await stack.enter_async_context(opened(folder))
            bot = await Bot.make(server, localpart("stillroom"), store, clock, folder)
            stack.push_async_callback(bot.stop)
            return bot

        yield make


@pytest.fixture
async def scene(
    homeserver: Homeserver, person: MakePerson, localpart: Callable[[str], str], tmp_path: Path
) -> AsyncIterator[Met]:
    """The real service with a client and a therapist who have met, and everybody who can be called."""
    async with met(homeserver, person, localpart, tmp_path / "bot") as scene:
        yield scene
