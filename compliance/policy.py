"""Who may do what: one table, and nothing that is not in it (45 CFR 164.308(a)(4), 164.502(b)).

A row is an action, a column a role, a cell the relations in which that role may do it:

    s  self      their own record, or their own room with the service (a staff room for its staff)
    p  own-pair  the record of the other one of their pair, or the pair's room
    o  other     anybody else's record, or a room that they do not belong to
    n  none      no record and no room is meant
    *  all four     .  in none of them

`anyone` holds for every person, also for somebody unknown without any role: help depends on nothing.

Commands ask with the relation to the room where they were typed. What touches a person's record asks once
more, with the relation to that person: those rows are `record.*`, `application.decide`, `case.decide`,
`alert.take`, `session.change` and the like, so that nobody approves their own application from the admin
room.
"""

from typing import Final, Literal

Relation = Literal["self", "own-pair", "other", "none"]

_TABLE: Final = """
action               anyone client therapist oncall supervisor admin

crisis                *      .      .         .      .          .
help                  *      .      .         .      .          .
about                 *      .      .         .      .          .
language              *      .      .         .      .          .
zone                  *      .      .         .      .          .
report                *      .      .         .      .          .

start                 s      .      .         .      .          .
place                 s      .      .         .      .          .
apply                 s      .      .         .      .          .
consent               s      .      .         .      .          .
consent.withdraw      sp     .      .         .      .          .
intake                s      .      .         .      .          .
forms                 s      sp     sp        .      .          .
form.ask              .      .      p         .      .          .
rate                  .      sp     .         .      .          .
switch                .      sp     .         .      .          .
safetyplan            .      sp     sp        .      .          .

book                  .      sp     sp        .      .          .
cancel                .      sp     sp        .      .          .
reschedule            .      sp     sp        .      .          .
sessions              .      sp     sp        .      .          .
session.change        .      p      p         .      .          .

desk                  .      .      s         .      .          .
queue                 .      .      sp        .      son        son
promises              .      .      s         .      son        son
later                 .      sp     .         .      .          .
noreply               .      sp     sp        .      .          .
hours                 .      .      sp        .      .          .
hours.read            .      sp     sp        .      .          .
away                  .      .      sp        .      .          .
match.accept          .      .      sp        .      .          .
match.decline         .      .      sp        .      .          .
match.end             .      p      p         .      .          o
boundaries            .      sp     sp        .      .          .
agreement.propose     .      .      sp        .      .          .
agreement.agree       .      p      p         .      .          .

application.list      .      .      .         .      .          son
application.read      s      .      .         .      .          son
application.approve   .      .      .         .      .          son
application.refuse    .      .      .         .      .          son
application.decide    .      .      .         .      .          o
case                  .      .      .         .      .          son
invite                .      .      .         .      .          son
case.decide           .      .      .         .      .          o
therapist.pause       .      .      .         .      o          o

alert.list            .      .      s         son    son        son
alert.ack             .      .      sp        son    son        son
alert.close           .      .      sp        son    son        son
alert.take            .      .      p         o      o          o
duty                  .      .      .         son    son        son

record.person         s      .      p         o      o          o
record.intake         s      .      p         .      o          .
record.score          s      .      p         .      o          .
record.safetyplan     s      .      p         o      o          .
record.agreement      s      p      p         .      o          .
record.session        s      p      p         .      o          o
record.rating         s      .      p         .      o          .
record.note           .      .      s         .      .          .
record.alert          .      .      p         o      o          o
record.application    s      .      .         .      .          o
record.therapist      s      p      .         .      o          o

role.grant            .      .      .         .      .          son
role.revoke           .      .      .         .      .          son
role.change           .      .      .         .      .          o
audit.verify          .      .      .         .      .          son
audit.export          .      .      .         .      .          son
export                s      .      .         .      .          o
erase                 s      .      .         .      .          o
"""

RELATIONS: Final[dict[str, Relation]] = {"s": "self", "p": "own-pair", "o": "other", "n": "none"}
ROLES: Final = ("client", "therapist", "oncall", "supervisor", "admin")

_ANYONE: Final = "anyone"
_ALL: Final = frozenset(RELATIONS.values())


def allowed(action: str, roles: frozenset[str], relation: str) -> bool:
    """Whether somebody with these roles may do this in this relation. What is not in the table: no."""
    row = _RULES.get(action)
    if row is None or relation not in _ALL:
        return False
    return any(relation in row.get(role, frozenset()) for role in (_ANYONE, *(roles & frozenset(ROLES))))


def actions() -> tuple[str, ...]:
    """Every action that the table knows, in its order."""
    return tuple(_RULES)


def _read(table: str) -> dict[str, dict[str, frozenset[Relation]]]:
    """The table as actions, roles and relations. Raises ValueError for a table that is not well formed."""
    head, *lines = [line.split() for line in table.splitlines() if line.strip()]
    if head != ["action", _ANYONE, "client", "therapist", "oncall", "supervisor", "admin"]:
        raise ValueError("the head of the policy table names action, anyone and the roles")
    rules: dict[str, dict[str, frozenset[Relation]]] = {}
    for action, *cells in lines:
        if len(cells) != len(head) - 1 or action in rules:
            raise ValueError(f"the policy table's row {action} has a cell too many or few, or is there twice")
        rules[action] = {role: _cell(action, cell) for role, cell in zip(head[1:], cells, strict=True)}
    return rules


def _cell(action: str, cell: str) -> frozenset[Relation]:
    if cell in ("*", "."):
        return _ALL if cell == "*" else frozenset()
    if not set(cell) <= set(RELATIONS) or len(set(cell)) != len(cell):
        raise ValueError(f"the policy table's row {action} has a cell {cell!r} of unknown letters")
    return frozenset(RELATIONS[letter] for letter in cell)


_RULES: Final = _read(_TABLE)
