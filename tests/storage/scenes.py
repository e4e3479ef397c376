"""What many conversations begin with: somebody joins, two people work together."""

from collections.abc import Mapping

from storage import talk as t
from storage.talk import Talk

from bot.demo import cast


async def joins(talk: Talk, mxid: str = t.MIA) -> None:
    """Up to the first question of the intake."""
    await talk.says(mxid, "hello")
    await talk.says(mxid, "1")
    await talk.says(mxid, "I understand")
    assert await talk.question(mxid) == "intake/name"


async def meet(talk: Talk, terms: Mapping[str, str] | None = None) -> str:
    """Mia and Dr. Keller work together; their room. Mia has been asked whether she agrees to the terms."""
    await talk.says(t.KELLER, "hello")
    await talk.says(t.KELLER, "2")
    await talk.fill(t.KELLER, "application", cast.KELLER)
    await talk.says(t.ADMIN, "!approve 1", await talk.room("admin"))
    await joins(talk)
    await talk.fill(t.MIA, "intake", cast.CLIENT)
    await talk.says(t.KELLER, "!accept")
    chosen = {"hours": cast.KELLER["hours"]} if terms is None else dict(terms)
    await talk.fill(t.KELLER, "agreement", cast.AGREEMENT | chosen)
    return await talk.room("pair")
