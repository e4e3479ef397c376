"""What `stillroom init` has to know: checked one by one, and written as a commented settings file."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from config import places
from config.settings import Account, Care, Homeserver, People

YES_NO = ("yes", "no")
JOIN = ("homeserver", "invitation", "anyone")
T = TypeVar("T")


@dataclass(frozen=True)
class Answers:
    """What was answered, each already checked."""

    homeserver: str
    user: str
    admins: tuple[str, ...]
    oncall: tuple[str, ...]
    supervisors: tuple[str, ...]
    join: str
    country: str
    ca_file: str = ""
    element_call: bool = False


def homeserver(text: str) -> str:
    """The homeserver's address; `matrix.example.org` is taken as https. Raises ValueError."""
    address = text if "://" in text else f"https://{text}"
    return _checked(Homeserver, "url", address)


def user(text: str) -> str:
    """A Matrix id. Raises ValueError."""
    return _checked(Account, "user_id", text)


def admins(text: str) -> tuple[str, ...]:
    """At least one Matrix id, with commas or spaces between. Raises ValueError."""
    return _checked(People, "admins", ",".join(_apart(text)) if text.strip() else [])


def oncall(text: str) -> tuple[str, ...]:
    """Matrix ids with commas or spaces between, or none. Raises ValueError."""
    return _checked(People, "oncall", ",".join(_apart(text)) if text.strip() else [])


def supervisors(text: str) -> tuple[str, ...]:
    """Matrix ids with commas or spaces between, or none. Raises ValueError."""
    return _checked(People, "supervisors", ",".join(_apart(text)) if text.strip() else [])


def join(text: str) -> str:
    """Who may join. Raises ValueError."""
    wanted = text.strip().casefold()
    if wanted not in JOIN:
        raise ValueError(f"answer one of: {', '.join(JOIN)}")
    return wanted


def yes_no(text: str) -> bool:
    """Yes or no. Raises ValueError."""
    wanted = text.strip().casefold()
    if wanted not in YES_NO:
        raise ValueError("answer yes or no")
    return wanted == "yes"


def country(text: str) -> str:
    """A country by name or two letters. Raises ValueError."""
    if found := places.find_country(text, "en"):
        return _checked(Care, "default_country", found)
    near = places.near_country(text, "en")
    hint = f"did you mean {places.country_name(near, 'en')}?" if near else "try its two letters, such as DE"
    raise ValueError(f"no country of this name is known; {hint}")


def _apart(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _checked(section: type[BaseModel], key: str, value: object) -> Any:
    """A value as the settings themselves would check it."""
    field = section.model_fields[key]
    adapter: TypeAdapter[Any] = TypeAdapter(_annotated(field.annotation, tuple(field.metadata)))
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        text = error.errors(include_url=False, include_input=False)[0]["msg"].removeprefix("Value error, ")
        raise ValueError(text.replace("Tuple", "this").replace(" after validation, not 0", "")) from None


def _annotated(kind: Any, metadata: tuple[Any, ...]) -> Any:
    from typing import Annotated

    for one in metadata:
        kind = Annotated[kind, one]
    return kind


def configuration(answers: Answers) -> str:
    """The settings file: what was answered, and in comments what else can be set."""
    text: Callable[[object], str] = lambda value: json.dumps(value, ensure_ascii=False)  # noqa: E731
    ca_file = f"ca_file = {text(answers.ca_file)}" if answers.ca_file else '# ca_file = "ca.pem"'
    return f"""\
# Settings of Stillroom. Lines that begin with # show what holds anyway, or an example.
# Variables such as STILLROOM_CARE__SESSION_MINUTES win over this file. Relative paths count from its folder.
# `stillroom check` tells whether everything fits.

[homeserver]
url = {text(answers.homeserver)}
# The certificate of your own authority, if the homeserver's isn't public:
{ca_file}
# Whether people of other homeservers can be in the rooms. Left out: only if they may join at all.
# federate = false

[account]
user_id = {text(answers.user)}
# Access token and signing keys, sealed:
# sealed = "account.sealed"

[people]
# Matrix ids. Admins approve therapists and are told of faults.
admins = {text(list(answers.admins))}
# Who is paged in a crisis at once, with the therapist, and again later. Empty: the admins.
oncall = {text(list(answers.oncall))}
# Who is paged if none of those takes it, and hears of missed promises and of reports about therapists.
# Empty: the admins hear of those.
supervisors = {text(list(answers.supervisors))}
# Who may become a client: "anyone", people of this "homeserver", or by "invitation" of an admin (!invite).
join = {text(answers.join)}
# invited = ["@somebody:example.org"]

[care]
# Whose crisis lines are shown to somebody whose country isn't known yet.
default_country = {text(answers.country)}
# languages = ["en"]
# minimum_age = 18
# session_minutes = 45
# How long before its start a session can be booked, and counts as cancelled in time:
# booking_notice_minutes = 120
# cancel_hours = 24
# sessions_ahead = 4
# How long a therapist has to accept a client, and until a first hello is asked for:
# offer_hours = 48
# introduce_hours = 24
# In how many hours of a therapist's working days an answer is promised:
# reply_promise_hours = 24
# How long a crisis alert waits to be acknowledged before the next people are paged:
# acknowledge_minutes = 5
# Where the law asks for it, screening for crisis words can be on, on-demand or off:
# crisis = {{ "US-NY" = "on-demand" }}

[storage]
# The folder of the database, of the Matrix encryption store and of the lock:
# data = "data"
# PostgreSQL instead of the encrypted file; the password in a file of mode 0600:
# url = "postgresql+asyncpg://stillroom@localhost/stillroom"
# password_file = "database.password"
# Person keys. Never in the same backup as the database, or erasing a person is undone:
# keystore = "keystore/persons.keystore"

[keys]
# The operator's key file. Best on another disk than the data:
# path = "keys/stillroom.keys"

[links]
# Hosts of meeting links and pages that are yours; all others get a warning in the room:
# allowed_hosts = ["meet.example.org"]

[boundaries]
# What holds for the agreements of all pairs; people see it as set by the service:
# modes = ["logistics", "messages", "dbt"]
# least_answer_hours = 1
# Phone numbers: "pair" as the two agree, "logistics" for times and changes only, or "never":
# phone = "pair"
# outside = "pair"

[calls]
# Whether Element Call works on your homeserver. If so, calls in a pair's room open for each voice or video
# session; if not, the two are asked to meet in the way that they have agreed on.
element_call = {text(answers.element_call)}
"""
