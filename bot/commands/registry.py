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
    checktimes,
    close,
    crisis,
    decline,
    duty,
    fine,
    followup,
    gad7,
    help,  # noqa: A004 - the command's name
    hours,
    invite,
    language,
    later,
    needhelp,
    noanswers,
    noreply,
    phq9,
    place,
    promises,
    queue,
    refuse,
    rejoin,
    report,
    reports,
    safe,
    safetyplan,
    sessions,
    start,
    uninvite,
    withdraw,
    zone,
)
from bot.commands.command import Caller, Command
from compliance import policy

COMMANDS: tuple[Command, ...] = tuple(
    module.COMMAND
    for module in (
        crisis, help, about, start, needhelp, safe, safetyplan, book, sessions, cancel, boundaries,
        agree, fine, report, reports, phq9, gad7, language, zone, place, later, noreply, hours, away,
        checktimes, noanswers, queue, promises, followup, accept, decline, ack, close, alerts, duty,
        applications,
        application, approve, refuse, case, invite, uninvite, audit, withdraw, rejoin,
    )
)  # fmt: skip

BY_NAME: dict[str, Command] = {
    name: command for command in COMMANDS for name in (command.name, *command.aliases)
}


# What people are to the rooms in which they write commands.
_RELATIONS = {"direct": "self", "pair": "own-pair", "admin": "self", "oncall": "self"}


def works(command: Command, caller: Caller) -> bool:
    """Whether this person may use the command in this room."""
    return caller.room.kind in command.rooms and _is_for(command, caller, caller.relation)


def offered(caller: Caller) -> list[Command]:
    """The commands that `!help` names to this person in this room: exactly those that work."""
    return [command for command in COMMANDS if works(command, caller)]


def _is_for(command: Command, caller: Caller, relation: str) -> bool:
    meant = not command.for_roles or bool(command.for_roles & caller.roles)
    return meant and policy.allowed(command.action, caller.roles, relation)


def _elsewhere(command: Command, caller: Caller) -> str | None:
    """The kind of room in which it would work for this person."""
    return next(
        (
            kind
            for kind, relation in _RELATIONS.items()
            if kind in command.rooms
            and kind != caller.room.kind
            and (kind in ("direct", "pair") or kind in caller.roles)
            and _is_for(command, caller, relation)
        ),
        None,
    )


async def run(desk: Desk, caller: Caller, name: str, rest: str) -> None:
    """Run a command if the policy allows it here; a refusal is kind, and written down."""
    command = BY_NAME[name]
    if works(command, caller):
        await desk.note("command.used", by=caller.person.id, command=command.name)
        await command.run(desk, caller, rest)
        return
    await desk.note("command.refused", by=caller.person.id, command=command.name)
    where = _elsewhere(command, caller)
    if where is not None:
        await desk.say(caller.room, caller.language, "command-elsewhere", command=command.name, where=where)
        return
    help_lines = short_card(desk, caller.person, caller.language)
    await desk.say(caller.room, caller.language, "command-refused", command=command.name, help=help_lines)


async def unknown(desk: Desk, caller: Caller, word: str, nearest: tuple[str, ...]) -> None:
    """A command that does not exist: the nearest that works for this person here, and help lines."""
    near = next((BY_NAME[name] for name in nearest if works(BY_NAME[name], caller)), None)
    help_lines = short_card(desk, caller.person, caller.language)
    if near is None:
        await desk.say(caller.room, caller.language, "command-unknown", word=word, help=help_lines)
        return
    await desk.say(
        caller.room, caller.language, "command-unknown-near", word=word, nearest=near.name, help=help_lines
    )
