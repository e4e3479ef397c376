"""A month of writing at all hours, in five zones, over both changes of the clocks, holidays and absences.

The real use cases on a real store; what they say is held against working time counted minute by minute.
"""

import asyncio
import json
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storage import stores
from storage.talk import Talk

from bot.calendar.availability import Availability, Away, Exceptional, narrowed, spans_on
from bot.calendar.hours import parse_hours
from bot.care import availability, due
from bot.care.desk import Desk, House
from bot.inbound import DueFired
from bot.outbound import Effect, Message
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from compliance.storage.unit import Unit
from config.ids import PersonId, new_id

ZONES = {
    "Europe/Berlin": "DE",
    "America/New_York": "US",
    "America/St_Johns": "CA",
    "Australia/Lord_Howe": "AU",
    "Asia/Kathmandu": None,
}
WEEKS = ("Mon-Fri 9-17", "Mon-Thu 8-12 and 14-20", "Tue, Thu, Sat 18-1", "weekdays 7:30-9, Sun 10-16")
AGREED = ("Mon, Wed, Thu 10-20", "Tue-Sat 12-19")
DAYS = 35
MINUTE = timedelta(minutes=1)
MOMENTS = st.integers(0, DAYS * 24 * 60 - 1)


@dataclass(frozen=True)
class Month:
    """What happens: hours, and the minutes in which the two write."""

    zone: str
    week: str
    spring: bool
    away: tuple[int, int]
    closed: int
    no_answers: frozenset[int]
    agreed: str | None
    """Answer hours that the two agreed on."""
    client: tuple[int, ...]
    therapist: tuple[int, ...]


MONTHS = st.builds(
    Month,
    zone=st.sampled_from(sorted(ZONES)),
    week=st.sampled_from(WEEKS),
    spring=st.booleans(),
    away=st.tuples(st.integers(0, DAYS), st.integers(0, 9)),
    closed=st.integers(0, DAYS),
    no_answers=st.frozensets(st.integers(0, 6), max_size=1),
    agreed=st.sampled_from((None, *AGREED)),
    client=st.lists(MOMENTS, min_size=12, max_size=25, unique=True).map(tuple),
    therapist=st.lists(MOMENTS, min_size=1, max_size=10, unique=True).map(tuple),
)


@dataclass
class _Spoken:
    """What was said, by whom it was read."""

    now: datetime
    room: Room
    text: str


class _Listening(Desk):
    heard: list[_Spoken]

    async def send(self, room: Room, effect: Effect) -> str:
        if isinstance(effect, Message):
            self.heard.append(_Spoken(self.now, room, effect.body))
        return await super().send(room, effect)


@dataclass
class _Pair:
    unit: Unit
    house: House
    client: Person
    therapist: Person
    room: Room
    heard: list[_Spoken] = field(default_factory=list[_Spoken])

    def desk(self) -> Desk:
        desk = _Listening(self.unit, self.house)
        desk.heard = self.heard
        return desk


async def _meet(unit: Unit, house: House) -> _Pair:
    people: list[Person] = []
    for role in ("client", "therapist"):
        person = await unit.people.add(f"@{role}-{new_id()}:here")
        await unit.grants.give(person.id, role, PersonId("service"))
        people.append(person)
    client, therapist = people
    pair = await unit.pairs.add(client.id, therapist.id, state="active")
    room = await unit.rooms.add("pair", owner=None, pair=pair.id, roster=(client.id, therapist.id))
    return _Pair(unit, house, client, therapist, room)


def _hours(month: Month, first: date) -> Availability:
    start = first + timedelta(days=month.away[0])
    return Availability(
        week=parse_hours(month.week),
        zone=month.zone,
        holiday_country=ZONES[month.zone],
        away=(Away(first=start, last=start + timedelta(days=month.away[1])),),
        exceptions=(Exceptional(day=first + timedelta(days=month.closed)),),
        no_answers=month.no_answers,
    )


def _open_minutes(hours: Availability, start: datetime, minutes: int) -> list[bool]:
    """Working time, minute by minute, from what the wall clock shows: no instants are computed."""
    zone, spans, found = ZoneInfo(hours.zone), dict[date, tuple[tuple[int, int], ...]](), list[bool]()
    for offset in range(minutes):
        local = (start + offset * MINUTE).astimezone(zone)
        day, minute = local.date(), local.hour * 60 + local.minute
        if day not in spans:
            spans[day] = spans_on(hours, day)
        found.append(any(low <= minute < high for low, high in spans[day]))
    return found


async def _play(pair: _Pair, hours: Availability, month: Month, start: datetime, clock_to: datetime) -> None:
    """Everything in its order, and what falls due in its minute."""
    await availability.save_availability(pair.desk(), pair.therapist.id, hours)
    if month.agreed:
        terms = {"hours": parse_hours(month.agreed).model_dump_json(), "answer-time": 24}
        body = {"pair": pair.room.pair, "version": 1, "state": "agreed", "terms": terms}
        key = f"{pair.room.pair}:1"
        await pair.unit.documents.put("agreement", pair.client.id, key, json.dumps(body))
    events = sorted([(at, "client") for at in month.client] + [(at, "therapist") for at in month.therapist])
    for at, who in events:
        await _fire_until(pair, start + at * MINUTE)
        pair.house.clock.move_to(start + at * MINUTE)  # pyright: ignore[reportAttributeAccessIssue]
        if who == "client":
            await availability.client_wrote(pair.desk(), pair.client, pair.room)
        else:
            await availability.therapist_wrote(pair.desk(), pair.therapist, pair.room)
    await _fire_until(pair, clock_to)


async def _fire_until(pair: _Pair, until: datetime) -> None:
    while (at := await pair.unit.due.next_at()) is not None and at <= until:
        pair.house.clock.move_to(max(at, pair.house.clock.now()))  # pyright: ignore[reportAttributeAccessIssue]
        for row in await pair.unit.due.ready(at):
            await due.happen(pair.desk(), DueFired(due=row.id, what=row.kind, subject=row.subject))


def _quiet_notices(pair: _Pair, month: Month, open_now: list[bool], start: datetime) -> None:
    said = [int((one.now - start) / MINUTE) for one in pair.heard if "is not at the desk now" in one.text]
    assert not any(open_now[at] for at in said), "nobody is told in working time that nobody is there"
    changes = [at for at in range(1, len(open_now)) if open_now[at] != open_now[at - 1]]
    first: dict[int, int] = {}
    for at in sorted(month.client):
        if not open_now[at]:
            first.setdefault(bisect_right(changes, at), at)
    assert sorted(said) == sorted(first.values()), "one notice in each quiet period, with its first message"


def _promises(pair: _Pair, month: Month, open_now: list[bool], start: datetime, answer: int) -> None:
    worked = list(accumulate(open_now, initial=0))
    events = sorted([(at, 0) for at in month.client] + [(at, 1) for at in month.therapist])
    nudged = [one.now for one in pair.heard if "A line in your shared room is enough" in one.text]
    missed = [one.now for one in pair.heard if "and has not had one" in one.text]
    expected_nudges, expected_misses = list[datetime](), list[datetime]()
    since: int | None = None
    for at, who in [*events, (len(open_now) - 1, 1)]:
        if who == 0 and since is None:
            since = at
        elif who == 1 and since is not None:
            for share, expected in ((0.75, expected_nudges), (1.0, expected_misses)):
                # The first moment by which so much working time has passed since.
                moment = bisect_left(worked, worked[since] + answer * share)
                # What falls due in the minute of an answer comes before it.
                if moment <= at:
                    expected.append(start + moment * MINUTE)
            since = None
    assert nudged == expected_nudges, (
        "the therapist is nudged at three quarters, and only while nobody answered"
    )
    assert missed == expected_misses, "what was promised and did not come is told in that minute"


def test_one_notice_a_quiet_period_and_no_promise_passes_without_a_nudge(tmp_path: Path) -> None:
    async def prepare() -> tuple[stores.House, Talk]:
        around = stores.house(tmp_path)
        store = await around.open(stores.sqlite_url(tmp_path))
        talk = Talk(store, around)
        async with store.unit() as unit:
            admins = await unit.rooms.add("admin", owner=None, pair=None, roster=())
            await unit.rooms.set_state(admins.ref, "open")
        return around, talk

    async def happen(talk: Talk, month: Month, year: int) -> None:
        start = datetime(year, 3 if month.spring else 10, 5 if month.spring else 12, tzinfo=UTC)
        end = start + timedelta(days=DAYS) - MINUTE
        hours = _hours(month, start.date())
        async with talk.store.unit() as unit:
            pair = await _meet(unit, talk.house)
            await _play(pair, hours, month, start, end)
            for kind in ("promise-tell", "promise-nudge", "promise-missed"):
                await unit.due.cancel(kind, str(pair.room.pair))
        if month.agreed:
            hours = narrowed(hours, parse_hours(month.agreed))
        open_now = _open_minutes(hours, start, DAYS * 24 * 60)
        _quiet_notices(pair, month, open_now, start)
        _promises(pair, month, open_now, start, talk.house.settings.care.reply_promise_hours * 60)

    with asyncio.Runner() as runner:
        around, talk = runner.run(prepare())
        years = iter(range(2027, 2200))

        @settings(max_examples=8, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
        @given(MONTHS)
        def property_of_months(month: Month) -> None:
            runner.run(happen(talk, month, next(years)))

        try:
            property_of_months()
        finally:
            runner.run(talk.store.close())
            around.keystore.close()
