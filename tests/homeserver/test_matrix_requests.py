"""Which answers count as success: a small server on loopback that misbehaves as proxies do."""

import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.matrix.homeserver import Homeserver, LoggedOut, RequestFailed, Unreachable


class Answers:
    """Answers requests with what a test has put in line, and keeps what was asked."""

    def __init__(self) -> None:
        self.line: list[tuple[int, str]] = []
        self.asked: list[web.Request] = []

    async def give(self, request: web.Request) -> web.Response:
        self.asked.append(request)
        status, text = self.line.pop(0)
        return web.Response(status=status, text=text, headers={"Retry-After": "40"})


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
async def homeserver(answers: Answers) -> AsyncIterator[Homeserver]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answers.give)
    async with TestServer(app) as server:
        client = Homeserver(str(server.make_url("")), token="secret-token")
        yield client
        await client.close()


@pytest.mark.parametrize(
    ("status", "text", "error"),
    [
        (502, "<html>Bad gateway</html>", Unreachable),
        (200, "<html>Please log in to the network</html>", Unreachable),
        (200, "[]", Unreachable),
        (200, "[" * 100_000, Unreachable),
        (500, '{"errcode": "M_UNKNOWN"}', Unreachable),
        (403, '{"errcode": "M_FORBIDDEN", "error": "secret words"}', RequestFailed),
        (404, "nothing here", Unreachable),
        (401, '{"errcode": "M_UNKNOWN_TOKEN"}', LoggedOut),
    ],
)
async def test_only_a_json_object_with_status_200_is_success(
    homeserver: Homeserver, answers: Answers, status: int, text: str, error: type[Exception]
) -> None:
    answers.line = [(status, text), (200, '{"ok": true}')]
    with pytest.raises(error) as raised:
        await homeserver.post("rooms", "!a/b:x", "leave", body={})
    assert "secret" not in str(raised.value)
    # After any of it the account asks on with its token: nio would have dropped it.
    assert await homeserver.get("sync") == {"ok": True}
    assert {request.headers["Authorization"] for request in answers.asked} == {"Bearer secret-token"}
    assert "%2F" in answers.asked[0].raw_path, "a slash in a room id is no slash of the path"


async def test_a_short_limit_is_waited_out_and_a_long_one_is_told(
    homeserver: Homeserver, answers: Answers
) -> None:
    limited = {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 10}
    answers.line = [(429, json.dumps(limited)), (200, "{}")]
    assert await homeserver.get("sync") == {}
    for body, seconds in (
        ({**limited, "retry_after_ms": 9000}, 9.0),
        ({"errcode": "M_LIMIT_EXCEEDED"}, 40.0),
    ):
        answers.line = [(429, json.dumps(body))]
        with pytest.raises(RequestFailed) as raised:
            await homeserver.get("sync")
        assert raised.value.retry_after == seconds
        assert not raised.value.final


async def test_nobody_there() -> None:
    homeserver = Homeserver("http://127.0.0.1:9", patience=5)
    with pytest.raises(Unreachable):
        await homeserver.get("versions")
    await homeserver.close()


@pytest.mark.parametrize(
    ("status", "errcode", "final"),
    [
        (403, "M_FORBIDDEN", True),
        (413, "M_TOO_LARGE", True),
        (400, "M_BAD_JSON", True),
        (403, "M_USER_SUSPENDED", False),
        (403, "M_RESOURCE_LIMIT_EXCEEDED", False),
        (401, "M_MISSING_TOKEN", False),
        (429, "M_LIMIT_EXCEEDED", False),
    ],
)
def test_what_is_final_for_a_message_and_what_only_for_the_moment(
    status: int, errcode: str, final: bool
) -> None:
    assert RequestFailed(status, errcode, None, {}).final is final
