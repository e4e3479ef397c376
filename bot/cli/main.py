"""The command `stillroom`: finds the subcommand and tells faults in a sentence.

Exit status: 0 done; 1 something is not as it should be; 2 the command itself was wrong.
"""

import argparse
import importlib
import sys
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Protocol, cast

from bot.cli.fault import Fault, is_operators

COMMANDS: Final = {
    "init": "set up a new service in a folder",
    "run": "run the service",
    "login": "log the bot's account in again",
    "check": "look whether everything is ready to run",
    "audit": "verify the audit record",
    "crisis": "screen texts, or show crisis lines",
    "processing": "show the record of processing (GDPR article 30)",
    "version": "show the version",
}


class Command(Protocol):
    """What a module of a subcommand has. It imports what is heavy only when it runs."""

    def add(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        ...

    def run(self, args: argparse.Namespace) -> int:
        """Do it; the exit status."""
        ...


def parser() -> argparse.ArgumentParser:
    """The command line as a whole."""
    whole = argparse.ArgumentParser(
        prog="stillroom", description="Stillroom: a self-hosted online-therapy service on Matrix."
    )
    choices = whole.add_subparsers(metavar="COMMAND", required=True)
    for name, purpose in COMMANDS.items():
        command = cast("Command", importlib.import_module(f"bot.cli.{name}"))
        sub = choices.add_parser(name, help=purpose, description=purpose[0].upper() + purpose[1:] + ".")
        command.add(sub)
        sub.set_defaults(command=command)
    return whole


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status."""
    args = parser().parse_args(argv)
    try:
        return int(args.command.run(args))
    except Fault as fault:
        print(f"stillroom: {fault}", file=sys.stderr)
        return fault.status
    except KeyboardInterrupt:
        print("\nstillroom: stopped", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception as error:  # the last guard: what it says must hold nothing private
        for one in _apart(error):
            if is_operators(one):
                print(f"stillroom: {one}", file=sys.stderr)
            else:
                _unexpected(one)
        return 1


def _apart(error: BaseException) -> Iterator[BaseException]:
    """What went wrong, one by one: loops that ran side by side fail as a group."""
    if isinstance(error, BaseExceptionGroup):
        for one in cast("BaseExceptionGroup[BaseException]", error).exceptions:
            yield from _apart(one)
    else:
        yield error


def _unexpected(error: BaseException) -> None:
    """A fault of ours: its types and places, never its message, which may hold what people wrote."""
    print(
        "stillroom: this is a fault in Stillroom itself; please report it with these lines:", file=sys.stderr
    )
    places = traceback.extract_tb(error.__traceback__)
    for place in places:
        print(f"  {Path(place.filename).name}:{place.lineno} {place.name}", file=sys.stderr)
    print(f"  {type(error).__module__}.{type(error).__qualname__}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
