"""Opening what is on disk, without Matrix: keys, keystore and database."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from compliance.keys.keyring import Keyring
from compliance.keys.keystore import Keystore
from compliance.sealing import Sealer
from compliance.storage.store import Store
from config.clock import SystemClock
from config.settings import Settings


@dataclass(frozen=True)
class House:
    """An opened installation."""

    keyring: Keyring
    sealer: Sealer
    store: Store


@asynccontextmanager
async def opened(settings: Settings) -> AsyncGenerator[House]:
    """Open keys, keystore and database as the settings say, and close them again.

    Raises KeyringBroken, KeystoreBroken, LooseFile, StorageError.
    """
    clock = SystemClock()
    keyring = Keyring.load(settings.keys.path)
    keystore = Keystore.load(settings.storage.keystore, keyring, clock)
    try:
        sealer = Sealer(keystore)
        store = await Store.open(
            settings.storage.address,
            sealer=sealer,
            keyring=keyring,
            clock=clock,
            shard=settings.account.shard,
        )
        try:
            yield House(keyring, sealer, store)
        finally:
            await store.close()
    finally:
        keystore.close()
