"""Conversations without a homeserver: what people would see, what stays, and what never goes out."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select, update
from storage import talk as t
from storage.scenes import joins, meet
from storage.talk import Talk

from bot.care.desk import Desk
from bot.care.rooms import adopt_room
from bot.demo import cast
from bot.handling import Handling
from bot.inbound import Edit, Media, Membership, RoomRefused, Text, Unreadable, Vote
from bot.outbound import AdoptRoom, CreateRoom, Invite, Message, PlainPointer, Remove
from compliance.storage import schema

EVE = "@eve:elsewhere"
GRAVE = "I want to kill myself"


@pytest_asyncio.fixture
async def talk(tmp_path: Path) -> AsyncGenerator[Talk]:
    async with t.opened(tmp_path) as opened:
        yield opened


async def states(talk: Talk) -> list[str]:
    """The states of all journal rows that were not done."""
    async with talk.store.engine.connect() as connection:
        rows = await connection.execute(select(schema.journal.c.state))
        return [row.state for row in rows if row.state != "done"]


async def alert(talk: Talk, mxid: str = t.MIA) -> str:
    """The state of somebody's open alert; empty if there is none."""
    person = await talk.person(mxid)
    async with talk.store.unit() as unit:
        found = await unit.alerts.current(person)
        return found.state if found else ""


# A failure in the middle


async def damage(talk: Talk) -> None:
    """Overwrite the state of every running form, as a broken disk or an old backup would."""
    async with talk.store.engine.begin() as connection:
        await connection.execute(update(schema.forms).values(state_json=b"\x00" * 40))


async def test_what_can_not_be_handled_is_put_aside_and_its_writer_hears(talk: Talk) -> None:
    await joins(talk)
    await damage(talk)
    assert "could not deal with your last message" in await talk.says(t.MIA, "Mia")
    assert await states(talk) == ["quarantined"]
    # Everybody else goes on.
    assert "What brings you here?" in await talk.says("@ida:here", "hello")


async def test_crisis_words_in_what_can_not_be_handled_still_bring_card_and_alert(talk: Talk) -> None:
    await joins(talk)
    await damage(talk)
    said = await talk.says(t.MIA, GRAVE)
    assert "0800 111 0 111" in said
    assert "could not deal with" in said
    assert await alert(talk) == "open"
    assert "!ack 1" in talk.last(await talk.room("oncall")).text
    assert await states(talk) == ["quarantined"]


async def test_commands_work_for_somebody_whose_form_is_damaged(talk: Talk) -> None:
    await joins(talk)
    await damage(talk)
    assert "0800 111 0 111" in await talk.says(t.MIA, "!crisis")


# Typed answers to polls


async def test_typed_words_count_like_a_vote_while_an_alert_is_open(talk: Talk) -> None:
    await joins(talk)
    assert "1. I need help now" in await talk.says(t.MIA, GRAVE)
    assert "The people who care for you still know" in await talk.says(t.MIA, "I’M SAFE!")
    assert 'answered "I\'m safe"' in talk.last(await talk.room("oncall")).text
    assert await alert(talk) == "open", "nobody's word closes an alert but that of the people on duty"
    assert "call 112" in await talk.says(t.MIA, "i need help now.")
    assert (await talk.question(t.MIA)).startswith("intake/")


async def test_help_is_there_for_the_words_also_when_nothing_was_asked(talk: Talk) -> None:
    await joins(talk)
    assert "call 112" in await talk.says(t.MIA, "I need help now")
    assert await alert(talk) == "open"
    assert await talk.question(t.MIA) == "intake/name"


async def test_the_number_counts_directly_after_the_poll(talk: Talk) -> None:
    pair = await meet(talk)
    # A stranger to forms: nothing is open, so the poll is the last thing in the direct room.
    await talk.says(t.MIA, GRAVE)
    assert "The people who care for you still know" in await talk.says(t.MIA, "2")
    assert "The people who care for you still know" not in await talk.says(t.MIA, "2")
    # Between two people a number is talk, unless its writer has just asked for open times.
    await talk.says(t.MIA, "!book", pair)
    await talk.says(t.KELLER, "How bad was it today, from 1 to 5?", pair)
    await talk.says(t.MIA, "2", pair)
    await talk.says(t.MIA, "!book", pair)
    await talk.pass_time(timedelta(minutes=3))
    await talk.says(t.MIA, "2", pair)
    assert "Nothing is booked" in await talk.says(t.MIA, "!sessions")
    await talk.says(t.MIA, "!book", pair)
    assert "Booked." in await talk.says(t.MIA, "2", pair)


async def test_a_therapist_accepts_by_the_words_of_the_choice(talk: Talk) -> None:
    await talk.says(t.KELLER, "hello")
    await talk.says(t.KELLER, "2")
    await talk.fill(t.KELLER, "application", cast.KELLER)
    await talk.says(t.ADMIN, "!approve 1", await talk.room("admin"))
    await joins(talk)
    await talk.fill(t.MIA, "intake", cast.CLIENT)
    assert "now share a private room" in await talk.says(t.KELLER, "yes, i have room")
    assert "now share" not in await talk.says(t.KELLER, "Yes, I have room")


async def test_a_client_agrees_by_the_words_and_only_the_client(talk: Talk) -> None:
    pair = await meet(talk)
    assert "ecorded" not in await talk.says(t.KELLER, "Yes, I agree", pair)
    first = await talk.says(t.MIA, "Yes, I agree.", pair)
    assert first
    # Once it is agreed, the same words are talk between the two.
    assert await talk.says(t.MIA, "Yes, I agree.", pair) != first


# Votes


async def test_a_vote_for_what_was_no_choice_decides_nothing(talk: Talk) -> None:
    await meet(talk)
    await talk.says(t.MIA, GRAVE)
    poll = talk.poll(await talk.direct(t.MIA))
    for choices in ((), ("nonsense",)):
        assert "You took your vote back" in await talk.votes(t.MIA, poll, *choices)
    assert not [line for line in talk.lines if 'answered "I\'m safe"' in line.text]


async def test_a_vote_on_an_old_question_is_told_so(talk: Talk) -> None:
    await talk.says(t.MIA, "hello")
    old = talk.poll(await talk.direct(t.MIA))
    await talk.says(t.MIA, "1")
    await talk.says(t.MIA, "I understand")
    said = await talk.votes(t.MIA, old, "therapist")
    assert "finished" in said
    assert await talk.question(t.MIA) == "intake/name"


async def test_a_vote_of_somebody_else_does_not_count(talk: Talk) -> None:
    pair = await meet(talk)
    await talk.says(t.MIA, GRAVE, pair)
    before = len(talk.lines)
    await talk.votes(t.KELLER, talk.poll(pair), "safe")
    assert len(talk.lines) == before


# What can't be read, and what comes in clear


async def test_what_comes_in_clear_counts_for_nothing_and_is_told(talk: Talk) -> None:
    await joins(talk)
    said = await talk.does(t.MIA, Text(body="Mia"), encrypted=False)
    assert "without encryption" in said
    assert await talk.question(t.MIA) == "intake/name"


async def test_a_message_without_its_key_is_told(talk: Talk) -> None:
    await joins(talk)
    assert "I can't read your last message" in await talk.does(
        t.MIA, Unreadable(session="s"), encrypted=False
    )


async def test_a_room_in_clear_gets_one_pointer_and_nothing_private(talk: Talk) -> None:
    clear = "!clear:here"
    said = await talk.does(t.MIA, Text(body="Hi, I'm Mia and I can't sleep"), clear, encrypted=False)
    assert "not encrypted" in said
    assert await talk.does(t.MIA, Text(body="Are you there?"), clear, encrypted=False) == ""
    assert "!crisis" in said
    assert all(isinstance(line.effect, PlainPointer) for line in talk.lines if line.room == clear)
    # They are invited, and go on there.
    direct = await talk.direct(t.MIA)
    created = [
        line.effect for line in talk.lines if isinstance(line.effect, CreateRoom) and line.room == direct
    ]
    assert [effect.invite for effect in created] == [(t.MIA,)]
    assert await talk.question(t.MIA) == "welcome/role"


async def test_crisis_words_in_clear_are_answered_in_the_encrypted_room(talk: Talk) -> None:
    clear = "!clear:here"
    await talk.does(t.MIA, Text(body=GRAVE), clear, encrypted=False)
    direct = await talk.direct(t.MIA)
    cards = [line.room for line in talk.lines if "This sounds very hard" in line.text]
    assert cards == [direct]


# Rooms that are lost, left, or entered by others


async def test_somebody_else_in_a_room_is_removed_and_the_person_hears(talk: Talk) -> None:
    await joins(talk)
    direct = await talk.direct(t.MIA)
    before = len(talk.lines)
    await talk.does(t.MIA, Membership(user=EVE, membership="invite"), direct, encrypted=False)
    here = [line.effect for line in talk.lines[before:] if line.room == direct]
    assert here[0] == Remove(user=EVE)
    assert isinstance(here[1], Message)
    assert "just you and me" in here[1].body


async def test_a_stranger_in_a_pairs_room_gets_their_card_in_a_room_of_their_own(talk: Talk) -> None:
    pair = await meet(talk)
    before = len(talk.lines)
    await talk.does(EVE, Text(body=GRAVE), pair)
    new = talk.lines[before:]
    assert next(line.effect for line in new if line.room == pair) == Remove(user=EVE)
    assert "112" not in "".join(line.text for line in new if line.room == pair)
    own = await talk.direct(EVE)
    assert "112" in "".join(line.text for line in new if line.room == own)


@pytest.mark.parametrize("reason", ["roster", "join-rule", "power", "not-encrypted"])
async def test_a_direct_room_that_is_lost_is_replaced_and_the_open_question_goes_along(
    talk: Talk, reason: str
) -> None:
    await joins(talk)
    await talk.says(t.MIA, "Mia")
    old, asked = await talk.direct(t.MIA), await talk.question(t.MIA)
    async with talk.store.unit() as unit:
        room = await unit.rooms.by_matrix_id(old)
        assert room is not None
    refused = RoomRefused.model_validate({"ref": room.ref, "reason": reason})
    await talk.does("", refused, old)
    new = await talk.direct(t.MIA)
    assert new != old
    said = "\n".join(line.text for line in talk.lines if line.room == new)
    assert "new room" in said
    assert await talk.question(t.MIA) == asked == "intake/birth"
    # Words in the old room don't count, and that is said in the new one.
    await talk.says(t.MIA, "34", old)
    assert "Please write it here" in talk.last(new).text
    assert await talk.question(t.MIA) == asked


async def test_who_leaves_and_comes_back_goes_on_where_they_were(talk: Talk) -> None:
    await joins(talk)
    await talk.says(t.MIA, "Mia")
    old = await talk.direct(t.MIA)
    await talk.does(t.MIA, Membership(user=t.MIA, membership="leave", previous="join"), old, encrypted=False)
    new = await talk.direct(t.MIA)
    assert new != old
    assert "When were you born?" in await talk.says(t.MIA, "I'm back")
    assert await talk.question(t.MIA) == "intake/birth"
    await talk.says(t.MIA, "34")
    assert await talk.question(t.MIA) == "intake/country"


async def test_the_bot_comes_back_into_a_room_from_which_it_was_removed(talk: Talk) -> None:
    await joins(talk)
    room = await talk.direct(t.MIA)
    await talk.does(t.MIA, Membership(user=t.BOT, membership="leave", previous="join"), room, encrypted=False)
    await talk.does(t.MIA, Membership(user=t.BOT, membership="invite"), room, encrypted=False)
    assert AdoptRoom(matrix_id=room) in [line.effect for line in talk.lines]
    assert await talk.direct(t.MIA) == room
    await talk.says(t.MIA, "Mia")
    assert await talk.question(t.MIA) == "intake/birth"


async def test_a_second_room_that_can_not_be_used_leaves_the_first_as_it_is(talk: Talk) -> None:
    await joins(talk)
    room, asked = await talk.direct(t.MIA), await talk.question(t.MIA)
    person = await talk.person(t.MIA)
    async with talk.store.unit() as unit:
        desk = Desk(unit, talk.house)
        second = await adopt_room(desk, await unit.people.get(person), "!clear:here")
        # As delivery does when the homeserver's state of the room says no.
        await unit.rooms.set_state(second.ref, "unsafe")
        for row in await unit.outbox.heads(talk.around.clock.now()):
            await unit.outbox.dropped(row.id, "not-encrypted")
    await talk.does("", RoomRefused(ref=second.ref, reason="not-encrypted"), "!clear:here")
    assert await talk.direct(t.MIA) == room
    assert await talk.question(t.MIA) == asked
    await talk.says(t.MIA, "Mia")
    assert await talk.question(t.MIA) == "intake/birth"


async def test_who_left_a_pairs_room_is_invited_again_when_they_ask(talk: Talk) -> None:
    pair = await meet(talk)
    await talk.does(t.MIA, Membership(user=t.MIA, membership="leave", previous="join"), pair, encrypted=False)
    assert "!rejoin" in talk.last(await talk.direct(t.MIA)).text
    await talk.says(t.MIA, "!rejoin")
    assert [line.effect for line in talk.lines if line.room == pair][-1] == Invite(user=t.MIA)


# Edits and files


async def test_an_edit_corrects_the_answer_while_the_form_is_open_and_is_told_where_it_does_not(
    talk: Talk,
) -> None:
    await joins(talk)
    await talk.does(t.MIA, Text(body="Mia"), event="$name")
    await talk.does(t.MIA, Edit(body="Maja", edits="$name"))
    assert "It was not an answer" in await talk.does(t.MIA, Edit(body="x", edits="$other"))
    await talk.fill(t.MIA, "intake", {key: value for key, value in cast.CLIENT.items() if key != "name"})
    async with talk.store.unit() as unit:
        person = await unit.people.by_mxid(t.MIA)
        assert person is not None
        assert person.name == "Maja"
    assert "It was not an answer" in await talk.does(t.MIA, Edit(body="Mara", edits="$name"))


async def test_a_picture_or_voice_message_is_not_looked_at_and_that_is_said(talk: Talk) -> None:
    await joins(talk)
    for content in (Media(type="image", filename="a.png"), Media(type="voice", filename="Voice message")):
        assert "I don't look at pictures" in await talk.does(t.MIA, content)
    assert await talk.question(t.MIA) == "intake/name"


# Records


async def test_nobody_decides_about_their_own_application(talk: Talk) -> None:
    await talk.says(t.ADMIN, "!start")
    await talk.says(t.ADMIN, "2")
    await talk.fill(t.ADMIN, "application", cast.KELLER)
    admins = await talk.room("admin")
    for command in ("!approve 1", "!refuse 1 I don't like them"):
        assert "your own application" in await talk.says(t.ADMIN, command, admins)
    assert "Approved" in await talk.says(t.SECOND, "!approve 1", admins)


async def test_a_pair_that_has_ended_changes_nothing_any_more(talk: Talk) -> None:
    pair = await meet(talk)
    async with talk.store.engine.begin() as connection:
        await connection.execute(update(schema.pairs).values(state="ended"))
    for mxid in (t.MIA, t.KELLER):
        for command in ("!book", "!book 1", "!boundaries change", "!sessions"):
            assert "not working together here any more" in await talk.says(mxid, command, pair), command
    assert "not working together" in await talk.says(t.KELLER, "!phq9", pair)


async def test_a_therapist_sees_alerts_of_their_own_clients_alone(talk: Talk) -> None:
    await meet(talk)
    await talk.says("@ida:here", "hello")
    await talk.says("@ida:here", GRAVE)
    await talk.says(t.MIA, GRAVE)
    assert re_numbers(await talk.says(t.KELLER, "!alerts")) == ["2"]
    assert "There is no open alert" not in await talk.says(t.KELLER, "!ack 2")
    assert "taken alert" not in await talk.says(t.KELLER, "!ack 1")
    assert re_numbers(await talk.says(t.ONCALL, "!alerts", await talk.room("oncall"))) == ["1", "2"]


def re_numbers(text: str) -> list[str]:
    return [line.partition(":")[0] for line in text.splitlines() if line[:1].isdigit()]


async def test_an_invited_service_helps_strangers_in_a_crisis_and_takes_nobody_else(tmp_path: Path) -> None:
    async with t.opened(tmp_path, join="invitation") as closed:
        said = await closed.says(t.MIA, "hello")
        assert "by invitation only" in said
        assert await closed.question(t.MIA) == ""
        assert "0800 111 0 111" in await closed.says(t.MIA, GRAVE)
        assert await alert(closed) == "open"
        assert "by invitation only" in await closed.says(t.MIA, "!start")


@pytest.mark.parametrize(
    ("minimum", "years", "words"), [(18, "17", "is for adults"), (21, "20", "is for people of 21 and older")]
)
async def test_who_is_too_young_for_this_service_hears_so_kindly_with_help(
    talk: Talk, minimum: int, years: str, words: str
) -> None:
    care = talk.house.settings.care.model_copy(update={"minimum_age": minimum})
    talk.house = replace(talk.house, settings=talk.house.settings.model_copy(update={"care": care}))
    talk.handling = Handling(talk.store, talk.house)
    await joins(talk)
    await talk.says(t.MIA, "Mia")
    assert f"younger than {minimum}" in await talk.says(t.MIA, years)
    said = await talk.says(t.MIA, "yes")
    assert words in said
    assert "112" in said
    assert words in await talk.says(t.MIA, "hello")
    assert await talk.question(t.MIA) == ""


async def test_an_admin_invites_and_takes_back_what_the_settings_leave_closed(tmp_path: Path) -> None:
    async with t.opened(tmp_path, join="invitation") as closed:
        admins = await closed.room("admin")
        await closed.says(t.MIA, "hello")
        before = len(closed.lines)
        said = await closed.says(t.ADMIN, f"!invite {t.MIA}, https://matrix.to/#/%40winter%3Ahere", admins)
        assert f"{t.MIA}, {t.WINTER} can join now" in said
        assert t.BOT in said
        told = [line.room for line in closed.lines[before:] if "You can join now" in line.text]
        assert told == [await closed.direct(t.MIA)], "and nobody is written to who has not written first"
        assert f"{t.WINTER} can't join any more" in await closed.says(
            t.ADMIN, f"!uninvite {t.WINTER}", admins
        )
        assert "by invitation only" in await closed.says(t.WINTER, "hello")
        await closed.says(t.MIA, "!start")
        assert await closed.question(t.MIA) == "welcome/role"
        await closed.says(t.MIA, "1")
        await closed.says(t.MIA, "I understand")
        assert "has begun already" in await closed.says(t.ADMIN, f"!uninvite {t.MIA}", admins)
        assert "was not invited by a command" in await closed.says(t.ADMIN, f"!uninvite {t.MIA}", admins)
        await closed.says(t.MIA, "stop")
        await closed.says(t.MIA, "!start")
        assert await closed.question(t.MIA) == "intake/name"


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("!invite", "Please add a Matrix id"),
        ("!invite mia", '"mia" is no Matrix id'),
        ("!invite @winter:here mia:here", '"mia:here" is no Matrix id'),
        (f"!invite {' '.join(f'@p{n}:here' for n in range(51))}", "more than 50"),
        ("!uninvite @winter:here", "was not invited by a command"),
    ],
)
async def test_an_invitation_that_can_not_be_meant_invites_nobody(
    tmp_path: Path, line: str, answer: str
) -> None:
    async with t.opened(tmp_path, join="invitation") as closed:
        assert answer in await closed.says(t.ADMIN, line, await closed.room("admin"))
        assert "by invitation only" in await closed.says(t.WINTER, "hello")


async def test_nobody_is_invited_whom_the_rooms_could_not_hold(talk: Talk) -> None:
    far, admins = "@winter:elsewhere", await talk.room("admin")
    said = await talk.says(t.ADMIN, f"!invite @winter:here {far}", admins)
    assert f"{far} belongs to another homeserver" in said
    assert "was not invited" in await talk.says(t.ADMIN, "!uninvite @winter:here", admins)


async def test_an_invitation_changes_nothing_for_those_whom_the_settings_let_join(talk: Talk) -> None:
    admins = await talk.room("admin")
    await talk.says(t.MIA, "hello")
    before = len(talk.lines)
    await talk.says(t.ADMIN, f"!invite {t.MIA}", admins)
    assert not [line for line in talk.lines[before:] if line.room == await talk.direct(t.MIA)]
    assert "can still join" in await talk.says(t.ADMIN, f"!uninvite {t.MIA}", admins)


async def test_only_admins_invite(tmp_path: Path) -> None:
    async with t.opened(tmp_path, join="invitation") as closed:
        assert "is not for you" in await closed.says(t.MIA, f"!invite {t.MIA}")
        assert "is not for you" in await closed.says(
            t.ONCALL, f"!invite {t.MIA}", await closed.room("oncall")
        )
        assert "by invitation only" in await closed.says(t.MIA, "!start")


async def test_an_invitation_without_words_is_greeted_after_a_moment(talk: Talk) -> None:
    room = await talk.direct(t.MIA)
    assert [line for line in talk.lines if line.room == room and line.text] == []
    await talk.pass_time(timedelta(seconds=6))
    assert "What brings you here?" in talk.last(room).text


async def test_a_vote_on_a_poll_that_is_not_ours_changes_nothing(talk: Talk) -> None:
    await joins(talk)
    assert await talk.does(t.MIA, Vote(poll="$unknown", choices=("a",))) == ""


@pytest.mark.parametrize(
    ("typed", "zone"),
    [("Lisbon", "Europe/Lisbon"), ("New York", "America/New_York"), ("Europe/Dublin", "Europe/Dublin")],
)
async def test_somebody_on_a_journey_sets_the_clock_of_a_city_abroad(
    talk: Talk, typed: str, zone: str
) -> None:
    await talk.says(t.MIA, "hello")
    await talk.says(t.MIA, "!place Germany")
    said = await talk.says(t.MIA, f"!zone {typed}")
    assert zone.replace("_", " ") in said
    mia = await talk.person(t.MIA)
    async with talk.store.unit() as unit:
        assert (await unit.people.get(mia)).zone == zone
