"""Who can be proposed, in which order, and what each side is told about it."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from config.words import Words
from matching.eligibility import reasons
from matching.figures import Met, preferences, total
from matching.match import rank
from matching.overlap import DAYS, shared_minutes
from matching.profile import (
    Approach,
    ClientNeeds,
    Concern,
    LicenceType,
    PartOfDay,
    TherapistProfile,
    Way,
    Week,
    week_of,
)
from matching.reasons import say

NOW = datetime(2026, 12, 14, 12, tzinfo=UTC)


def weekly(low: int, high: int, days: range = range(5)) -> Week:
    return Week.model_validate(
        {"days": tuple(((low * 60, high * 60),) if day in days else () for day in range(7))}
    )


def needs(**more: Any) -> ClientNeeds:
    base = {
        "country": "DE",
        "zone": "Europe/Berlin",
        "languages": ("de", "en"),
        "concerns": {"anxiety", "sleep"},
    }
    return ClientNeeds.model_validate({**base, **more})


def therapist(name: str = "t1", **more: Any) -> TherapistProfile:
    base: dict[str, Any] = {
        "id": name,
        "name": name.title(),
        "licences": [{"type": "psychologist", "number": "1", "country": "DE", "verified": True}],
        "specialties": {"anxiety", "sleep", "grief"},
        "approaches": {"cbt"},
        "languages": ("de",),
        "gender": "woman",
        "faith": "muslim",
        "age": "35-49",
        "capacity": 10,
        "clients": 5,
        "ways": {"message", "video"},
        "week": weekly(9, 17),
        "zone": "Europe/Berlin",
        "cost": 80,
        "currency": "EUR",
    }
    return TherapistProfile.model_validate({**base, **more})


def hard(name: str, value: Any) -> dict[str, Any]:
    return {"preferences": {name: value, f"{name}_strength": "hard"}}


CASES = [
    # name, needs, therapist, reasons against
    ("fits", {}, {}, ()),
    ("takes nobody", {}, {"accepting": False}, ("not-accepting",)),
    ("full", {}, {"clients": 10}, ("full",)),
    ("no room at all", {}, {"capacity": 0, "clients": 0}, ("full",)),
    ("declined before", {"declined": {"t1"}}, {}, ("declined",)),
    ("no licence there", {"country": "AT"}, {}, ("licence-elsewhere",)),
    ("no language", {"languages": ("fr",)}, {}, ("language",)),
    ("no way of meeting", {"ways": {"voice"}}, {}, ("way",)),
    ("hard gender", hard("gender", {"man"}), {}, ("gender",)),
    ("soft gender", {"preferences": {"gender": {"man"}}}, {}, ()),
    ("hard gender met", hard("gender", {"woman", "nonbinary"}), {}, ()),
    ("hard wish, nothing said", hard("gender", {"man"}), {"gender": None}, ("gender",)),
    ("hard age", hard("age", {"65-over"}), {}, ("age",)),
    ("hard faith", hard("faith", {"jewish"}), {}, ("faith",)),
    ("hard lgbtqia", hard("lgbtqia", True), {}, ("lgbtqia",)),
    ("hard culture, other case", hard("culture", {"Turkish"}), {"cultures": {"turkish "}}, ()),
    ("hard specialty", {"specialties": {"ocd"}, "specialties_strength": "hard"}, {}, ("specialty",)),
    ("hard budget", {"budget": 60, "currency": "EUR", "budget_strength": "hard"}, {}, ("cost",)),
    ("hard budget, free", {"budget": 60, "currency": "EUR", "budget_strength": "hard"}, {"cost": None}, ()),
    ("hard budget, other money", {"budget": 90, "currency": "USD", "budget_strength": "hard"}, {}, ("cost",)),
    (
        "several",
        {"country": "AT", "languages": ("fr",)},
        {"clients": 10},
        ("full", "licence-elsewhere", "language"),
    ),
]


@pytest.mark.parametrize(
    ("want", "have", "against"), [row[1:] for row in CASES], ids=[row[0] for row in CASES]
)
def test_each_reason_against_is_named(
    want: dict[str, Any], have: dict[str, Any], against: tuple[str, ...]
) -> None:
    client, person = needs(**want), therapist(**have)
    assert reasons(client, person, NOW) == against
    assert bool(rank(client, [person], NOW)) == (not against)
    assert all(Words.load().say("en", f"match-ineligible-{reason}") for reason in against)


ORDERS = [
    # name, needs, what the first and the second of two therapists have
    ("specialties", {}, {}, {"specialties": {"anxiety"}}),
    ("a specialty by name", {"specialties": {"grief"}}, {}, {"specialties": {"anxiety", "sleep"}}),
    ("soft wishes", {"preferences": {"gender": {"woman"}}}, {}, {"gender": "man"}),
    ("hours in common", {"available": weekly(18, 21)}, {"week": weekly(17, 21)}, {}),
    ("the better language", {}, {"languages": ("de",)}, {"languages": ("en",)}),
    ("ways of meeting", {"ways": {"message", "video"}}, {}, {"ways": {"message"}}),
    ("more room", {}, {"clients": 1}, {"clients": 9}),
    ("more room by share", {}, {"clients": 10, "capacity": 40}, {"clients": 5}),
    ("within the budget", {"budget": 70, "currency": "EUR"}, {"cost": 70}, {"cost": 71}),
]


@pytest.mark.parametrize(("want", "one", "two"), [row[1:] for row in ORDERS], ids=[row[0] for row in ORDERS])
def test_the_better_fit_comes_first(want: dict[str, Any], one: dict[str, Any], two: dict[str, Any]) -> None:
    for first, second in (("a", "b"), ("b", "a")):  # whatever their ids
        people = [therapist(second, **two), therapist(first, **one)]
        assert [match.therapist for match in rank(needs(**want), people, NOW)] == [first, second]


def test_the_order_is_the_same_however_they_are_listed() -> None:
    dice = random.Random(7)  # noqa: S311
    people = [
        therapist(f"t{number}", clients=dice.randrange(10), specialties=set(dice.sample(list(Concern), 8)))
        for number in range(60)
    ]
    first = [match.therapist for match in rank(needs(), people, NOW)]
    dice.shuffle(people)
    assert [match.therapist for match in rank(needs(), people, NOW)] == first


def test_each_side_hears_why_and_nothing_private_of_the_other() -> None:
    words = Words.load()
    client = needs(
        preferences={"gender": {"woman"}, "faith": {"muslim"}, "age": {"35-49"}, "lgbtqia": True},
        budget=95,
        currency="EUR",
        ways={"video"},
        declined={"other"},
    )
    (match,) = rank(client, [therapist(lgbtqia=True)], NOW)
    told = "\n".join(say(words, "en", one) for one in match.reasons)
    heard = "\n".join(say(words, "en", one) for one in match.therapist_reasons)
    assert "anxiety and sleep" in told
    assert "anxiety and sleep" in heard
    assert "German" in told
    assert "5 of the 5 wishes" in told
    for private in ("muslim", "faith", "35", "age", "80", "woman"):
        assert private not in told.replace("message", "").replace("language", "")
    for private in ("gender", "faith", "LGBT", "wish", "95", "Berlin", "Germany", "other"):
        assert private not in heard
    assert "muslim" not in repr(match)
    assert "anxiety" not in repr(match)


def test_every_choice_has_a_label() -> None:
    words = Words.load()
    for name, kinds in (("concern", Concern), ("approach", Approach), ("way", Way), ("licence", LicenceType)):
        assert all(words.has(f"match-{name}-{kind.value}") for kind in kinds)


ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Honolulu"]
STARTS = [datetime(2026, 3, 20, 12, tzinfo=UTC), datetime(2026, 10, 20, tzinfo=UTC), NOW]


@pytest.mark.parametrize("now", STARTS, ids=["spring", "autumn", "winter"])
@pytest.mark.parametrize("zone", ZONES)
def test_hours_in_common_are_those_that_both_wall_clocks_show(zone: str, now: datetime) -> None:
    """Counted minute by minute, through the changes of the clocks."""
    mine, theirs = weekly(7, 22, range(7)), weekly(9, 17)

    def is_open(week: Week, moment: datetime, place: str) -> bool:
        local = moment.astimezone(ZoneInfo(place))
        return any(a <= local.hour * 60 + local.minute < b for a, b in week.days[local.weekday()])

    start = now.replace(hour=0, minute=0)
    moments = (start + timedelta(minutes=15 * step) for step in range(DAYS * 96))
    count = sum(15 for one in moments if is_open(mine, one, "Europe/Berlin") and is_open(theirs, one, zone))
    assert shared_minutes(mine, "Europe/Berlin", theirs, zone, now) == count


def test_parts_of_the_day_become_hours() -> None:
    assert needs(available=["evening"]).available == weekly(17, 22, range(7))
    assert needs(available=["any"]).available == weekly(7, 22, range(7))
    assert needs(available=["weekend"]).available == weekly(7, 22, range(5, 7))
    assert week_of({PartOfDay.EVENING, PartOfDay.WEEKEND}).days[0] == ((17 * 60, 22 * 60),)
    client = needs(available=["morning", "afternoon"])
    assert ClientNeeds.model_validate_json(client.model_dump_json()) == client


def test_wishes_asked_and_met_are_counted_but_not_of_a_few_people() -> None:
    client = needs(preferences={"gender": {"man"}, "approaches": {"cbt"}}, budget=100, currency="EUR")
    one = preferences(client, therapist())
    assert one == Met(frozenset({"gender", "approach", "cost"}), frozenset({"approach", "cost"}))
    assert total([one] * 9) is None
    share = total([one] * 10)
    assert share is not None
    assert (share.asked, share.met, round(share.percent)) == (30, 20, 67)


def test_a_licence_is_judged_on_the_clients_day() -> None:
    ends = {
        "type": "psychologist",
        "number": "1",
        "country": "DE",
        "verified": True,
        "expires": date(2026, 12, 14),
    }
    late = datetime(2026, 12, 14, 23, 30, tzinfo=UTC)  # in Berlin it is the 15th already
    assert reasons(needs(), therapist(licences=[ends]), late) == ("licence-expired",)
    assert reasons(needs(), therapist(licences=[ends]), late - timedelta(hours=1)) == ()
