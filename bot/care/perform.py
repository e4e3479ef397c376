"""perform: one intent, one unit of work. The map from what we mean to do to the use case that does it."""

from bot.care import (
    agreement,
    availability,
    blindspots,
    conduct,
    crisis,
    due,
    followup,
    greeting,
    joining,
    lost,
    matching,
    noreply,
    outcomes,
    questionnaires,
    remedies,
    rooms,
    safetyplan,
    sessions,
)
from bot.care.desk import Desk
from bot.commands import registry
from bot.commands.command import Caller
from bot.inbound import Inbound, Media, Vote
from bot.routing import intents as do
from bot.routing.situation import Situation
from compliance.crisis import Screening, Severity
from compliance.storage.people import Person
from compliance.storage.rooms import Room


async def help_first(
    desk: Desk, inbound: Inbound, situation: Situation, screening: Screening | None
) -> crisis.Help:
    """The card of help lines, if one is due. `go_on` comes after it.

    Once for each thing that came in: after a crash behind the card, only what was left undone is done.
    """
    if screening is None or not inbound.sender:
        return "none"
    person = await greeting.meet(desk, inbound.sender)
    here = await _here(desk, inbound, situation)
    return await crisis.show_help(desk, person, here, screening.severity, cause=inbound.id)


async def go_on(desk: Desk, inbound: Inbound, situation: Situation, plan: do.Plan, *, shown: bool) -> None:
    """What comes after the card, if one was `shown`: people are alerted, and the intent is carried out."""
    person = await desk.unit.people.by_mxid(inbound.sender) if inbound.sender else None
    room = await desk.unit.rooms.by_matrix_id(inbound.room) if inbound.room else None
    if plan.screening is not None and inbound.sender:
        person = person or await greeting.meet(desk, inbound.sender)
        here = await _here(desk, inbound, situation)
        await crisis.alert_people(desk, person, here, plan.screening, shown=shown)
    grave = plan.screening is not None and plan.screening.severity >= Severity.high
    await _carry_out(desk, inbound, situation, plan.intent, person, room, grave=grave)
    if person is not None and room is not None and (plan.touches or plan.links or plan.kept):
        await conduct.respond(desk, person, room, plan)


async def _here(desk: Desk, inbound: Inbound, situation: Situation) -> Room | None:
    """The room in which help may be shown; in one where they don't belong, or that others can read, nothing
    of theirs is shown."""
    if inbound.encrypted and situation.belongs and situation.inside:
        return await desk.unit.rooms.by_matrix_id(inbound.room)
    return None


async def _carry_out(
    desk: Desk,
    inbound: Inbound,
    situation: Situation,
    intent: do.Intent,
    person: Person | None,
    room: Room | None,
    *,
    grave: bool,
) -> None:
    match intent:
        case do.Ignore():
            return
        case do.Happen(due=fired):
            await due.happen(desk, fired)
        case do.RoomLost(ref=ref, reason=reason):
            await lost.room_lost(desk, ref, reason)
        case do.OpenDoor(matrix_room=matrix_room):
            await greeting.open_door(desk, inbound.sender, matrix_room)
        case do.AskIntoEncrypted(matrix_room=matrix_room, lines=lines):
            await greeting.ask_into_encrypted(desk, inbound.sender, matrix_room, lines, grave=grave)
        case do.Intruded(user=user) if room is not None:
            await rooms.remove_intruder(desk, room, user)
        case do.RoomInDoubt() if room is not None:
            await desk.note("room.unsafe", by="service", about=room.ref, outcome="changed")
        case do.Joined(user=user) if room is not None:
            await greeting.joined(desk, room, user)
        case do.Departed(user=user) if room is not None:
            await greeting.departed(desk, room, user)
        case _ if person is None or room is None:
            return
        case do.VoteForm(run=run, question=question, choices=choices):
            await desk.answered(person, by_poll=True)
            progress = await questionnaires.vote(desk, person, room, run, question, choices)
            await outcomes.follow(desk, person, progress)
        case do.DecideByVote(purpose=purpose, subject=subject, choice=choice):
            await desk.answered(person, by_poll=isinstance(inbound.content, Vote))
            await _vote(desk, person, room, purpose, subject, choice)
        case do.Greet():
            await joining.greet(desk, person)
        case do.AnswerForm(run=run, text=text):
            take = questionnaires.answer_in_crisis if grave else questionnaires.answer
            progress = await take(desk, person, room, run, text, inbound.id)
            await outcomes.follow(desk, person, progress)
        case do.CorrectAnswer(run=run, edits=edits, text=text):
            progress = await questionnaires.correct(desk, person, room, run, edits, text)
            await outcomes.follow(desk, person, progress)
        case do.TellInClear():
            await desk.say(room, person.language, "room-in-clear")
        case do.TellEditUnused():
            await desk.say(room, person.language, "edit-unused")
        case do.VoteTakenBack():
            await desk.say(room, person.language, "poll-taken-back")
        case do.RunCommand(name=name, rest=rest):
            caller = Caller(person, situation.roles, room, situation.relation)
            await registry.run(desk, caller, name, rest)
        case do.UnknownCommand(word=word, nearest=nearest):
            await registry.unknown(
                desk, Caller(person, situation.roles, room, situation.relation), word, nearest
            )
        case do.ClientWrote():
            await availability.client_wrote(desk, person, room)
            if isinstance(inbound.content, Media):
                await blindspots.unseen(desk, person, room, inbound.content.type)
        case do.NeedsNoAnswer():
            pair = await desk.unit.pairs.get(room.pair) if room.pair else None
            if pair is not None:
                await noreply.by_client(desk, person, room, pair)
        case do.TherapistWrote():
            await availability.therapist_wrote(desk, person, room)
        case do.TellUnreadable():
            await desk.say(room, person.language, "room-unreadable")
        case do.TellVerifying(emoji=emoji) if emoji:
            await desk.say(room, person.language, "room-verify", emoji="  ".join(emoji))
        case do.TellVerifying():
            await desk.say(room, person.language, "room-verified")
        case do.TellUnseen(type=kind):
            await blindspots.unseen(desk, person, room, kind)
        case do.Intruded() | do.RoomInDoubt() | do.Joined() | do.Departed():
            return


async def _vote(desk: Desk, person: Person, room: Room, purpose: str, subject: str, choice: str) -> None:
    match purpose:
        case "offer":
            await matching.answer_offer(desk, person, subject, accept=choice == "accept")
        case "book":
            await sessions.book_by_vote(desk, person, room, subject, choice)
        case "agreement":
            await agreement.answer(desk, person, room, subject, agree=choice == "agree")
        case "template":
            await agreement.start_from(desk, person, subject, choice)
        case "fine":
            await conduct.answer(desk, person, room, subject, choice)
        case "remedy":
            await remedies.choose(desk, person, room, subject, choice)
        case "safe":
            await crisis.answer_check(desk, person, room, subject, choice)
        case "today":
            await crisis.answer_today(desk, person, room, subject, choice)
        case "follow-up":
            await followup.decide(desk, person, subject, agree=choice == "yes")
        case "safetyplan":
            await safetyplan.answer(desk, person, subject, choice)
        case _:
            await desk.say(room, person.language, "poll-past")
