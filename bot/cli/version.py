"""`stillroom version`."""

import argparse
from importlib.metadata import version


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help="also the versions of what it rests on")


def run(args: argparse.Namespace) -> int:
    """Show the version."""
    print(f"stillroom {version('stillroom')}")
    if args.all:
        for name in ("matrix-nio", "vodozemac", "sqlalchemy", "sqlcipher3", "cryptography", "pydantic"):
            print(f"  {name} {version(name)}")
    return 0
