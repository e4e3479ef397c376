"""A head start: what leaves at once is alone with the homeserver for a moment.

The homeserver works on one thing at a time, so that all that is asked of it meanwhile would hold up the card
that somebody waits for.
"""

import asyncio
from contextlib import suppress

from compliance.storage.store import Store

MOST = 0.25
"""Seconds, at most, until the homeserver has what leaves."""
ARRIVES = 0.03
"""Seconds from the homeserver's answer until a waiting client has been given the event."""


async def given(store: Store, most: float = MOST) -> None:
    """Wait until something has left and arrived, but not for long: it may be that nothing can leave now."""
    with suppress(TimeoutError):
        async with asyncio.timeout(most):
            await store.outbox_sent.wait()
            await asyncio.sleep(ARRIVES)
