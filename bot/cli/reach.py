"""Whether a homeserver answers, before anything is entrusted to it."""

import json
import ssl as tls
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, cast

from bot.cli.fault import Fault

_SECONDS = 15
_LONGEST = 1 << 20


@dataclass(frozen=True)
class Reached:
    """A homeserver that answered: the versions of the specification that it knows, and its clock."""

    versions: tuple[str, ...]
    date: datetime | None


def homeserver(url: str, ssl: tls.SSLContext | None = None) -> Reached:
    """Ask for `/_matrix/client/versions`. Raises Fault, saying what answered instead."""
    address = url.rstrip("/") + "/_matrix/client/versions"
    try:
        request = urllib.request.Request(address, headers={"Accept": "application/json"})  # noqa: S310
        with urllib.request.urlopen(request, timeout=_SECONDS, context=ssl) as answer:  # noqa: S310
            body: object = json.loads(answer.read(_LONGEST))
            stamp = cast("str | None", answer.headers.get("Date"))
    except urllib.error.HTTPError as error:
        raise Fault(
            f"{url} answers with status {error.code}, not as a Matrix homeserver does. Give the address that "
            f"clients use, such as https://matrix.example.org"
        ) from None
    except (urllib.error.URLError, OSError) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, tls.SSLCertVerificationError):
            raise Fault(
                f"the certificate of {url} is not trusted ({reason.verify_message}). If it is of your own "
                f"authority, name its file with --ca-file or homeserver.ca_file"
            ) from None
        raise Fault(f"{url} does not answer ({reason}). Is the address right, and is it running?") from None
    except ValueError:
        raise Fault(f"{url} answers, but not as a Matrix homeserver does") from None
    versions = cast("dict[str, Any]", body).get("versions") if isinstance(body, dict) else None
    if not isinstance(versions, list):
        raise Fault(f"{url} answers, but not as a Matrix homeserver does")
    names = tuple(str(one) for one in cast("list[object]", versions))
    return Reached(names, parsedate_to_datetime(stamp) if stamp else None)
