"""decide: what came in and what we know → what we mean to do. Pure; no words, no clock, no database."""

import unicodedata
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
    Verifying,
    Vote,
)
from bot.routing import intents as do
from bot.routing import noreply
from bot.routing.conduct import Found, conduct
from bot.routing.noreply import needs_no_answer
from bot.routing.situation import Situation, plain_words
from compliance.crisis import Screening, Severity, glance, screen

PREFIX = "!"
# Below this likeness (0 to 100) a suggestion puzzles more than it helps.
_LIKE = 60
_NEAREST = 5
# A word longer than this is no command.
_LONGEST = 40
CRISIS = "crisis"
# So much like it, a word is taken for it: nobody who looks for help is asked whether they meant it.
_MEANT = 80
_CARD_SAYS_IT = (do.Greet, do.UnknownCommand, do.TellEditUnused, do.TellInClear)
"""What is left unsaid after a card: a greeting, or that a message was of no use."""


def decide(inbound: Inbound, situation: Situation, commands: Collection[str]) -> do.Plan:
    """The one thing to do about `inbound`, and whether crisis words were in it.

    `commands` are the names of the commands that exist, without their prefix.
    """
    intent, screening = _intent(inbound, situation, commands), screened(inbound, situation)
    if isinstance(intent, _CARD_SAYS_IT) and screening is not None and screening.severity >= Severity.high:
        intent = do.Ignore("the card says it")
    if _settles(intent) and not situation.staff and _grave_words(inbound, situation):
        # Words that may mean danger are never left without an answer, whatever else is said with them, and
        # whether or not they bring a card where this person is.
        intent = do.ClientWrote() if situation.room_kind == "pair" else do.Ignore("not settled in a crisis")
    touches, links, kept = _conduct(inbound, situation) if screening is None else ((), (), ())
    return do.Plan(intent, screening, touches, links, kept)


def _settles(intent: do.Intent) -> bool:
    return isinstance(intent, do.NeedsNoAnswer) or (
        isinstance(intent, do.RunCommand) and intent.name in noreply.COMMANDS
    )


def _grave_words(inbound: Inbound, situation: Situation) -> bool:
    return screen(_words(inbound), situation.language).severity > Severity.none


def worth_screening(inbound: Inbound) -> bool:
    """Whether `screened` may find something in `inbound`, whoever wrote it: before anything is read."""
    return glance(_words(inbound))


def screened(inbound: Inbound, situation: Situation) -> Screening | None:
    """What the crisis detector says of the words in `inbound`; None when it has nothing to say.

    Everything that a client or a stranger writes is screened, in any room and any state.
    """
    if situation.staff or situation.detection != "on":
        return None
    words = _words(inbound)
    if not words:
        return None
    screening = screen(words, situation.language)
    return screening if screening.severity > Severity.none else None


def _conduct(inbound: Inbound, s: Situation) -> Found:
    """Boundaries that a message between the two touches; not what is written to the bot."""
    words = _words(inbound)
    here = s.pair is not None and s.belongs and inbound.encrypted and inbound.sender in s.roster
    if not here or s.pair is None or not words or as_command(words) is not None:
        return (), (), ()
    return conduct(words, s.pair, s.language)


def _words(inbound: Inbound) -> str:
    match inbound.content:
        case Text(body=body) | Edit(body=body):
            return body
        case Media(filename=filename, caption=caption):
            return f"{caption}\n{filename}".strip()
        case _:
            # The labels of a poll are our words, not theirs: a form's flags and `safe` polls judge a vote.
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
    if s.room is not None and inbound.sender not in s.roster:
        return do.Intruded(inbound.sender)
    if not s.belongs:
        command = _command(_words(inbound), commands)
        asked = command is not None and command[0] == CRISIS
        return do.AskIntoEncrypted(inbound.room, command[1] if command is not None and asked else None)
    if isinstance(content, Unreadable):
        return do.TellUnreadable()
    if not inbound.encrypted:
        return do.TellInClear()
    match content:
        case Verifying(emoji=emoji):
            return do.TellVerifying(emoji)
        case Vote():
            return _vote(content, s)
        case Edit(edits=edits, body=body):
            return _edit(edits, body, s)
        case Media(type=kind, caption=caption):
            return _media(kind, caption, s, commands)
        case Text(body=body):
            return _text(body, s, commands)


def _membership(inbound: Inbound, content: Membership, s: Situation) -> do.Intent:
    if content.user == s.bot:
        if content.membership == "invite" and _may_open(inbound, s):
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


def _may_open(inbound: Inbound, s: Situation) -> bool:
    """An unknown room, or a direct room of the inviter that we had lost."""
    return s.room is None or (not s.belongs and s.room_kind == "direct" and inbound.sender in s.roster)


def _vote(content: Vote, s: Situation) -> do.Intent:
    if s.poll is None:
        return do.Ignore("not our poll")
    if s.poll.purpose == "form":
        return do.VoteForm(s.poll.subject, s.poll.question, content.choices)
    if not content.choices or content.choices[0] not in s.poll.labels:
        return do.VoteTakenBack()
    return do.DecideByVote(s.poll.purpose, s.poll.subject, content.choices[0])


def _edit(edits: str, body: str, s: Situation) -> do.Intent:
    if s.form is not None and edits in s.form.answered_by:
        return do.CorrectAnswer(s.form.run, edits, body)
    if s.room_kind == "direct":
        return do.TellEditUnused()
    return do.Ignore("edit of something that is not an answer")


def _media(kind: str, caption: str, s: Situation, commands: Collection[str]) -> do.Intent:
    if s.room_kind == "pair":
        return _pair_message(s)
    if caption.strip():
        return _text(caption, s, commands)
    return do.TellUnseen(kind) if s.room_kind == "direct" else do.Ignore("a file in a staff room")


def _text(body: str, s: Situation, commands: Collection[str]) -> do.Intent:
    command = _command(body, commands)
    if command is not None:
        word, rest = command
        if word in commands:
            return do.RunCommand(word, rest)
        found = process.extract(word, sorted(commands), scorer=fuzz.ratio, score_cutoff=_LIKE, limit=_NEAREST)
        return do.UnknownCommand(word, tuple(name for name, _, _ in found))
    reply = s.replies.get(plain_words(body))
    if reply is not None:
        return reply
    if s.room_kind == "pair":
        pair = s.pair
        if pair and pair.writer == "client" and needs_no_answer(body, pair.needless, pair.courtesies):
            return do.NeedsNoAnswer()
        return _pair_message(s)
    if s.room_kind == "direct":
        if s.form is not None:
            return do.AnswerForm(s.form.run, body)
        return do.Greet()
    return do.Ignore("talk in a staff room")


def _pair_message(s: Situation) -> do.Intent:
    return do.TherapistWrote() if "therapist" in s.roles else do.ClientWrote()


def _command(body: str, commands: Collection[str]) -> tuple[str, str] | None:
    """The command in a text and the rest. Whoever looks for help lines finds them however they write it:
    misspelt ("!crises"), with a space ("! crisis"), or the bare word."""
    command = as_command(body) or as_command("".join(body.split(maxsplit=1)) if _lone_mark(body) else "")
    if command is None:
        return (CRISIS, "") if plain_words(body) == CRISIS else None
    if command[0] not in commands and fuzz.ratio(command[0], CRISIS) >= _MEANT:
        return CRISIS, command[1]
    return command if not _lone_mark(body) or command[0] == CRISIS else None


def _lone_mark(body: str) -> bool:
    return unicodedata.normalize("NFKC", "".join(body.split(maxsplit=1)[:1])) == PREFIX


def as_command(body: str) -> tuple[str, str] | None:
    """The command word (lower case) and the rest of a text that starts with the prefix; None otherwise.

    A lone mark, or marks of surprise ("!!!"), are no command. Invisible marks before it, which keyboards
    of right-to-left scripts add, full-width letters and marks after the word ("!crisis!!") don't matter.
    """
    text = body.lstrip()
    while text and unicodedata.category(text[0]) == "Cf":
        text = text[1:].lstrip()
    if unicodedata.normalize("NFKC", text[:1]) != PREFIX or text[1:2].isspace():
        return None
    word, *rest = text[1:].split(maxsplit=1)[:2] or [""]
    word = unicodedata.normalize("NFKC", word).casefold()
    word = "".join(letter for letter in word if unicodedata.category(letter) != "Cf")
    if not word[:1].isalnum():
        return None
    while not word[-1].isalnum():
        word = word[:-1]
    return word[:_LONGEST], rest[0].strip() if rest else ""
