"""The bot's Matrix account as the service sees it: opened once, two loops, closed."""

import ssl as tls
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.matrix import crosssigning, login, onetimekeys
from bot.matrix.carrier import Carrier
from bot.matrix.crosssigning import Seeds
from bot.matrix.cryptostore import CryptoStore
from bot.matrix.delivery import Delivery, DeliveryHealth
from bot.matrix.devices import Devices
from bot.matrix.guard import Guard
from bot.matrix.homeserver import Homeserver
from bot.matrix.keysharing import KeySharing
from bot.matrix.login import Credentials
from bot.matrix.machine import Machine
from bot.matrix.signing import public
from bot.matrix.sync import AtOnce, Sync, SyncHealth
from bot.matrix.verification import Verifications
from bot.matrix.views import Views
from compliance.storage.store import Store
from config.clock import Clock


@dataclass(frozen=True, slots=True)
class Health:
    """How the account is doing. `refused` counts what the guard caught, by reason."""

    sync: SyncHealth
    delivery: DeliveryHealth
    refused: dict[str, int]
    devices_without_keys: int


class MatrixAccount:
    """One account on one device. `open` makes it; `sync` and `deliver` run until they are cancelled."""

    def __init__(
        self, homeserver: Homeserver, machine: Machine, store: CryptoStore, seeds: Seeds, clock: Clock
    ) -> None:
        self.homeserver = homeserver
        self.machine = machine
        self._crypto = store
        self._clock = clock
        self._guard = Guard()
        self._views = Views()
        self._verifications = Verifications(machine, public(seeds.master))
        self.devices = Devices(homeserver, machine, self._guard)
        self._keysharing = KeySharing(homeserver, machine, self.devices)
        self._sync: Sync | None = None
        self._delivery: Delivery | None = None

    @classmethod
    async def open(
        cls,
        url: str,
        credentials: Credentials,
        *,
        store_path: Path,
        store_key: bytes,
        seeds: Seeds,
        clock: Clock,
        password: str | None = None,
        ssl: tls.SSLContext | None = None,
        proxy: str | None = None,
    ) -> "MatrixAccount":
        """Check the login, open the crypto store, and see to the device's keys and cross-signing.

        `store_key` is 32 random bytes. `password` is needed only to replace cross-signing keys that are not
        ours. Raises LoginRefused, LoggedOut, CryptoStoreUnreadable, DeviceTaken, CrossSigningConflict,
        Unreachable.
        """
        homeserver = Homeserver(url, token=credentials.access_token.get_secret_value(), ssl=ssl, proxy=proxy)
        crypto: CryptoStore | None = None
        try:
            await login.check(homeserver, credentials)
            crypto = CryptoStore(credentials.user_id, credentials.device_id, store_path, store_key)
            machine = Machine(credentials.user_id, credentials.device_id, crypto)
            await onetimekeys.publish_device(homeserver, machine)
            await crosssigning.ensure(homeserver, machine, seeds, password)
            await login.name_account(homeserver, credentials)
        except BaseException:
            if crypto is not None:
                crypto.close()
            await homeserver.close()
            raise
        return cls(homeserver, machine, crypto, seeds, clock)

    @property
    def user_id(self) -> str:
        return self.machine.user_id

    @property
    def device_id(self) -> str:
        return self.machine.device_id

    @property
    def fingerprint(self) -> str:
        """The device's Ed25519 key in groups of four, for people who compare by eye."""
        key = self.machine.ed25519
        return " ".join(key[start : start + 4] for start in range(0, len(key), 4))

    def syncing(
        self, store: Store, on_batch: Callable[[], None] | None = None, at_once: AtOnce | None = None
    ) -> Sync:
        """The sync of this account into a store's journal. `on_batch` is called after a batch with news,
        `at_once` with the only thing that came in, in the unit that takes it in."""
        self._sync = Sync(
            self.homeserver,
            self.machine,
            self.devices,
            self._keysharing,
            self._views,
            self._guard,
            self._verifications,
            store,
            self._clock,
            on_batch,
            at_once,
        )
        return self._sync

    def delivery(self, store: Store, *, federate: bool = False) -> Delivery:
        """The delivery of a store's outbox by this account. `federate` is for rooms that it makes."""
        carrier = Carrier(
            self.homeserver, self.machine, self._keysharing, self._views, self._clock, federate=federate
        )
        self._delivery = Delivery(carrier, store, self._clock, self.user_id)
        return self._delivery

    async def sync(self, store: Store, on_batch: Callable[[], None] | None = None) -> None:
        """Sync until cancelled. Raises LoggedOut, and what the store raises."""
        await self.syncing(store, on_batch).run()

    async def deliver(self, store: Store, *, federate: bool = False) -> None:
        """Deliver until cancelled. Raises LoggedOut, and what the store raises."""
        await self.delivery(store, federate=federate).run()

    def health(self) -> Health:
        return Health(
            sync=self._sync.health if self._sync is not None else SyncHealth(),
            delivery=self._delivery.health if self._delivery is not None else DeliveryHealth(),
            refused=dict(self._guard.caught),
            devices_without_keys=self._keysharing.unreachable,
        )

    async def close(self) -> None:
        """Close the connection and the crypto store. Never logs out: that would destroy the device."""
        await self.homeserver.close()
        self._crypto.close()
