"""What the two of a pair see when a message touches a boundary, and who else hears of it."""

from collections.abc import AsyncGenerator, Generator
from datetime import timedelta

import pytest
import pytest_asyncio
from storage import stores
from storage import talk as t
from storage.scenes import meet
from storage.talk import Talk

from bot.inbound import Edit

NUMBER = "My number is +44 7700 900123"
GIFT = "I bought you a small present"
GRAVE_WORDS = "You look gorgeous today."


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kind_of_store(request: pytest.FixtureRequest) -> Generator[str | None]:
    """The address of an empty PostgreSQL database; None for SQLite in a folder of the house."""
    if request.param == "sqlite":
        yield None
        return
    url = stores.make_database()
    yield url
    stores.drop_database(url)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory, kind_of_store: str | None) -> AsyncGenerator[Talk]:
    """Mia and Dr. Keller work together and have agreed."""
    async with t.opened(tmp_path_factory.mktemp("house"), url=kind_of_store) as talk:
        terms = {"level": "2", "topics-off": "my father, trauma details", "phone": "1"}
        await talk.says(t.MIA, "!agree", await meet(talk, terms))
        await talk.says(t.SUPERVISOR, "hello")
        yield talk


@pytest_asyncio.fixture(loop_scope="module")
async def talk(house: Talk) -> Talk:
    """The same two, long after anything that was said or called fine."""
    house.around.clock.move(timedelta(days=70))
    return house


async def hears(talk: Talk, who: str, writer: str, text: str, room: str) -> str:
    """What comes into somebody's own room when another writes this."""
    own = await talk.direct(who)
    before = len(talk.lines)
    await talk.says(writer, text, room)
    return "\n".join(line.text for line in talk.lines[before:] if line.room == own)


async def test_the_writer_alone_is_nudged_once_a_day_and_nothing_is_blocked(talk: Talk) -> None:
    pair = await talk.room("pair")
    own = await talk.direct(t.MIA)
    before = len(talk.lines)
    await talk.says(t.MIA, GIFT, pair)
    nudge = [line for line in talk.lines[before:] if "gift" in line.text]
    assert {line.room for line in nudge} == {own}
    assert not [line for line in talk.lines[before:] if "present" in line.text]  # never their words
    assert "gift" not in await hears(talk, t.MIA, t.MIA, GIFT, pair)
    talk.around.clock.move(timedelta(days=1))
    assert "gift" in await hears(talk, t.MIA, t.MIA, GIFT, pair)


@pytest.mark.parametrize("how", ["!fine", "!fine gifts", "This is fine for us"])
async def test_fine_quietens_a_kind_for_thirty_days(talk: Talk, how: str) -> None:
    pair = await talk.room("pair")
    await talk.says(t.MIA, GIFT, pair)
    assert "gifts" in await talk.says(t.MIA, how)
    talk.around.clock.move(timedelta(days=29))
    assert "gift" not in await hears(talk, t.MIA, t.MIA, GIFT, pair)
    assert "reaching each other" in await hears(talk, t.MIA, t.MIA, NUMBER, pair)
    talk.around.clock.move(timedelta(days=2))
    assert "gift" in await hears(talk, t.MIA, t.MIA, GIFT, pair)


async def test_a_grave_one_by_a_therapist_reaches_the_supervisor_without_a_word_of_it(talk: Talk) -> None:
    pair = await talk.room("pair")
    heard = await hears(talk, t.SUPERVISOR, t.KELLER, GRAVE_WORDS, pair)
    assert "romantic" in heard
    assert t.KELLER in heard
    assert "gorgeous" not in heard
    # "fine" does not set aside what is grave
    await talk.says(t.KELLER, "!fine")
    talk.around.clock.move(timedelta(days=1))
    assert "romantic" in await hears(talk, t.SUPERVISOR, t.KELLER, GRAVE_WORDS, pair)


async def test_the_third_light_one_by_a_therapist_in_thirty_days_reaches_the_supervisor(talk: Talk) -> None:
    pair = await talk.room("pair")
    heard: list[bool] = []
    for _ in range(3):
        heard.append(
            "contact" in await hears(talk, t.SUPERVISOR, t.KELLER, "You can text me on Signal", pair)
        )
        talk.around.clock.move(timedelta(days=5))
    assert heard == [False, False, True]


async def test_a_client_is_never_reported(talk: Talk) -> None:
    pair = await talk.room("pair")
    for _ in range(4):
        assert not await hears(talk, t.SUPERVISOR, t.MIA, "I love you. Are you single?", pair)
        talk.around.clock.move(timedelta(days=1))


async def test_without_another_supervisor_the_admins_hear(talk: Talk) -> None:
    pair, admin = await talk.room("pair"), await talk.room("admin")
    supervisor, keller = await talk.person(t.SUPERVISOR), await talk.person(t.KELLER)
    async with talk.store.unit() as unit:
        await unit.grants.revoke(supervisor, "supervisor", "service")
        await unit.grants.give(keller, "supervisor", "service")
    before = len(talk.lines)
    await talk.says(t.KELLER, GRAVE_WORDS, pair)
    heard = [line for line in talk.lines[before:] if "romantic words" in line.text]
    assert [line.room for line in heard] == [admin]
    async with talk.store.unit() as unit:
        await unit.grants.revoke(keller, "supervisor", "service")
        await unit.grants.give(supervisor, "supervisor", "service")


async def test_words_of_crisis_bring_the_card_and_no_nudge(talk: Talk) -> None:
    pair = await talk.room("pair")
    heard = await hears(talk, t.MIA, t.MIA, f"I want to kill myself. {NUMBER}", pair)
    assert "reaching each other" not in heard
    assert "112" in talk.last(pair).text or any(
        "112" in line.text for line in talk.lines if line.room == pair
    )


async def test_an_edit_is_judged_and_what_is_said_to_the_bot_is_not(talk: Talk) -> None:
    pair = await talk.room("pair")
    own = await talk.direct(t.MIA)
    before = len(talk.lines)
    await talk.does(t.MIA, Edit(edits="$old", body=GIFT), pair)
    assert [line for line in talk.lines[before:] if line.room == own and "gift" in line.text]
    before = len(talk.lines)
    await talk.says(t.MIA, NUMBER)
    assert not [line for line in talk.lines[before:] if "reaching each other" in line.text]


async def test_links_are_warned_of_in_the_room_once_a_day(talk: Talk) -> None:
    pair = await talk.room("pair")
    said = await talk.says(t.KELLER, "join https://zoom.us/j/123 or https://paypa1.com/x", pair)
    assert "zoom[.]us" in said
    assert "paypa1[.]com" in said
    assert "zoom" not in await talk.says(t.KELLER, "https://zoom.us/j/123", pair)
    assert "example" not in await talk.says(t.KELLER, "https://www.example.com/sleep", pair)


async def test_a_nudge_recalls_what_the_two_agreed_on(talk: Talk) -> None:
    pair = await talk.room("pair")
    heard = await hears(talk, t.MIA, t.MIA, "Could we meet for a coffee sometime?", pair)
    assert "The two of you agreed: Contact outside: No contact outside this service." in heard
    heard = await hears(talk, t.KELLER, t.KELLER, "You can text me on Signal", pair)
    assert "The two of you agreed: Phone number: No phone number is exchanged." in heard
    assert "agreed" not in await hears(talk, t.MIA, t.MIA, GIFT, pair)


async def test_a_topic_kept_for_sessions_is_called_to_mind_kindly(talk: Talk) -> None:
    pair = await talk.room("pair")
    heard = await hears(talk, t.MIA, t.MIA, "my father called again today", pair)
    assert "my father" in heard
    assert "!book" in heard
    assert not await hears(talk, t.MIA, t.MIA, "and then my father hung up", pair)
    assert "father" not in await hears(talk, t.KELLER, t.KELLER, "Tell me about your father", pair)
