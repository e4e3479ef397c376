"""`!hours`: when a therapist works; they set it, for the week or for one day, and their client reads it."""

from bot.calendar import say
from bot.calendar.availability import Availability, Exceptional
from bot.calendar.exceptional import DayError, DayHours, parse_day
from bot.calendar.hours import HoursError, Week, parse_hours
from bot.care import availability, pairs, records
from bot.care import hours as words
from bot.care.desk import Desk
from bot.commands.command import Caller, Command
from compliance import policy
from compliance.storage.pairs import Pair


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """Show or set the hours; clients see those of their therapist on their own clock."""
    pair = await pairs.here_or_own(desk, caller)
    reads = "therapist" not in caller.roles or (
        caller.room.pair is not None and pair is not None and pair.client == caller.person.id
    )
    if reads or not policy.allowed("hours", caller.roles, caller.relation):
        await _show_to_client(desk, caller, pair, rest)
        return
    person, language = caller.person, caller.language
    known = await availability.availability_of(desk, person.id) or Availability(zone=desk.zone(person).key)
    if not rest:
        await desk.say(caller.room, language, "hours-are", week=words.described(desk, person, known))
        return
    try:
        changed = await _set_week(desk, caller, known, parse_hours(rest))
    except HoursError as error:
        try:
            one = parse_day(rest, desk.now, known.zone, language)
        except DayError as fault:
            key = "hours-day-past" if fault.kind == "past" else "hours-day-unclear"
            day = say.day(fault.day, language, today=desk.now.date())
            await desk.say(caller.room, language, key, day=day)
            return
        if one is None:
            wrong = desk.text(language, f"calendar-hours-error-{error.kind}", part=error.part)
            await desk.say(caller.room, language, "hours-unclear", wrong=wrong)
            return
        changed = _with_day(known, one)
    await availability.save_availability(desk, person.id, changed)
    await desk.note("therapist.hours", by=person.id, about=person.id)
    lines = [desk.text(language, "hours-set", week=words.described(desk, person, changed))]
    lines += await words.told_apart(desk, person, changed)
    await desk.speak(caller.room, "\n\n".join(lines))


async def _set_week(desk: Desk, caller: Caller, known: Availability, week: Week) -> Availability:
    profile = await records.profile_of(desk, caller.person.id)
    if profile is not None:
        await records.save_profile(desk, profile.model_copy(update={"week": week}))
    return known.model_copy(update={"week": week})


def _with_day(known: Availability, one: DayHours) -> Availability:
    others = [other for other in known.exceptions if other.day != one.day]
    if one.spans is not None:
        others.append(Exceptional(day=one.day, spans=one.spans))
    return known.model_copy(update={"exceptions": tuple(sorted(others, key=lambda other: other.day))})


async def _show_to_client(desk: Desk, caller: Caller, pair: Pair | None, rest: str) -> None:
    if pair is None or pair.state != "active":
        await desk.say(caller.room, caller.language, "pair-none")
        return
    therapist = await desk.person(pair.therapist)
    known = await availability.for_pair(desk, pair)
    if known is None:
        await desk.say(caller.room, caller.language, "hours-none")
        return
    if rest:
        await desk.say(caller.room, caller.language, "hours-theirs", therapist=therapist.name)
    await desk.say(
        caller.room,
        caller.language,
        "hours-of",
        therapist=therapist.name,
        week=words.described(desk, caller.person, known),
    )


COMMAND = Command(
    "hours",
    "hours.read",
    run,
    rooms=frozenset({"direct", "pair"}),
    for_roles=frozenset({"client", "therapist"}),
)
