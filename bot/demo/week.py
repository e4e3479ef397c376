"""The first week of a client and a therapist, played on a real homeserver with real clients.

Each step checks what people would see, and raises AssertionError if it did not happen. The clock of the bot
is moved; nobody waits for a night to pass.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar

import config
from bot.demo import cast
from bot.demo.answering import WORDS, expect, fill, hears_nothing
from bot.demo.bot import Bot
from bot.demo.person import Person

_MARK = "\ue000"
"""Of the private use area: in none of our texts."""
ARGUMENTS = frozenset(
    name
    for nouns in (Path(config.__file__).parent / "words" / "en").glob("*.ftl")
    for name in re.findall(r"\{\s*\$([\w-]+)", nouns.read_text())
)
"""Everything that some text asks for."""
BERLIN, LISBON = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/Lisbon")


def said(key: str) -> str:
    """The longest stretch of a text that holds no argument: what to listen for."""
    pattern = re.compile(f"{_MARK}[^{_MARK}]*{_MARK}")
    text = WORDS.say("en", key, **{name: f"{_MARK}{name}{_MARK}" for name in ARGUMENTS})
    pieces = [piece.strip() for line in text.splitlines() for piece in pattern.split(line)]
    return max(pieces, key=len)


def upcoming(now: datetime, weekday: int, hour: int, minute: int = 0, zone: ZoneInfo = BERLIN) -> datetime:
    """The next such time on a wall clock that is more than an hour away; 0 is Monday."""
    day = now.astimezone(zone).date()
    while True:
        at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
        if at.weekday() == weekday and at > now + timedelta(hours=1):
            return at
        day += timedelta(days=1)


@dataclass
class Week:
    """The play: the people, the bot, and the steps in order."""

    bot: Bot
    client: Person
    keller: Person
    winter: Person
    admin: Person
    oncall: Person
    starts: datetime = field(init=False)
    """When the booked session begins."""
    rooms: dict[str, str] = field(init=False, default_factory=dict[str, str])
    """Matrix room ids by who they are for: client, keller, winter, admin, oncall, pair."""

    def steps(self) -> list[tuple[str, Callable[[], Awaitable[None]]]]:
        """The steps with their titles."""
        return [
            ("The people who run it come into their rooms", self.staff_rooms),
            ("Two therapists apply; the admin reads and approves", self.applications),
            ("A client writes: greeting, consent, intake; the bot is killed in the middle", self.intake),
            ("Matching: the first therapist declines, the next accepts", self.matching),
            ("The pair's room, and the agreement", self.agreement),
            ("A message at night: one notice, and only one", self.night),
            ("Booking a session; calendar files", self.booking),
            ("Reminders, start, end and rating", self.session),
            ("A crisis: card, alerts, acknowledgement", self.crisis),
            ("An alert that nobody takes climbs", self.climb),
            ("The audit record verifies", self.audit),
        ]

    async def staff_rooms(self) -> None:
        """Admin and on-call person accept their invitations and are welcomed."""
        for who, person, key in (
            ("admin", self.admin, "room-admin-welcome"),
            ("oncall", self.oncall, "room-oncall-welcome"),
        ):
            self.rooms[who] = await person.enters(within=60)
            await person.hears(said(key), within=30)

    async def applications(self) -> None:
        """Both therapists apply in a conversation; the admin is asked, reads and approves."""
        for number, (who, person, answers) in enumerate(
            (("keller", self.keller, cast.KELLER), ("winter", self.winter, cast.WINTER)), 1
        ):
            self.rooms[who] = await person.write_to(self.bot.mxid, "Good morning, I'd like to work here.")
            await person.hears(said("greeting-hello"))
            await self._role(person, "2")
            await fill(person, "application", answers)
            await self.admin.hears(f"!approve {number}", room=self.rooms["admin"])
            await self.admin.say(f"!application {number}", room=self.rooms["admin"])
            shown = await self.admin.hears(answers["licence-number"], room=self.rooms["admin"])
            expect(answers["about"] in shown.text, "the admin reads what the therapist wrote")
            await self.admin.say(f"!approve {number}", room=self.rooms["admin"])
            await self.admin.hears(said("approve-done"), room=self.rooms["admin"])
            await person.hears(said("application-approved"))

    async def _role(self, person: Person, answer: str) -> None:
        await person.hears(WORDS.say("en", "welcome-role"))
        await person.say(answer)

    async def intake(self) -> None:
        """The client joins. In the middle of the intake the bot's process is killed and started again."""
        client = self.client
        self.rooms["client"] = await client.write_to(self.bot.mxid, "Hi, is somebody there?")
        hello = await client.hears(said("greeting-hello"))
        expect("112" in hello.text, "the greeting shows how to get help now")
        await self._role(client, "1")
        await client.hears(WORDS.say("en", "consent-agree"))
        poll = await client.hears(lambda line: line.kind == "poll")
        await client.vote(poll, "I understand")
        first = await fill(client, "intake", cast.CLIENT, until="languages")
        await client.say("why")
        await client.hears(WORDS.say("en", "intake-languages-why"))
        await self.bot.kill()
        await client.say(cast.CLIENT["languages"])
        await self.bot.start()
        second = await fill(client, "intake", cast.CLIENT, until="hopes")
        await client.say("back")
        await client.hears(WORDS.say("en", "intake-story"))
        await client.say(cast.CLIENT["story"] + " It began in spring.")
        await client.hears(WORDS.say("en", "intake-hopes"))
        await client.say("pause")
        await client.hears(said("forms-pause"))
        await client.say("resume")
        third = await fill(client, "intake", cast.CLIENT, send=False)
        expect(first + second + third >= 12, "the intake has at least twelve questions")
        await client.say("1")
        await client.hears(WORDS.say("en", "intake-name"))
        await client.say("Mia B.")
        await client.hears(WORDS.say("en", "forms-review"))
        await client.say("send")
        await client.hears(said("match-asked"))

    async def matching(self) -> None:
        """The therapist who fits best is asked first; then the next."""
        offer = await self.keller.hears(said("offer-new"), room=self.rooms["keller"])
        expect(
            not any(word in offer.text for word in ("Mia", "move")), "no name and no free words in an offer"
        )
        poll = await self.keller.hears(lambda line: line.kind == "poll", room=self.rooms["keller"])
        await self.keller.vote(poll, "Not this time")
        await self.client.hears(said("match-asked-next"), room=self.rooms["client"])
        await self.winter.hears(said("offer-new"), room=self.rooms["winter"])
        await self.winter.say("!accept", room=self.rooms["winter"])
        found = await self.client.hears(said("match-found"), room=self.rooms["client"])
        expect(cast.WINTER["licence-number"] in found.text, "the client can check the licence")
        await self.winter.hears(said("offer-accepted"), room=self.rooms["winter"])

    async def agreement(self) -> None:
        """The two meet in their encrypted room, and agree how they will work together."""
        self.rooms["pair"] = await self.client.enters()
        expect(await self.winter.enters() == self.rooms["pair"], "both are invited to one room")
        await self.client.hears(said("pair-welcome"), room=self.rooms["pair"])
        # A client knows it once it has seen something there.
        expect(self.client.encrypted(self.rooms["pair"]), "the room is encrypted")
        members = await self.client.members(self.rooms["pair"])
        expect(members == {self.client.mxid, self.winter.mxid, self.bot.mxid}, "exactly the three are there")
        self.winter.room = self.rooms["winter"]
        await fill(self.winter, "agreement", cast.AGREEMENT)
        await self.client.hears(said("agreement-shown"), room=self.rooms["pair"])
        poll = await self.client.hears(lambda line: line.kind == "poll", room=self.rooms["pair"])
        await self.client.vote(poll, "Yes, I agree")
        await self.client.hears(said("agreement-recorded"), room=self.rooms["pair"])
        await self.winter.say("Hello Mia, good that you are here.", room=self.rooms["pair"])
        await self.client.hears("good that you are here", room=self.rooms["pair"])
        await self.client.say("!boundaries", room=self.rooms["pair"])
        await self.client.hears(said("agreement-is-agreed"), room=self.rooms["pair"])

    async def night(self) -> None:
        """At night the client writes twice, and hears once when somebody will look."""
        await self.bot.move_to(upcoming(self.bot.now(), 0, 23, 40))
        self.client.room = self.rooms["pair"]
        await self.client.say("I can't sleep again. It is loud in my head.")
        notice = await self.client.hears(said("availability-quiet"), room=self.rooms["pair"])
        expect("10:00" in notice.text, "nine in Lisbon is ten in Berlin")
        expect("112" in notice.text, "a crisis line is in the notice")
        await self.client.say("I will try to read a little.")
        await hears_nothing(self.client)
        await self.bot.move_to(upcoming(self.bot.now(), 1, 12, 0))
        await self.winter.say("Good morning. Thank you for writing that down.", room=self.rooms["pair"])
        await self.client.hears("Thank you for writing", room=self.rooms["pair"])

    async def booking(self) -> None:
        """The client books from open slots on their own clock; both get a calendar file."""
        await self.client.say("!book video", room=self.rooms["pair"])
        poll = await self.client.hears(lambda line: line.kind == "poll", room=self.rooms["pair"])
        expect("Berlin" in poll.text, "the times are on the client's clock")
        await self.client.vote(poll, poll.choices[2][0])
        times: list[datetime] = []
        for person, who, zone in ((self.client, "client", "Berlin"), (self.winter, "winter", "Lisbon")):
            booked = await person.hears(said("book-done"), room=self.rooms[who])
            expect(zone in booked.text, "each reads their own clock")
            sent = await person.hears(lambda line: line.kind == "file", room=self.rooms[who])
            event = Calendar.from_ical(sent.content).walk("VEVENT")[0]
            expect(str(event["SUMMARY"]) == "Appointment", "the calendar file says nothing private")
            times.append(event.decoded("DTSTART"))
        expect(
            times == [datetime.fromisoformat(poll.choices[2][0])] * 2,
            "both files hold the time that was chosen",
        )
        self.starts = times[0]

    async def session(self) -> None:
        """Three reminders, the call opens and closes, the client rates."""
        for before, kind in (
            (timedelta(hours=24), "day-before"),
            (timedelta(hours=1), "hour-before"),
            (timedelta(minutes=10), "ten-minutes"),
        ):
            await self.bot.move_to(self.starts - before + timedelta(seconds=1))
            for person, who, role in (
                (self.client, "client", "client"),
                (self.winter, "winter", "therapist"),
            ):
                await person.hears(said(f"reminder-session-{kind}-{role}"), room=self.rooms[who])
        await self.bot.move_to(self.starts + timedelta(seconds=1))
        await self.client.hears(said("session-starts-video"), room=self.rooms["pair"])
        await self._until_calls(allowed=True)
        await self.bot.move_to(self.starts + timedelta(minutes=45, seconds=1))
        await self.client.hears(said("session-ends"), room=self.rooms["pair"])
        await self._until_calls(allowed=False)
        await self.bot.move(timedelta(minutes=16))
        self.client.room = self.rooms["client"]
        poll = await self.client.hears(lambda line: line.kind == "poll", room=self.rooms["client"])
        await self.client.vote(poll, "5 of 5")
        await self.client.hears(WORDS.say("en", "rating-recommend"), room=self.rooms["client"])
        await self.client.say("yes")
        await self.client.hears(WORDS.say("en", "rating-word"), room=self.rooms["client"])
        await self.client.say("skip")
        await self.client.hears(said("rating-done"), room=self.rooms["client"])

    async def _until_calls(self, *, allowed: bool) -> None:
        for _ in range(40):
            levels = await self.client.state("m.room.power_levels", self.rooms["pair"])
            if (levels["events"]["org.matrix.msc3401.call.member"] == 0) is allowed:
                return
            await asyncio.sleep(0.25)
        raise AssertionError(f"calls should be {'open' if allowed else 'closed'} by now")

    async def crisis(self) -> None:
        """The client is in danger: the card at once, therapist and on-call alerted, one of them takes it."""
        await self.client.say("I can't do this any more, I want to kill myself", room=self.rooms["pair"])
        card = await self.client.hears(said("crisis-card-high"), room=self.rooms["pair"])
        expect(
            all(word in card.text for word in ("112", "TelefonSeelsorge")),
            "the lines of the client's country",
        )
        alert = await self.oncall.hears(said("crisis-alert-body"), room=self.rooms["oncall"])
        expect("myself" not in alert.text, "no word of the client is repeated")
        await self.winter.hears(said("crisis-alert-body"), room=self.rooms["winter"])
        poll = await self.client.hears(lambda line: line.kind == "poll", room=self.rooms["pair"])
        await self.client.vote(poll, "I'm safe")
        await self.client.hears(said("crisis-safe"), room=self.rooms["pair"])
        await self.oncall.hears(said("crisis-alert-safe"), room=self.rooms["oncall"])
        await self.winter.say("!ack", room=self.rooms["winter"])
        await self.winter.hears(said("ack-done"), room=self.rooms["winter"])
        seen = await self.client.hears(said("crisis-acknowledged"), room=self.rooms["pair"])
        expect(cast.WINTER["name"] in seen.text, "the client hears who has seen it")
        await self.winter.say("!close 1", room=self.rooms["winter"])
        await self.winter.hears(said("close-done"), room=self.rooms["winter"])

    async def climb(self) -> None:
        """Nobody acknowledges: on-call again, then all admins, then the client is told plainly."""
        await self.bot.move(timedelta(hours=2))
        await self.client.say("I want to kill myself, I have the pills here", room=self.rooms["pair"])
        await self.client.hears(said("crisis-card-emergency"), room=self.rooms["pair"])
        await self.oncall.hears(said("crisis-alert-body"), room=self.rooms["oncall"])
        await self.bot.move(timedelta(minutes=5, seconds=1))
        await self.oncall.hears(said("crisis-alert-escalated"), room=self.rooms["oncall"])
        await self.bot.move(timedelta(minutes=5, seconds=1))
        await self.admin.hears(said("crisis-alert-escalated"), room=self.rooms["admin"])
        await self.bot.move(timedelta(minutes=5, seconds=1))
        await self.client.hears(said("crisis-help-nobody"), room=self.rooms["pair"])
        await self.oncall.say("!ack 2", room=self.rooms["oncall"])
        await self.client.hears(said("crisis-acknowledged"), room=self.rooms["pair"])

    async def audit(self) -> None:
        """The admin has the record verified in the room; the command line does it again at the end."""
        await self.admin.say("!audit", room=self.rooms["admin"])
        await self.admin.hears(said("audit-good"), room=self.rooms["admin"])
