"""Questions to the operator at the keyboard, asked again until the answer will do."""

import getpass
import sys
from collections.abc import Callable

from bot.cli.fault import Fault


def line(question: str, check: Callable[[str], str], *, default: str = "") -> str:
    """Ask for one line. `check` gives the value, or raises ValueError saying what is wanted."""
    shown = f"{question} [{default}]: " if default else f"{question}: "
    while True:
        try:
            answer = input(shown).strip() or default
        except EOFError:
            raise Fault(f"there is nobody to answer “{question}”; give it as an option, see --help") from None
        try:
            return check(answer)
        except ValueError as error:
            print(f"  {error}", file=sys.stderr)


def secret(question: str) -> str:
    """Ask for a password without showing it."""
    if not sys.stdin.isatty():
        raise Fault(f"there is nobody to answer “{question}”; give --password-file, see --help")
    while not (answer := getpass.getpass(f"{question}: ")):
        print("  the password is empty", file=sys.stderr)
    return answer


def yes(question: str) -> bool:
    """Ask for yes or no; no answer is no."""
    try:
        return input(f"{question} (y/N): ").strip().casefold() in {"y", "yes"}
    except EOFError:
        return False
