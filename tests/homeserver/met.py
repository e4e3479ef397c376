"""A client and a therapist who have met already, and everybody whom an alert can reach, with the real bot.

How people join, apply and are matched is played by `bot.demo.week`; here that is in the store before the bot
is started for the first time, written by the same functions.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.calendar.hours import parse_hours
from bot.care import agreement, records, terms
from bot.care.desk import Desk, House
from bot.care.rooms import request_pair_room
from bot.cli import house
from bot.demo.bot import Bot
from bot.demo.homeserver import Homeserver
from bot.demo.person import Person
from bot.demo.week import said
from bot.forms.state import Outcome
from compliance.audit.checkpoint import Signer
from compliance.storage import people as models
from config.clock import SystemClock
from config.ids import PersonId
from config.settings import load
from config.words import Words
from matching.profile import Gender, Licence, LicenceType, TherapistProfile

HOURS = "Mon-Fri 9-17"
THERAPIST = "Dr. Ben Winter"


@dataclass
class Met:
    """A client in Berlin and a therapist in Lisbon (Mon-Fri 9-17) who have agreed on 24 working hours."""

    bot: Bot
    client: Person
    winter: Person
    supervisor: Person
    oncall: Person
    admin: Person
    rooms: dict[str, str] = field(default_factory=dict[str, str])
    """Matrix room ids: pair, and by who else than the bot is in them."""


@asynccontextmanager
async def met(
    homeserver: Homeserver,
    person: Callable[..., Awaitable[Person]],
    localpart: Callable[[str], str],
    folder: Path,
) -> AsyncIterator[Met]:
    """They are all in their rooms, and nothing is waiting to be heard."""
    bot = Bot(homeserver, folder, localpart("bot"))
    names = ("client", "winter", "supervisor", "oncall", "admin")
    one = Met(bot, *[await person(name) for name in names])
    await bot.init(admins=[one.admin.mxid], oncall=[one.oncall.mxid], supervisors=[one.supervisor.mxid])
    await _prepare(one)
    await bot.start()
    try:
        for who in ("admin", "oncall", "supervisor"):
            one.rooms[who] = await getattr(one, who).enters(within=60)
        one.rooms["pair"] = await one.client.enters()
        assert await one.winter.enters() == one.rooms["pair"]
        await one.client.hears(said("agreement-recorded"), room=one.rooms["pair"])
        for who in ("client", "winter"):
            one.rooms[who] = await getattr(one, who).write_to(bot.mxid, "!help")
            await getattr(one, who).hears("!crisis", room=one.rooms[who])
        yield one
    finally:
        await bot.stop()


async def _prepare(one: Met) -> None:
    settings = load(one.bot.settings)
    async with house.opened(settings) as opened, opened.store.unit() as unit:
        signer = Signer(opened.keyring, settings.account.server_name)
        desk = Desk(unit, House(Words.load(), settings, SystemClock(), signer, one.bot.mxid))
        client = await _known(desk, one.client, "client", "Mia", "Europe/Berlin")
        therapist = await _known(desk, one.winter, "therapist", THERAPIST, "Europe/Lisbon")
        await _known(desk, one.supervisor, "supervisor", "", "Europe/Lisbon")
        week = parse_hours(HOURS)
        licence = Licence(country="DE", type=LicenceType.PSYCHOTHERAPIST, number="PT-50977", verified=True)
        await records.save_profile(
            desk,
            TherapistProfile(
                id=therapist.id,
                name=THERAPIST,
                gender=Gender.MAN,
                licences=(licence,),
                zone="Europe/Lisbon",
                week=week,
                languages=("en",),
                capacity=12,
            ),
        )
        pair = await unit.pairs.add(client.id, therapist.id, state="active")
        room = await request_pair_room(desk, pair, client, therapist)
        wanted = terms.started("messages", week.model_dump_json(), desk.now.date()) | {"answer-time": 24}
        await agreement.proposed(desk, therapist, pair.id, Outcome(kind="done", answers=wanted))
        await agreement.answer(desk, client, room, f"{pair.id}:1", agree=True)


async def _known(desk: Desk, one: Person, role: str, name: str, zone: str) -> models.Person:
    stage = {"client": "matched"}.get(role, role)
    known = replace(await desk.unit.people.add(one.mxid, stage=stage), name=name, zone=zone, country="DE")
    await desk.unit.people.save(known)
    await desk.unit.grants.give(known.id, role, PersonId("service"))
    return known
