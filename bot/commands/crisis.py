"""`!crisis [country]`: help lines, for anybody, in any state."""

from bot.care import detection
from bot.care.cards import asked_card
from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from config import places


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Show the card; with a country, for there. Words that name no country still get the card, for where
    the person is, and whatever they are they are not repeated."""
    country = places.meant_country(rest, caller.language) if rest else None
    parts = [asked_card(desk, caller.person, country)]
    if rest and country is None:
        parts.append(desk.text(caller.language, "crisis-country-unknown"))
    if about := detection.notice(desk, caller.person):
        parts.append(about)
    await desk.speak(caller.room, "\n\n".join(parts), urgent=True)
    await desk.note("card.shown", by=caller.person.id, about=caller.person.id)


COMMAND = Command(
    "crisis",
    "crisis",
    run,
    rooms=frozenset({"direct", "pair", "admin", "oncall"}),
    aliases=(
        "sos", "emergency", "hotline", "suicide", "911", "112", "999", "988",
        "krise", "notfall", "suizid", "crise", "urgence", "urgencia", "emergencia", "suicidio",
        "emergenza", "crisi", "noodgeval", "nood",
    ),
)  # fmt: skip
