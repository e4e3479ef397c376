"""The bot's account against a real Synapse: messages both ways, in order, encrypted, across restarts."""

from matrix_bot import Bot, MakeBot, MakePerson

from bot.demo.person import Person
from bot.inbound import Membership, Text
from bot.outbound import CreateRoom, Message
from config.ids import RoomRef


async def pair_room(bot: Bot, *people: Person) -> RoomRef:
    """A pair room of the bot with these people, made as the service makes it; our name of it."""
    async with bot.store.unit() as unit:
        roster = [(await unit.people.by_mxid(p.mxid)) or await unit.people.add(p.mxid) for p in people]
        room = await unit.rooms.add("pair", None, None, tuple(one.id for one in roster))
        effect = CreateRoom(name="Quiet room", topic="", invite=tuple(p.mxid for p in people))
        await unit.outbox.add(room.ref, effect.model_dump_json())
    return room.ref


async def say(bot: Bot, ref: RoomRef, body: str) -> None:
    async with bot.store.unit() as unit:
        await unit.outbox.add(ref, Message(body=body).model_dump_json())


async def test_a_pair_room_carries_messages_both_ways_encrypted(
    make_bot: MakeBot, person: MakePerson
) -> None:
    anna, bot = await person("anna"), await make_bot()
    ref = await pair_room(bot, anna)
    for n in range(3):
        await say(bot, ref, f"Hello {n}")
    await bot.delivery.idle()
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


async def test_a_restart_keeps_the_device_and_neither_loses_nor_doubles(
    make_bot: MakeBot, person: MakePerson
) -> None:
    anna, bot = await person("anna"), await make_bot()
    ref = await pair_room(bot, anna)
    await say(bot, ref, "before")
    await bot.delivery.idle()
    await anna.enters()
    await anna.say("one")
    await bot.hears(Text(body="one"))
    device, fingerprint = bot.account.device_id, bot.account.fingerprint
    await bot.stop()
    await anna.say("two, while you were away")
    again = await bot.start()
    assert (again.device_id, again.fingerprint) == (device, fingerprint)
    await bot.hears(Text(body="two, while you were away"))
    await say(bot, ref, "after")
    await bot.delivery.idle()
    await anna.hears("after")
    texts = [i.content.body for i in bot.heard if isinstance(i.content, Text)]
    assert texts == ["one", "two, while you were away"]
