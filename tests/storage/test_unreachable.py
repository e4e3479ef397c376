"""Somebody who would be called and can't be: known before a crisis, and never waited for in one."""

from datetime import timedelta

import pytest
from storage import talk as t
from storage.crises import GRAVE, MINUTES, current, paged, said
from storage.talk import Talk

from bot.care import episode
from bot.care.duty import judge
from bot.inbound import Membership
from compliance.storage.rooms import Room
from config.ids import PersonId, RoomRef

ME = PersonId("me")


def room(state: str, *present: PersonId) -> Room:
    return Room(RoomRef("r"), "direct", "!r", ME, None, (ME,), state, "en", present)


@pytest.mark.parametrize(
    ("now", "newest", "why"),
    [
        (room("open", ME), None, ""),
        (room("requested", ME), None, ""),
        (room("open"), None, "never"),
        (None, None, "never"),
        (None, room("closed"), "left"),
        (None, room("unsafe", ME), "unsafe"),
    ],
)
def test_who_is_reached_is_judged_by_their_room(now: Room | None, newest: Room | None, why: str) -> None:
    assert judge(ME, now, now or newest) == why


@pytest.fixture
def talk(at_work: Talk) -> Talk:
    return at_work


async def unreached(talk: Talk) -> dict[str, str]:
    """Who could not be called about Mia, and why."""
    known = episode.read(await current(talk)).unreached
    async with talk.store.unit() as unit:
        people = [await unit.people.get(PersonId(one.person)) for one in known]
    return {person.mxid: one.why for person, one in zip(people, known, strict=True)}


async def test_a_therapist_who_left_their_desk_is_not_waited_for(talk: Talk) -> None:
    pair, admin = await talk.room("pair"), await talk.room("admin")
    desk = await talk.direct(t.KELLER)
    talk.absent.add(t.KELLER)
    before = len(talk.lines)
    await talk.goes(t.KELLER, desk)
    assert said(talk, before, "I can't reach Dr. Clara Keller: they have left") == [admin]
    assert "Dr. Clara Keller (therapist): not reachable" in await talk.says(t.ADMIN, "!duty", admin)
    before = len(talk.lines)
    card = await talk.says(t.MIA, GRAVE, pair)
    assert "letting people of this service know" in card, "the card promises nobody who can't be reached"
    assert await paged(talk, before) == {"keller", "oncall", "supervisor"}, "the supervisor before their turn"
    assert said(talk, before, "before your turn") == [await talk.direct(t.SUPERVISOR)]
    assert await unreached(talk) == {t.KELLER: "never"}
    told = said(talk, before, "I can't reach Dr. Clara Keller (therapist) about alert 1")
    assert told == [admin]
    # The chain goes on from there.
    before = len(talk.lines)
    await talk.pass_time(MINUTES)
    assert await paged(talk, before) == {"oncall"}
    assert said(talk, before, "I can't reach") == [], "told once"
    # They come back: the page waits in their new room, and nobody is told again that they are away.
    await talk.comes_in(t.KELLER, await talk.direct(t.KELLER))
    assert await unreached(talk) == {}
    assert "!ack 1" in talk.last(await talk.direct(t.KELLER)).text
    assert "Dr. Clara Keller (therapist): I can reach them" in await talk.says(t.ADMIN, "!duty", admin)


async def test_a_page_that_is_dropped_goes_out_again_and_the_next_are_told_at_once(talk: Talk) -> None:
    pair, admin = await talk.room("pair"), await talk.room("admin")
    desk = await talk.direct(t.KELLER)
    talk.refused[desk] = "roster"
    talk.absent.add(t.KELLER)
    before = len(talk.lines)
    await talk.says(t.MIA, GRAVE, pair)
    assert await paged(talk, before) == {"keller", "oncall", "supervisor"}
    assert len(said(talk, before, "I can't reach Dr. Clara Keller (therapist)")) == 1
    fresh = await talk.direct(t.KELLER)
    assert fresh != desk
    assert len([line for line in talk.lines[before:] if line.room == fresh and "!ack 1" in line.text]) == 1
    assert len([line for line in talk.lines[before:] if "!ack 1" in line.text]) == 3, "nobody twice"
    assert admin in said(talk, before, "told the next")
    # They accept the new room: the page is there already.
    await talk.comes_in(t.KELLER, fresh)
    assert await unreached(talk) == {}
    assert "!ack 1" in talk.last(fresh).text


async def test_the_alert_of_somebody_who_invites_the_bot_again_is_told_there(talk: Talk) -> None:
    pair, desk = await talk.room("pair"), await talk.direct(t.KELLER)
    talk.absent.add(t.KELLER)
    await talk.goes(t.KELLER, desk)
    await talk.says(t.MIA, GRAVE, pair)
    invited = Membership(user=t.BOT, membership="invite", is_direct=True)
    await talk.does(t.KELLER, invited, "!keller-again", encrypted=False)
    assert [line for line in talk.lines if line.room == "!keller-again" and "!ack 1" in line.text]
    assert await unreached(talk) == {}
    before = len(talk.lines)
    await talk.says(t.KELLER, "!ack 1", "!keller-again")
    assert pair in said(talk, before, "has seen that you need someone")


async def test_a_lost_room_on_call_is_no_dead_end_however_often_it_is_lost(talk: Talk) -> None:
    pair, oncall = await talk.room("pair"), await talk.room("oncall")
    for number in (1, 2):
        talk.refused[oncall] = "roster"
        before = len(talk.lines)
        await talk.says(t.MIA, GRAVE, pair)
        assert "!ack" in talk.last(await talk.direct(t.ONCALL)).text, f"loss {number} of the day"
        # It is safe again, and lost again, on the same day.
        del talk.refused[oncall]
        async with talk.store.unit() as unit:
            found = await unit.rooms.by_matrix_id(oncall)
            assert found is not None
            await unit.rooms.set_state(found.ref, "open")
        await talk.says(t.ONCALL, f"!ack {number}")
        await talk.says(t.ONCALL, f"!close {number}")
        assert said(talk, before, "taken alert")
        talk.around.clock.move(timedelta(minutes=15))


async def test_nobody_at_all_can_be_reached_and_the_person_hears_so_at_once(talk: Talk) -> None:
    pair = await talk.room("pair")
    talk.absent |= {t.KELLER, t.ONCALL, t.SUPERVISOR, t.ADMIN, t.SECOND}
    await talk.goes(t.KELLER, await talk.direct(t.KELLER))
    await talk.goes(t.SUPERVISOR, await talk.direct(t.SUPERVISOR))
    await talk.goes(t.ONCALL, await talk.room("oncall"))
    for mxid in (t.ADMIN, t.SECOND):
        await talk.goes(mxid, await talk.room("admin"))
    card = await talk.says(t.MIA, GRAVE, pair)
    assert "please don't wait for an answer here" in card
    assert "letting your" not in card
    assert "So far nobody of this service has answered" in card
    assert "can't reach anyone" in await talk.says(t.MIA, "I need help now", pair)
    # One comes back: they hear at once.
    admin = await talk.room("admin")
    before = len(talk.lines)
    await talk.comes_in(t.ADMIN, admin)
    assert "Please get in touch with them" in talk.last(admin).text
    await talk.pass_time(timedelta(minutes=30))
    assert "admin" in await paged(talk, before)


async def test_who_does_not_come_into_their_room_is_told_of_before_a_crisis(fresh: Talk) -> None:
    talk = fresh
    async with talk.store.unit() as unit:
        (supervisor,) = await unit.grants.holders("supervisor")
        known = await unit.rooms.direct(supervisor)
        assert known is not None, "there is a room for each supervisor from the start"
        await unit.rooms.left(known.ref, supervisor)
        assert known.matrix_id is not None
        name = known.matrix_id
    before = len(talk.lines)
    await talk.pass_time(timedelta(hours=1))
    assert said(talk, before, "I can't reach @supervisor:here") == [await talk.room("admin")]
    await talk.comes_in(t.SUPERVISOR, name)
    assert "supervisor): I can reach them" in await talk.says(t.ONCALL, "!duty", await talk.room("oncall"))


async def test_a_room_that_can_not_be_made_is_not_asked_for_without_end(talk: Talk) -> None:
    pair, desk = await talk.room("pair"), await talk.direct(t.KELLER)
    talk.unmade.add(t.KELLER)
    await talk.goes(t.KELLER, desk)
    before = len(talk.lines)
    await talk.says(t.MIA, GRAVE, pair)
    assert await paged(talk, before) == {"oncall", "supervisor"}
    assert await unreached(talk) == {t.KELLER: "unsafe"}
    # Each round asks once more.
    talk.unmade.clear()
    for _ in range(3):
        await talk.pass_time(MINUTES)
    await talk.pass_time(timedelta(minutes=30))
    fresh = await talk.direct(t.KELLER)
    await talk.comes_in(t.KELLER, fresh)
    assert await unreached(talk) == {}
    assert "!ack 1" in talk.last(fresh).text
