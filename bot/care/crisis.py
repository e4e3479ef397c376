"""A crisis: the card at once, people alerted, and nobody left alone with silence.

The bot shows the way to people. It never counsels, never closes an episode by itself, and takes neither
silence nor "I'm safe" for safety.
"""

from typing import Literal

from bot.care import alerts, episode, followup, showing
from bot.care.cards import help_card
from bot.care.desk import Desk
from bot.care.episode import Source
from compliance.crisis import Screening, Severity
from compliance.storage.people import Person
from compliance.storage.rooms import Room
from config.ids import AlertId

FLAG_SEVERITY = {"item9": Severity.high, "suicide-now": Severity.high, "danger-now": Severity.emergency}
"""What an answer that a form marks as urgent counts for, beside what the words say."""


Help = Literal["none", "sent", "before"]
"""What became of a card: none is due, it was put on its way, or it had been when the same came in before."""


async def respond(
    desk: Desk, person: Person, room: Room | None, screening: Screening, source: Source = "message"
) -> None:
    """Show the way to help where it was written, and alert people if it is grave.

    Without a room that is safe to write into, the card goes to the person's direct room.
    """
    rests = source != "answer"  # after an answer that a form marks, the card never does
    shown = await show_help(desk, person, room, screening.severity, rests=rests)
    await alert_people(desk, person, room, screening, source, shown=shown != "none")


async def show_help(
    desk: Desk,
    person: Person,
    room: Room | None,
    severity: Severity,
    *,
    cause: str = "",
    rests: bool = True,
) -> Help:
    """The first half of `respond`: the card. It leaves no trace if none is due.

    `cause` is the id of what came in: the card is not shown again for the same. Without `rests` one is always
    due.
    """
    where = await _safe_room(desk, person, room)
    if cause and await showing.was_for(desk, person, where, cause):
        return "before"
    if rests and await showing.rests(desk, person, where, severity):
        return "none"
    await showing.show(desk, person, where, severity, cause=cause)
    return "sent"


async def alert_people(
    desk: Desk,
    person: Person,
    room: Room | None,
    screening: Screening,
    source: Source = "message",
    *,
    shown: bool,
) -> None:
    """The other half: people are alerted if it is grave. The person is asked how they are, after a card and
    in a new episode."""
    await desk.note("crisis.detected", by="service", about=person.id, severity=screening.severity.name)
    if screening.severity < Severity.high:
        return
    where = await _safe_room(desk, person, room)
    # A hello with questions that was to follow an invitation would now push the card away.
    await desk.unit.due.cancel("greet", person.id)
    ask = shown or await desk.unit.alerts.current(person.id) is None
    await alerts.sound(desk, person, where, screening.severity, screening.categories, source)
    if ask:
        alert = await desk.unit.alerts.current(person.id)
        assert alert is not None  # noqa: S101 - it was just sounded
        await showing.ask_how(desk, person, where, alert)
    elif where.kind == "direct":
        # With a therapist the room itself answers; here silence would look like nobody.
        await showing.passed_on(desk, person, where)


async def _safe_room(desk: Desk, person: Person, room: Room | None) -> Room:
    return room if room is not None and room.state == "open" else await desk.direct_room(person)


async def flagged(desk: Desk, person: Person, room: Room, flag: str) -> None:
    """An answer of a form that a person must know of at once, such as item 9 of the PHQ-9.

    Also where crisis words are not looked for: the question was asked, so the answer counts.
    """
    severity = FLAG_SEVERITY.get(flag)
    if severity is not None:
        found = Screening(severity, frozenset({"suicide"}), (f"form/{flag}",))
        await respond(desk, person, room, found, "answer")


async def ask_for_help(desk: Desk, person: Person, room: Room) -> None:
    """Somebody asks for help now, at any time and in any state: the way to it, and people hear at once."""
    alert = await desk.unit.alerts.current(person.id)
    if alert is not None:
        told = await alerts.need_help(desk, alert, person, room)
    else:
        told = await alerts.sound(desk, person, room, Severity.emergency, frozenset(), "asked")
    card = help_card(desk, person, told=told)
    row = await desk.speak(room, card, mention=(person.mxid,), urgent=True)
    await showing.shown(desk, person, room, Severity.emergency, row)


async def answer_check(desk: Desk, person: Person, room: Room, alert_id: str, choice: str) -> None:
    """How the person says they are. "Safe" is passed on and closes nothing; "need help" pages again."""
    alert = await desk.unit.alerts.get(AlertId(alert_id))
    if alert.person != person.id:
        return
    if choice == "need":
        await ask_for_help(desk, person, room)
        return
    await desk.say(room, person.language, "crisis-safe")
    await alerts.tell_safe(desk, alert, person)


async def answer_today(desk: Desk, person: Person, room: Room, alert_id: str, choice: str) -> None:
    """The answer to the gentle question of the day after."""
    alert = await desk.unit.alerts.get(AlertId(alert_id))
    if alert.person != person.id:
        return
    if episode.read(alert).follow_up in ("sent", "silent"):
        await followup.answered(desk, person, alert, choice)
    if choice == "need":
        await ask_for_help(desk, person, room)
        return
    await desk.say(room, person.language, "crisis-follow-up-thanks")
