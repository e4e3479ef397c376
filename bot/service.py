"""A running service: opens what there is, starts the four loops, and closes in order."""

import asyncio
import gc
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Self

from bot import headstart, identity
from bot.alarms import Alarms
from bot.calendar.hours import parse_hours
from bot.calendar.publicdays import warm as warm_holidays
from bot.care import opening
from bot.care.desk import Desk, House
from bot.forms import load_form
from bot.handling import Handling
from bot.inbound import Inbound
from bot.matrix.account import MatrixAccount
from compliance import logs
from compliance.audit.checkpoint import Signer
from compliance.boundaries import judge
from compliance.crisis import screen
from compliance.keys.keyring import Keyring
from compliance.keys.keystore import Keystore
from compliance.sealing import Sealer
from compliance.storage.store import Store
from compliance.storage.unit import Unit
from config import places
from config.clock import Clock
from config.settings import Settings
from config.words import Words

log = logs.get("service")

FORMS = (
    "welcome", "consent", "intake", "application", "agreement", "rating", "phq9", "gad7", "report",
    "safetyplan",
)  # fmt: skip

_CATCH_UP = 20.0
"""Seconds that alarms wait at the start for the first sync."""


class Service:
    """One bot account with its store. Made by `open`."""

    def __init__(self, house: House, store: Store, account: MatrixAccount) -> None:
        self.house = house
        self.store = store
        self.account = account
        self.alarms = Alarms(store, house.clock)
        self.delivery = account.delivery(store, federate=house.settings.federate)
        self.handling = Handling(store, house, head_start=headstart.MOST)

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings, clock: Clock) -> AsyncGenerator[Self]:
        """Open keys, store and account. Nothing is sent yet.

        Raises what they raise: LooseFile, KeystoreBroken, WrongKey, LoginRefused, Unreachable and others,
        each with a message for the operator.
        """
        keyring = Keyring.load(settings.keys.path)
        keystore = Keystore.load(settings.storage.keystore, keyring, clock)
        try:
            me = identity.read(settings.account.sealed, keyring)
            store = await Store.open(
                settings.storage.address,
                sealer=Sealer(keystore),
                keyring=keyring,
                clock=clock,
                shard=settings.account.shard,
            )
            try:
                account = await MatrixAccount.open(
                    settings.homeserver.url,
                    me.credentials,
                    store_path=settings.storage.crypto,
                    store_key=me.store_key,
                    seeds=me.seeds,
                    clock=clock,
                    ssl=identity.trust(settings.homeserver.ca_file),
                )
                try:
                    house = House(
                        words=Words.load(),
                        settings=settings,
                        clock=clock,
                        signer=Signer(keyring, settings.account.server_name),
                        bot=account.user_id,
                    )
                    yield cls(house, store, account)
                finally:
                    await account.close()
            finally:
                await store.close()
        finally:
            keystore.close()

    async def run(self) -> None:
        """Work until cancelled. If one loop fails, all end and its exception comes out."""
        await asyncio.to_thread(_warm, self.house)
        # What is loaded now stays: looking through it again and again would hold everybody up, 80 ms a time.
        gc.collect()
        gc.freeze()
        async with self.store.unit() as unit:
            await opening.open_house(Desk(unit, self.house))
        log.info("service-started")
        syncing = self.account.syncing(self.store, at_once=self._at_once)
        try:
            async with asyncio.TaskGroup() as loops:
                loops.create_task(syncing.run(), name="sync")
                loops.create_task(self.delivery.run(), name="delivery")
                loops.create_task(self.handling.run(), name="handling")
                loops.create_task(self._alarms(syncing.caught_up), name="alarms")
        finally:
            async with self.store.unit() as unit:
                await unit.audit.record("service.stopped", by="service")
            log.info("service-stopped")

    async def _at_once(self, unit: Unit, inbound: Inbound) -> bool:
        leaving = await self.handling.at_once(unit, inbound)
        if leaving:
            await self.delivery.ahead(unit)
        return leaving

    async def _alarms(self, caught_up: asyncio.Event) -> None:
        """Alarms, once what came in meanwhile is in the journal: an answer given in time is no missed one.

        Not waited for long: an alarm about a crisis is not held up by a homeserver that doesn't answer.
        """
        with suppress(TimeoutError):
            await asyncio.wait_for(caught_up.wait(), _CATCH_UP)
        await self.alarms.run()


def _warm(house: House) -> None:
    """Read what would otherwise be read within the first messages, and keep them waiting."""
    screen("hello", None)
    judge("call me: 555 014 2000", "client")
    places.warm()
    parse_hours("Mon-Fri 9-17")
    warm_holidays([house.settings.care.default_country], house.clock.now().year)
    for form in FORMS:
        load_form(form, house.settings.care.minimum_age)
