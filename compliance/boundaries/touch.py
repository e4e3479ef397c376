"""What a message touches of the boundaries between two people. Never the message itself."""

from dataclasses import dataclass
from typing import Literal

Direction = Literal["client", "therapist"]
"""Who wrote."""

Kind = Literal["contact", "meeting", "gift", "romance", "friendship", "payment", "link", "privacy"]

KINDS: tuple[Kind, ...] = (
    "romance", "meeting", "payment", "friendship", "gift", "contact", "link", "privacy",
)  # fmt: skip
"""Every kind, the weightiest first: if a message touches several, the first is spoken of."""


@dataclass(frozen=True, slots=True)
class Touch:
    """One kind of boundary that a message touches, and the rule that says so.

    grave: written by a therapist and of a sort that a supervisor hears of the first time.
    """

    kind: Kind
    grave: bool
    rule: str
