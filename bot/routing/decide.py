"""decide: what came in and what we know → what we mean to do. Pure; no words, no clock, no database."""

from collections.abc import Collection

from rapidfuzz import fuzz, process

from bot.inbound import (
    DueFired,
    Edit,
    Inbound,
    Media,
    Membership,
    Redacted,
    RoomChanged,
    RoomRefused,
    Text,
    Unreadable,
    Vote,
)
from bot.routing import intents as do
from bot.routing.situation import Situation
from compliance.crisis import Screening, Severity, screen

PREFIX = "!"
# Below this likeness (0 to 100) a suggestion puzzles more than it helps.
_LIKE = 60


def decide(inbound: Inbound, situation: Situation, commands: Collection[str]) -> do.Plan:
    """The one thing to do about `inbound`, and whether crisis words were in it.

    `commands` are the names of the commands that exist, without their prefix.
    """
    return do.Plan(_intent(inbound, situation, commands), screened(inbound, situation))


def screened(inbound: Inbound, situation: Situation) -> Screening | None:
    """What the crisis detector says of the words in `inbound`; None when it has nothing to say.

    Everything that a client or a stranger writes is screened, in any room and any state.
    """
    if situation.staff or situation.detection != "on":
        return None
    words = _words(inbound, situation)
    if not words:
        return None
    screening = screen(words, situation.language)
    return screening if screening.severity > Severity.none else None


def _words(inbound: Inbound, situation: Situation) -> str:
    match inbound.content:
        case Text(body=body) | Edit(body=body):
            return body
        case Media(filename=filename, caption=caption):
            return f"{caption}\n{filename}".strip()
        case Vote(choices=choices) if situation.poll is not None and situation.poll.purpose != "form":
            return "\n".join(situation.poll.labels.get(choice, "") for choice in choices).strip()
        case _:
            # A vote on a form's question is judged by the form's own flags: its labels are our words.
            return ""


def _intent(inbound: Inbound, s: Situation, commands: Collection[str]) -> do.Intent:
    content = inbound.content
    match content:
        case DueFired():
            return do.Happen(content)
        case RoomRefused(ref=ref, reason=reason):
            return do.RoomLost(ref, reason)
        case Membership():
            return _membership(inbound, content, s)
        case RoomChanged(event_type=event_type):
            return do.RoomInDoubt(event_type) if s.room else do.Ignore("not our room")
        case Redacted():
            return do.Ignore("redaction")
        case _:
            pass
    if inbound.sender not in s.roster and s.room is not None:
        return do.Intruded(inbound.sender)
    if s.room is None or not inbound.encrypted:
        return do.AskIntoEncrypted(inbound.room)
    match content:
        case Unreadable():
            return do.TellUnreadable()
        case Vote():
            return _vote(content, s)
        case Edit(edits=edits, body=body):
            if s.form is not None and edits in s.form.answered_by:
                return do.CorrectAnswer(s.form.run, edits, body)
            return do.Ignore("edit of something that is not an answer")
        case Media(type=kind, caption=caption):
            if s.room_kind == "pair":
                return _pair_message(s)
            return _text(caption, s, commands) if caption.strip() else do.TellUnseen(kind)
        case Text(body=body):
            return _text(body, s, commands)


def _membership(inbound: Inbound, content: Membership, s: Situation) -> do.Intent:
    if content.user == s.bot:
        if content.membership == "invite" and s.room is None:
            return do.OpenDoor(inbound.room)
        if content.membership in ("leave", "ban") and s.room is not None:
            return do.RoomLost(s.room, "gone")
        return do.Ignore("our own membership")
    if s.room is None:
        return do.Ignore("not our room")
    if content.user not in s.roster:
        if content.membership in ("invite", "join", "knock"):
            return do.Intruded(content.user)
        return do.Ignore("a stranger is gone")
    if content.membership == "join" and content.previous != "join":
        return do.Joined(content.user)
    if content.membership in ("leave", "ban"):
        return do.Departed(content.user)
    return do.Ignore("membership as expected")


def _vote(content: Vote, s: Situation) -> do.Intent:
    if s.poll is None:
        return do.Ignore("not our poll")
    if s.poll.purpose == "form":
        return do.VoteForm(s.poll.subject, s.poll.question, content.choices)
    if not content.choices:
        return do.VoteTakenBack()
    return do.DecideByVote(s.poll.purpose, s.poll.subject, content.choices[0])


def _text(body: str, s: Situation, commands: Collection[str]) -> do.Intent:
    command = as_command(body)
    if command is not None:
        word, rest = command
        if word in commands:
            return do.RunCommand(word, rest)
        nearest = process.extractOne(word, sorted(commands), scorer=fuzz.ratio, score_cutoff=_LIKE)
        return do.UnknownCommand(word, nearest[0] if nearest else None)
    if s.room_kind == "pair":
        return _pair_message(s)
    if s.room_kind == "direct":
        if s.form is not None:
            return do.AnswerForm(s.form.run, body)
        return do.Greet()
    return do.Ignore("talk in a staff room")


def _pair_message(s: Situation) -> do.Intent:
    return do.TherapistWrote() if "therapist" in s.roles else do.ClientWrote()


def as_command(body: str) -> tuple[str, str] | None:
    """The command word (lower case) and the rest of a text that starts with the prefix; None otherwise.

    A lone mark, or marks of surprise ("!!!"), are no command.
    """
    text = body.strip()
    if not text.startswith(PREFIX):
        return None
    word, _, rest = text[len(PREFIX) :].partition(" ")
    word, _, more = word.partition("\n")
    if not word or not word[0].isalnum():
        return None
    return word.casefold()[:40], (more + " " + rest).strip() if more else rest.strip()
