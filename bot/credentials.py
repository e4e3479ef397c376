"""The bot's access token and cross-signing seeds at rest, sealed; and the account that they open.

Sealed with the service's key (`compliance.sealing`), so the file alone is worth nothing, and a rotation of
the operator's keys reaches it through the keystore.
"""

import ssl as tls
from pathlib import Path

from pydantic import ValidationError

from bot.matrix.account import MatrixAccount
from bot.matrix.crosssigning import Seeds
from bot.matrix.login import Credentials
from compliance.files import read_private, write_private
from compliance.keys.keyring import Keyring
from compliance.sealing import SERVICE, SealBroken, Sealer
from config.clock import Clock
from config.settings import Settings

_PLACE = ("account", "credentials")
_SEEDS_BYTES = 96


class CredentialsBroken(Exception):  # noqa: N818
    """The sealed login is missing or can't be used; the message says what to do."""


def write(
    path: Path, sealer: Sealer, credentials: Credentials, seeds: Seeds, *, replace: bool = False
) -> None:
    """Seal token and seeds into a file of mode 0600. Raises FileExistsError unless `replace`; LooseFile."""
    plain = seeds.to_bytes() + credentials.sealable()
    write_private(path, sealer.seal(SERVICE, *_PLACE, credentials.user_id, plain), replace=replace)


def read(path: Path, sealer: Sealer, user_id: str) -> tuple[Credentials, Seeds]:
    """Open the sealed file of an account. Raises CredentialsBroken, LooseFile."""
    try:
        plain = sealer.open(SERVICE, *_PLACE, user_id, read_private(path))
        seeds = Seeds.from_bytes(plain[:_SEEDS_BYTES])
        return Credentials.model_validate_json(plain[_SEEDS_BYTES:]), seeds
    except FileNotFoundError:
        raise CredentialsBroken(
            f"there is no sealed login {path}; log the bot in with `stillroom login`"
        ) from None
    except (SealBroken, ValidationError, ValueError):
        raise CredentialsBroken(
            f"{path} is not the login of {user_id} sealed with these keys; put the right key file and "
            f"keystore back, or log the bot in again with `stillroom login`"
        ) from None


async def open_account(
    settings: Settings,
    keyring: Keyring,
    credentials: Credentials,
    seeds: Seeds,
    clock: Clock,
    *,
    password: str | None = None,
) -> MatrixAccount:
    """Open the bot's account as the settings say.

    `password` is needed only where other cross-signing keys have to be replaced. Raises what
    `MatrixAccount.open` raises.
    """
    return await MatrixAccount.open(
        settings.homeserver.url,
        credentials,
        store_path=settings.storage.crypto,
        store_key=keyring.derive("crypto-store"),
        seeds=seeds,
        clock=clock,
        password=password,
        ssl=trust(settings.homeserver.ca_file),
    )


def trust(ca_file: Path | None) -> tls.SSLContext | None:
    """The certificates to trust: the system's (None), or the operator's own authority beside them."""
    if ca_file is None:
        return None
    context = tls.create_default_context()
    context.load_verify_locations(ca_file)
    return context
