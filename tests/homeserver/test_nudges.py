"""Boundaries between two people on a real homeserver: who sees which word, in which room."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from matrix_bot import Bot, MakeBot, MakePerson

from bot.care.desk import Desk, House
from bot.care.rooms import request_pair_room
from bot.demo.person import Person
from bot.demo.week import said
from bot.handling import Handling
from compliance.audit.checkpoint import Signer
from compliance.keys.keyring import Keyring
from compliance.storage import people as models
from config.ids import PersonId
from config.settings import Account, Care, Homeserver, People, Settings
from config.words import Words


@dataclass
class Three:
    """A client and a therapist who share a room, and a supervisor."""

    bot: Bot
    mia: Person
    keller: Person
    supervisor: Person
    room: str


@pytest.fixture
async def three(make_bot: MakeBot, person: MakePerson, tmp_path: Path) -> AsyncIterator[Three]:
    """They are met already; handling and delivery run as in the service."""
    mia, keller, supervisor = [await person(name) for name in ("mia", "keller", "supervisor")]
    bot = await make_bot()
    folder = tmp_path / "signer"
    folder.mkdir(mode=0o700)
    settings = Settings(
        homeserver=Homeserver.model_validate({"url": bot.server.url}),
        account=Account(user_id=bot.mxid),
        people=People.model_validate({"admins": (supervisor.mxid,), "oncall": (supervisor.mxid,)}),
        care=Care(default_country="DE"),
    )
    signer = Signer(Keyring.generate(folder / "signer.keys"), "here")
    house = House(Words.load(), settings, bot.clock, signer, bot.mxid)
    async with bot.store.unit() as unit:
        known: dict[str, models.Person] = {}
        for one, role, name in (
            (mia, "client", "Mia"),
            (keller, "therapist", "Dr. Keller"),
            (supervisor, "supervisor", ""),
        ):
            known[role] = replace(await unit.people.add(one.mxid), name=name)
            await unit.people.save(known[role])
            await unit.grants.give(known[role].id, role, PersonId("service"))
        client, therapist = known["client"], known["therapist"]
        pair = await unit.pairs.add(client.id, therapist.id, state="active")
        await request_pair_room(Desk(unit, house), pair, client, therapist)
    loops = [
        asyncio.create_task(Handling(bot.store, house).run()),
        asyncio.create_task(bot.delivery.run()),
    ]
    room = await mia.enters()
    await keller.enters()
    mia.skip()
    keller.skip()
    yield Three(bot, mia, keller, supervisor, room)
    for loop in loops:
        loop.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await loop


async def test_a_nudge_reaches_its_writer_alone_and_a_grave_one_the_supervisor(three: Three) -> None:
    mia, keller, room = three.mia, three.keller, three.room
    await mia.say("I bought you a small present", room=room)
    await keller.hears("small present", room=room)
    own = await mia.enters()
    assert own != room
    nudge = await mia.hears(said("boundaries-nudge-client"), room=own)
    assert "about a gift" in nudge.text
    assert "small present" not in nudge.text
    poll = await mia.hears(lambda line: line.kind == "poll", room=own)
    await mia.vote(poll, "This is fine for us")
    await mia.hears("I say nothing about gifts", room=own)

    await keller.say("You look gorgeous today.", room=room)
    desk = await keller.enters()
    told = await keller.hears(said("boundaries-nudge-therapist-grave"), room=desk)
    assert "romantic" in told.text
    theirs = await three.supervisor.enters()
    raised = await three.supervisor.hears("romantic words", room=theirs)
    assert keller.mxid in raised.text
    assert "gorgeous" not in raised.text

    # A link is warned of where both read it, and nobody saw anything else in that room.
    await mia.say("or here https://meet.google.com/abc-defg-hij", room=room)
    warned = await keller.hears("meet[.]google[.]com", room=room)
    assert warned.sender == three.bot.mxid
    by_bot = [line.text for line in keller.seen(room) if line.sender == three.bot.mxid]
    assert not [text for text in by_bot if "gift" in text or "romantic" in text]
    for private in (own, desk, theirs):
        assert await three.bot.plain_events(private) == []


async def test_what_is_agreed_on_and_a_report_pass_the_other_one_by(three: Three) -> None:
    mia, keller, room = three.mia, three.keller, three.room
    await mia.say("!report My therapist writes to me at night and I don't like it", room=room)
    own = await mia.enters()
    await mia.hears(said("report-here"), room=own)
    await mia.say("!report It feels wrong and I can't say it to them", room=own)
    theirs = await three.supervisor.enters()
    report = await three.supervisor.hears("It feels wrong", room=theirs)
    assert "Mia" in report.text
    await mia.hears(said("report-sent"), room=own)
    assert keller.invitations() == []
    assert not [line for line in keller.seen(room) if "feels wrong" in line.text]
