"""The agreement of a pair: templates, what the operator sets, versions, wishes, and its review."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
import pytest_asyncio
from storage import talk as t
from storage.scenes import meet
from storage.talk import Talk

from bot.handling import Handling
from config.settings import Boundaries

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def talk(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Talk]:
    """Mia and Dr. Keller have agreed to a first version."""
    async with t.opened(tmp_path_factory.mktemp("house")) as talk:
        await talk.says(t.MIA, "!agree", await meet(talk, {}))
        yield talk


async def test_a_template_fills_a_proposal_that_is_corrected_in_its_review(talk: Talk) -> None:
    pair = await talk.room("pair")
    offered = await talk.says(t.KELLER, "!boundaries change")
    assert "As last time" in offered
    assert "DBT coaching" in offered
    said = await talk.says(t.KELLER, "DBT coaching between sessions")
    assert "Only if a call here fails" in said
    before = len(talk.lines)
    await talk.says(t.KELLER, "send")
    shown = "\n".join(line.text for line in talk.lines[before:] if line.room == pair)
    assert "DBT coaching" in shown
    assert "24 hours" in shown
    assert "!crisis" in shown
    assert "agreed to version 2" in await talk.says(t.MIA, "!agree", pair)


async def test_as_last_time_and_the_history(talk: Talk) -> None:
    pair = await talk.room("pair")
    await talk.says(t.KELLER, "!boundaries change last")
    await talk.says(t.KELLER, "send")
    listed = await talk.says(t.MIA, "!boundaries history", pair)
    assert [line[:10] for line in listed.splitlines()] == ["Version 3:", "Version 2:", "Version 1:"]
    assert "not agreed" in listed.splitlines()[0]
    assert "agreed to version 3" in await talk.says(t.MIA, "!agree", pair)


async def test_a_clients_wish_goes_to_the_therapists_own_room(talk: Talk) -> None:
    own = await talk.direct(t.KELLER)
    before = len(talk.lines)
    assert "passed it on" in await talk.says(t.MIA, "!boundaries propose write about work too")
    assert [line for line in talk.lines[before:] if line.room == own and "write about work too" in line.text]


async def test_a_client_proposes_line_by_line_and_the_therapist_is_asked(talk: Talk) -> None:
    pair, own, desk = await talk.room("pair"), await talk.direct(t.MIA), await talk.direct(t.KELLER)
    before = len(talk.lines)
    assert "your own room" in await talk.says(t.MIA, "!boundaries change", pair)
    review = "\n".join(line.text for line in talk.lines[before:] if line.room == own)
    assert "Texting between sessions: Any agreed topic by text" in review
    assert "Answer hours" not in review  # the therapist's to say
    await talk.says(t.MIA, "3")
    assert "my father" in await talk.says(t.MIA, "my father")
    before = len(talk.lines)
    assert "to your therapist now" in await talk.says(t.MIA, "send")
    shown = "\n".join(line.text for line in talk.lines[before:] if line.room == pair)
    assert "Mia would like the two of you to work together in this way" in shown
    assert "Kept for sessions: my father" in shown
    assert "Answer hours: Monday to Thursday: 10:00–18:00 (Berlin time)" in shown
    assert [line for line in talk.lines[before:] if line.room == desk and "proposes a change" in line.text]
    # The one who proposed has agreed by that; until the other has, the earlier version holds.
    assert "You agreed to this by proposing it" in await talk.says(t.MIA, "!agree", pair)
    assert "proposed by Mia and not agreed yet" in await talk.says(t.MIA, "!boundaries", pair)
    assert "Until you both agree, version 3 holds" in await talk.says(t.KELLER, "!boundaries", pair)
    assert "propose another version" in await talk.says(t.KELLER, "I'd like to talk about it first", pair)
    assert "agreed to version 4" in await talk.says(t.KELLER, "!agree", pair)
    before = len(talk.lines)
    await talk.says(t.MIA, "my father called", pair)
    assert [line for line in talk.lines[before:] if line.room == own and '"my father"' in line.text]


async def test_the_review_calls_the_terms_to_mind_on_its_day_and_a_month_later(talk: Talk) -> None:
    pair = await talk.room("pair")
    # A proposal that nobody answers doesn't stop it.
    await talk.says(t.KELLER, "!boundaries change last")
    await talk.says(t.KELLER, "send")
    heard: list[int] = []
    for day in range(100):
        before = len(talk.lines)
        await talk.pass_time(timedelta(days=1))
        if [
            line
            for line in talk.lines[before:]
            if line.room == pair and "look at your agreement" in line.text
        ]:
            heard.append(day)
    assert len(heard) in (3, 4)
    assert all(later - earlier == 30 for earlier, later in pairwise(heard))


async def test_what_the_operator_sets_holds_and_is_shown_as_that(talk: Talk) -> None:
    pair = await talk.room("pair")
    rules = Boundaries(modes=("logistics",), least_answer_hours=48, phone="never", outside="never")
    settings = talk.house.settings.model_copy(update={"boundaries": rules})
    talk.house = replace(talk.house, settings=settings)
    talk.handling = Handling(talk.store, talk.house)
    shown = await talk.says(t.MIA, "!boundaries", pair)
    by_service = [line for line in shown.splitlines() if "set by the service" in line]
    assert len(by_service) == 4  # mode, level, answer time, phone
    assert "DBT" not in await talk.says(t.KELLER, "!boundaries change")
