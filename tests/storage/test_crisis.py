"""A crisis without a homeserver: what the person sees, who is paged and when, and what is never lost."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from storage import talk as t
from storage.crises import CONCERN, EMERGENCY, GRAVE, MINUTES, alert_of, current, meet, paged, said
from storage.talk import Talk

from bot.care.desk import Desk
from bot.care.perform import help_first
from bot.handling import Handling
from bot.inbound import Inbound, Media, Membership, RoomRefused, Text
from bot.outbound import Message
from bot.routing.decide import screened
from bot.routing.gather import who_and_where
from compliance.storage.journal import JournalItem


@pytest.fixture
def talk(at_work: Talk) -> Talk:
    return at_work


# What the person sees


async def test_each_severity_has_its_answer(talk: Talk) -> None:
    pair = await talk.room("pair")
    gentle = await talk.says(t.MIA, CONCERN, pair)
    assert "That sounds heavy" in gentle
    assert "!crisis" in gentle
    assert await alert_of(talk) is None, "a gentle word calls nobody"
    grave = await talk.says(t.MIA, GRAVE, pair)
    assert grave.index("0800 111 0 111") < grave.index("call 112")
    assert "letting your therapist and the people on call know" in grave
    emergency = await talk.says(t.MIA, EMERGENCY, pair)
    assert emergency.index("112") < emergency.index("0800 111 0 111")
    for said_here in (grave, emergency):
        assert "I need help now" in said_here
        assert "I'm safe" in said_here


async def test_the_card_is_for_where_the_person_is_now(talk: Talk) -> None:
    await talk.says(t.MIA, "!place Ireland")
    card = await talk.says(t.MIA, GRAVE)
    assert "116 123" in card
    assert "0800 111" not in card
    assert "the lines for Ireland" in talk.last(await talk.room("oncall")).text


async def test_a_card_rests_for_ten_minutes_and_a_rise_in_severity_breaks_the_rest(talk: Talk) -> None:
    pair = await talk.room("pair")
    assert "0800 111 0 111" in await talk.says(t.MIA, GRAVE, pair)
    talk.around.clock.move(timedelta(minutes=9, seconds=59))
    assert "0800 111 0 111" not in await talk.says(t.MIA, GRAVE, pair)
    assert "That sounds heavy" not in await talk.says(t.MIA, CONCERN, pair)
    assert "0800 111 0 111" in await talk.says(t.MIA, GRAVE), "another room has its own rest"
    assert "0800 111 0 111" in await talk.says(t.MIA, EMERGENCY, pair)
    talk.around.clock.move(timedelta(seconds=1))
    assert "0800 111 0 111" not in await talk.says(t.MIA, GRAVE, pair), "a graver card counts too"
    talk.around.clock.move(timedelta(minutes=10))
    assert "0800 111 0 111" in await talk.says(t.MIA, GRAVE, pair)


async def test_saying_safe_closes_nothing_and_help_is_shown_each_time_it_is_asked_for(talk: Talk) -> None:
    pair = await talk.room("pair")
    await talk.says(t.MIA, GRAVE, pair)
    await talk.votes(t.MIA, talk.poll(pair), "safe")
    assert (await current(talk)).state == "open"
    before = len(talk.lines)
    for _ in range(2):
        assert "call 112" in await talk.says(t.MIA, "I need help now", pair)
    assert (await current(talk)).severity == "emergency"
    assert len(said(talk, before, "asks for help now")) == 2, "therapist and on-call, once for the rise"
    assert len(said(talk, before, 'answered "I need help now"')) == 2, "and again for the second time"


# Who is paged, and when


async def test_the_chain_climbs_until_all_are_silent_and_then_begins_anew(talk: Talk) -> None:
    pair = await talk.room("pair")
    before = len(talk.lines)
    await talk.says(t.MIA, GRAVE, pair)
    assert await paged(talk, before) == {"keller", "oncall"}
    for who in ({"supervisor"}, {"oncall"}, {"admin"}):
        talk.around.clock.move(MINUTES - timedelta(seconds=1))
        before = len(talk.lines)
        await talk.pass_time(timedelta())
        assert await paged(talk, before) == set(), "not before its time"
        await talk.pass_time(timedelta(seconds=1))
        assert await paged(talk, before) == who
    before = len(talk.lines)
    await talk.pass_time(MINUTES)
    assert said(talk, before, "So far nobody of this service has answered") == [pair]
    assert said(talk, before, "0800 111 0 111") == [pair]
    assert said(talk, before, "Nobody in the chain has taken alert 1") == [await talk.room("oncall")]
    before = len(talk.lines)
    await talk.pass_time(timedelta(minutes=29))
    assert await paged(talk, before) == set()
    await talk.pass_time(timedelta(minutes=1))
    assert await paged(talk, before) == {"keller", "oncall"}
    for _ in range(4):
        await talk.pass_time(MINUTES)
    assert said(talk, before, "So far nobody of this service") == [], "the person is told once"
    await talk.says(t.ONCALL, "!ack 1", await talk.room("oncall"))
    before = len(talk.lines)
    await talk.pass_time(timedelta(hours=5))
    assert await paged(talk, before) == set()


async def test_an_alarm_that_is_late_pages_at_once(talk: Talk) -> None:
    pair = await talk.room("pair")
    await talk.says(t.MIA, GRAVE, pair)
    before = len(talk.lines)
    await talk.pass_time(timedelta(hours=1))
    assert await paged(talk, before) == {"supervisor"}
    await talk.pass_time(MINUTES)
    assert await paged(talk, before) == {"supervisor", "oncall"}


async def test_a_rise_begins_the_chain_anew_also_after_somebody_took_it(talk: Talk) -> None:
    pair = await talk.room("pair")
    await talk.says(t.MIA, GRAVE, pair)
    await talk.pass_time(MINUTES)
    await talk.says(t.SUPERVISOR, "!ack 1")
    before = len(talk.lines)
    await talk.says(t.MIA, EMERGENCY, pair)
    assert await paged(talk, before) == {"keller", "oncall"}
    assert (await current(talk)).state == "open"
    await talk.pass_time(MINUTES)
    assert "supervisor" in await paged(talk, before)
    # The same again, at the same severity: the alarm of before must not stand in the way.
    await talk.says(t.KELLER, "!ack 1")
    before = len(talk.lines)
    await talk.says(t.MIA, "I need help now", pair)
    assert await paged(talk, before) == {"keller", "oncall"}
    await talk.pass_time(MINUTES)
    assert "supervisor" in await paged(talk, before)


async def test_people_hear_of_further_messages_every_few_minutes_and_none_goes_uncounted(talk: Talk) -> None:
    pair = await talk.room("pair")
    await talk.says(t.MIA, GRAVE, pair)
    before = len(talk.lines)
    for _ in range(3):
        await talk.says(t.MIA, GRAVE, pair)
    assert said(talk, before, "wrote again") == []
    await talk.pass_time(timedelta(minutes=3))
    oncall = await talk.room("oncall")
    assert sorted(said(talk, before, "3 more messages")) == sorted([oncall, await talk.direct(t.KELLER)])
    assert await paged(talk, before) == set(), "one alert an episode"
    # Who took it hears of what follows; after an hour they may be gone, so people are paged anew.
    await talk.says(t.KELLER, "!ack 1")
    await talk.pass_time(timedelta(minutes=30))
    before = len(talk.lines)
    await talk.says(t.MIA, GRAVE, pair)
    assert await talk.direct(t.KELLER) in said(talk, before, "1 more message")
    assert await paged(talk, before) == set()
    talk.around.clock.move(timedelta(hours=1))
    await talk.says(t.MIA, GRAVE, pair)
    assert await paged(talk, before) == {"keller", "oncall"}


async def test_somebody_without_a_therapist_reaches_those_on_call(fresh: Talk) -> None:
    talk = fresh
    await talk.says(t.MIA, "hello")
    before = len(talk.lines)
    assert "letting people of this service know" in await talk.says(t.MIA, GRAVE)
    assert await paged(talk, before) == {"oncall"}


async def test_a_therapist_who_is_away_is_paged_and_those_on_call_know_not_to_wait(talk: Talk) -> None:
    pair = await talk.room("pair")
    day = talk.around.clock.now().date()
    await talk.says(t.KELLER, f"!away {day:%d %b %Y} - {day + timedelta(days=5):%d %b %Y}")
    before = len(talk.lines)
    await talk.says(t.MIA, GRAVE, pair)
    assert await paged(talk, before) == {"keller", "oncall"}
    assert said(talk, before, "Their therapist is away") == [await talk.room("oncall")]


async def test_staff_who_ask_for_help_are_not_their_own_helpers(fresh: Talk) -> None:
    talk = fresh
    await talk.says(t.ONCALL, "hello")
    before = len(talk.lines)
    assert "call 112" in await talk.says(t.ONCALL, "!needhelp")
    # The only one on call is the one who needs help: the next step at once.
    assert await paged(talk, before) == {"supervisor"}
    assert "taken alert" not in await talk.says(t.ONCALL, "!ack 1", await talk.room("oncall"))
    assert (await current(talk, t.ONCALL)).state == "open"


async def test_steps_without_anybody_are_passed_over_and_nobody_at_all_is_said_at_once(fresh: Talk) -> None:
    talk = fresh
    await talk.says(t.MIA, "hello")
    async with talk.store.unit() as unit:
        for role in ("oncall", "supervisor", "admin"):
            for holder in await unit.grants.holders(role):
                if role != "admin":
                    await unit.grants.revoke(holder, role, by="operator")
    before = len(talk.lines)
    await talk.says(t.MIA, GRAVE)
    assert await paged(talk, before) == {"admin"}
    async with talk.store.unit() as unit:
        for holder in await unit.grants.holders("admin"):
            await unit.grants.revoke(holder, "admin", by="operator")
    said_here = await talk.says(t.MIA, "!needhelp")
    assert "can't reach anyone" in said_here
    assert "So far nobody of this service has answered" in said_here


async def test_without_a_room_on_call_each_is_paged_in_their_own(fresh: Talk) -> None:
    talk = fresh
    await talk.says(t.MIA, "hello")
    async with talk.store.unit() as unit:
        for kind in ("oncall", "admin"):
            for room in await unit.rooms.of_kind(kind):
                await unit.rooms.set_state(room.ref, "unsafe")
    assert "0800 111 0 111" in await talk.says(t.MIA, GRAVE)
    assert "!ack 1" in talk.last(await talk.direct(t.ONCALL)).text
    assert "taken alert 1" in await talk.says(t.ONCALL, "!ack 1")


async def test_an_alert_is_taken_once_and_closed_by_a_person_alone(talk: Talk) -> None:
    pair = await talk.room("pair")
    await talk.says(t.MIA, GRAVE, pair)
    oncall = await talk.room("oncall")
    assert "nobody has taken it" in await talk.says(t.ONCALL, "!alerts", oncall)
    assert "has not been taken yet" in await talk.says(t.ONCALL, "!close 1", oncall)
    before = len(talk.lines)
    await talk.says(t.KELLER, "!ack 1")
    assert pair in said(talk, before, "Dr. Clara Keller has seen that you need someone")
    assert oncall in said(talk, before, "Dr. Clara Keller has taken alert 1")
    assert "already taken by Dr. Clara Keller" in await talk.says(t.ONCALL, "!ack 1", oncall)
    await talk.pass_time(timedelta(days=3))
    assert (await current(talk)).state == "acknowledged"
    assert "closed" in await talk.says(t.KELLER, "!close 1")
    assert await alert_of(talk) is None


# What must not get lost


async def test_a_card_that_did_not_arrive_is_shown_in_the_direct_room(talk: Talk) -> None:
    pair = await talk.room("pair")
    body = Text(body=GRAVE)
    # It is handled, and its card waits, when the room is found unsafe.
    async with talk.store.unit() as unit:
        room = await unit.rooms.by_matrix_id(pair)
        assert room is not None
        inbound = Inbound(
            id="$grave",
            room=pair,
            sender=t.MIA,
            at=talk.around.clock.now(),
            encrypted=True,
            content=body,
        )
        await unit.journal.add(inbound.id, inbound.model_dump_json())
    while await talk.handling.work_off():
        pass
    lost = 0
    async with talk.store.unit() as unit:
        while rows := [
            row for row in await unit.outbox.heads(talk.around.clock.now(), 100) if row.room == room.ref
        ]:
            for row in rows:
                await unit.outbox.dropped(row.id, "stranger")
                refused = Inbound(
                    id=f"refused:{row.id}",
                    room=pair,
                    sender="",
                    at=talk.around.clock.now(),
                    encrypted=False,
                    content=RoomRefused(ref=room.ref, reason="roster"),
                )
                await unit.journal.add(refused.id, refused.model_dump_json())
                lost += 1
    assert lost > 1, "card and question"
    before = len(talk.lines)
    await talk.work()
    direct = await talk.direct(t.MIA)
    assert said(talk, before, "0800 111 0 111") == [direct], "once, however many words were lost"
    assert said(talk, before, "is not safe to write in any more").count(direct) == 1
    assert talk.poll(direct).text.startswith("How is it right now?")
    assert "still know about this" in await talk.says(t.MIA, "I'm safe")


async def test_a_card_that_arrived_is_not_shown_twice_when_its_room_is_lost(talk: Talk) -> None:
    pair = await talk.room("pair")
    await talk.says(t.MIA, GRAVE, pair)
    before = len(talk.lines)
    await talk.does(t.BOT, Membership(user=t.BOT, membership="leave", previous="join"), pair, encrypted=False)
    assert said(talk, before, "0800 111 0 111") == []


# The day after


@pytest.mark.parametrize(
    ("answer", "told"),
    [("safe", "That is what they say"), ("need", "An alert is on its way"), ("", "has not answered")],
)
async def test_the_day_after_is_asked_about_if_the_therapist_wants_it(
    talk: Talk, answer: str, told: str
) -> None:
    pair = await talk.room("pair")
    await talk.says(t.MIA, GRAVE, pair)
    await talk.says(t.ONCALL, "!ack 1", await talk.room("oncall"))
    keller, direct = await talk.direct(t.KELLER), await talk.direct(t.MIA)
    await talk.votes(t.KELLER, talk.poll(keller), "yes")
    await talk.says(t.ONCALL, "!close 1", await talk.room("oncall"))
    before = len(talk.lines)
    # It is 9:00 UTC; ten o'clock of the next day in Berlin is 9:00 UTC.
    await talk.pass_time(timedelta(hours=23, minutes=59))
    assert said(talk, before, "How is it today?") == []
    await talk.pass_time(timedelta(minutes=1))
    assert direct in said(talk, before, "How is it today?")
    if answer:
        await talk.votes(t.MIA, talk.poll(direct), answer)
    await talk.pass_time(timedelta(hours=8))
    assert set(said(talk, before, told)) == {keller}
    again = await alert_of(talk)
    assert (again is not None and again.number == 2) == (answer == "need")


async def test_without_the_therapists_word_nothing_is_asked(talk: Talk) -> None:
    pair = await talk.room("pair")
    await talk.says(t.MIA, GRAVE, pair)
    await talk.says(t.KELLER, "!ack 1")
    before = len(talk.lines)
    await talk.pass_time(timedelta(days=2))
    assert said(talk, before, "How is it today?") == []


async def test_a_standing_wish_needs_no_question(talk: Talk) -> None:
    pair = await talk.room("pair")
    assert "have me ask" not in await talk.says(t.KELLER, "!followup on")
    await talk.says(t.MIA, GRAVE, pair)
    before = len(talk.lines)
    await talk.says(t.KELLER, "!ack 1")
    assert said(talk, before, "Shall I ask") == []
    await talk.pass_time(timedelta(days=1))
    assert await talk.direct(t.MIA) in said(talk, before, "How is it today?")
    assert "pass it on to your therapist" in await talk.says(t.MIA, "I'm safe")


# Blind spots


async def test_what_is_not_seen_is_told_once_a_kind_and_day_and_calls_nobody(talk: Talk) -> None:
    pair = await talk.room("pair")
    for kind, told in (("voice", True), ("voice", False), ("image", True)):
        before = len(talk.lines)
        await talk.does(t.MIA, Media.model_validate({"type": kind}), pair)
        assert bool(said(talk, before, "what I can't see")) is told, kind
        for line in talk.lines[before:]:
            assert isinstance(line.effect, Message)
            assert line.effect.notice
    await talk.pass_time(timedelta(days=1))
    before = len(talk.lines)
    await talk.does(t.MIA, Media(type="voice"), pair)
    assert said(talk, before, "what I can't see") == [pair]


# Where it is switched off


def switched(talk: Talk, **modes: str) -> None:
    care = talk.house.settings.care.model_copy(update={"crisis": modes})
    talk.house = replace(talk.house, settings=talk.house.settings.model_copy(update={"care": care}))
    talk.handling = Handling(talk.store, talk.house)


@pytest.mark.parametrize(
    ("mode", "words"), [("off", "I don't look for signs"), ("on-demand", "only when you ask")]
)
async def test_where_words_are_not_looked_for_people_hear_so_and_help_still_works(
    talk: Talk, mode: str, words: str
) -> None:
    switched(talk, IE=mode)
    pair = await talk.room("pair")
    before = len(talk.lines)
    await talk.says(t.MIA, "!place Ireland")
    await talk.says(t.MIA, "!place IE")
    direct = await talk.direct(t.MIA)
    assert said(talk, before, words) == [direct], "once"
    assert said(talk, before, "please don't rely on an alert") == [await talk.direct(t.KELLER)]
    assert "116 123" not in await talk.says(t.MIA, GRAVE, pair)
    assert await alert_of(talk) is None
    assert words in await talk.says(t.MIA, "!crisis")
    assert "Where you are now I" in await talk.says(t.MIA, "!about")
    assert "116 123" in await talk.says(t.MIA, "I need help now", pair)
    assert (await current(talk)).state == "open"
    assert "I look again" in await talk.says(t.MIA, "!place Germany")


async def test_joining_in_such_a_place_is_told_as_soon_as_the_place_is_known(fresh: Talk) -> None:
    talk = fresh
    switched(talk, DE="off")
    before = len(talk.lines)
    await meet(talk)
    assert await talk.direct(t.MIA) in said(talk, before, "I don't look for signs")
    assert await talk.room("pair") in said(talk, before, "I don't look for signs"), "both know it"
    assert said(talk, before, "I read each message once to notice") != [await talk.room("pair")]


# Item 9 of the PHQ-9


@pytest.mark.parametrize("mode", ["on", "off"])
@pytest.mark.parametrize(("item9", "alarms"), [("0", False), ("1", True), ("3", True)])
async def test_item_9_calls_a_person_and_a_later_zero_clears_nothing(
    talk: Talk, item9: str, alarms: bool, mode: str
) -> None:
    switched(talk, DE=mode)
    await talk.says(t.MIA, "!phq9")
    for _ in range(8):
        await talk.says(t.MIA, "0")
    assert await talk.question(t.MIA) == "phq9/item9"
    before = len(talk.lines)
    answer = await talk.says(t.MIA, item9)
    assert ("0800 111 0 111" in answer) is alarms
    assert await paged(talk, before) == ({"keller", "oncall"} if alarms else set())
    if alarms:
        assert "in a questionnaire" in talk.last(await talk.room("oncall")).text
        await talk.says(t.MIA, "back")
        await talk.says(t.MIA, "0")
        assert (await current(talk)).state == "open"
        await talk.pass_time(MINUTES)
        assert "supervisor" in await paged(talk, before)


# Safety plan

PLAN = {
    "signs": "I stop answering my friends",
    "coping": "the playlist from Lisbon",
    "people": "my sister Ana, 0170 000 000",
    "reason": "the sea",
}


async def test_a_safety_plan_is_made_shown_changed_and_offered_on_the_card(talk: Talk) -> None:
    pair = await talk.room("pair")
    await talk.says(t.MIA, "!safetyplan", pair)
    assert await talk.question(t.MIA) == "safetyplan/signs"
    await talk.fill(t.MIA, "safetyplan", PLAN)
    shown = await talk.says(t.MIA, "!safetyplan")
    for line in PLAN.values():
        assert line in shown
    assert "112" in shown
    # Changing shows what stands and asks for one line alone.
    review = await talk.says(t.MIA, "!safetyplan change")
    assert "the playlist from Lisbon" in review
    await talk.says(t.MIA, "2")
    await talk.says(t.MIA, "a cold shower")
    await talk.says(t.MIA, "send")
    shown = await talk.says(t.MIA, "!safetyplan")
    assert "a cold shower" in shown
    assert "the sea" in shown
    assert "Lisbon" not in shown
    card = await talk.says(t.MIA, GRAVE, pair)
    assert '"!safetyplan"' in card
    before = len(talk.lines)
    await talk.says(t.MIA, "!safetyplan", pair)
    assert said(talk, before, "a cold shower") == [await talk.direct(t.MIA)], "not in the room of two"


async def test_a_safety_plan_is_the_therapists_only_as_long_as_the_client_says(talk: Talk) -> None:
    pair = await talk.room("pair")
    keller = await talk.direct(t.KELLER)
    await talk.says(t.MIA, "!safetyplan")
    await talk.fill(t.MIA, "safetyplan", PLAN)
    assert "no safety plan that a client of yours shares" in await talk.says(t.KELLER, "!safetyplan")
    assert not said(talk, 0, "the sea") or keller not in said(talk, 0, "the sea")
    before = len(talk.lines)
    await talk.votes(t.MIA, talk.poll(await talk.direct(t.MIA)), "share")
    assert said(talk, before, "the sea") == [keller]
    assert "the sea" in await talk.says(t.KELLER, "!safetyplan")
    await talk.says(t.MIA, GRAVE, pair)
    assert "They share a safety plan with you" in talk.last(keller).text
    await talk.says(t.MIA, "!safetyplan private")
    assert "does not share their safety plan" in talk.last(keller).text
    assert "the sea" not in await talk.says(t.KELLER, "!safetyplan")


async def test_the_plan_is_sealed(talk: Talk, tmp_path: Path) -> None:
    await talk.says(t.MIA, "!safetyplan")
    await talk.fill(t.MIA, "safetyplan", PLAN)
    person = await talk.person(t.MIA)
    async with talk.store.unit() as unit:
        desk = Desk(unit, talk.house)
        document = await desk.unit.documents.get("safetyplan", person)
        assert document is not None
        assert "the sea" in document.body_json
    async with talk.store.engine.connect() as connection:
        rows = await connection.exec_driver_sql("SELECT body_json FROM documents")
        assert not [row for row in rows if re.search(rb"the sea", row[0])]


async def test_a_crash_behind_the_card_brings_no_second_card_and_loses_no_alert(talk: Talk) -> None:
    """The card leaves in a transaction of its own; the row is handled again by the next process."""
    pair = await talk.room("pair")
    now = talk.around.clock.now()
    written = Inbound(
        id="$before-the-crash", room=pair, sender=t.MIA, at=now, encrypted=True, content=Text(body=GRAVE)
    )
    async with talk.store.unit() as unit:
        await unit.journal.add(written.id, written.model_dump_json())
        situation = await who_and_where(unit, written, talk.house.settings, t.BOT)
        desk = Desk(unit, talk.house)
        assert await help_first(desk, written, situation, screened(written, situation)) == "sent"
    talk.around.clock.move(timedelta(hours=1))  # longer than a card rests
    talk.handling = Handling(talk.store, talk.house)
    await talk.work()
    cards = [line for line in talk.lines if line.room == pair and "0800 111 0 111" in line.text]
    assert len(cards) == 1
    assert "!ack" in talk.last(await talk.room("oncall")).text


async def comes_in(talk: Talk, written: Inbound) -> bool:
    """As the sync takes it in: one unit, in which a card is written at once."""
    async with talk.store.unit() as unit:
        await unit.journal.accept([JournalItem(written.id, written.model_dump_json())], t.BOT, "next")
        return await talk.handling.at_once(unit, written)


async def at_rest(talk: Talk) -> None:
    """Until the handling has nothing to do."""
    for _ in range(5000):
        await asyncio.sleep(0)
        async with talk.store.unit() as unit:
            if not await unit.journal.pending() and not talk.store.journal_added.is_set():
                return
    raise AssertionError("the handling does not come to rest")


def grave(talk: Talk, room: str, number: int, body: str = GRAVE) -> Inbound:
    now = talk.around.clock.now()
    return Inbound(id=f"${number}", room=room, sender=t.MIA, at=now, encrypted=True, content=Text(body=body))


async def test_a_card_is_written_in_the_unit_that_takes_the_words_in_and_comes_once(talk: Talk) -> None:
    pair = await talk.room("pair")
    running = asyncio.create_task(talk.handling.run())
    await at_rest(talk)
    before = len(talk.lines)
    assert await comes_in(talk, grave(talk, pair, 1))
    await talk.deliver()
    assert "0800 111 0 111" in talk.lines[before].text, "before anything else is done about it"
    await at_rest(talk)
    assert not await comes_in(talk, grave(talk, pair, 2)), "it rests"
    assert not await comes_in(talk, grave(talk, pair, 3, "Good morning"))
    await at_rest(talk)
    running.cancel()
    while await talk.deliver():
        pass
    cards = [line for line in talk.lines if line.room == pair and "0800 111 0 111" in line.text]
    assert len(cards) == 1
    person = await talk.person(t.MIA)
    async with talk.store.unit() as unit:
        entries = await unit.audit.about(person)
    found = [entry for entry in entries if entry.action == "crisis.detected"]
    assert len(found) == 2, "each message once"
    assert "!ack" in talk.last(await talk.room("oncall")).text


async def test_what_comes_in_while_something_waits_has_its_turn(talk: Talk) -> None:
    """She has moved, and then writes: the card is for where she is now."""
    pair, direct = await talk.room("pair"), await talk.direct(t.MIA)
    resting = asyncio.create_task(talk.handling.run())
    await at_rest(talk)
    resting.cancel()
    async with talk.store.unit() as unit:
        moved = grave(talk, direct, 1, "!place Ireland")
        await unit.journal.add(moved.id, moved.model_dump_json())
    assert not await comes_in(talk, grave(talk, pair, 2))
    before = len(talk.lines)
    await talk.work()
    assert any("116 123" in line.text for line in talk.lines[before:] if line.room == pair)


async def test_questions_wait_for_somebody_in_distress(fresh: Talk) -> None:
    """Words of a crisis are no wrong answer to a question with choices: the questions wait."""
    await fresh.says(t.MIA, "hello")
    assert await fresh.question(t.MIA) == "welcome/role"
    heard = await fresh.says(t.MIA, GRAVE)
    assert "0800 111 0 111" in heard
    assert "match" not in heard
    assert "resume" in heard
    assert "What brings you here?" in await fresh.says(t.MIA, "resume")


async def test_at_night_the_card_is_followed_by_who_is_called_and_by_nothing_about_waiting(
    talk: Talk,
) -> None:
    pair = await talk.room("pair")
    await talk.pass_time(timedelta(hours=12))
    said = await talk.says(t.MIA, GRAVE, pair)
    assert "is not at the desk now; they look at messages next" in said
    assert "I'm telling them and others about this all the same" in said
    for elsewhere in ("!later", "on your clock", "You can expect an answer"):
        assert elsewhere not in said
    again = await talk.says(t.MIA, "I can't sleep.", pair)
    assert "not at the desk" not in again
