"""The made-up people are the eyes of all other tests here, so what they must notice is tested first."""

import asyncio

import pytest

from bot.demo.ears import InTheClearError, NotHeardError, UnreadableError
from bot.demo.homeserver import Homeserver, HomeserverError
from bot.demo.person import Person

POLL = {
    "org.matrix.msc3381.poll.start": {
        "question": {"org.matrix.msc1767.text": "Tea or coffee?"},
        "kind": "org.matrix.msc3381.poll.disclosed",
        "max_selections": 1,
        "answers": [
            {"id": "t", "org.matrix.msc1767.text": "Tea"},
            {"id": "c", "org.matrix.msc1767.text": "Coffee"},
        ],
    },
    "org.matrix.msc1767.text": "Tea or coffee?\n1. Tea\n2. Coffee",
}


async def test_two_people_talk_in_an_encrypted_room(person):
    anna, ben = await person("anna"), await person("ben")
    room = await anna.write_to(ben.mxid, "Hello, Ben")

    assert await ben.enters() == room
    heard = await ben.hears("hello")
    assert (heard.text, heard.sender, heard.encrypted) == ("Hello, Ben", anna.mxid, True)

    await ben.send("org.matrix.msc3381.poll.start", POLL)
    poll = await anna.hears("Tea or coffee")
    await anna.vote(poll, "Coffee")
    vote = await ben.hears(lambda line: line.kind == "vote")
    assert (vote.about, vote.choices) == (poll.id, (("c", ""),))

    await anna.give_file("list.txt", b"milk\n", caption="for tomorrow")
    file = await ben.hears("for tomorrow")
    assert (file.filename, file.content, file.mimetype) == ("list.txt", b"milk\n", "text/plain")

    said = await anna.say("I mean tee")
    await anna.edit(said, "I mean tea")
    edit = await ben.hears(lambda line: line.kind == "edit")
    assert (edit.about, edit.text) == (said, "I mean tea")

    assert ben.transcript(room, {anna.mxid: "Anna", ben.mxid: "Ben"}) == "\n".join(
        [
            "  · Anna joined",
            "  · Ben joined",
            "Anna: Hello, Ben",
            "Ben: Tea or coffee?",
            "     ( ) Tea",
            "     ( ) Coffee",
            "Anna: [votes] Coffee",
            "Anna: [file list.txt, 5 bytes] for tomorrow",
            "Anna: I mean tee",
            "Anna: [corrects] I mean tea",
        ]
    )


async def test_waiting_in_vain_shows_what_came_instead(person):
    anna, ben = await person("anna"), await person("ben")
    await anna.write_to(ben.mxid, "good morning")
    with pytest.raises(NotHeardError, match="good morning"):
        await ben.hears("good evening", within=1)


async def test_words_in_the_clear_in_an_encrypted_room_are_noticed(person):
    anna, ben = await person("anna"), await person("ben")
    await anna.write_to(ben.mxid)
    await anna.send_in_the_clear("anyone can read this")
    with pytest.raises(InTheClearError, match=anna.mxid):
        await ben.hears()


async def test_words_that_cannot_be_read_are_noticed(person):
    anna, ben = await person("anna"), await person("ben")
    await anna.write_to(ben.mxid, "before Ben's new client")
    await ben.hears("before")
    late = await ben.another_device()
    try:
        with pytest.raises(UnreadableError, match=anna.mxid):
            await late.hears("before", within=10)
    finally:
        await late.leave()


async def test_people_stay_through_a_power_cut_of_the_homeserver():
    async with Homeserver() as server:
        anna, ben = await Person.join(server, "anna", "a"), await Person.join(server, "ben", "b")
        await anna.write_to(ben.mxid, "before")
        server.kill()
        await asyncio.to_thread(server.start)
        await anna.say("after")
        assert (await ben.hears("after")).encrypted
        await anna.leave()
        await ben.leave()


async def test_a_name_can_be_taken_once(homeserver, localpart):
    name = localpart("anna")
    assert await homeserver.register(name, "a") == homeserver.mxid(name)
    with pytest.raises(HomeserverError, match="M_USER_IN_USE"):
        await homeserver.register(name, "b")
