"""`stillroom audit verify`: is the audit record whole, and as every checkpoint has seen it?"""

import argparse
import asyncio
from pathlib import Path

from bot.cli import options
from bot.cli.fault import Fault

_BATCH = 1000
_WORDS = {
    "changed": "an entry was changed",
    "missing": "entries were taken out",
    "added": "there are more entries than were written",
    "reordered": "entries stand in another order",
    "cut": "the newest entries are gone",
    "forged-checkpoint": "a checkpoint was not signed by this service",
    "rollback": "a checkpoint has seen more than there is: the record was set back",
}


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    choices = parser.add_subparsers(metavar="WHAT", required=True)
    verify = choices.add_parser("verify", help="verify every entry and every checkpoint")
    options.add_config(verify)
    verify.add_argument(
        "--checkpoint",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a checkpoint copied from the admin room (may be given several times)",
    )


def run(args: argparse.Namespace) -> int:
    """Verify; 1 if anything is wrong."""
    return asyncio.run(_verify(args))


async def _verify(args: argparse.Namespace) -> int:
    from bot.cli.house import opened
    from compliance.audit.checkpoint import Signer
    from compliance.audit.verify import Verification

    settings = options.settings(args)
    try:
        copies = [path.read_text(encoding="utf-8") for path in args.checkpoint]
    except (OSError, UnicodeDecodeError) as error:
        raise Fault(f"a checkpoint file can't be read: {error}", status=2) from None
    async with opened(settings) as house:
        verifier = Signer(house.keyring, settings.account.server_name).verifier
        async with house.store.unit() as unit:
            kept = [posted.note for posted in await unit.audit.checkpoints()]
            size, root = await unit.audit.size(), await unit.audit.root()
            running = Verification([*kept, *copies], verifier)
            start = 0
            while bodies := await unit.audit.entries(start, start + _BATCH):
                for body in bodies:
                    running.take(body)
                start += _BATCH
    report = running.finish(size, root)
    if report.fault is not None:
        fault = report.fault
        where = (
            f"entry {fault.first}" if fault.first == fault.last else f"entries {fault.first} to {fault.last}"
        )
        print(f"FAULT: {_WORDS[fault.kind.value]} ({where} of {report.size}).")
        print("Keep a copy of the database as it is, and compare the checkpoints in the admin room.")
        return 1
    print(f"The audit record is whole: {report.size} entries, root {report.root.hex()}.")
    print(f"{report.checkpoints} checkpoints fit; they vouch for the first {report.proved} entries.")
    if not copies:
        print("Checkpoints kept outside prove more: copy the newest from the admin room, --checkpoint FILE.")
    return 0
