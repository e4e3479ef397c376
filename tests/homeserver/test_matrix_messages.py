"""The bot's account against a real Synapse: messages both ways, in order, encrypted, across restarts."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from matrix_bot import KilledError, MakeBot, MakePerson, until

from bot.demo.homeserver import Homeserver
from bot.demo.person import Person
from bot.inbound import Inbound, Membership, Text, Unreadable
from bot.outbound import Message
from compliance.storage.unit import Unit


async def test_a_pair_room_carries_messages_both_ways_encrypted(
    make_bot: MakeBot, person: MakePerson
) -> None:
    anna, bot = await person("anna"), await make_bot()
    ref = await bot.pair_room(anna)
    await bot.queue(ref, *(Message(body=f"Hello {n}") for n in range(3)))
    room = await anna.enters()
    for n in range(3):
        await anna.hears(f"Hello {n}")
    await anna.say("Good morning")
    heard = await bot.hears(lambda inbound: isinstance(inbound.content, Text))
    assert heard.content == Text(body="Good morning")
    assert heard.encrypted
    assert (heard.room, heard.sender) == (room, anna.mxid)
    assert [i.content.user for i in bot.heard if isinstance(i.content, Membership)] == [anna.mxid]
    assert await bot.plain_events(room) == []
    assert bot.account.health().refused == {}


async def test_an_urgent_word_goes_before_all_others_and_they_follow(
    make_bot: MakeBot, person: MakePerson
) -> None:
    """Help lines in a crisis: what is said in other rooms lets them go first, and is said all the same."""
    anna, bea, bot = await person("anna"), await person("bea"), await make_bot()
    rooms = [await bot.pair_room(anna), await bot.pair_room(bea)]
    for someone in (anna, bea):
        await someone.enters()
    async with bot.store.unit() as unit:
        for ref, message in zip(
            rooms, (Message(body="a reminder"), Message(body="help lines", urgent=True)), strict=True
        ):
            await unit.outbox.add(ref, message.model_dump_json())
    await bot.delivery.idle()
    reminder, card = await anna.hears("a reminder"), await bea.hears("help lines")
    assert await bot.sent_at(card.id) < await bot.sent_at(reminder.id)


async def test_where_help_can_not_be_written_at_once_the_words_come_in_all_the_same_and_once(
    make_bot: MakeBot, person: MakePerson
) -> None:
    anna, bot = await person("anna"), await make_bot()
    ref = await bot.pair_room(anna)
    room = await anna.enters()
    tried: list[Inbound] = []

    async def fail(unit: Unit, inbound: Inbound) -> bool:
        if isinstance(inbound.content, Text):
            tried.append(inbound)
            await unit.outbox.add(ref, Message(body="half of it").model_dump_json())
            raise RuntimeError
        return False

    await bot.stop()
    bot.at_once = fail
    await bot.start()
    for words in ("one", "two"):
        await anna.say(words)
        await bot.hears(Text(body=words))
    await bot.queue(ref, Message(body="whole"))
    await anna.hears("whole")
    texts = [i.content.body for i in bot.heard if isinstance(i.content, Text)]
    assert texts == ["one", "two"] == [i.content.body for i in tried if isinstance(i.content, Text)]
    assert len([e for e in await bot.events(room) if e["sender"] == bot.mxid]) == 1, "nothing of what failed"


async def test_a_restart_keeps_the_device_and_neither_loses_nor_doubles(
    make_bot: MakeBot, person: MakePerson
) -> None:
    anna, bot = await person("anna"), await make_bot()
    ref = await bot.pair_room(anna)
    await bot.queue(ref, Message(body="before"))
    await anna.enters()
    await anna.say("one")
    await bot.hears(Text(body="one"))
    device, fingerprint = bot.account.device_id, bot.account.fingerprint
    await bot.stop()
    await anna.say("two, while you were away")
    again = await bot.start()
    assert (again.device_id, again.fingerprint) == (device, fingerprint)
    await bot.hears(Text(body="two, while you were away"))
    await bot.queue(ref, Message(body="after"))
    await anna.hears("after")
    texts = [i.content.body for i in bot.heard if isinstance(i.content, Text)]
    assert texts == ["one", "two, while you were away"]


async def test_a_kill_between_the_put_and_the_mark_doubles_nothing(
    make_bot: MakeBot, person: MakePerson
) -> None:
    anna, bot = await person("anna"), await make_bot()
    ref = await bot.pair_room(anna)
    room = await anna.enters()
    async with bot.store.unit() as unit:
        await unit.outbox.add(ref, Message(body="once").model_dump_json())
    with pytest.raises(KilledError):
        await bot.dying_delivery().idle()
    await bot.stop()
    await bot.start()
    await bot.queue(ref, Message(body="and on"))
    await anna.hears("once")
    await anna.hears("and on")
    assert len([e for e in await bot.events(room) if e["sender"] == bot.mxid]) == 2


async def test_after_a_day_the_bot_looks_for_its_own_event_first(
    make_bot: MakeBot, person: MakePerson
) -> None:
    anna, bot = await person("anna"), await make_bot()
    ref = await bot.pair_room(anna)
    room = await anna.enters()
    async with bot.store.unit() as unit:
        await unit.outbox.add(ref, Message(body="once").model_dump_json())
    with pytest.raises(KilledError):
        await bot.dying_delivery().idle()
    bot.clock.move(timedelta(hours=25))
    await bot.stop()
    # A new token, as after a day, when the homeserver has forgotten the transaction.
    await bot.log_in_again()
    await bot.start()
    await bot.queue(ref, Message(body="and on"))
    await anna.hears("and on")
    assert len([e for e in await bot.events(room) if e["sender"] == bot.mxid]) == 2


async def test_a_key_that_comes_late_releases_what_waited_also_after_a_restart(
    make_bot: MakeBot, person: MakePerson
) -> None:
    anna, bot = await person("anna"), await make_bot()
    ref = await bot.pair_room(anna)
    room = await anna.enters()
    await bot.queue(ref, Message(body="hello"))
    await anna.hears("hello")
    await anna.say("first")
    await bot.hears(Text(body="first"))
    machine = bot.account.machine
    event = next(e for e in reversed(await bot.events(room)) if e["sender"] == anna.mxid)
    session = machine.sessions(room, event["content"]["session_id"])[0]
    bot.forget_session(session)
    await anna.say("second")
    await anna.say("third")
    told = await bot.hears(lambda i: isinstance(i.content, Unreadable))
    assert (told.sender, told.room) == (anna.mxid, room)
    await bot.stop()
    await bot.open()
    bot.account.machine.inbound_group_store.add(session)
    bot.account.machine.save_inbound_group_session(session)
    await bot.run()
    await bot.hears(Text(body="third"))
    texts = [i.content.body for i in bot.heard if isinstance(i.content, Text)]
    assert texts == ["first", "second", "third"]
    assert len([i for i in bot.heard if isinstance(i.content, Unreadable)]) == 1


async def test_a_homeserver_that_was_away_is_found_again(
    tmp_path: Path, make_bot: MakeBot, localpart: Callable[[str], str]
) -> None:
    server = Homeserver(tmp_path / "synapse")
    await asyncio.to_thread(server.start)
    try:
        bot = await make_bot(server)
        anna = await Person.join(server, localpart("anna"), "a long password")
        ref = await bot.pair_room(anna)
        await anna.enters()
        await anna.leave()
        await asyncio.to_thread(server.kill)
        async with bot.store.unit() as unit:
            await unit.outbox.add(ref, Message(body="in the dark").model_dump_json())
        await bot.delivery.once()

        async def noticed() -> bool:
            await bot.delivery.once()
            health = bot.account.health()
            return health.sync.failures > 0 and health.delivery.failed > 0

        await until(noticed, "for the bot to notice")
        assert bot.account.health().sync.failures < 10, "it does not hammer"
        await asyncio.to_thread(server.start)
        bot.clock.move(timedelta(minutes=10))
        await bot.delivery.idle()
        assert bot.account.health().delivery.sent == 2

        async def well() -> bool:
            return bot.account.health().sync.failures == 0

        await until(well, "for the sync to go on", 30)
        await bot.stop()
    finally:
        await asyncio.to_thread(server.close)
