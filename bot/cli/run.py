"""`stillroom run`: the service, until it is told to stop."""

import argparse
import asyncio
import gc
import signal
import sys

from bot.cli import options
from config.clock import SystemClock
from config.settings import Settings


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    options.add_config(parser)


def run(args: argparse.Namespace) -> int:
    """Run until SIGTERM or SIGINT; then end what was begun, and stop."""
    from bot import lock
    from compliance import logs
    from compliance.files import check_directory, check_private

    settings = options.settings(args)
    settings.storage.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    check_directory(settings.storage.data)
    for path in (settings.storage.crypto, settings.storage.data / "stillroom.db"):
        if path.exists():
            check_private(path)
    logs.setup()
    with lock.hold(settings.storage.data):
        return asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> int:
    # What is loaded here stays: to look for garbage in it would take a sixth of the start.
    gc.disable()
    from bot.service import Service

    gc.enable()

    async def serve() -> None:
        async with Service.open(settings, SystemClock()) as service:
            print("Stillroom is running. Stop it with Ctrl-C.", file=sys.stderr, flush=True)
            await service.run()

    serving = asyncio.create_task(serve())
    stopping = False

    def stop() -> None:
        nonlocal stopping
        stopping = True
        serving.cancel()

    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, stop)
    try:
        await serving
    except asyncio.CancelledError:
        if not stopping:
            raise
    return 0
