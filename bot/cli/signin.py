"""Logging the bot in with its password, once; what comes back is sealed."""

import argparse
import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli import ask
from bot.cli.fault import Fault
from config.clock import SystemClock
from config.settings import Settings

if TYPE_CHECKING:  # these load a Matrix library, which not every command needs
    from bot.identity import Identity
    from bot.matrix.login import Credentials


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
    from bot import identity
    from compliance.keys.keyring import Keyring
    from compliance.keys.keystore import Keystore

    me = identity.Identity.new(await _log_in(settings, secret))
    keyring = Keyring.generate(settings.keys.path)
    Keystore.generate(settings.storage.keystore, keyring, SystemClock()).close()
    identity.write(settings.account.sealed, keyring, me)
    return await _make_trusted(settings, me, secret)


async def again(settings: Settings, secret: str) -> str:
    """Log in on a new device with the keys that are there; the old crypto store is set aside.

    Raises as `first`, and KeyringBroken.
    """
    from bot import identity
    from compliance.keys.keyring import Keyring

    keyring = Keyring.load(settings.keys.path)
    try:
        seeds = identity.read(settings.account.sealed, keyring).seeds
    except identity.IdentityBroken:
        seeds = None
    me = identity.Identity.new(await _log_in(settings, secret), seeds)
    # The store belongs to the old device; it can't serve another.
    stamp = SystemClock().now().strftime("%Y%m%dT%H%M%S")
    await asyncio.to_thread(_set_aside, settings.storage.crypto, stamp)
    identity.write(settings.account.sealed, keyring, me, replace=True)
    return await _make_trusted(settings, me, secret)


async def _log_in(settings: Settings, secret: str) -> "Credentials":
    from bot.identity import trust
    from bot.matrix.login import log_in

    user = settings.account.user_id
    ssl = trust(settings.homeserver.ca_file)
    login = await log_in(settings.homeserver.url, user, secret, ssl=ssl)
    if login.user_id != user:
        raise Fault(f"the homeserver calls this account {login.user_id}, not {user}")
    return login


async def _make_trusted(settings: Settings, me: "Identity", secret: str) -> str:
    """Publish the device's keys and cross-sign it: now, while the password is at hand."""
    from bot.identity import trust
    from bot.matrix.account import MatrixAccount

    account = await MatrixAccount.open(
        settings.homeserver.url,
        me.credentials,
        store_path=settings.storage.crypto,
        store_key=me.store_key,
        seeds=me.seeds,
        clock=SystemClock(),
        password=secret,
        ssl=trust(settings.homeserver.ca_file),
    )
    try:
        return account.fingerprint
    finally:
        await account.close()


def _set_aside(store: Path, stamp: str) -> None:
    for suffix in ("", "-wal", "-shm"):
        file = store.with_name(store.name + suffix)
        if file.exists():
            file.rename(store.with_name(f"{store.name}.{stamp}{suffix}"))
