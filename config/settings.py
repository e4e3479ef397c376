"""What an operator may set: typed, checked at start, every fault told at once.

`stillroom.toml` holds it; `STILLROOM_SECTION__KEY` variables win over the file; secrets come from files of
their own (see `config.source`). Relative paths count from the folder of the settings file.
"""

import ipaddress
import json
import re
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import quote, urlsplit, urlunsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from config import atlas, packs
from config.source import SettingsError, gather

_MATRIX_ID = re.compile(r"@[!-9;-~]{1,200}:[A-Za-z0-9.\-\[\]:]{1,200}")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?::\d{1,5})?")


def is_matrix_id(text: str) -> bool:
    """Whether a text is the Matrix id of a user (Matrix specification, "User Identifiers")."""
    return _MATRIX_ID.fullmatch(text) is not None


def _matrix_id(value: str) -> str:
    if not is_matrix_id(value):
        raise ValueError("this is no Matrix id; one looks like `@name:example.org`")
    return value


def _country(value: str) -> str:
    if value.upper() not in atlas.countries():
        raise ValueError("this is no country code; give the two letters of ISO 3166-1, such as `DE` or `US`")
    return value.upper()


def _language(value: str) -> str:
    spoken = sorted(folder.name for folder in (packs.ROOT / "words").iterdir() if folder.is_dir())
    if value not in spoken:
        raise ValueError(f"there are no texts in this language; there are: {', '.join(spoken)}")
    return value


def _host(value: str) -> str:
    if not _HOST.fullmatch(value.lower()):
        raise ValueError(
            "this is no host name; give it without `https://` and path, such as `meet.example.org`"
        )
    return value.lower()


def _homeserver(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise ValueError("this is no homeserver address; one looks like `https://matrix.example.org`")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("the address holds more than scheme, host and port")
    if parts.scheme == "http" and not _near(parts.hostname):
        raise ValueError("over plain http, others could read the bot's access token; use https")
    return value.rstrip("/")


def _near(host: str) -> bool:
    """Whether a host is this machine, or a name without a dot, as containers on one machine have."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return "." not in host or host.endswith(".localhost")


def _several(value: object) -> object:
    """A list in a variable: `a, b` or JSON."""
    if not isinstance(value, str):
        return value
    return (
        json.loads(value) if value.lstrip().startswith("[") else [part.strip() for part in value.split(",")]
    )


def _table(value: object) -> object:
    """A table in a variable: JSON, or `US=on, DE=off`."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("{"):
        return json.loads(value)
    return {key.strip(): mode.strip() for key, _, mode in (part.partition("=") for part in value.split(","))}


MatrixId = Annotated[str, AfterValidator(_matrix_id)]
MatrixIds = Annotated[tuple[MatrixId, ...], BeforeValidator(_several)]
Country = Annotated[str, AfterValidator(_country)]
Languages = Annotated[tuple[Annotated[str, AfterValidator(_language)], ...], BeforeValidator(_several)]
Hosts = Annotated[tuple[Annotated[str, AfterValidator(_host)], ...], BeforeValidator(_several)]
CrisisMode = Literal["on", "on-demand", "off"]


class _Section(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, hide_input_in_errors=True
    )


class Homeserver(_Section):
    """Where the bot's Matrix account lives."""

    url: Annotated[str, AfterValidator(_homeserver), Field(examples=["https://matrix.example.org"])]
    """The homeserver's address for clients."""
    ca_file: Path | None = None
    """A file with the certificate (PEM) of your own authority, if the homeserver's isn't public."""
    federate: bool | None = None
    """Whether people of other homeservers can be in the rooms. Left out: only if they may join at all."""


class Account(_Section):
    """The bot's own Matrix account."""

    user_id: Annotated[MatrixId, Field(examples=["@stillroom:example.org"])]
    """The bot's Matrix id."""
    shard: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,32}$")] = "main"
    """Name of this bot account, if several share one database."""
    sealed: Path = Path("account.sealed")
    """The file that `stillroom init` wrote: access token and signing keys, sealed."""

    @property
    def server_name(self) -> str:
        """The homeserver's name: what follows the colon of the bot's Matrix id."""
        return self.user_id.partition(":")[2]


class Storage(_Section):
    """Where records are kept."""

    data: Path = Path("data")
    """The folder of the database, of the Matrix encryption store and of the lock."""
    url: Annotated[
        str | None,
        Field(
            pattern=r"^(sqlite\+aiosqlite:///|postgresql\+asyncpg://)",
            examples=["postgresql+asyncpg://stillroom@localhost/stillroom"],
        ),
    ] = None
    """The database, if it isn't the encrypted file in the data folder. Without a password."""
    password: SecretStr | None = None
    """The password of the PostgreSQL user; give `password_file`."""
    keystore: Path = Path("keystore/persons.keystore")
    """The file of the wrapped person keys. Keep it out of the database's backups, or erasing is undone."""

    @property
    def crypto(self) -> Path:
        """The file of the Matrix encryption store."""
        return self.data / "crypto.db"

    @property
    def address(self) -> str:
        """The database's address as `Store.open` takes it, with the password: never to be shown."""
        url = self.url or f"sqlite+aiosqlite:///{self.data / 'stillroom.db'}"
        if self.password is None:
            return url
        parts = urlsplit(url)
        name, _, host = parts.netloc.rpartition("@")
        secret = quote(self.password.get_secret_value(), safe="")
        return urlunsplit(parts._replace(netloc=f"{name or 'stillroom'}:{secret}@{host}"))

    @model_validator(mode="after")
    def _no_password_in_the_address(self) -> Self:
        if self.url and urlsplit(self.url).password:
            raise ValueError("`url` holds a password; put it into a file and give `password_file`")
        return self


class Keys(_Section):
    """The operator's keys."""

    path: Path = Path("keys/stillroom.keys")
    """The key file (mode 0600), best on another disk than the data; or the folder that it is in."""


class People(_Section):
    """Who runs the service, and who may come. People are named by Matrix id, never by display name."""

    admins: Annotated[MatrixIds, Field(min_length=1, examples=[["@admin:example.org"]])]
    """Who approves therapists and is told of faults. At least one."""
    oncall: Annotated[MatrixIds, Field(examples=[["@oncall:example.org"]])] = ()
    """Who is paged in a crisis at once, with the therapist, and again later. Empty: the admins."""
    supervisors: MatrixIds = ()
    """Who is paged if none of those has taken it, and who hears of missed promises and of reports about
    therapists. Empty: the admins hear of those."""
    join: Literal["anyone", "homeserver", "invitation"] = "homeserver"
    """Who may become a client: anyone, people of this homeserver, or the people in `invited`."""
    invited: MatrixIds = ()
    """Who may come whatever `join` says; admins add others with `!invite`."""


class Care(_Section):
    """How people are cared for."""

    default_country: Annotated[Country, Field(examples=["DE"])]
    """The country whose crisis lines are shown to somebody whose country isn't known yet."""
    languages: Annotated[Languages, Field(min_length=1)] = ("en",)
    """The languages that the bot speaks, the usual one first."""
    minimum_age: Annotated[int, Field(ge=16, le=99)] = 18
    """Younger people are shown help for their age instead of an intake."""
    session_minutes: Annotated[int, Field(ge=15, le=180)] = 45
    """How long a session is."""
    booking_notice_minutes: Annotated[int, Field(ge=0, le=20160)] = 120
    """How long before its start a session can be booked at the latest."""
    cancel_hours: Annotated[int, Field(ge=0, le=168)] = 24
    """Until how many hours before its start a session counts as cancelled in time."""
    sessions_ahead: Annotated[int, Field(ge=1, le=52)] = 4
    """How many sessions a client can have booked at one time."""
    offer_hours: Annotated[int, Field(ge=1, le=336)] = 48
    """How long a therapist has to accept a client before the next one is asked."""
    introduce_hours: Annotated[int, Field(ge=1, le=168)] = 24
    """How long after matching a therapist is reminded to say hello."""
    reply_promise_hours: Annotated[int, Field(ge=1, le=168)] = 24
    """In how many hours of a therapist's working days an answer is promised, unless the pair agreed."""
    acknowledge_minutes: Annotated[int, Field(ge=1, le=240)] = 5
    """How long a crisis alert waits for somebody to acknowledge it before the next people are paged."""
    card_rest_seconds: Annotated[int, Field(ge=0, le=86400)] = 600
    """How long a crisis card rests in a room before it is shown again; graver words show it at once."""
    consent_version: Annotated[str, Field(pattern=r"^[0-9A-Za-z.-]{1,32}$")] = "1"
    """The version of the consent text. Raise it when you change the text, so that people are asked anew."""
    crisis: Annotated[dict[str, CrisisMode], BeforeValidator(_table)] = {}
    """Where the law asks for it: `on`, `on-demand` (only `!crisis`) or `off` by country or region."""

    @model_validator(mode="after")
    def _known_jurisdictions(self) -> Self:
        regions = {code for group in atlas.regions().values() for code in group}
        for code in self.crisis:
            if code not in atlas.countries() and code not in regions:
                raise ValueError(
                    f"`crisis` names `{code}`, which is neither a country (`DE`) nor a region (`US-NY`)"
                )
        return self

    def crisis_mode(self, country: str | None, region: str | None = None) -> CrisisMode:
        """Whether texts are screened and answered there; `on` unless the operator says otherwise."""
        return self.crisis.get(region or "") or self.crisis.get(country or "") or "on"


class Links(_Section):
    """Links that the bot and therapists may send."""

    allowed_hosts: Hosts = ()
    """Hosts of meeting links and other pages that are yours. All others get a warning in the room."""


class Boundaries(_Section):
    """What holds for the agreements of all pairs, whatever the two wrote into theirs."""

    modes: Annotated[
        tuple[Literal["logistics", "messages", "dbt"], ...], BeforeValidator(_several), Field(min_length=1)
    ] = ("logistics", "messages", "dbt")
    """What messages may be for. Another mode counts as the first of these."""
    least_answer_hours: Annotated[int, Field(ge=1, le=72)] = 1
    """Within how many working hours an answer may be promised at the soonest."""
    phone: Literal["pair", "logistics", "never"] = "pair"
    """Whether phone numbers may be exchanged: as the pair agrees, for times and changes only, or never."""
    outside: Literal["pair", "never"] = "pair"
    """Whether a pair may agree on what happens when they meet by chance; `never` rules contact out."""


class Calls(_Section):
    """Voice and video calls."""

    element_call: bool = False
    """Whether Element Call works on your homeserver; then calls in a pair's room open for each voice or video
    session. If not, the two are asked to meet in the way that they have agreed on."""


class Settings(BaseSettings):
    """All settings of a service. Frozen; made by `load`, or by hand in tests."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix="STILLROOM_",
        env_nested_delimiter="__",
        enable_decoding=False,
        hide_input_in_errors=True,
    )

    homeserver: Homeserver
    account: Account
    people: People
    care: Care
    storage: Storage = Storage()
    keys: Keys = Keys()
    links: Links = Links()
    boundaries: Boundaries = Boundaries()
    calls: Calls = Calls()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is handed in: `config.source.gather` reads file, variables and secrets, and knows
        afterwards where each value came from."""
        return (init_settings,)

    @property
    def federate(self) -> bool:
        """Whether the rooms that the bot makes may hold people of other homeservers."""
        if self.homeserver.federate is not None:
            return self.homeserver.federate
        return self.people.join != "homeserver" or bool(self._foreign())

    def _foreign(self) -> list[str]:
        staff = (*self.people.admins, *self.people.oncall, *self.people.supervisors)
        return sorted({name for name in staff if name.partition(":")[2] != self.account.server_name})

    @model_validator(mode="after")
    def _people_can_join(self) -> Self:
        if self.homeserver.federate is False and (foreign := self._foreign()):
            raise ValueError(
                f"`homeserver.federate` is false, so {', '.join(foreign)} could never join a room; "
                f"set it to true, or name people of {self.account.server_name}"
            )
        if self.account.user_id in (*self.people.admins, *self.people.oncall, *self.people.supervisors):
            raise ValueError("`people` names the bot's own account; name people")
        return self


def load(path: Path) -> Settings:
    """Read the settings file, variables and secret files.

    Raises SettingsError: one plain sentence for each fault, naming the file or variable, the key, and what
    is allowed.
    """
    return gather(Settings, path)


__all__ = ["Settings", "SettingsError", "load"]
