"""Handling: takes what came in from the journal, one by one, each in one unit of work.

Only a crisis card comes before the rest: it is on its way while people are being alerted. As a rule it is
written in the unit that takes the words in, and else in one of its own.
"""

import asyncio

from bot import headstart
from bot.care import crisis, greeting
from bot.care.desk import Desk, House
from bot.care.perform import go_on, help_first
from bot.commands.registry import BY_NAME
from bot.inbound import Inbound
from bot.routing.decide import decide, screened, worth_screening
from bot.routing.gather import gather, who_and_where
from compliance import logs
from compliance.storage.journal import JournalRow
from compliance.storage.store import Store
from compliance.storage.unit import Unit

log = logs.get("handling")


class Handling:
    """Works off the journal in the order in which things came in."""

    def __init__(self, store: Store, house: House, *, head_start: float = 0.0) -> None:
        """`head_start`: seconds that a card is ahead of all other work at most, for those who run a delivery
        beside this."""
        self._store = store
        self._house = house
        self._head_start = head_start
        self._idle = False
        self._leaving = False

    async def at_once(self, unit: Unit, inbound: Inbound) -> bool:
        """In the unit that takes something in: if it calls for a card of help, and nothing waits before it,
        the card is written here. All the rest comes with its turn. True if there is a card."""
        if not self._idle or self._store.journal_added.is_set() or not worth_screening(inbound):
            return False
        self._store.outbox_sent.clear()
        self._leaving = await self._help_first(unit, inbound) == "sent"
        return self._leaving

    async def run(self) -> None:
        """Handle until cancelled."""
        while True:
            self._store.journal_added.clear()
            if not await self.work_off():
                self._idle = True
                await self._store.journal_added.wait()
                self._idle = False
                if self._leaving:
                    self._leaving = False
                    await headstart.given(self._store, self._head_start)

    async def work_off(self) -> int:
        """Handle everything that waits; returns how many there were."""
        handled = 0
        while await self._next():
            handled += 1
            # Whoever waits for the store comes before the next row: above all the delivery of a card.
            await asyncio.sleep(0)
        return handled

    async def _next(self) -> bool:
        """Handle the row that has waited longest. False if none waits."""
        row: JournalRow | None = None
        self._store.outbox_sent.clear()
        try:
            async with self._store.unit() as unit:
                row = next(iter(await unit.journal.waiting(1)), None)
                if row is None:
                    return False
                inbound = Inbound.model_validate_json(row.body_json)
                help_ = await self._help_first(unit, inbound)
                if help_ != "sent":
                    await self._go_on(unit, inbound, shown=help_ == "before")
                    await unit.journal.done(row.seq)
            if help_ == "sent":
                # The card leaves before the alert is written. After a crash in between, the row is handled
                # again: the card is known to be out, and the alert is raised.
                await headstart.given(self._store, self._head_start)
                async with self._store.unit() as unit:
                    await self._go_on(unit, inbound, shown=True)
                    await unit.journal.done(row.seq)
        except asyncio.CancelledError:
            raise
        except Exception:
            if row is None:
                raise
            # A guard on purpose: one message that can't be handled must not stop help for everybody else.
            log.exception("not-handled", seq=row.seq)
            await self._set_aside(row)
        return True

    async def _help_first(self, unit: Unit, inbound: Inbound) -> crisis.Help:
        situation = await who_and_where(unit, inbound, self._house.settings, self._house.bot)
        return await help_first(Desk(unit, self._house), inbound, situation, screened(inbound, situation))

    async def _go_on(self, unit: Unit, inbound: Inbound, *, shown: bool) -> None:
        situation = await gather(unit, inbound, self._house.settings, self._house.words, self._house.bot)
        plan = decide(inbound, situation, BY_NAME)
        await go_on(Desk(unit, self._house), inbound, situation, plan, shown=shown)

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
            here = inbound.encrypted and situation.belongs and situation.inside
            await crisis.respond(desk, person, room if here else None, screening)
        if room is not None and room.state == "open":
            await desk.say(room, person.language, "not-handled")
