"""A process with the real service on a leading clock: `python -m bot.demo.process SETTINGS CLOCK LOG`.

SIGUSR1 makes it look at the clock again; SIGTERM ends it in order.
"""

import asyncio
import gc
import signal
import sys
from pathlib import Path

from bot import lock
from bot.demo.clock import LeadingClock
from compliance import logs
from config.settings import load

READY = "ready"


def main(settings_file: Path, clock_file: Path, log_file: Path) -> None:
    """Run until ended."""
    settings = load(settings_file)
    settings.storage.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    logs.setup(path=log_file)
    with lock.hold(settings.storage.data):
        asyncio.run(_serve(settings_file, clock_file))


async def _serve(settings_file: Path, clock_file: Path) -> None:
    gc.disable()  # as `stillroom run` does while it loads
    from bot.service import Service

    gc.enable()
    clock = LeadingClock(clock_file)
    loop = asyncio.get_running_loop()
    async with Service.open(load(settings_file), clock) as service:

        def moved() -> None:
            clock.read()
            service.alarms.wake()

        running = asyncio.create_task(service.run())
        loop.add_signal_handler(signal.SIGUSR1, moved)
        loop.add_signal_handler(signal.SIGTERM, running.cancel)
        sys.stdout.write(f"{READY}\n")
        sys.stdout.flush()
        try:
            await running
        except asyncio.CancelledError:
            return


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
