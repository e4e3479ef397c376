"""Requests to the homeserver: one answer that is sure, or one clear error.

nio carries the bytes; status, body and pacing are read here, because nio takes an HTML page of a broken
proxy for success, and answers to 429 by asking again at once.
"""

import asyncio
import json
import random
import ssl as tls
from typing import Any, cast
from urllib.parse import quote, urlencode

import aiohttp
import nio

from compliance import logs

log = logs.get("matrix")

CLIENT = ("_matrix", "client", "v3")
MEDIA = ("_matrix", "media", "v3")

_ACCOUNT_TROUBLE = frozenset(
    {
        "M_USER_DEACTIVATED",
        "M_USER_LOCKED",
        "M_USER_SUSPENDED",
        "M_CONSENT_NOT_GIVEN",
        "M_RESOURCE_LIMIT_EXCEEDED",
    }
)
"""Errors that say nothing of the request: they end when an administrator of the homeserver has acted."""

_SHORT_PAUSE = 5.0
"""Seconds of `retry_after_ms` that a request waits out itself; longer pauses are the caller's to plan."""


class Unreachable(Exception):  # noqa: N818
    """The homeserver did not answer, or something before it answered in its place. Trying again helps."""


class RequestFailed(Exception):  # noqa: N818
    """The homeserver answered with an error.

    `errcode` is a Matrix error code such as `M_FORBIDDEN`, or empty. `retry_after` is in seconds.
    """

    def __init__(self, status: int, errcode: str, retry_after: float | None, body: dict[str, Any]) -> None:
        # The server's own words stay out: they can repeat what was sent.
        super().__init__(f"the homeserver answered {status} {errcode}".rstrip())
        self.status = status
        self.errcode = errcode
        self.retry_after = retry_after
        self.body = body

    @property
    def final(self) -> bool:
        """Whether the same request would fail again."""
        if self.errcode in _ACCOUNT_TROUBLE:
            return False
        return 400 <= self.status < 500 and self.status not in (401, 408, 425, 429)


class LoggedOut(Exception):  # noqa: N818
    """The access token is no longer valid: the operator has to log the bot in again."""


class Homeserver:
    """One account's way to its homeserver."""

    def __init__(
        self,
        url: str,
        *,
        token: str | None = None,
        ssl: tls.SSLContext | None = None,
        proxy: str | None = None,
        patience: float = 30.0,
    ) -> None:
        """`patience` is how many seconds a request may take, beyond what it asks the server to wait."""
        self._client = nio.AsyncClient(url.rstrip("/"), ssl=cast("Any", ssl), proxy=proxy)
        self._token = token
        self._patience = patience

    async def close(self) -> None:
        await self._client.close()

    async def get(self, *path: str, **query: str) -> dict[str, Any]:
        return await self.request("GET", path, query=query)

    async def put(self, *path: str, body: dict[str, Any]) -> dict[str, Any]:
        return await self.request("PUT", path, body=body)

    async def post(self, *path: str, body: dict[str, Any]) -> dict[str, Any]:
        return await self.request("POST", path, body=body)

    async def state(self, room_id: str) -> list[dict[str, Any]]:
        """The full current state of a room, as the server holds it."""
        answer = await self._request("GET", (*CLIENT, "rooms", room_id, "state"))
        if not isinstance(answer, list):
            raise Unreachable("the answer was not a list of state events")
        return [
            cast("dict[str, Any]", event) for event in cast("list[Any]", answer) if isinstance(event, dict)
        ]

    async def upload(self, data: bytes) -> str:
        """Upload (encrypted) bytes; their `mxc:` address."""
        answer = await self._request("POST", (*MEDIA, "upload"), data=data, patience=120)
        if not isinstance(answer, dict) or not isinstance(answer.get("content_uri"), str):
            raise Unreachable("the answer to an upload names no address")
        return cast("str", answer["content_uri"])

    async def request(
        self,
        method: str,
        path: tuple[str, ...],
        *,
        query: dict[str, str] | None = None,
        body: dict[str, Any] | None = None,
        wait: float = 0.0,
    ) -> dict[str, Any]:
        """Ask below `/_matrix/client/v3`; the JSON object that was answered.

        `wait` is how many seconds the server is asked to hold the request (long polling).

        Raises Unreachable, RequestFailed, LoggedOut.
        """
        data = None if body is None else json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()
        answer = await self._request(
            method, (*CLIENT, *path), query=query, data=data, json_body=True, wait=wait
        )
        if not isinstance(answer, dict):
            raise Unreachable("the answer was not a JSON object")
        return cast("dict[str, Any]", answer)

    async def _request(
        self,
        method: str,
        path: tuple[str, ...],
        *,
        query: dict[str, str] | None = None,
        data: bytes | None = None,
        json_body: bool = False,
        wait: float = 0.0,
        patience: float | None = None,
    ) -> object:
        address = "/" + "/".join(quote(part, safe="") for part in path)
        if query:
            address += "?" + urlencode(query)
        for attempt in (1, 2, 3):
            try:
                return await self._ask(method, address, data, json_body, wait + (patience or self._patience))
            except RequestFailed as failure:
                pause = failure.retry_after if failure.retry_after is not None else 0.5 * attempt
                if failure.status != 429 or attempt == 3 or pause > _SHORT_PAUSE:
                    raise
                log.info("matrix-rate-limited", seconds=pause)
                await asyncio.sleep(pause + random.uniform(0, 0.1))  # noqa: S311 - spreads requests, no secret
        raise AssertionError("unreachable")

    async def _ask(
        self, method: str, address: str, data: bytes | None, json_body: bool, patience: float
    ) -> object:
        headers = {} if self._token is None else {"Authorization": f"Bearer {self._token}"}
        if data is not None:
            headers["Content-Type"] = "application/json" if json_body else "application/octet-stream"
        try:
            async with asyncio.timeout(patience):
                answer = await self._client.send(method, address, data, headers, timeout=patience)
                status, raw = answer.status, await answer.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unreachable(f"no answer from the homeserver ({type(error).__name__})") from error
        try:
            content: object = json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise Unreachable(f"status {status} without readable JSON") from error
        if status == 200:
            return content
        if not isinstance(content, dict):
            raise Unreachable(f"status {status} without an error object")
        body = cast("dict[str, Any]", content)
        errcode = body.get("errcode")
        errcode = errcode if isinstance(errcode, str) else ""
        if status == 401 and errcode == "M_UNKNOWN_TOKEN":
            raise LoggedOut("the access token is no longer valid; log the bot in again")
        if status >= 500:
            raise Unreachable(f"the homeserver answered {status} {errcode}".rstrip())
        raise RequestFailed(status, errcode, _pause(body, answer.headers.get("Retry-After")), body)


def _pause(body: dict[str, Any], header: str | None) -> float | None:
    """How many seconds a 429 asks us to wait (Client-Server API, "Rate limiting")."""
    milliseconds = body.get("retry_after_ms")
    if isinstance(milliseconds, int | float) and not isinstance(milliseconds, bool):
        return min(max(float(milliseconds) / 1000, 0.0), 3600.0)
    if header is not None and header.isdigit():
        return min(float(header), 3600.0)
    return None
