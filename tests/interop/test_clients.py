"""matrix-js-sdk beside the made-up people: they understand each other, and it is as strict as it should."""

import pytest

from bot.demo.ears import NotHeardError, UnreadableError

POLL = {
    "org.matrix.msc3381.poll.start": {
        "question": {"org.matrix.msc1767.text": "Tea or coffee?", "body": "Tea or coffee?"},
        "kind": "org.matrix.msc3381.poll.disclosed",
        "max_selections": 1,
        "answers": [
            {"id": "t", "org.matrix.msc1767.text": "Tea"},
            {"id": "c", "org.matrix.msc1767.text": "Coffee"},
        ],
    },
    "org.matrix.msc1767.text": "Tea or coffee?\n1. Tea\n2. Coffee",
}


async def test_both_read_each_other(js_client, person):
    carla, ben = await js_client("carla"), await person("ben")
    room = await carla.write_to(ben.mxid, "Hello, Ben")
    assert await ben.enters() == room
    assert (await ben.hears("hello")).encrypted

    answer = await ben.say("Hello, Carla")
    assert (await carla.hears("hello")).encrypted
    assert answer not in carla.shields

    await ben.send("org.matrix.msc3381.poll.start", POLL)
    poll = await carla.hears("Tea or coffee")
    await carla.vote(poll, "Coffee")
    vote = await ben.hears(lambda line: line.kind == "vote")
    assert (vote.about, vote.choices) == (poll.id, (("c", ""),))

    await ben.give_file("list.txt", b"milk\n", caption="for tomorrow")
    file = await carla.hears("for tomorrow")
    assert (file.filename, file.content, file.encrypted) == ("list.txt", b"milk\n", True)

    said = await carla.say("I mean tee")
    await carla.edit(said, "I mean tea")
    assert (await ben.hears(lambda line: line.kind == "edit")).about == said
    await carla.until(lambda: "[corrects] I mean tea" in carla.transcript(room), "for their own correction")


async def test_invited_it_joins_and_reads(js_client, person):
    carla, ben = await js_client("carla"), await person("ben")
    room = await ben.write_to(carla.mxid, "Come in")
    assert await carla.enters() == room
    assert (await carla.hears("come in")).encrypted
    assert await carla.trust(ben.mxid) == {ben.device: True}


async def test_it_does_not_read_a_device_that_is_not_cross_signed(js_client, person):
    carla, ben = await js_client("carla"), await person("ben", cross_sign=False)
    await ben.write_to(carla.mxid, "Come in")
    await carla.enters()
    with pytest.raises(UnreadableError, match=r"UNSIGNED_SENDER_DEVICE|UNKNOWN_SENDER_DEVICE"):
        await carla.hears("come in")


async def test_it_gives_no_keys_to_a_device_that_is_not_cross_signed(js_client, person):
    carla, ben = await js_client("carla"), await person("ben", cross_sign=False)
    await carla.write_to(ben.mxid, "Hello, Ben")
    await ben.enters()
    with pytest.raises((UnreadableError, NotHeardError), match="no key for session"):
        await ben.hears("hello")
