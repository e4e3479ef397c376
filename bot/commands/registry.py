"""All commands, found by name; the policy is asked before any of them runs."""

from bot.care.cards import short_card
from bot.care.desk import Desk
from bot.commands import (
    about,
    accept,
    ack,
    agree,
    alerts,
    application,
    applications,
    approve,
    audit,
    away,
    book,
    boundaries,
    cancel,
    case,
    close,
    crisis,
    decline,
    gad7,
    help,  # noqa: A004 - the command's name
    hours,
    language,
    needhelp,
    phq9,
    place,
    refuse,
    rejoin,
    safe,
    sessions,
    start,
    withdraw,
    zone,
)
from bot.commands.command import Caller, Command
from compliance import policy

COMMANDS: tuple[Command, ...] = tuple(
    module.COMMAND
    for module in (
        crisis, help, about, start, needhelp, safe, book, sessions, cancel, boundaries, agree, phq9, gad7,
        language, zone, place, hours, away, accept, decline, ack, close, alerts, applications, application,
        approve, refuse, case, audit, withdraw, rejoin,
    )
)  # fmt: skip

BY_NAME: dict[str, Command] = {
    name: command for command in COMMANDS for name in (command.name, *command.aliases)
}


def offered(caller: Caller) -> list[Command]:
    """The commands that `!help` names to this person in this room."""
    return [
        command
        for command in COMMANDS
        if caller.room.kind in command.rooms
        and (not command.for_roles or command.for_roles & caller.roles)
        and policy.allowed(command.action, caller.roles, caller.relation)
    ]


async def run(desk: Desk, caller: Caller, name: str, rest: str) -> None:
    """Run a command if the policy allows it here; a refusal is kind, and written down."""
    command = BY_NAME[name]
    if not policy.allowed(command.action, caller.roles, caller.relation):
        await desk.note("command.refused", by=caller.person.id, command=command.name)
        help_lines = short_card(desk, caller.person, caller.language)
        await desk.say(caller.room, caller.language, "command-refused", command=command.name, help=help_lines)
        return
    if caller.room.kind not in command.rooms:
        await desk.say(caller.room, caller.language, "command-elsewhere", command=command.name)
        return
    await desk.note("command.used", by=caller.person.id, command=command.name)
    await command.run(desk, caller, rest)


async def unknown(desk: Desk, caller: Caller, word: str, nearest: str | None) -> None:
    """A command that does not exist: the nearest that does and that this person may use, and help lines."""
    near = BY_NAME.get(nearest or "")
    known = near is not None and policy.allowed(near.action, caller.roles, caller.relation)
    help_lines = short_card(desk, caller.person, caller.language)
    if near is not None and known:
        await desk.say(
            caller.room,
            caller.language,
            "command-unknown-near",
            word=word,
            nearest=near.name,
            help=help_lines,
        )
    else:
        await desk.say(caller.room, caller.language, "command-unknown", word=word, help=help_lines)
