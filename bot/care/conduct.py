"""What happens when a message in a pair's room touches a boundary: a private word to its writer, a warning
of a link in the room, and, where a therapist goes too far or does so again and again, a word to a supervisor.

Nothing is ever blocked, and no word of a message is kept: only which kind of boundary, who wrote, and when.
"""

from datetime import datetime, timedelta
from typing import Self

from pydantic import BaseModel, ConfigDict

from bot.care import agreement, supervision
from bot.care.cards import short_card
from bot.care.desk import Choice, Desk
from bot.routing.intents import Plan
from compliance.boundaries import KINDS, Direction, Kind, LinkFinding, Touch
from compliance.storage.pairs import Pair
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from config.ids import PairId, PersonId

QUIET = timedelta(days=30)
"""How long a kind stays quiet once somebody said that it is fine, and how far back occasions count."""
OFTEN = 3
"""So many occasions of one kind by a therapist within `QUIET`, and a supervisor hears of it."""


_TERMS: dict[Kind, str] = {
    "contact": "phone",
    "meeting": "outside",
    "friendship": "outside",
    "privacy": "private-topics",
}
"""The term of an agreement that a kind touches."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Occasion(_Frozen):
    """A day on which somebody touched a kind of boundary."""

    kind: str
    by: Direction
    at: datetime
    grave: bool


class Ledger(_Frozen):
    """What is remembered about the two of a pair. Sealed under the client's key."""

    occasions: tuple[Occasion, ...] = ()
    quiet: dict[str, datetime] = {}
    """Kind → until when nobody is nudged about it."""
    told: dict[str, str] = {}
    """What was said → the day on which: nudges, warned hosts, topics called to mind."""
    last: dict[str, str] = {}
    """Who → the kind of their last nudge: what a bare `!fine` is about."""

    def once(self, what: str, now: datetime) -> tuple[bool, Self]:
        """Whether this was not said yet today, and the ledger in which it was."""
        today = now.date().isoformat()
        if self.told.get(what) == today:
            return False, self
        kept = {name: day for name, day in self.told.items() if day == today}
        return True, self.model_copy(update={"told": kept | {what: today}})

    def with_occasion(self, touch: Touch, by: Direction, now: datetime) -> tuple[bool, Self]:
        """The ledger with one more occasion; one a day for each kind and writer, the graver one."""
        recent = [one for one in self.occasions if one.at > now - QUIET]
        for at, one in enumerate(recent):
            if (one.kind, one.by, one.at.date()) == (touch.kind, by, now.date()):
                graver = touch.grave and not one.grave
                if graver:
                    recent[at] = one.model_copy(update={"grave": True})
                return graver, self.model_copy(update={"occasions": tuple(recent)})
        new = Occasion(kind=touch.kind, by=by, at=now, grave=touch.grave)
        return True, self.model_copy(update={"occasions": (*recent, new)})

    def count(self, kind: str, by: Direction) -> int:
        """Days within the last thirty on which this writer touched this kind."""
        return sum(one.kind == kind and one.by == by for one in self.occasions)

    def is_quiet(self, kind: str, now: datetime) -> bool:
        """Whether somebody of the pair said lately that this kind is fine."""
        until = self.quiet.get(kind)
        return until is not None and until > now


async def respond(desk: Desk, writer: Person, room: Room, plan: Plan) -> None:
    """Do what a message asks for that touches boundaries."""
    pair = await desk.unit.pairs.get(room.pair) if room.pair else None
    if pair is None or pair.state != "active" or writer.id not in (pair.client, pair.therapist):
        return
    before = ledger = await _ledger(desk, pair)
    ledger = await _warn_of_links(desk, writer, room, plan.links, ledger)
    ledger = await _recall_topics(desk, writer, pair, plan.kept, ledger)
    ledger = await _judged(desk, writer, pair, plan.touches, ledger)
    if ledger != before:
        await _save(desk, pair, ledger)


async def _warn_of_links(
    desk: Desk, writer: Person, room: Room, found: tuple[LinkFinding, ...], ledger: Ledger
) -> Ledger:
    """A warning where both read it, once a day and host. The dots are set apart, so that nobody can click."""
    for finding in found:
        first, ledger = ledger.once(f"link:{finding.host}", desk.now)
        if first:
            host = finding.host.replace(".", "[.]")
            await desk.say(room, writer.language, f"boundaries-link-{finding.why}", host=host)
            await desk.note("link.warned", by="service", about=room.ref, kind=finding.why)
    return ledger


async def _recall_topics(
    desk: Desk, writer: Person, pair: Pair, kept: tuple[str, ...], ledger: Ledger
) -> Ledger:
    """Call to the client's mind, kindly, what the two keep for sessions. The message stands as it is."""
    for topic in kept:
        first, ledger = ledger.once(f"topic:{topic}", desk.now)
        if first:
            therapist = desk.named(await desk.person(pair.therapist), writer.language)
            help_lines = short_card(desk, writer, writer.language)
            await desk.tell(writer, "boundaries-topic", topic=topic, therapist=therapist, help=help_lines)
            await desk.note("agreement.recalled", by="service", about=pair.id, kind="topic")
    return ledger


async def _judged(
    desk: Desk, writer: Person, pair: Pair, touches: tuple[Touch, ...], ledger: Ledger
) -> Ledger:
    by: Direction = "client" if writer.id == pair.client else "therapist"
    nudged = False
    for touch in touches:
        if touch.rule == "detail-phone" and await agreement.allows_phone(desk, pair):
            continue
        new, ledger = ledger.with_occasion(touch, by, desk.now)
        raised = False
        if new and by == "therapist":
            raised = await _raise(desk, writer, pair, touch, ledger.count(touch.kind, by))
        if nudged or (ledger.is_quiet(touch.kind, desk.now) and not touch.grave):
            continue
        first, ledger = ledger.once(f"nudge:{touch.kind}:{'grave' if touch.grave else 'light'}", desk.now)
        if first:
            nudged = True
            await _nudge(desk, writer, pair, touch, by, raised=raised)
            ledger = ledger.model_copy(update={"last": ledger.last | {by: touch.kind}})
    return ledger


async def _nudge(
    desk: Desk, writer: Person, pair: Pair, touch: Touch, by: Direction, *, raised: bool
) -> None:
    """A word to the writer alone, with the reason and a way to say that it is fine."""
    language = writer.language
    other = await desk.person(pair.therapist if by == "client" else pair.client)
    reason = desk.text(language, f"boundaries-why-{touch.kind}", writer=by)
    term = _TERMS.get(touch.kind)
    if term and (agreed := await agreement.on(desk, pair, term, language)):
        reason += " " + desk.text(language, "boundaries-nudge-agreed", agreed=agreed)
    key = f"boundaries-nudge-{by}" + ("-grave" if touch.grave else "")
    parts = [desk.text(language, key, other=desk.named(other, language), reason=reason)]
    if raised:
        parts.append(desk.text(language, "boundaries-nudge-raised"))
    room = await desk.direct_room(writer)
    await desk.note("conduct.nudged", by="service", about=pair.id, kind=touch.kind)
    if touch.grave:
        await desk.speak(room, "\n\n".join(parts), mention=(writer.mxid,))
        return
    await desk.speak(room, "\n\n".join(parts))
    await desk.ask(
        room,
        writer,
        purpose="fine",
        subject=f"{pair.id}:{touch.kind}",
        question=desk.text(language, "boundaries-fine-question"),
        choices=(
            Choice("noted", desk.text(language, "boundaries-fine-noted")),
            Choice("fine", desk.text(language, "boundaries-fine-is")),
        ),
        hint=desk.text(language, "boundaries-fine-hint"),
    )


async def _raise(desk: Desk, therapist: Person, pair: Pair, touch: Touch, count: int) -> bool:
    """Tell a supervisor: of a grave occasion, and of every third of a kind. Kind and count, no word of it."""
    if not touch.grave and count % OFTEN:
        return False
    client = await desk.person(pair.client)
    reached = await supervision.tell(
        desk,
        {therapist.id, client.id},
        lambda language: desk.text(
            language,
            "boundaries-raised",
            therapist=f"{desk.named(therapist, language)} ({therapist.mxid})",
            client=desk.named(client, language),
            kind=desk.text(language, f"boundaries-kind-{touch.kind}"),
            count=count,
            grave="yes" if touch.grave else "no",
        ),
    )
    outcome = "done" if reached.people else "nobody"
    await desk.note(
        "conduct.raised", by="service", about=pair.id, outcome=outcome, kind=touch.kind, count=count
    )
    return bool(reached.people)


async def answer(desk: Desk, person: Person, room: Room, subject: str, choice: str) -> None:
    """What the writer says to a nudge."""
    pair_id, _, kind = subject.partition(":")
    pair = await desk.unit.pairs.get(PairId(pair_id))
    if person.id not in (pair.client, pair.therapist):
        return
    if choice == "fine":
        await fine(desk, person, room, pair, kind)
    else:
        await desk.say(room, person.language, "boundaries-thanks")


async def fine(desk: Desk, person: Person, room: Room, pair: Pair, kind: str = "") -> None:
    """A kind is fine for these two: nobody is nudged about it for a while. Grave ones still are."""
    ledger = await _ledger(desk, pair)
    by: Direction = "client" if person.id == pair.client else "therapist"
    kind = kind or ledger.last.get(by, "")
    if kind not in KINDS:
        kinds = ", ".join(desk.text(person.language, f"boundaries-kind-{one}") for one in KINDS)
        await desk.say(room, person.language, "boundaries-fine-nothing", kinds=kinds)
        return
    until = desk.now + QUIET
    await _save(desk, pair, ledger.model_copy(update={"quiet": ledger.quiet | {kind: until}}))
    await desk.note("conduct.fine", by=person.id, about=pair.id, kind=kind)
    await desk.say(
        room,
        person.language,
        "boundaries-fine-done",
        kind=desk.text(person.language, f"boundaries-kind-{kind}"),
        until=desk.when(person, until),
        writer=by,
    )


async def newest_nudged(desk: Desk, person: PersonId) -> Pair | None:
    """The active pair in which this person was nudged last; any active one if in none."""
    pairs = [*await desk.unit.pairs.of_client(person), *await desk.unit.pairs.of_therapist(person)]
    best: tuple[datetime, Pair] | None = None
    for pair in pairs:
        if pair.state != "active":
            continue
        by: Direction = "client" if person == pair.client else "therapist"
        ledger = await _ledger(desk, pair)
        times = [one.at for one in ledger.occasions if one.by == by and one.kind == ledger.last.get(by)]
        if times and (best is None or max(times) > best[0]):
            best = (max(times), pair)
    return best[1] if best else next((pair for pair in pairs if pair.state == "active"), None)


async def _ledger(desk: Desk, pair: Pair) -> Ledger:
    document = await desk.unit.documents.get("conduct", pair.client, pair.id)
    return Ledger.model_validate_json(document.body_json) if document else Ledger()


async def _save(desk: Desk, pair: Pair, ledger: Ledger) -> None:
    await desk.unit.documents.put("conduct", pair.client, pair.id, ledger.model_dump_json())
