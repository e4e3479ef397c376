"""Promises of an answer: who waits for their therapist, since when and until when; which were kept.

One sealed document a pair holds all of it, and due rows do the rest. A promise is made for the first message
that nobody has answered, told to the client, and kept by the therapist's next message or by a session.
"""

import json
from datetime import datetime, timedelta

from pydantic import AwareDatetime, BaseModel, ConfigDict

from bot.calendar import say
from bot.calendar.availability import Availability
from bot.calendar.replyby import Moment, ReplyPromise, promise
from bot.care import terms
from bot.care.desk import Desk
from bot.routing.agreed import newest_agreed
from compliance.storage.pairs import Pair
from compliance.storage.people import Person
from config.ids import PairId

KIND = "promise"
"""Kind of the document; its person is the client, its key the pair."""
TALKING = timedelta(minutes=10)
"""Two who have just written to each other are talking: the bot doesn't interrupt with a time."""
ROLLING = timedelta(days=30)
"""How far back misses count for the supervisor."""
FEWEST = 10
"""Pairs below which no share is shown: it would be about somebody."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Waiting(_Frozen):
    """A client who waits for an answer."""

    number: int
    """Of the promise, counted in the pair."""
    since: AwareDatetime
    """The first message that was not answered."""
    promise: ReplyPromise | None = None
    """None where nothing can be promised, as no working time comes within reach."""
    told: bool = False
    """Whether the client was told when to expect an answer."""
    missed: bool = False


class Ledger(_Frozen):
    """The promises of a pair."""

    waiting: Waiting | None = None
    numbers: int = 0
    """The number of the latest promise."""
    kept: int = 0
    missed: int = 0
    unneeded: int = 0
    """Ended as the client needed no answer."""
    left: int = 0
    """Ended as the therapist saw nothing to answer, and said why."""
    misses: tuple[AwareDatetime, ...] = ()
    """Those within the rolling time."""
    spoke: AwareDatetime | None = None
    """When the therapist last wrote."""


async def ledger_of(desk: Desk, pair: Pair) -> Ledger:
    """The promises of a pair so far."""
    document = await desk.unit.documents.get(KIND, pair.client, pair.id)
    return Ledger.model_validate_json(document.body_json) if document else Ledger()


async def keep(desk: Desk, pair: Pair, ledger: Ledger) -> None:
    """Write the ledger in place of the earlier one."""
    await desk.unit.documents.put(KIND, pair.client, pair.id, ledger.model_dump_json())


async def answer_time(desk: Desk, pair: Pair) -> timedelta:
    """Working time until an answer: as the two agreed, else as the service promises."""
    agreed = await newest_agreed(desk.unit, pair)
    hours = str(agreed["terms"].get("answer-time", "")) if agreed else ""
    if hours.isdigit() and int(hours) > 0:
        # What the service sets holds whatever the two wrote.
        return timedelta(hours=max(int(hours), desk.settings.boundaries.least_answer_hours))
    return timedelta(hours=desk.settings.care.reply_promise_hours)


async def texting(desk: Desk, pair: Pair) -> str:
    """What the two write between sessions, as they agreed: `off` (then no answer is promised), `logistics` or
    `full`; also `full` if they agreed on nothing."""
    agreed = await newest_agreed(desk.unit, pair)
    if agreed is None:
        return "full"
    held, _ = terms.overridden(agreed["terms"], desk.settings.boundaries)
    return str(held.get("level", "full"))


async def begin(desk: Desk, pair: Pair, availability: Availability) -> Waiting | None:
    """A client wrote. Begins a wait and its promise; None if they waited already."""
    ledger = await ledger_of(desk, pair)
    if ledger.waiting is not None:
        return None
    return await _make(desk, pair, ledger, availability, desk.now)


async def renew(desk: Desk, pair: Pair, availability: Availability) -> Waiting | None:
    """A client gives it more time: a new promise from now. None if nobody waits, or this one still runs."""
    ledger = await ledger_of(desk, pair)
    if ledger.waiting is None or not ledger.waiting.missed:
        return None
    made = await _make(desk, pair, ledger, availability, ledger.waiting.since)
    await told(desk, pair)
    return made


async def refresh(desk: Desk, pair: Pair, availability: Availability) -> Waiting | None:
    """Reckon a promise anew that nobody was told of yet: the hours may have changed since. One that was told
    stands as it was told. None if nothing changes."""
    ledger = await ledger_of(desk, pair)
    waiting = ledger.waiting
    if waiting is None or waiting.told or waiting.promise is None or waiting.missed:
        return None
    since = waiting.promise.since
    if promise(availability, since, await answer_time(desk, pair)) == waiting.promise:
        return None
    for moment in Moment:
        await desk.unit.due.cancel(moment.value, pair.id)
    return await _make(desk, pair, ledger, availability, waiting.since, counted=since)


async def _make(
    desk: Desk,
    pair: Pair,
    ledger: Ledger,
    availability: Availability,
    since: datetime,
    *,
    counted: datetime | None = None,
) -> Waiting:
    made = None
    if await texting(desk, pair) != "off":
        made = promise(availability, counted or desk.now, await answer_time(desk, pair))
    waiting = Waiting(number=ledger.numbers + 1, since=since, promise=made)
    await keep(desk, pair, ledger.model_copy(update={"waiting": waiting, "numbers": waiting.number}))
    if made is not None:
        await set_alarm(desk, pair, waiting, Moment.NUDGE, made.nudge)
        await set_alarm(desk, pair, waiting, Moment.MISSED, made.due)
        await desk.note("promise.made", by="service", about=pair.id, number=waiting.number)
    return waiting


async def set_alarm(desk: Desk, pair: Pair, waiting: Waiting, moment: Moment, at: datetime) -> None:
    """One row a promise and moment."""
    await desk.unit.due.add(
        moment.value,
        pair.id,
        at,
        key=f"{moment.value}:{pair.id}:{waiting.number}",
        body_json=json.dumps({"number": waiting.number}),
    )


async def told(desk: Desk, pair: Pair) -> None:
    """The client has been told when to expect an answer."""
    ledger = await ledger_of(desk, pair)
    if ledger.waiting is not None:
        waiting = ledger.waiting.model_copy(update={"told": True})
        await keep(desk, pair, ledger.model_copy(update={"waiting": waiting}))


async def answered(desk: Desk, pair: Pair) -> None:
    """The therapist wrote, or a session began: nobody waits any more. A promise in time counts as kept."""
    ledger = await ledger_of(desk, pair)
    waiting = ledger.waiting
    changes: dict[str, object] = {"spoke": desk.now, "waiting": None}
    if waiting is not None:
        for moment in Moment:
            await desk.unit.due.cancel(moment.value, pair.id)
        if waiting.promise is not None and waiting.told and not waiting.missed:
            changes["kept"] = ledger.kept + 1
            await desk.note("promise.kept", by=pair.therapist, about=pair.id, number=waiting.number)
    await keep(desk, pair, ledger.model_copy(update=changes))


async def end(desk: Desk, pair: Pair, *, by: Person) -> bool:
    """No answer is needed to what waits: nobody waits any more, and it counts as neither kept nor missed.
    False if nobody waited."""
    ledger = await ledger_of(desk, pair)
    if ledger.waiting is None:
        return False
    for moment in Moment:
        await desk.unit.due.cancel(moment.value, pair.id)
    counted = "unneeded" if by.id == pair.client else "left"
    changes = {"waiting": None, counted: getattr(ledger, counted) + 1}
    await keep(desk, pair, ledger.model_copy(update=changes))
    await desk.note("promise.unneeded", by=by.id, about=pair.id, number=ledger.waiting.number)
    return True


async def still(desk: Desk, pair_id: str, moment: Moment, body_json: str) -> tuple[Pair, Waiting] | None:
    """Whom something that fell due is about; None, and noted, if it is of no use any more."""
    pair = await desk.unit.pairs.get(PairId(pair_id))
    waiting = (await ledger_of(desk, pair)).waiting if pair.state == "active" else None
    number = json.loads(body_json)["number"]
    if (
        waiting is None
        or waiting.promise is None
        or waiting.number != number
        or not waiting.promise.still(moment, desk.now)
    ):
        await desk.note("reminder.dropped", by="service", about=pair.id, kind=moment.value)
        return None
    return pair, waiting


async def nudge(desk: Desk, pair_id: str, body_json: str) -> None:
    """The promised time is near: a word to the therapist in their own room."""
    found = await still(desk, pair_id, Moment.NUDGE, body_json)
    if found is None or found[1].promise is None:
        return
    pair, waiting = found
    client, therapist = await desk.person(pair.client), await desk.person(pair.therapist)
    await desk.tell(
        therapist,
        "promise-nudge",
        mention=True,
        client=desk.named(client, therapist.language),
        waiting=say.duration(desk.house.words, therapist.language, desk.now - waiting.since),
        by=desk.when(therapist, found[1].promise.due),
    )
    await desk.note("reminder.sent", by="service", about=pair.id, kind=Moment.NUDGE.value)


async def waiting_of(desk: Desk, pairs: list[Pair]) -> list[tuple[Pair, Waiting]]:
    """Those of the active pairs in which somebody waits, the longest first."""
    found = [(pair, (await ledger_of(desk, pair)).waiting) for pair in pairs if pair.state == "active"]
    return sorted(
        ((pair, waiting) for pair, waiting in found if waiting is not None), key=lambda one: one[1].since
    )


async def everybody_waiting(desk: Desk) -> list[tuple[Pair, Waiting]]:
    """Everybody who waits for a therapist, the longest first."""
    pairs = [
        await desk.unit.pairs.get(PairId(document.key)) for document in await desk.unit.documents.all(KIND)
    ]
    return await waiting_of(desk, pairs)


async def left(desk: Desk) -> int:
    """How often therapists saw nothing to answer, over all pairs."""
    documents = await desk.unit.documents.all(KIND)
    return sum(Ledger.model_validate_json(one.body_json).left for one in documents)


async def share(desk: Desk) -> int | None:
    """Promises that were kept, in whole percent over all pairs; None for fewer pairs than `FEWEST`."""
    ledgers = [Ledger.model_validate_json(one.body_json) for one in await desk.unit.documents.all(KIND)]
    counted = [one for one in ledgers if one.kept + one.missed]
    if len(counted) < FEWEST:
        return None
    kept = sum(one.kept for one in counted)
    return round(100 * kept / (kept + sum(one.missed for one in counted)))
