"""`!later text`: hold a message until the therapist begins work; `!later list`, `!later cancel 2`."""

import re

from bot.care import held
from bot.care.desk import Desk
from bot.commands.command import Caller, Command

_CANCEL = re.compile(r"cancel(?:\s+#?(?P<number>\d{1,6}))?\.?", re.IGNORECASE)
_SHOWN = 60
"""Letters of a message that the list shows, in the client's own room alone."""


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Hold, list or take back."""
    if not rest:
        await desk.say(caller.room, caller.language, "later-empty")
    elif rest.casefold().strip(" .") == "list":
        await _list(desk, caller)
    elif match := _CANCEL.fullmatch(rest.strip()):
        await _cancel(desk, caller, match["number"] or "")
    else:
        await _hold(desk, caller, rest)


async def _hold(desk: Desk, caller: Caller, text: str) -> None:
    client, language = caller.person, caller.language
    own = await desk.unit.pairs.of_client(client.id)
    pair = next((one for one in own if one.state == "active"), None)
    if caller.room.pair is not None:
        here = await desk.unit.pairs.get(caller.room.pair)
        pair = here if here.client == client.id and here.state == "active" else None
    if pair is None:
        await desk.say(caller.room, language, "pair-none")
        return
    if len(text) > held.LONGEST:
        await desk.say(caller.room, language, "later-too-long", most=held.LONGEST)
        return
    if len(await held.of(desk, client.id)) >= held.MOST:
        await desk.say(caller.room, language, "later-full", most=held.MOST)
        return
    therapist = await desk.person(pair.therapist)
    at = await held.opening(desk, pair)
    if at is None:
        await desk.say(caller.room, language, "later-no-hours", therapist=therapist.name)
        return
    kept = await held.hold(desk, client, pair, text, at)
    await desk.say(
        caller.room,
        language,
        "later-held-here" if caller.room.kind == "pair" else "later-held",
        therapist=therapist.name,
        at=desk.when(client, at),
        number=kept.number,
    )


async def _list(desk: Desk, caller: Caller) -> None:
    waiting = await held.of(desk, caller.person.id)
    if not waiting:
        await desk.say(caller.room, caller.language, "later-none")
        return
    private = caller.room.kind == "direct"
    rows = [
        desk.text(
            caller.language,
            "later-line-text" if private else "later-line",
            number=one.number,
            at=desk.when(caller.person, one.at),
            text=one.text if len(one.text) <= _SHOWN else one.text[:_SHOWN].rstrip() + "…",
        )
        for one in waiting
    ]
    await desk.say(caller.room, caller.language, "later-list", rows="\n".join(rows))


async def _cancel(desk: Desk, caller: Caller, number: str) -> None:
    waiting = await held.of(desk, caller.person.id)
    if not waiting:
        await desk.say(caller.room, caller.language, "later-none")
        return
    found = [one for one in waiting if not number or one.number == int(number)]
    if len(found) != 1:
        numbers = ", ".join(str(one.number) for one in waiting)
        await desk.say(caller.room, caller.language, "later-which", numbers=numbers)
        return
    await held.drop(desk, caller.person, found[0])
    await desk.say(caller.room, caller.language, "later-cancelled", number=found[0].number)


COMMAND = Command("later", "later", run, rooms=frozenset({"direct", "pair"}), for_roles=frozenset({"client"}))
