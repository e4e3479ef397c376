"""Handling: takes what came in from the journal, one by one, each in one unit of work."""

import asyncio

from bot.care import crisis, greeting
from bot.care.desk import Desk, House
from bot.care.perform import perform
from bot.commands.registry import BY_NAME
from bot.inbound import Inbound
from bot.routing.decide import decide, screened
from bot.routing.gather import gather, who_and_where
from compliance import logs
from compliance.storage.journal import JournalRow
from compliance.storage.store import Store
from compliance.storage.unit import Unit

log = logs.get("handling")

_BATCH = 50


class Handling:
    """Works off the journal in the order in which things came in."""

    def __init__(self, store: Store, house: House) -> None:
        self._store = store
        self._house = house

    async def run(self) -> None:
        """Handle until cancelled."""
        while True:
            self._store.journal_added.clear()
            if not await self.work_off():
                await self._store.journal_added.wait()

    async def work_off(self) -> int:
        """Handle everything that waits; returns how many there were."""
        async with self._store.unit() as unit:
            rows = await unit.journal.waiting(_BATCH)
        for row in rows:
            await self._handle(row)
        return len(rows)

    async def _handle(self, row: JournalRow) -> None:
        try:
            async with self._store.unit() as unit:
                inbound = Inbound.model_validate_json(row.body_json)
                await self._carry_out(unit, inbound)
                await unit.journal.done(row.seq)
        except asyncio.CancelledError:
            raise
        except Exception:
            # A guard on purpose: one message that can't be handled must not stop help for everybody else.
            log.exception("not-handled", seq=row.seq)
            await self._set_aside(row)

    async def _carry_out(self, unit: Unit, inbound: Inbound) -> None:
        situation = await gather(unit, inbound, self._house.settings, self._house.words, self._house.bot)
        plan = decide(inbound, situation, BY_NAME)
        await perform(Desk(unit, self._house), inbound, situation, plan)

    async def _set_aside(self, row: JournalRow) -> None:
        """Quarantine what failed; crisis words in it still bring the card and the alert, and the writer
        hears that their message was not handled."""
        try:
            async with self._store.unit() as unit:
                await self._rescue(unit, Inbound.model_validate_json(row.body_json))
                await unit.journal.quarantine(row.seq, "failed")
                await unit.audit.record("event.quarantined", by="service", outcome="failed")
        except asyncio.CancelledError:
            raise
        except Exception:
            # The last guard: it must leave the line, or nothing behind it is ever handled.
            log.exception("not-rescued", seq=row.seq)
            async with self._store.unit() as unit:
                await unit.journal.quarantine(row.seq, "failed-twice")

    async def _rescue(self, unit: Unit, inbound: Inbound) -> None:
        if not inbound.sender or inbound.sender == self._house.bot:
            return
        desk = Desk(unit, self._house)
        room = await unit.rooms.by_matrix_id(inbound.room)
        person = await greeting.meet(desk, inbound.sender)
        situation = await who_and_where(unit, inbound, self._house.settings, self._house.bot)
        screening = screened(inbound, situation)
        if screening is not None:
            here = inbound.encrypted and situation.belongs and inbound.sender in situation.roster
            await crisis.respond(desk, person, room if here else None, screening)
        if room is not None and room.state == "open":
            await desk.say(room, person.language, "not-handled")
