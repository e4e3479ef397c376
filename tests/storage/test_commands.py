"""Every command, by everybody, in every kind of room: it works or is refused kindly, and nothing else."""

import re
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from sqlalchemy import event
from storage import talk as t
from storage.talk import Talk

from bot.care.desk import Desk
from bot.commands import registry
from bot.commands.command import Caller
from bot.demo import cast
from bot.outbound import Effect, Message, Poll
from bot.routing.gather import relation
from compliance.storage.rooms import Room
from compliance.storage.unit import Unit

pytestmark = pytest.mark.asyncio(loop_scope="module")

NEW = "@new:here"
EVERYBODY = {
    "somebody new": NEW,
    "client": t.MIA,
    "therapist": t.KELLER,
    "oncall": t.ONCALL,
    "supervisor": t.SUPERVISOR,
    "admin": t.ADMIN,
}
ROOMS = ("direct", "pair", "admin", "oncall")
WRITTEN = (
    "",
    "1",
    "1 match",
    "1 refer Please see a doctor.",
    "what? 🙂",
    "Germany",
    "Berlin",
    "Mon-Fri 9-17",
)
NOTHING_BUT = {"audit_entries", "audit_nodes", "audit_frontier", "outbox", "counters"}

_WRITES = re.compile(r"\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)


class _Undo(Exception):  # noqa: N818
    pass


class _Listening(Desk):
    """A desk that remembers what was said and noted."""

    said: list[tuple[Room, Effect]]
    noted: list[str]

    async def send(self, room: Room, effect: Effect) -> str:
        self.said.append((room, effect))
        return await super().send(room, effect)

    async def note(
        self, action: str, *, by: str, about: str = "", outcome: str = "done", **detail: str | int
    ) -> None:
        self.noted.append(action)
        await super().note(action, by=by, about=about, outcome=outcome, **detail)


@dataclass
class Tried:
    """What a command did; all of it is taken back afterwards."""

    answers: list[str] = field(default_factory=list[str])
    """What was said in the room where it was written."""
    elsewhere: list[str] = field(default_factory=list[str])
    written: set[str] = field(default_factory=set[str])
    """Tables that changed."""
    actions: list[str] = field(default_factory=list[str])
    """Audit entries."""


@contextmanager
def _watched(talk: Talk, into: set[str]) -> Generator[None]:
    def seen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if found := _WRITES.match(statement):
            into.add(found[1])

    engine = talk.store.engine.sync_engine
    event.listen(engine, "before_cursor_execute", seen)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", seen)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def talk(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Talk]:
    """A house in which there is something for each command: a pair with a session, an agreement and an
    alert, an offer, an application and a case that wait."""
    async with t.opened(tmp_path_factory.mktemp("house")) as talk:
        for mxid, who in ((t.KELLER, cast.KELLER), (t.WINTER, cast.WINTER)):
            await talk.says(mxid, "hello")
            await talk.says(mxid, "2")
            await talk.fill(mxid, "application", who)
        await talk.says(t.ADMIN, "!approve 1", await talk.room("admin"))
        for mxid, answers in (
            (t.MIA, cast.CLIENT),
            ("@ida:here", cast.CLIENT),
            ("@per:here", {**cast.CLIENT, "voices": "yes"}),
        ):
            await talk.says(mxid, "hello")
            await talk.says(mxid, "1")
            await talk.says(mxid, "I understand")
            await talk.fill(mxid, "intake", answers)
            if mxid == t.MIA:
                await talk.says(t.KELLER, "!accept")
                await talk.fill(t.KELLER, "agreement", cast.AGREEMENT)
        pair = await talk.room("pair")
        await talk.says(t.MIA, "!book", pair)
        assert "noted" in await talk.says(t.MIA, "!book 1") or await talk.says(t.MIA, "!sessions")
        await talk.says(t.MIA, "I want to kill myself", pair)
        await talk.says(NEW, "hello")
        yield talk


async def _caller(talk: Talk, unit: Unit, mxid: str, kind: str) -> Caller:
    person = await unit.people.by_mxid(mxid)
    assert person is not None
    if kind == "direct":
        room = await unit.rooms.direct(person.id)
        if room is None:
            room = await Desk(unit, talk.house).request_direct_room(person)
    else:
        room = (await unit.rooms.of_kind(kind))[0]
    return Caller(person, await unit.grants.roles(person.id), room, relation(person, room))


async def _try(talk: Talk, mxid: str, kind: str, command: str, rest: str = "") -> Tried:
    tried = Tried()
    try:
        async with talk.store.unit() as unit:
            caller = await _caller(talk, unit, mxid, kind)
            desk = _Listening(unit, talk.house)
            desk.said, desk.noted = [], []
            with _watched(talk, tried.written):
                await registry.run(desk, caller, command, rest)
                await unit.audit.flush()
            for room, effect in desk.said:
                if isinstance(effect, Message | Poll):
                    words = effect.body if isinstance(effect, Message) else effect.fallback
                    (tried.answers if room.ref == caller.room.ref else tried.elsewhere).append(words)
            tried.actions = desk.noted
            raise _Undo
    except _Undo:
        return tried


async def _works(talk: Talk, mxid: str, kind: str) -> set[str]:
    async with talk.store.unit() as unit:
        caller = await _caller(talk, unit, mxid, kind)
        return {command.name for command in registry.offered(caller)}


@pytest.mark.parametrize("kind", ROOMS)
@pytest.mark.parametrize("who", EVERYBODY)
async def test_a_command_works_or_is_refused_and_help_names_exactly_those_that_work(
    talk: Talk, who: str, kind: str
) -> None:
    mxid = EVERYBODY[who]
    works = await _works(talk, mxid, kind)
    named = set(
        re.findall(r"^!(\w+)", "\n".join((await _try(talk, mxid, kind, "help")).answers), re.MULTILINE)
    )
    assert named == works
    for command in registry.COMMANDS:
        for rest in WRITTEN if command.name in works else ("", "1"):
            tried = await _try(talk, mxid, kind, command.name, rest)
            told = f"!{command.name} {rest} by {who} in the {kind} room"
            assert tried.answers or tried.elsewhere, f"{told}: no answer"
            if command.name in works:
                assert tried.actions[0] == "command.used", told
            else:
                assert tried.actions == ["command.refused"], told
                assert tried.written <= NOTHING_BUT, told
                assert len(tried.answers) == 1, told
                assert not tried.elsewhere, told


async def test_help_in_a_crisis_is_for_everybody_everywhere(talk: Talk) -> None:
    for mxid in EVERYBODY.values():
        for kind in ROOMS:
            assert {"help", "crisis"} <= await _works(talk, mxid, kind)
            assert "0800 111 0 111" in (await _try(talk, mxid, kind, "crisis")).answers[0]


@pytest.mark.parametrize(
    ("who", "kind", "command", "says"),
    [
        ("client", "direct", "approve", "is not for you to use"),
        ("client", "direct", "alerts", "is not for you to use"),
        ("client", "direct", "away", "is not for you to use"),
        ("therapist", "direct", "approve", "is not for you to use"),
        ("oncall", "oncall", "applications", "is not for you to use"),
        ("client", "direct", "agree", "in the room that you share"),
        ("therapist", "pair", "away", "in your own room with me"),
        ("admin", "direct", "approve", "in the room of the people who run Stillroom"),
        ("supervisor", "direct", "applications", "is not for you to use"),
    ],
)
async def test_a_refusal_says_why(talk: Talk, who: str, kind: str, command: str, says: str) -> None:
    assert says in (await _try(talk, EVERYBODY[who], kind, command, "1")).answers[0]


async def test_the_nearest_command_is_named_to_those_who_may_use_it(talk: Talk) -> None:
    assert 'Did you mean "!book"' in await talk.says(t.MIA, "!bok")
    assert 'Did you mean "!approve"' in await talk.says(t.ADMIN, "!aprove 1", await talk.room("admin"))
    refused = await talk.says(NEW, "!bok")
    assert "Did you mean" not in refused
    assert "!help" in refused
    assert "!approve" not in await talk.says(t.MIA, "!aprove 1")
