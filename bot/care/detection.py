"""Detection: where words of crisis are not looked for, people hear so, once and before they rely on it."""

import json

from bot.care import pairs
from bot.care.desk import Desk
from compliance.storage.people import Person
from config.settings import CrisisMode

_KEY = "detection"


def mode(desk: Desk, person: Person) -> CrisisMode:
    """Whether texts are screened where this person is now: `on`, `on-demand` or `off`."""
    return desk.settings.care.crisis_mode(person.country, person.region)


def notice(desk: Desk, person: Person) -> str:
    """What this person is told about it in `!about` and `!crisis`; empty where words are looked for."""
    now = mode(desk, person)
    return "" if now == "on" else desk.text(person.language, f"crisis-detection-{now}")


async def tell_if_changed(desk: Desk, person: Person) -> None:
    """They have come to a place with another rule: say which holds there."""
    document = await desk.unit.documents.get("situation", person.id, _KEY)
    before = json.loads(document.body_json)["mode"] if document else "on"
    now = mode(desk, person)
    if now == before:
        return
    await desk.unit.documents.put("situation", person.id, _KEY, json.dumps({"mode": now}))
    await desk.tell(person, f"crisis-detection-{now}")
    pair = await pairs.as_client(desk, person)
    if pair is not None:
        # Who answers for them must not rely on what is no longer looked at.
        therapist = await desk.person(pair.therapist)
        looks = "yes" if now == "on" else "no"
        await desk.tell(
            therapist, "crisis-detection-of", client=desk.named(person, therapist.language), looks=looks
        )
