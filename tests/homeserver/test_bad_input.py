"""What goes wrong when people write, on a real homeserver with the real bot: short conversations.

One bot serves the whole module. Each test has people of its own.
"""

import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass

import pytest
import pytest_asyncio

from bot.demo import cast
from bot.demo.answering import fill
from bot.demo.bot import Bot
from bot.demo.homeserver import Homeserver
from bot.demo.person import Person

pytestmark = pytest.mark.asyncio(loop_scope="module")

GRAVE = "I want to kill myself"


@dataclass
class House:
    """A running service and those who run it."""

    homeserver: Homeserver
    bot: Bot
    admin: Person
    oncall: Person
    admins: str
    """The admin room."""

    async def person(self, name: str) -> Person:
        return await Person.join(self.homeserver, f"{name}.{secrets.token_hex(3)}", secrets.token_urlsafe(12))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(homeserver: Homeserver, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[House]:
    mark = secrets.token_hex(3)
    admin = await Person.join(homeserver, f"admin.{mark}", secrets.token_urlsafe(12))
    oncall = await Person.join(homeserver, f"oncall.{mark}", secrets.token_urlsafe(12))
    bot = Bot(homeserver, tmp_path_factory.mktemp("bad-input") / "bot", f"stillroom.{mark}")
    await bot.init(admins=[admin.mxid], oncall=[oncall.mxid])
    await bot.start()
    admins = await admin.enters(60)
    await oncall.enters(60)
    yield House(homeserver, bot, admin, oncall, admins)
    await bot.stop()
    await admin.leave()
    await oncall.leave()


MakeGuest = Callable[[str], Awaitable[Person]]


@pytest_asyncio.fixture(loop_scope="module")
async def guest(house: House) -> AsyncGenerator[MakeGuest]:
    """Somebody with an encrypted room with the bot, who has said hello and was asked what brings them."""
    made: list[Person] = []

    async def make(name: str) -> Person:
        one = await house.person(name)
        made.append(one)
        await one.write_to(house.bot.mxid, "hello")
        await one.hears("What brings you here?", within=30)
        return one

    yield make
    for one in made:
        await one.leave()


async def to_the_intake(one: Person) -> None:
    """Consent is given; the first question of the intake is asked."""
    await one.say("1")
    await one.hears("I understand")
    await one.say("I understand")
    await one.hears("What would you like us to call you?")


async def test_nonsense_for_a_date_is_told_with_an_example_and_the_question_stays(guest: MakeGuest) -> None:
    mia = await guest("mia")
    await to_the_intake(mia)
    await mia.say("Mia")
    await mia.hears("When were you born?")
    await mia.say("banana")
    said = await mia.hears("14 May 1990")
    assert "banana" in said.text or "date" in said.text
    await mia.say("34")
    await mia.hears("country")


async def test_a_vote_on_an_old_question_is_told_so_and_one_taken_back_changes_nothing(
    guest: MakeGuest,
) -> None:
    mia = await guest("mia")
    poll = await mia.hears(lambda line: line.kind == "poll")
    await mia.vote(poll, "I'm looking for someone")
    await mia.hears(lambda line: line.kind == "poll" and dict(line.choices) != dict(poll.choices))
    await mia.vote(poll, "I'm a therapist")
    await mia.hears("Those questions are finished")
    await mia.vote(poll)
    await mia.hears("Those questions are finished")


async def test_an_edited_answer_corrects_it_while_the_form_is_open(guest: MakeGuest) -> None:
    mia = await guest("mia")
    await to_the_intake(mia)
    name = await mia.say("Mai")
    await mia.hears("When were you born?")
    await mia.edit(name, "Mia")
    await mia.hears("Mia")
    stray = await mia.say("!about")
    await mia.hears("What I keep")
    await mia.edit(stray, "!help")
    await mia.hears("Please write it as a new message")


async def test_commands_for_others_are_refused_and_unknown_ones_meet_help(
    house: House, guest: MakeGuest
) -> None:
    mia = await guest("mia")
    await mia.say("!approve 1")
    refused = await mia.hears('"!approve" is not for you')
    assert "112" in refused.text
    await mia.say("!bok")
    unknown = await mia.hears('I don\'t know "!bok"')
    assert "Did you mean" not in unknown.text
    await mia.say("!helpp")
    await mia.hears('Did you mean "!help"')
    await house.admin.say("!aplications", room=house.admins)
    await house.admin.hears('Did you mean "!applications"', room=house.admins)


async def test_hostile_text_breaks_nothing_and_writes_nothing_into_the_words_of_others(
    house: House, guest: MakeGuest
) -> None:
    keller = await guest("keller")
    await keller.say("2")
    hostile = (
        "<b>Approved</b> <img src=x onerror=alert(1)> \u202eevorppa\u202c \x07\x1b[31m@room "
        "[ok](https://evil.example) \u05e9\u05dc\u05d5\u05dd 🙂"
    )
    answers = {**cast.KELLER, "about": hostile}
    await fill(keller, "application", answers)
    told = await house.admin.hears("A therapist has applied", room=house.admins)
    number = told.text.split("application ")[1].split(".")[0]
    await house.admin.say(f"!application {number}", room=house.admins)
    shown = await house.admin.hears("PT-48213", room=house.admins)
    for character in "\u202e\u202c\x07\x1b":
        assert character not in shown.text
    assert "<b>Approved</b>" in shown.text, "it is shown as it was written, as plain text"
    assert "\u05e9\u05dc\u05d5\u05dd" in shown.text
    assert shown.mentions == ()


async def test_long_and_odd_messages_are_answered_and_the_talk_goes_on(guest: MakeGuest) -> None:
    mia = await guest("mia")
    await to_the_intake(mia)
    for odd in ("x" * 40_000, "🙂" * 3_000, "\u05e9" * 5_000, "\x00\x01\x02", "<h1>" * 5_000, "!" * 30_000):
        await mia.say(odd)
        await mia.hears(lambda line: line.kind in ("notice", "text"), within=30)
        mia.skip()
    await mia.say("!crisis")
    await mia.hears("0800 111 0 111")


async def test_who_writes_in_an_unencrypted_room_is_asked_into_an_encrypted_one(house: House) -> None:
    mia = await house.person("mia")
    # The bot has no power there, so it can't switch encryption on.
    clear = await mia.create_direct(house.bot.mxid, encrypted=False, equals=False)
    await mia.until(lambda: mia.membership(clear, house.bot.mxid) == "join", "for the bot to come", 20)
    private = await mia.enters(30)
    assert mia.encrypted(private)
    await mia.say("I'm Mia and I can't sleep", room=clear)
    await mia.hears("What brings you here?", room=private)
    await mia.say("1", room=private)
    await mia.hears("I understand", room=private)
    in_clear = [line.text for line in mia.seen(clear) if line.sender == house.bot.mxid and line.text]
    assert len(in_clear) <= 1
    assert all("not encrypted" in text for text in in_clear)
    await mia.leave()


async def test_somebody_else_in_the_room_hears_nothing_private(house: House, guest: MakeGuest) -> None:
    mia = await guest("mia")
    await to_the_intake(mia)
    eve = await house.person("eve")
    first = mia.room
    eve.accepts_invitations = False
    await mia.invite(eve.mxid, first)
    await mia.hears(lambda line: "I have removed them" in line.text or "new room" in line.text, within=30)
    assert eve.mxid not in await mia.members(first)
    await mia.say("Mia")
    await mia.hears("When were you born?")
    await eve.leave()


async def test_typed_words_count_like_the_poll(house: House, guest: MakeGuest) -> None:
    mia = await guest("mia")
    await mia.say(GRAVE)
    await mia.hears("0800 111 0 111")
    poll = await mia.hears(lambda line: line.kind == "poll" and "How is it right now?" in line.text)
    await house.oncall.hears("!ack", within=30)
    await mia.say("I’m safe.")
    await mia.hears("Thank you for telling me")
    await house.oncall.hears('answered "I\'m safe"')
    await mia.vote(poll)
    await mia.hears("You took your vote back")
    await mia.say("I need help now")
    await mia.hears("call 112")


async def test_a_picture_is_not_looked_at_and_that_is_said(guest: MakeGuest) -> None:
    mia = await guest("mia")
    await mia.give_file("a.png", b"\x89PNG", "image/png")
    await mia.hears("I don't look at pictures")


async def test_who_leaves_and_comes_back_goes_on_where_they_were(house: House, guest: MakeGuest) -> None:
    mia = await guest("mia")
    await to_the_intake(mia)
    await mia.say("Mia")
    await mia.hears("When were you born?")
    await mia.leave_room()
    await mia.write_to(house.bot.mxid, "I'm back")
    await mia.hears("When were you born?", within=30)
    await mia.say("34")
    await mia.hears("country")
