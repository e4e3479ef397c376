"""`stillroom login`: when the bot was logged out, or its sealed login is lost."""

import argparse
import asyncio

from bot.cli import options, signin


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    options.add_config(parser)
    signin.add_password(parser)


def run(args: argparse.Namespace) -> int:
    """Log in on a new device and seal the login; the service must not be running."""
    from bot import lock
    from compliance import logs

    logs.setup(level="error")
    settings = options.settings(args)
    secret = signin.password(args, settings.account.user_id)
    settings.storage.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with lock.hold(settings.storage.data):
        fingerprint = asyncio.run(signin.again(settings, secret))
    print(f"Logged in as {settings.account.user_id} on a new device, fingerprint {fingerprint}.")
    print("What was encrypted for the old device and not yet read can't be read by the new one.")
    return 0
