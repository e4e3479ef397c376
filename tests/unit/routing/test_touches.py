"""Which boundaries a plan holds: only what the two write to each other, and crisis first."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from routing.rooms import MIA, pair, therapists

from bot.inbound import Content, Edit, Inbound, Media, Text
from bot.routing.decide import decide
from bot.routing.situation import PairRoom, Situation

PAIR = pair(PairRoom("client", frozenset({"meet.here"}), ("my father",)))
THERAPIST = therapists(PAIR)
GIFT = "I bought you a little present"


def kinds(content: Content, situation: Situation, *, encrypted: bool = True, sender: str = MIA) -> list[str]:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    inbound = Inbound(id="$1", room="!r", sender=sender, at=at, encrypted=encrypted, content=content)
    plan = decide(inbound, situation, ("later", "report"))
    return [
        *(f"{one.kind}{'!' * one.grave}" for one in plan.touches),
        *(one.why for one in plan.links),
        *plan.kept,
    ]


@pytest.mark.parametrize(
    ("content", "situation", "wanted"),
    [
        (Text(body=GIFT), PAIR, ["gift"]),
        (Edit(edits="$0", body=GIFT), PAIR, ["gift"]),
        (Media(type="image", filename="a.jpg", caption=GIFT), PAIR, ["gift"]),
        (Text(body="You look gorgeous today."), PAIR, ["romance"]),
        (Text(body="You look gorgeous today."), THERAPIST, ["romance!"]),
        (Text(body="see https://zoom.us/j/1"), PAIR, ["meeting"]),
        (Text(body="see https://meet.here/1"), PAIR, []),
        (Text(body="my father called"), PAIR, ["my father"]),
        (Text(body=f"!later {GIFT}"), PAIR, []),
        (Text(body=GIFT), replace(PAIR, pair=None), []),
        (Text(body=GIFT), replace(PAIR, room_state="unsafe"), []),
        (Text(body=f"I want to kill myself. {GIFT}. My father called."), PAIR, []),
        (Text(body=f"I want to kill myself. {GIFT}"), replace(PAIR, detection="off"), []),
    ],
)
def test_what_a_plan_holds(content: Content, situation: Situation, wanted: list[str]) -> None:
    assert kinds(content, situation) == wanted


def test_nothing_in_clear_or_from_strangers_is_judged() -> None:
    assert kinds(Text(body=GIFT), PAIR, encrypted=False) == []
    assert kinds(Text(body=GIFT), PAIR, sender="@eve:there") == []
