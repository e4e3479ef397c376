"""Matrix ids behind a command."""

import re
from urllib.parse import unquote

from bot.care.desk import Desk
from bot.commands.command import Caller
from config.settings import is_matrix_id

MOST = 50
_LINK = re.compile(r"^<?https://matrix\.to/#/([^?>]+).*$")


async def read(desk: Desk, caller: Caller, rest: str, command: str) -> tuple[str, ...]:
    """The ids, also from links that clients make of them. Empty if one can't be right: the caller was told,
    and nothing is to be done."""
    words = [unquote(_LINK.sub(r"\1", word)) for word in _apart(rest)]
    if not words:
        await desk.say(caller.room, caller.language, "matrix-id-which", command=command)
        return ()
    wrong = next((word for word in words if not is_matrix_id(word)), None)
    if wrong is not None:
        await desk.say(caller.room, caller.language, "matrix-id-wrong", word=wrong[:255], command=command)
        return ()
    if len(words) > MOST:
        await desk.say(caller.room, caller.language, "matrix-id-many", count=MOST)
        return ()
    return tuple(dict.fromkeys(words))


def _apart(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,;]+", text) if word]
