"""Rooms and effects against a real Synapse: what may go where, and what is refused."""

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from matrix_bot import Bot, KilledError, MakeBot, MakePerson

from bot.demo.person import Person
from bot.inbound import Inbound, Membership, RoomRefused, Text, Unreadable, Vote
from bot.matrix.powerlevels import CALL_MEMBER
from bot.outbound import (
    AdoptRoom,
    Attachment,
    CloseRoom,
    CreateRoom,
    Message,
    PlainPointer,
    Poll,
    PollEnd,
    SetCalls,
)
from config.ids import RoomRef


async def levels(bot: Bot, room: str) -> dict[str, Any]:
    return await bot.account.homeserver.get("rooms", room, "state", "m.room.power_levels", "")


async def adopt(bot: Bot, matrix_id: str, *people: Person) -> RoomRef:
    async with bot.store.unit() as unit:
        roster = [await unit.people.add(one.mxid) for one in people]
        room = await unit.rooms.add("direct", roster[0].id, None, tuple(one.id for one in roster))
        await unit.outbox.add(room.ref, AdoptRoom(matrix_id=matrix_id).model_dump_json())
    await bot.delivery.idle()
    return room.ref


def invitation(room: str) -> Callable[[Inbound], bool]:
    return lambda i: isinstance(i.content, Membership) and i.content.membership == "invite" and i.room == room


async def test_a_room_that_somebody_opened_is_taken_and_what_they_wrote_is_not_lost(
    make_bot: MakeBot, person: MakePerson
) -> None:
    anna, bot = await person("anna"), await make_bot()
    room = await anna.create_direct(bot.mxid)
    # Whether it can be read depends on whether her client knows the invited when it gives out keys.
    early = await anna.say("Is somebody there?")
    heard = await bot.hears(invitation(room))
    assert isinstance(heard.content, Membership)
    assert heard.content.is_direct
    ref = await adopt(bot, room, anna)
    first = await bot.hears(
        lambda i: isinstance(i.content, Unreadable) or i.content == Text(body="Is somebody there?")
    )
    assert (first.room, first.sender) == (room, anna.mxid)
    async with bot.store.unit() as unit:
        assert (await unit.rooms.get(ref)).state == "open"
        assert await unit.journal.known(early)
    await bot.queue(ref, Message(body="I am here"))
    await anna.hears("I am here")
    await anna.say("I am not well")
    await bot.hears(Text(body="I am not well"))


async def test_a_room_with_somebody_else_in_it_is_not_adopted(make_bot: MakeBot, person: MakePerson) -> None:
    anna, ben, bot = await person("anna"), await person("ben"), await make_bot()
    room = await anna.create_direct(bot.mxid, ben.mxid)
    await bot.hears(invitation(room))
    ref = await adopt(bot, room, anna)
    await bot.hears(RoomRefused(ref=ref, reason="roster"))
    await bot.queue(ref, Message(body="secret"))
    assert [e for e in await bot.events(room) if e["sender"] == bot.mxid] == []


async def test_only_the_pointer_goes_into_an_unencrypted_room(make_bot: MakeBot, person: MakePerson) -> None:
    anna, bot = await person("anna"), await make_bot()
    room = await anna.create_direct(bot.mxid, encrypted=False)
    await bot.account.homeserver.post("join", room, body={})
    text = "Please write in our encrypted room."
    await bot.queue(None, PlainPointer(matrix_id=room, body=text))
    assert [event["content"]["body"] for event in await bot.plain_events(room)] == [text]
    sealed = await anna.create_direct(bot.mxid)
    await bot.account.homeserver.post("join", sealed, body={})
    await bot.queue(None, PlainPointer(matrix_id=sealed, body=text))
    assert await bot.plain_events(sealed) == []


async def test_nothing_is_said_to_a_room_with_a_stranger(make_bot: MakeBot, person: MakePerson) -> None:
    anna, mallory, bot = await person("anna"), await person("mallory"), await make_bot()
    ref = await bot.pair_room(anna)
    room = await anna.enters()
    await bot.queue(ref, Message(body="first"))
    await anna.hears("first")
    # Whoever holds the bot's token or the homeserver can do this; no other client can.
    await bot.account.homeserver.post("rooms", room, "invite", body={"user_id": mallory.mxid})
    await bot.hears(lambda i: isinstance(i.content, Membership) and i.content.user == mallory.mxid)
    await bot.queue(ref, Message(body="secret"))
    await bot.hears(RoomRefused(ref=ref, reason="roster"))
    assert len([e for e in await bot.events(room) if e["sender"] == bot.mxid]) == 1
    async with bot.store.unit() as unit:
        assert (await unit.rooms.get(ref)).state == "unsafe"
    await bot.account.homeserver.post("rooms", room, "kick", body={"user_id": mallory.mxid})
    await bot.queue(ref, Message(body="safe again"))
    await anna.hears("safe again")


async def test_a_poll_is_asked_answered_and_ended(make_bot: MakeBot, person: MakePerson) -> None:
    anna, bot = await person("anna"), await make_bot()
    ref = await bot.pair_room(anna)
    await anna.enters()
    poll = Poll(question="Tea?", answers=(("y", "Yes"), ("n", "No")), fallback="Tea?\n1. Yes\n2. No")
    async with bot.store.unit() as unit:
        row = await unit.outbox.add(ref, poll.model_dump_json())
        await unit.polls.add(row, None, poll.question, poll.answers)
    await bot.delivery.idle()
    shown = await anna.hears(lambda seen: bool(seen.choices))
    await anna.vote(shown, "Yes")
    vote = await bot.hears(Vote(poll=shown.id, choices=("y",)))
    assert vote.encrypted
    async with bot.store.unit() as unit:
        noted = await unit.polls.by_event(shown.id)
    assert noted is not None
    assert noted.outbox_id == row
    await bot.queue(ref, PollEnd(poll=row, text="Thank you"))
    await bot.queue(ref, Message(body="after"))
    await anna.hears("after")
    assert await bot.plain_events(anna.room) == []


async def test_a_file_arrives_whole_and_is_nowhere_in_clear(make_bot: MakeBot, person: MakePerson) -> None:
    anna, bot = await person("anna"), await make_bot()
    ref = await bot.pair_room(anna)
    await anna.enters()
    data = b"BEGIN:VCALENDAR"
    file = Attachment(
        filename="times.ics", mimetype="text/calendar", data=base64.b64encode(data).decode(), body="Times"
    )
    await bot.queue(ref, file)
    seen = await anna.hears(lambda seen: seen.content == data)
    assert seen.filename == "times.ics"
    assert not [
        p for p in (bot.server.directory / "media").rglob("*") if p.is_file() and data in p.read_bytes()
    ]


async def test_calls_open_and_close_and_a_closed_room_is_read_only(
    make_bot: MakeBot, person: MakePerson
) -> None:
    anna, bot = await person("anna"), await make_bot()
    ref = await bot.pair_room(anna)
    room = await anna.enters()
    seen: list[object] = []
    for effect in (SetCalls(open=True), SetCalls(open=False), CloseRoom()):
        await bot.queue(ref, effect)
        now = await levels(bot, room)
        seen.append((now["events"][CALL_MEMBER[0]], now["events_default"], now["users"]))
    assert seen == [(0, 0, {}), (100, 0, {}), (100, 100, {})]
    await bot.queue(ref, Message(body="goodbye"))
    await anna.hears("goodbye")


async def test_a_creation_that_was_cut_off_makes_no_second_room(
    make_bot: MakeBot, person: MakePerson
) -> None:
    anna, bot = await person("anna"), await make_bot()
    async with bot.store.unit() as unit:
        one = await unit.people.add(anna.mxid)
        room = await unit.rooms.add("pair", None, None, (one.id,))
        effect = CreateRoom(name="Quiet room", topic="", invite=(anna.mxid,))
        await unit.outbox.add(room.ref, effect.model_dump_json())
    with pytest.raises(KilledError):
        await bot.dying_delivery().idle()
    await bot.delivery.idle()
    answer = await bot.account.homeserver.get("joined_rooms")
    async with bot.store.unit() as unit:
        made = (await unit.rooms.get(room.ref)).matrix_id
    assert answer["joined_rooms"] == [made]


async def test_a_row_that_breaks_the_code_stops_neither_the_loop_nor_other_rooms(
    make_bot: MakeBot, person: MakePerson
) -> None:
    anna, ben, bot = await person("anna"), await person("ben"), await make_bot()
    broken, whole = await bot.pair_room(anna), await bot.pair_room(ben)
    await ben.enters()
    file = Attachment(filename="a", mimetype="b", data="a", body="no base64")
    async with bot.store.unit() as unit:
        await unit.outbox.add(broken, file.model_dump_json())
        await unit.outbox.add(whole, Message(body="hello").model_dump_json())
    await bot.delivery.idle()
    await ben.hears("hello")
    async with bot.store.unit() as unit:
        assert await unit.outbox.pending() == 1, "tried again later"
    await anna.enters()
    for _ in range(6):
        bot.clock.move(timedelta(minutes=10))
        await bot.delivery.idle()
    await bot.queue(broken, Message(body="after it"))
    await anna.hears("after it")


async def test_first_words_in_two_rooms_at_once_are_readable_in_both(
    make_bot: MakeBot, person: MakePerson
) -> None:
    """The devices of a person who was never written to are asked for once, and both rooms wait for it."""
    anna, bot = await person("anna"), await make_bot()
    refs = [await bot.pair_room(anna), await bot.pair_room(anna)]
    async with bot.store.unit() as unit:
        for ref in refs:
            await unit.outbox.add(ref, Message(body=f"words in {ref}").model_dump_json())
    await bot.delivery.idle()
    for ref in refs:
        await anna.hears(f"words in {ref}")
