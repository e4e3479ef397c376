"""The room of a pair, as a situation that decisions begin from."""

from dataclasses import replace

from bot.routing.situation import PairRoom, Situation

MIA, KELLER, BOT = "@mia:here", "@keller:here", "@bot:here"


def pair(room: PairRoom) -> Situation:
    """A client writes in the room that she shares with her therapist."""
    return Situation(
        bot=BOT,
        person="p1",
        roles=frozenset({"client"}),
        room="r2",
        room_kind="pair",
        room_state="open",
        relation="own-pair",
        roster=frozenset({BOT, MIA, KELLER}),
        pair=room,
    )


def therapists(situation: Situation) -> Situation:
    """The same room, with the therapist writing."""
    return replace(situation, roles=frozenset({"therapist"}), pair=PairRoom("therapist"))
