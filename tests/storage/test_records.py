"""Each repository keeps its promise."""

import dataclasses
from datetime import timedelta

import pytest

from compliance.audit.entries import EntryRefused
from compliance.audit.tree import leaf_hash, root_of
from compliance.storage.errors import NotFound, SlotTaken, UnknownKind
from compliance.storage.store import Store
from compliance.storage.unit import Unit
from config.clock import MovedClock
from config.ids import AlertId, PairId, PersonId, RoomRef, SessionId


async def pair_of(unit: Unit, client: str = "@ada:example.org", therapist: str = "@tess:example.org"):
    a, t = await unit.people.add(client), await unit.people.add(therapist)
    return a.id, t.id, await unit.pairs.add(a.id, t.id)


async def test_a_person_is_found_by_exactly_their_matrix_id(store: Store) -> None:
    async with store.unit() as unit:
        ada = await unit.people.add("@ada:example.org", "de")
        assert await unit.people.add("@ada:example.org", "en") == ada
        assert await unit.people.by_mxid("@ada:example.org") == ada
        assert await unit.people.by_mxid("@Ada:example.org") is None
        moved = dataclasses.replace(
            ada, name="Ada", zone="America/New_York", country="US", region="US-NY", stage="waiting"
        )
        await unit.people.save(moved)
        assert await unit.people.get(ada.id) == moved
        bob = await unit.people.add("@bob:example.org")
        assert await unit.people.all("waiting") == [moved]
        assert await unit.people.all() == [moved, bob] or await unit.people.all() == [bob, moved]
        with pytest.raises(NotFound):
            await unit.people.save(dataclasses.replace(ada, id=PersonId("nobody")))


async def test_a_role_holds_from_its_grant_until_it_expires_or_is_revoked(
    store: Store, clock: MovedClock
) -> None:
    async with store.unit() as unit:
        ada = (await unit.people.add("@ada:example.org")).id
        await unit.grants.give(ada, "admin", by="operator")
        await unit.grants.give(ada, "oncall", by="operator", expires_at=clock.now() + timedelta(hours=8))
        assert await unit.grants.roles(ada) == {"admin", "oncall"}
        clock.move(timedelta(hours=8))
        assert await unit.grants.roles(ada) == {"admin"}
        assert await unit.grants.holders("oncall") == []
        assert await unit.grants.holders("admin") == [ada]
        assert await unit.grants.revoke(ada, "admin", by="operator")
        assert not await unit.grants.revoke(ada, "admin", by="operator")
        assert await unit.grants.roles(ada) == frozenset()
        with pytest.raises(UnknownKind, match="known are client, therapist"):
            await unit.grants.give(ada, "owner", by="operator")


async def test_rooms_are_found_by_whom_and_what_they_are_for(store: Store) -> None:
    async with store.unit() as unit:
        client, therapist, pair = await pair_of(unit)
        direct = await unit.rooms.add("direct", client, None, (client,))
        shared = await unit.rooms.add("pair", None, pair.id, (client, therapist), language="de")
        assert (direct.state, direct.matrix_id) == ("requested", None)
        await unit.rooms.set_matrix_id(shared.ref, "!r:example.org")
        await unit.rooms.set_state(shared.ref, "open")
        found = await unit.rooms.by_matrix_id("!r:example.org")
        assert found == dataclasses.replace(shared, matrix_id="!r:example.org", state="open")
        assert await unit.rooms.by_matrix_id("!x:example.org") is None
        assert await unit.rooms.of_pair(pair.id) == found
        assert await unit.rooms.direct(client) == direct
        assert await unit.rooms.of_kind("direct") == [direct]
        await unit.rooms.set_roster(direct.ref, ())
        assert (await unit.rooms.get(direct.ref)).roster == ()
        await unit.rooms.set_state(direct.ref, "unsafe")
        assert await unit.rooms.direct(client) is None
        with pytest.raises(UnknownKind):
            await unit.rooms.set_state(direct.ref, "burnt")
        with pytest.raises(NotFound):
            await unit.rooms.get(RoomRef("none"))


async def test_a_pair_keeps_how_it_went(store: Store, clock: MovedClock) -> None:
    async with store.unit() as unit:
        client, therapist, pair = await pair_of(unit)
        active = dataclasses.replace(pair, state="active", answered_at=clock.now())
        await unit.pairs.save(active)
        assert await unit.pairs.get(pair.id) == active
        assert await unit.pairs.of_client(client) == [active]
        assert await unit.pairs.of_therapist(therapist) == [active]
        assert await unit.pairs.of_therapist(client) == []
        with pytest.raises(UnknownKind):
            await unit.pairs.save(dataclasses.replace(pair, state="married"))
        with pytest.raises(NotFound):
            await unit.pairs.get(PairId("none"))


async def test_a_form_goes_on_where_it_was_left(store: Store) -> None:
    async with store.unit() as unit:
        ada = (await unit.people.add("@ada:example.org")).id
        room = (await unit.rooms.add("direct", ada, None, (ada,))).ref
        intake = await unit.forms.start(ada, room, "intake", "1", '{"at": "age"}')
        await unit.forms.save(intake.id, '{"at": "reason"}', "paused")
    async with store.unit() as unit:
        active = await unit.forms.active(ada, room)
        assert active is not None
        assert (active.id, active.state_json, active.status) == (intake.id, '{"at": "reason"}', "paused")
        checkin = await unit.forms.start(ada, room, "phq9", "1", "{}")
        assert await unit.forms.active(ada, room) == checkin  # an open one comes before a paused one
        await unit.forms.save(checkin.id, "{}", "done")
        left = await unit.forms.active(ada, room)
        assert left is not None
        assert left.id == intake.id
        assert (await unit.forms.get(checkin.id)).ended_at is not None


async def test_a_document_is_replaced_under_its_name(store: Store) -> None:
    async with store.unit() as unit:
        ada = (await unit.people.add("@ada:example.org")).id
        first = await unit.documents.put("score", ada, "monday", "1")
        second = await unit.documents.put("score", ada, "monday", "2")
        await unit.documents.put("score", ada, "tuesday", "3")
        assert second.id == first.id
        assert await unit.documents.get("score", ada, "monday") == second
        assert await unit.documents.get("score", ada) is None
        assert sorted(document.body_json for document in await unit.documents.of(ada, "score")) == ["2", "3"]
        assert len(await unit.documents.all("score")) == 2
        assert await unit.documents.delete("score", ada, "monday")
        assert not await unit.documents.delete("score", ada, "monday")
        with pytest.raises(UnknownKind, match="'diary' is no document kind"):
            await unit.documents.put("diary", ada, "", "{}")


async def test_a_consent_holds_until_it_is_withdrawn(store: Store) -> None:
    async with store.unit() as unit:
        ada = (await unit.people.add("@ada:example.org")).id
        assert await unit.consents.current(ada, "care") is None
        await unit.consents.give(ada, "care", "1", "aa")
        newer = await unit.consents.give(ada, "care", "2", "bb")
        assert await unit.consents.current(ada, "care") == newer
        assert await unit.consents.withdraw(ada, "care")
        assert await unit.consents.current(ada, "care") is None
        assert not await unit.consents.withdraw(ada, "care")


@pytest.mark.parametrize(
    ("starts", "minutes", "taken"),
    [
        (0, 50, True),
        (30, 50, True),
        (-30, 50, True),
        (10, 10, True),
        (-60, 180, True),
        (50, 50, False),
        (-50, 50, False),
    ],
)
async def test_nobody_is_in_two_sessions_at_once(
    store: Store, clock: MovedClock, starts: int, minutes: int, taken: bool
) -> None:
    noon = clock.now() + timedelta(hours=3)
    at = noon + timedelta(minutes=starts)
    async with store.unit() as unit:
        client, therapist, pair = await pair_of(unit)
        other, _, second = await pair_of(unit, client="@bob:example.org")
        booked = await unit.sessions.add(pair.id, client, therapist, noon, 50, "text")
        if taken:
            with pytest.raises(SlotTaken):
                await unit.sessions.add(second.id, other, therapist, at, minutes, "text")
        else:
            await unit.sessions.add(second.id, other, therapist, at, minutes, "text")
        # The unit stays usable, and what is cancelled takes no time.
        await unit.sessions.save(dataclasses.replace(booked, state="cancelled", sequence=1))
        if taken:
            await unit.sessions.add(second.id, other, therapist, at, minutes, "text")
            with pytest.raises(SlotTaken):
                await unit.sessions.save(booked)


async def test_sessions_are_listed_by_pair_and_by_time(store: Store, clock: MovedClock) -> None:
    noon = clock.now() + timedelta(hours=3)
    async with store.unit() as unit:
        client, therapist, pair = await pair_of(unit)
        late = await unit.sessions.add(pair.id, client, therapist, noon + timedelta(days=1), 50, "text")
        early = await unit.sessions.add(pair.id, client, therapist, noon, 50, "video")
        assert await unit.sessions.of_pair(pair.id) == [early, late]
        assert await unit.sessions.of_pair(pair.id, noon + timedelta(hours=1)) == [late]
        inside = await unit.sessions.of_therapist(
            therapist, noon + timedelta(minutes=49), noon + timedelta(hours=2)
        )
        assert inside == [early]
        assert (
            await unit.sessions.of_client(client, noon + timedelta(minutes=50), noon + timedelta(hours=2))
            == []
        )
        assert await unit.sessions.get(early.id) == early
        with pytest.raises(NotFound):
            await unit.sessions.get(SessionId("none"))


async def test_an_alert_runs_until_it_is_closed(store: Store, clock: MovedClock) -> None:
    async with store.unit() as unit:
        client, therapist, _ = await pair_of(unit)
        first = await unit.alerts.open(client, None, None, "high", '{"n": 1}')
        second = await unit.alerts.open(therapist, None, None, "emergency", "{}")
        assert (first.number, second.number) == (1, 2)
        assert await unit.alerts.unacknowledged() == [first, second]
        taken = dataclasses.replace(
            first, state="acknowledged", acknowledged_by=therapist, acknowledged_at=clock.now(), step=2
        )
        await unit.alerts.save(taken)
        assert await unit.alerts.unacknowledged() == [second]
        assert await unit.alerts.current(client) == taken
        assert await unit.alerts.by_number(1) == taken
        await unit.alerts.save(dataclasses.replace(taken, state="closed", closed_at=clock.now()))
        assert await unit.alerts.current(client) is None
        with pytest.raises(NotFound):
            await unit.alerts.get(AlertId("none"))


async def test_a_notice_is_given_once(store: Store) -> None:
    for expected in (True, False):
        async with store.unit() as unit:
            assert await unit.notices.once("availability", "pair", "2026-03-02") is expected
    async with store.unit() as unit:
        assert await unit.notices.once("availability", "pair", "2026-03-03")


async def test_a_vote_finds_its_poll(store: Store) -> None:
    async with store.unit() as unit:
        sent = await unit.outbox.add(None, "{}")
        await unit.polls.add(sent, "run", "age", [("a", "under 18"), ("b", "18 or over")])
        assert await unit.polls.by_event("$p") is None
        await unit.polls.sent(sent, "$p")
        poll = await unit.polls.by_event("$p")
        assert poll is not None
        assert (poll.form_run, poll.question) == ("run", "age")
        assert poll.options == (("a", "under 18"), ("b", "18 or over"))
        assert await unit.polls.newest("run") == poll


async def test_the_audit_record_grows_with_its_units(store: Store, clock: MovedClock) -> None:
    async with store.unit() as unit:
        ada = (await unit.people.add("@ada:example.org")).id
        await unit.audit.record("person.seen", by="service", about=ada)
        await unit.audit.record("consent.given", by=ada, about=ada, text="care", version="1")
        with pytest.raises(EntryRefused):
            await unit.audit.record("person.seen", by="@ada:example.org")
    async with store.unit() as unit:
        await unit.audit.record("role.granted", by="operator", about=ada, role="client")
        bodies = await unit.audit.entries(0, 10)
        assert len(bodies) == await unit.audit.size() == 3
        assert await unit.audit.root() == root_of([leaf_hash(body) for body in bodies])
        assert [entry.action for entry in await unit.audit.about(ada)] == [
            "person.seen",
            "consent.given",
            "role.granted",
        ]
        assert await unit.audit.entries(1, 2) == bodies[1:2]


async def test_a_checkpoint_is_due_after_a_minute_with_news_or_a_hundred_entries(
    store: Store, clock: MovedClock
) -> None:
    async def post(unit: Unit) -> None:
        frontier = await unit.audit.frontier()
        await unit.audit.checkpointed(frontier.size, frontier.root, "a note")
        await unit.audit.record("checkpoint.posted", by="service", size=frontier.size)

    async with store.unit() as unit:
        assert not await unit.audit.checkpoint_due()
        await unit.audit.record("service.started", by="service")
        assert await unit.audit.checkpoint_due()
        await post(unit)
        clock.move(timedelta(hours=1))
        assert not await unit.audit.checkpoint_due()  # a checkpoint alone calls for no other
        await post(unit)
        await unit.audit.record("service.started", by="service")
        assert not await unit.audit.checkpoint_due()
        clock.move(timedelta(seconds=60))
        assert await unit.audit.checkpoint_due()
        await post(unit)
        for _ in range(99):
            await unit.audit.record("service.started", by="service")
        assert await unit.audit.checkpoint_due()
        last = await unit.audit.last_checkpoint()
        assert last is not None
        assert last.note == "a note"
        assert len(await unit.audit.checkpoints()) == 3
