"""Logging the bot in with its password, once; what comes back is sealed."""

import argparse
import asyncio
from pathlib import Path

from bot.cli import ask
from bot.cli.fault import Fault
from config.clock import SystemClock
from config.settings import Settings


def add_password(parser: argparse.ArgumentParser) -> None:
    """`--password-file FILE`; a password is never taken from the command line, where others see it."""
    parser.add_argument(
        "--password-file", type=Path, metavar="FILE", help="a file of mode 0600 with the bot's password"
    )


def password(args: argparse.Namespace, user: str) -> str:
    """The bot's password, from the file or asked for. Raises Fault, LooseFile."""
    from compliance.files import read_private

    if args.password_file is None:
        return ask.secret(f"Password of {user} (used once, not kept)")
    try:
        content = read_private(args.password_file).decode("utf-8").rstrip("\r\n")
    except FileNotFoundError:
        raise Fault(f"there is no file {args.password_file}", status=2) from None
    except UnicodeDecodeError:
        raise Fault(f"{args.password_file} is not UTF-8 text", status=2) from None
    if not content:
        raise Fault(f"{args.password_file} is empty", status=2)
    return content


async def first(settings: Settings, secret: str) -> str:
    """Log in; then make keys, keystore, sealed login and the device's trust. The device's fingerprint.

    Raises LoginRefused, Unreachable, CrossSigningConflict, LooseFile.
    """
    from bot import credentials as stored
    from bot.matrix.crosssigning import Seeds
    from bot.matrix.login import log_in
    from compliance.keys.keyring import Keyring
    from compliance.keys.keystore import Keystore
    from compliance.sealing import Sealer

    clock = SystemClock()
    login = await log_in(
        settings.homeserver.url,
        settings.account.user_id,
        secret,
        ssl=stored.trust(settings.homeserver.ca_file),
    )
    if login.user_id != settings.account.user_id:
        raise Fault(f"the homeserver calls this account {login.user_id}, not {settings.account.user_id}")
    keyring = Keyring.generate(settings.keys.path)
    keystore = Keystore.generate(settings.storage.keystore, keyring, clock)
    try:
        seeds = Seeds.new()
        stored.write(settings.account.sealed, Sealer(keystore), login, seeds)
        account = await stored.open_account(settings, keyring, login, seeds, clock, password=secret)
        try:
            return account.fingerprint
        finally:
            await account.close()
    finally:
        keystore.close()


async def again(settings: Settings, secret: str) -> str:
    """Log in on a new device with the keys that are there; the old crypto store is set aside.

    Raises as `first`, and KeyringBroken, KeystoreBroken.
    """
    from bot import credentials as stored
    from bot.matrix.crosssigning import Seeds
    from bot.matrix.login import log_in
    from compliance.keys.keyring import Keyring
    from compliance.keys.keystore import Keystore
    from compliance.sealing import Sealer

    clock = SystemClock()
    keyring = Keyring.load(settings.keys.path)
    keystore = Keystore.load(settings.storage.keystore, keyring, clock)
    try:
        sealer = Sealer(keystore)
        try:
            _, seeds = stored.read(settings.account.sealed, sealer, settings.account.user_id)
        except stored.CredentialsBroken:
            seeds = Seeds.new()
        login = await log_in(
            settings.homeserver.url,
            settings.account.user_id,
            secret,
            ssl=stored.trust(settings.homeserver.ca_file),
        )
        # The store belongs to the old device; a store of another device can't be used.
        await asyncio.to_thread(_set_aside, settings.storage.crypto, clock.now().strftime("%Y%m%dT%H%M%S"))
        stored.write(settings.account.sealed, sealer, login, seeds, replace=True)
        account = await stored.open_account(settings, keyring, login, seeds, clock, password=secret)
        try:
            return account.fingerprint
        finally:
            await account.close()
    finally:
        keystore.close()


def _set_aside(store: Path, stamp: str) -> None:
    for suffix in ("", "-wal", "-shm"):
        file = store.with_name(store.name + suffix)
        if file.exists():
            file.rename(store.with_name(f"{store.name}.{stamp}{suffix}"))
