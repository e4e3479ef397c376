"""`stillroom crisis screen` and `stillroom crisis lines`."""

import argparse

from bot.cli.fault import Fault
from config.clock import SystemClock


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    choices = parser.add_subparsers(metavar="WHAT", required=True)
    screen = choices.add_parser("screen", help="screen messages, one JSON object a line")
    screen.add_argument("--jsonl", action="store_true", help="read and write JSON lines (the only form)")
    screen.add_argument("file", nargs="*", help="files to read; standard input if none is named")
    screen.set_defaults(action=_screen)
    lines = choices.add_parser("lines", help="show the crisis lines of a country, or of all")
    lines.add_argument("country", nargs="?", help="name or two letters, such as Germany or DE")
    lines.add_argument("--language", default="en", help="whose lines come first (default: en)")
    lines.add_argument("--stale", action="store_true", help="show what was last verified over a year ago")
    lines.set_defaults(action=_lines)


def run(args: argparse.Namespace) -> int:
    """Do what was asked for."""
    return int(args.action(args))


def _screen(args: argparse.Namespace) -> int:
    from compliance.crisis import screening

    return screening.main(args.file)


def _lines(args: argparse.Namespace) -> int:
    from compliance.crisis import lines
    from config import places

    if args.stale:
        old = lines.stale(SystemClock().now().date())
        print("\n".join(old) or "All lines were verified within the last twelve months.")
        return 1 if old else 0
    if args.country is None:
        for code in lines.countries():
            _show(code, args.language)
        return 0
    code = places.find_country(args.country, "en")
    if code is None:
        near = places.near_country(args.country, "en")
        hint = (
            f"; did you mean {places.country_name(near, 'en')}?" if near else "; try its two letters, as DE"
        )
        raise Fault(f"no country is called {args.country!r}{hint}", status=2)
    if code not in lines.countries():
        raise Fault(
            f"no numbers are confirmed for {places.country_name(code, 'en')}; people there are shown "
            f"{lines.card(code, args.language).directory}"
        )
    _show(code, args.language)
    return 0


def _show(code: str, language: str) -> None:
    from compliance.crisis import lines
    from config import places

    card = lines.card(code, language)
    numbers = ", ".join(f"{one.number} ({one.service})" for one in card.emergency)
    print(f"{places.country_name(code, 'en')} ({code}): emergency {numbers}")
    for line in card.lines:
        ways = {"call": line.call, "text": line.text, "WhatsApp": line.whatsapp, "chat": line.chat}
        shown = ", ".join(f"{way} {value}" for way, value in ways.items() if value)
        print(f"  {line.name} [{', '.join(line.languages)}]: {shown}")
        print(f"    {line.hours or ('day and night' if line.always else '')} · verified {line.verified_on}")
        print(f"    {line.source}")
