"""`stillroom init DIR`: asks what has to be known, logs in once, writes settings, keys and sealed login."""

import argparse
import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.cli import answers as said
from bot.cli import ask, options, signin
from bot.cli.answers import Answers
from bot.cli.fault import Fault


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments. What isn't given is asked for."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder of the new service")
    parser.add_argument("--homeserver", metavar="URL", help="address of the homeserver for clients")
    parser.add_argument("--user", metavar="ID", help="Matrix id of the bot, such as @stillroom:example.org")
    signin.add_password(parser)
    parser.add_argument("--admin", action="append", metavar="ID", help="an admin (several times for several)")
    parser.add_argument("--oncall", action="append", metavar="ID", help="an on-call person (as above)")
    parser.add_argument("--supervisor", action="append", metavar="ID", help="a supervisor (as above)")
    parser.add_argument("--join", choices=said.JOIN, help="who may become a client")
    parser.add_argument("--country", help="country whose crisis lines are shown first, such as DE")
    parser.add_argument("--element-call", choices=said.YES_NO, help="whether Element Call works there")
    parser.add_argument(
        "--ca-file", type=Path, metavar="FILE", help="certificate of your own authority (PEM)"
    )
    parser.add_argument("--yes", action="store_true", help="don't ask whether all is right")


def run(args: argparse.Namespace) -> int:
    """Set up a service. Nothing is written before the login has succeeded; nothing is overwritten."""
    from bot.cli import reach
    from bot.identity import trust
    from compliance import logs
    from config.settings import load

    logs.setup(level="error")
    folder: Path = args.folder.expanduser().absolute()
    target = folder / options.FILE_NAME
    _refuse_overwriting(folder)
    print("Stillroom needs to know a few things. Everything can be changed later in stillroom.toml.\n")
    homeserver = _given(args, "homeserver", "Address of the homeserver", said.homeserver)
    ca_file = args.ca_file.expanduser().absolute() if args.ca_file else None
    reached = reach.homeserver(homeserver, trust(ca_file))
    print(f"  {homeserver} answers (Matrix {reached.versions[-1] if reached.versions else 'unknown'}).")
    answers = Answers(
        homeserver=homeserver,
        user=_given(args, "user", "Matrix id of the bot's account", said.user),
        admins=_given(args, "admin", "Matrix ids of the admins", said.admins),
        oncall=_given(
            args, "oncall", "Matrix ids of on-call people (empty: the admins)", said.oncall, optional=True
        ),
        supervisors=_given(
            args,
            "supervisor",
            "Matrix ids of supervisors of the therapists (empty: none)",
            said.supervisors,
            optional=True,
        ),
        join=_given(
            args, "join", f"Who may become a client ({', '.join(said.JOIN)})", said.join, "homeserver"
        ),
        country=_given(args, "country", "Country whose crisis lines are shown first", said.country),
        element_call=_given(
            args, "element-call", "Does Element Call work on your homeserver (yes, no)", said.yes_no, "no"
        ),
        ca_file=str(ca_file or ""),
    )
    password = signin.password(args, answers.user)
    if not args.yes:
        _show(answers, folder)
        if not ask.yes("Log in and write these?"):
            raise Fault("nothing was written")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = [target]
    try:
        target.touch(mode=0o600, exist_ok=False)
        target.write_text(said.configuration(answers), encoding="utf-8")
        settings = load(target)
        for path in (settings.storage.data, settings.storage.keystore.parent, settings.keys.path.parent):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        made += [
            settings.keys.path,
            settings.storage.keystore,
            settings.account.sealed,
            settings.storage.crypto,
        ]
        fingerprint = asyncio.run(signin.first(settings, password))
    except BaseException:
        # A half-made service would only be in the way of the next try.
        for path in made:
            path.unlink(missing_ok=True)
        raise
    print(f"""
Logged in as {answers.user}. The device's fingerprint, for people who compare by eye:
  {fingerprint}

Written below {folder}:
  stillroom.toml      the settings
  keys/               the key that opens everything. Move it to another disk and name it in [keys];
                      keep a copy elsewhere. Without it, nothing can be read again.
  keystore/           one key a person. Don't keep it in the same backups as data/.
  account.sealed      the bot's login, sealed

Next:
  stillroom check --config {target}
  stillroom run --config {target}
At its first start the bot makes the admin room and the on-call room, and invites.""")
    return 0


def _refuse_overwriting(folder: Path) -> None:
    for name in (options.FILE_NAME, "account.sealed", "keys/stillroom.keys", "keystore/persons.keystore"):
        if (folder / name).exists():
            raise Fault(
                f"{folder / name} exists already; nothing was changed. Choose another folder, or change "
                f"{options.FILE_NAME} by hand, or log in again with `stillroom login`"
            )


def _given(
    args: argparse.Namespace,
    name: str,
    question: str,
    check: Callable[[str], Any],
    default: str = "",
    *,
    optional: bool = False,
) -> Any:
    """The value of an option, or the answer to its question; `--yes` takes defaults without asking."""
    given: str | list[str] | None = getattr(args, name.replace("-", "_"))
    if given is not None:
        try:
            return check(" ".join(given) if isinstance(given, list) else given)
        except ValueError as error:
            raise Fault(f"--{name}: {error}", status=2) from None
    if args.yes:
        if not default and not optional:
            raise Fault(f"--{name} is missing (with --yes nothing is asked)", status=2)
        return check(default)
    return ask.line(question, check, default=default)


def _show(answers: Answers, folder: Path) -> None:
    rows = {
        "folder": folder,
        "homeserver": answers.homeserver,
        "bot": answers.user,
        "admins": ", ".join(answers.admins),
        "on call": ", ".join(answers.oncall) or "the admins",
        "supervisors": ", ".join(answers.supervisors) or "none",
        "may join": answers.join,
        "country": answers.country,
        "calls": "in the rooms" if answers.element_call else "elsewhere",
    }
    print(file=sys.stderr)
    for name, value in rows.items():
        print(f"  {name:12} {value}", file=sys.stderr)
