"""How long ranking takes for many therapists: `python benchmarks/matching.py [therapists]`."""

import random
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))

from matching.match import rank
from matching.overlap import _mask  # pyright: ignore[reportPrivateUsage]
from matching.profile import (
    Approach,
    ClientNeeds,
    Concern,
    Gender,
    Licence,
    LicenceType,
    Preferences,
    TherapistProfile,
    Way,
    Week,
)

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)  # both changes of the clocks near: the slow way is in it
ZONES = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "Europe/Berlin")
REGIONS = ("US-NY", "US-TX", "US-CO", "US-WA", "US-OH")


def therapist(number: int, dice: random.Random) -> TherapistProfile:
    days = tuple(
        ((start, start + 60 * dice.randint(2, 9)),) if dice.random() < 0.75 else ()
        for start in (dice.randrange(6 * 60, 14 * 60, 5) for _ in range(7))
    )
    return TherapistProfile(
        id=f"t{number:05}",
        name=f"T {number}",
        licences=tuple(
            Licence(
                type=LicenceType.PSYCHOLOGIST,
                number=str(number),
                country="US",
                region=region,
                expires=date(2027, 1, 1),
                verified=True,
            )
            for region in dice.sample(REGIONS, dice.randint(2, 5))
        ),
        specialties=frozenset(dice.sample(list(Concern), 6)),
        approaches=frozenset(dice.sample(list(Approach), 3)),
        languages=tuple(dice.sample(["en", "es", "de"], 2)),
        gender=dice.choice(list(Gender)),
        capacity=20,
        clients=dice.randrange(20),
        ways=frozenset(Way),
        week=Week.model_validate({"days": days}),
        zone=dice.choice(ZONES),
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    dice = random.Random(1)  # noqa: S311 (no secret, only the same people each time)
    people = [therapist(number, dice) for number in range(count)]
    needs = ClientNeeds(
        country="US",
        region="US-TX",
        zone="America/Chicago",
        languages=("en", "es"),
        concerns=frozenset({Concern.ANXIETY, Concern.SLEEP}),
        ways=frozenset({Way.VIDEO}),
        preferences=Preferences(gender=frozenset({Gender.WOMAN}), approaches=frozenset({Approach.CBT})),
    )
    print("therapists  proposed  run    seconds")
    for run in ("cold", "warm"):
        if run == "cold":
            _mask.cache_clear()
        start = perf_counter()
        found = rank(needs, people, NOW)
        print(f"{count:10}  {len(found):8}  {run:5}  {perf_counter() - start:.3f}")


if __name__ == "__main__":
    main()
