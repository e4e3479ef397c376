"""Logging in, once. The credentials that come back are sealed by the caller and used ever after."""

import secrets
import ssl as tls
import string

from pydantic import BaseModel, ConfigDict, SecretStr

from bot.matrix.homeserver import Homeserver, RequestFailed

DEVICE_NAME = "Stillroom"
"""What other people's clients show for the bot's device. It says nothing of what the service is for."""

DISPLAY_NAME = "Stillroom"
"""What other people's clients show for an account that has no name of its own. As neutral as the rooms'."""


class LoginRefused(Exception):  # noqa: N818
    """The homeserver did not take the name and password, or the stored token is another account's."""


class Credentials(BaseModel):
    """What the bot needs to be itself again after a restart."""

    model_config = ConfigDict(frozen=True)

    user_id: str
    device_id: str
    access_token: SecretStr


async def log_in(
    url: str, user: str, password: str, *, ssl: tls.SSLContext | None = None, proxy: str | None = None
) -> Credentials:
    """Log in with a password, on a new device.

    The device id is random: a peer's device that happens to have the same id would never get keys.
    Raises LoginRefused, Unreachable.
    """
    device = "".join(secrets.choice(string.ascii_uppercase) for _ in range(12))
    homeserver = Homeserver(url, ssl=ssl, proxy=proxy)
    try:
        answer = await homeserver.post(
            "login",
            body={
                "type": "m.login.password",
                "identifier": {"type": "m.id.user", "user": user},
                "password": password,
                "device_id": device,
                "initial_device_display_name": DEVICE_NAME,
            },
        )
        return Credentials.model_validate(answer)
    except RequestFailed as failure:
        raise LoginRefused(
            f"the homeserver did not log {user} in ({failure.status} {failure.errcode}). "
            "Check the user id and the password."
        ) from failure
    finally:
        await homeserver.close()


async def check(homeserver: Homeserver, credentials: Credentials) -> None:
    """Make sure that the token still belongs to this user and device.

    Raises LoginRefused, LoggedOut, Unreachable.
    """
    answer = await homeserver.get("account", "whoami")
    if answer.get("user_id") != credentials.user_id or answer.get("device_id") != credentials.device_id:
        raise LoginRefused(
            f"the stored token is not for {credentials.user_id} on device {credentials.device_id}. "
            "Log the bot in again with `stillroom login`."
        )


async def name_account(homeserver: Homeserver, credentials: Credentials) -> None:
    """Give the account a display name if it has none of its own; a name that an operator chose stays.

    Without one, people's clients show the bare local part. Raises Unreachable, RequestFailed.
    """
    path = ("profile", credentials.user_id, "displayname")
    try:
        shown = (await homeserver.get(*path)).get("displayname")
    except RequestFailed as failure:
        if failure.status != 404:
            raise
        shown = None
    if shown in (None, "", credentials.user_id.partition(":")[0].removeprefix("@")):
        await homeserver.put(*path, body={"displayname": DISPLAY_NAME})
