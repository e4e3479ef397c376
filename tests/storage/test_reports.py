"""A report reaches people whom it does not concern, never the therapist; its writer hears what follows."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
from storage import talk as t
from storage.scenes import meet
from storage.talk import Line, Talk

pytestmark = pytest.mark.asyncio(loop_scope="module")

WORDS = "My therapist asked me to meet outside."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def talk(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Talk]:
    """Mia and Dr. Keller work together."""
    async with t.opened(tmp_path_factory.mktemp("house")) as talk:
        await meet(talk, {})
        await talk.says(t.SUPERVISOR, "hello")
        yield talk


async def heard(talk: Talk, *lines: str, room: str = "") -> list[Line]:
    """What is said, anywhere, when Mia writes these."""
    before = len(talk.lines)
    for line in lines:
        await talk.says(t.MIA, line, room)
    return talk.lines[before:]


async def test_with_words_it_is_sent_at_once_and_what_came_of_it_comes_back(talk: Talk) -> None:
    said = await heard(talk, f"!report {WORDS}")
    supervisor, mia = await talk.direct(t.SUPERVISOR), await talk.direct(t.MIA)
    assert [line.room for line in said if WORDS in line.text] == [supervisor]
    assert not [line for line in said if line.room == await talk.direct(t.KELLER)]
    assert [line for line in said if line.room == mia and "number 1" in line.text]
    before = len(talk.lines)
    assert "closed" in await talk.says(t.SUPERVISOR, "!reports 1 I spoke with them.")
    assert [line for line in talk.lines[before:] if line.room == mia and "I spoke with them." in line.text]
    assert "no open report" in await talk.says(t.SUPERVISOR, "!reports")


async def test_without_a_name_neither_name_nor_therapist_is_told(talk: Talk) -> None:
    said = await heard(talk, "!report", "no", WORDS)
    arrived = next(line.text for line in said if WORDS in line.text)
    assert t.MIA not in arrived
    assert t.KELLER not in arrived


async def test_typed_in_the_shared_room_it_goes_on_in_the_own_room(talk: Talk) -> None:
    pair = await talk.room("pair")
    said = await heard(talk, f"!report {WORDS}", room=pair)
    assert {line.room for line in said if line.text} == {await talk.direct(t.MIA)}
    assert await talk.question(t.MIA) == "report/named"
    await heard(talk, "yes", WORDS)


async def test_never_to_the_therapist_whom_it_concerns(talk: Talk) -> None:
    supervisor, keller = await talk.person(t.SUPERVISOR), await talk.person(t.KELLER)
    admins = [await talk.person(one) for one in (t.ADMIN, t.SECOND)]
    async with talk.store.unit() as unit:
        await unit.grants.revoke(supervisor, "supervisor", "service")
        for role in ("supervisor", "admin"):
            await unit.grants.give(keller, role, "service")
    said = await heard(talk, f"!report {WORDS}")
    rooms = [line.room for line in said if WORDS in line.text]
    # Not the admin room, in which the therapist would read: each other admin alone.
    assert sorted(rooms) == sorted([await talk.direct(t.ADMIN), await talk.direct(t.SECOND)])
    async with talk.store.unit() as unit:
        for admin in admins:
            await unit.grants.revoke(admin, "admin", "service")
    said = await heard(talk, f"!report {WORDS}")
    assert not [line for line in said if WORDS in line.text]
    assert [line for line in said if "licence" in line.text and "sent it to no one" in line.text]
