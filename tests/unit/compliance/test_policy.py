"""The whole matrix, held against who may do what told by role: the other way round than the table."""

from itertools import combinations

import pytest

from compliance import policy

RELATIONS = ("self", "own-pair", "other", "none")
LETTERS = {"s": "self", "p": "own-pair", "o": "other", "n": "none"}
ROLES = ("client", "therapist", "oncall", "supervisor", "admin")

EXPECTED: dict[str, dict[str, str]] = {
    "anyone": {
        "spon": "crisis help about language zone report",
        "s": """start place apply consent intake forms application.read export erase
            record.person record.intake record.score record.safetyplan record.agreement record.session
            record.rating record.application record.therapist""",
        "sp": "consent.withdraw",
    },
    "client": {
        "sp": """forms rate switch safetyplan book cancel reschedule sessions hours.read boundaries later
            noreply""",
        "p": """session.change match.end agreement.agree record.agreement record.session
            record.therapist""",
    },
    "therapist": {
        "sp": """forms safetyplan book cancel reschedule sessions queue hours hours.read away match.accept
            match.decline boundaries noreply agreement.propose alert.ack alert.close""",
        "s": "desk promises alert.list record.note",
        "p": """form.ask session.change match.end agreement.agree alert.take record.person record.intake
            record.score record.safetyplan record.agreement record.session record.rating record.alert""",
    },
    "oncall": {
        "son": "alert.list alert.ack alert.close duty",
        "o": "alert.take record.person record.safetyplan record.alert",
    },
    "supervisor": {
        "son": "alert.list alert.ack alert.close duty queue promises",
        "o": """alert.take therapist.pause record.person record.intake record.score record.safetyplan
            record.agreement record.session record.rating record.alert record.therapist""",
    },
    "admin": {
        "son": """alert.list alert.ack alert.close duty queue promises application.list application.read
            application.approve application.refuse case invite role.grant role.revoke audit.verify
            audit.export""",
        "o": """alert.take match.end application.decide case.decide therapist.pause role.change export erase
            record.person record.alert record.application record.therapist record.session""",
    },
}


def _expected() -> dict[str, set[tuple[str, str]]]:
    return {
        role: {
            (action, LETTERS[letter])
            for letters, names in rows.items()
            for action in names.split()
            for letter in letters
        }
        for role, rows in EXPECTED.items()
    }


def test_every_cell_of_the_matrix_and_nothing_more() -> None:
    expected = _expected()
    actions = {action for cells in expected.values() for action, _ in cells}
    assert actions == set(policy.actions())
    seen = 0
    for action in [*actions, "unheard-of", "", "role", "ROLE.GRANT"]:
        for count in range(len(ROLES) + 1):
            for roles in combinations(ROLES, count):
                for relation in RELATIONS:
                    may = any((action, relation) in expected[role] for role in ("anyone", *roles))
                    assert policy.allowed(action, frozenset(roles), relation) is may, (
                        action,
                        roles,
                        relation,
                    )
                    seen += 1
    assert seen > 8000


@pytest.mark.parametrize("role", ["", "anyone", "Admin", "administrator", "root", "*", "."])
def test_an_unknown_role_may_do_what_anybody_may_and_no_more(role: str) -> None:
    for action in policy.actions():
        for relation in RELATIONS:
            without = policy.allowed(action, frozenset(), relation)
            assert policy.allowed(action, frozenset({role}), relation) is without


@pytest.mark.parametrize("relation", ["", "Self", "any", "*", "s", "own_pair", "all"])
def test_an_unknown_relation_may_nothing(relation: str) -> None:
    assert not any(policy.allowed(action, frozenset(ROLES), relation) for action in policy.actions())


def test_help_in_a_crisis_depends_on_nothing() -> None:
    for relation in RELATIONS:
        assert policy.allowed("crisis", frozenset(), relation)


def test_nobody_decides_about_themselves() -> None:
    for action in ("application.decide", "case.decide", "role.change", "therapist.pause", "alert.take"):
        assert not policy.allowed(action, frozenset(ROLES), "self")
