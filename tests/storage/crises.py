"""For tests of a crisis: what somebody writes, who is called, and where something was said."""

from datetime import timedelta

from storage import talk as t
from storage.talk import Talk

from bot.demo import cast
from bot.outbound import Message
from compliance.storage.alerts import Alert

CONCERN, GRAVE, EMERGENCY = (
    "I feel like a burden to everyone",
    "I want to kill myself",
    "I have taken all my pills and I want to die",
)
MINUTES = timedelta(minutes=5)
"""What the settings give somebody to acknowledge."""


async def meet(talk: Talk, mxid: str = t.MIA) -> str:
    """A client and Dr. Keller work together; their room."""
    await talk.says(t.KELLER, "hello")
    await talk.says(t.KELLER, "2")
    await talk.fill(t.KELLER, "application", cast.KELLER)
    await talk.says(t.ADMIN, "!approve 1", await talk.room("admin"))
    await talk.says(mxid, "hello")
    await talk.says(mxid, "1")
    await talk.says(mxid, "I understand")
    await talk.fill(mxid, "intake", cast.CLIENT)
    await talk.says(t.KELLER, "!accept")
    await talk.fill(t.KELLER, "agreement", cast.AGREEMENT)
    return await talk.room("pair")


async def alert_of(talk: Talk, mxid: str = t.MIA) -> Alert | None:
    person = await talk.person(mxid)
    async with talk.store.unit() as unit:
        return await unit.alerts.current(person)


async def current(talk: Talk, mxid: str = t.MIA) -> Alert:
    alert = await alert_of(talk, mxid)
    assert alert is not None
    return alert


async def paged(talk: Talk, since: int) -> set[str]:
    """Who was called by an alert since then, by where and by mention."""
    names = {await talk.room("oncall"): "oncall", await talk.room("admin"): "admin"}
    for mxid in (t.KELLER, t.SUPERVISOR):
        async with talk.store.unit() as unit:
            person = await unit.people.by_mxid(mxid)
            room = await unit.rooms.direct(person.id) if person else None
            if room is not None and room.matrix_id is not None:
                names[room.matrix_id] = mxid.partition(":")[0][1:]
    return {
        names.get(line.room, line.room)
        for line in talk.lines[since:]
        if "!ack" in line.text and isinstance(line.effect, Message) and line.effect.mentions
    }


def said(talk: Talk, since: int, words: str) -> list[str]:
    """The rooms in which something was said since then."""
    return [line.room for line in talk.lines[since:] if words in line.text]
