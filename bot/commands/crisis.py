"""`!crisis [country]`: help lines, for anybody, in any state."""

from bot.care import detection
from bot.care.cards import asked_card
from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from compliance.crisis import lines
from config import places


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Show the card; with a country, for there. A country that is not understood still gets a card."""
    country = places.find_country(rest, caller.language) if rest else None
    if rest and country is None:
        address = lines.card(None, caller.language).directory
        await desk.say(
            caller.room, caller.language, "crisis-country-unknown", text=rest[:60], address=address
        )
    card = asked_card(desk, caller.person, country)
    about = detection.notice(desk, caller.person)
    await desk.speak(caller.room, f"{card}\n\n{about}" if about else card)
    await desk.note("card.shown", by=caller.person.id, about=caller.person.id)


COMMAND = Command(
    "crisis",
    "crisis",
    run,
    rooms=frozenset({"direct", "pair", "admin", "oncall"}),
    aliases=("sos", "emergency"),
)
