"""`stillroom check`: everything that has to be right before the service runs, each told on a line."""

import argparse
import asyncio
from collections.abc import Callable
from datetime import UTC
from typing import TYPE_CHECKING

from bot.cli import options, reach
from bot.cli.fault import Fault, is_operators
from config.clock import SystemClock
from config.settings import Settings

if TYPE_CHECKING:
    from bot.care.rota import Duty
    from bot.identity import Identity

_SKEW_SECONDS = 30
"""So far the clocks of homeserver and machine may differ: reminders and checkpoints name times."""

ANSWERING = frozenset({"oncall", "supervisor", "admin"})
"""Those of whom one must be reachable: a therapist is called about their own clients only."""
_ORDER = ("keys", "keystore", "login", "texts", "crisis lines", "homeserver", "account", "database", "duty")


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    options.add_config(parser)
    parser.add_argument("--offline", action="store_true", help="without asking the homeserver")


def run(args: argparse.Namespace) -> int:
    """Check one after the other; 1 if anything isn't right."""
    from compliance import logs

    logs.setup(level="error")
    settings = options.settings(args)
    print(f"ok     settings      {args.config}")
    checks: dict[str, Callable[[Settings], str]] = {
        "keys": _keys,
        "keystore": _keystore,
        "login": _login,
        "texts": _texts,
        "crisis lines": _lines,
        "homeserver": _homeserver,
        "account": _account,
        "database": _database,
        "duty": _duty,
    }
    wrong = 0
    for name in _ORDER:
        if args.offline and name in {"homeserver", "account"}:
            continue
        try:
            print(f"ok     {name:13} {checks[name](settings)}")
        except Exception as error:
            if not isinstance(error, Fault | OSError) and not is_operators(error):
                raise
            wrong += 1
            print(f"FAULT  {name:13} {error}")
    print("Ready: `stillroom run`." if not wrong else f"{wrong} to put right before `stillroom run`.")
    return 1 if wrong else 0


def _keys(settings: Settings) -> str:
    from compliance.keys.keyring import Keyring

    ring = Keyring.load(settings.keys.path)
    path = settings.keys.path.resolve()
    data = settings.storage.data
    if data.exists() and path.stat().st_dev == data.stat().st_dev:
        return f"{path} (on the same disk as the data: better on another)"
    return f"{path} (newest {ring.newest})"


def _keystore(settings: Settings) -> str:
    from compliance.keys.keyring import Keyring
    from compliance.keys.keystore import Keystore

    store = Keystore.load(settings.storage.keystore, Keyring.load(settings.keys.path), SystemClock())
    try:
        return f"{settings.storage.keystore} ({len(store.people())} keys)"
    finally:
        store.close()


def _login(settings: Settings) -> str:
    login = _identity(settings).credentials
    if login.user_id != settings.account.user_id:
        raise Fault(f"the sealed login is {login.user_id}'s, the settings name {settings.account.user_id}")
    return f"{login.user_id} on device {login.device_id}"


def _identity(settings: Settings) -> "Identity":
    from bot import identity
    from compliance.keys.keyring import Keyring

    return identity.read(settings.account.sealed, Keyring.load(settings.keys.path))


def _texts(settings: Settings) -> str:
    from config.words import Words

    words = Words.load()
    return f"in {', '.join(words.languages)}; the bot speaks {', '.join(settings.care.languages)}"


def _lines(settings: Settings) -> str:
    from compliance.crisis import lines

    if settings.care.default_country not in lines.countries():
        raise Fault(f"there are no confirmed numbers for the default country {settings.care.default_country}")
    if old := lines.stale(SystemClock().now().date()):
        raise Fault(f"verified over a year ago: {'; '.join(old)}. Install a newer version of Stillroom")
    return f"{len(lines.countries())} countries"


def _homeserver(settings: Settings) -> str:
    from bot.identity import trust

    reached = reach.homeserver(settings.homeserver.url, trust(settings.homeserver.ca_file))
    if reached.date is None:
        return f"{settings.homeserver.url} answers"
    skew = abs((SystemClock().now() - reached.date.astimezone(UTC)).total_seconds())
    if skew > _SKEW_SECONDS:
        raise Fault(
            f"its clock and this machine's differ by {skew:.0f} seconds; let both follow a time server"
        )
    return f"{settings.homeserver.url} answers, and its clock agrees"


def _account(settings: Settings) -> str:
    async def ask() -> None:
        from bot.identity import trust
        from bot.matrix import login
        from bot.matrix.homeserver import Homeserver

        known = _identity(settings).credentials
        homeserver = Homeserver(
            settings.homeserver.url,
            token=known.access_token.get_secret_value(),
            ssl=trust(settings.homeserver.ca_file),
        )
        try:
            await login.check(homeserver, known)
        finally:
            await homeserver.close()

    asyncio.run(ask())
    return "the login is valid"


def _database(settings: Settings) -> str:
    from compliance.keys.keyring import Keyring
    from compliance.storage.engine import open_engine

    if _is_new(settings):
        return "none yet; the first run makes it"

    async def look() -> None:
        key = Keyring.load(settings.keys.path).derive("database")
        engine = await open_engine(settings.storage.address, key)
        try:
            async with engine.connect() as connection:
                await connection.exec_driver_sql("SELECT 1")
        finally:
            await engine.dispose()

    asyncio.run(look())
    return "opens"


def _is_new(settings: Settings) -> bool:
    return settings.storage.url is None and not (settings.storage.data / "stillroom.db").exists()


def _duty(settings: Settings) -> str:
    """Whether somebody would be reached by an alert. One whom it would not reach is no fault; nobody is."""
    from bot.care.duty import Why

    if _is_new(settings):
        return "nobody yet; the first run invites those whom the settings name"
    found = asyncio.run(_duties(settings))
    if found is None:
        return "not looked at: the next run brings the database to this version first"
    whys: dict[Why, str] = {
        "left": "left their room with the bot",
        "unsafe": "their room with the bot can't be used",
        "never": "have not accepted the bot's invitation",
    }
    reached = [one for one in found if not one.why]
    missing = [f"{one.person.mxid} ({one.role}: {whys[one.why]})" for one in found if one.why]
    if not any(one.role in ANSWERING for one in reached):
        who = "; ".join(missing) or "nobody is on duty"
        raise Fault(f"an alert would reach nobody on call, no supervisor and no admin: {who}")
    told = f"an alert would reach {len(reached)} of {len(found)}"
    return f"{told}, and not {'; '.join(missing)}" if missing else told


async def _duties(settings: Settings) -> "list[Duty] | None":
    """Who has which duty; None if the database is an older version's, which a check doesn't change."""
    from bot.care import rota
    from bot.care.desk import Desk, House
    from compliance.audit.checkpoint import Signer
    from compliance.keys.keyring import Keyring
    from compliance.keys.keystore import Keystore
    from compliance.sealing import Sealer
    from compliance.storage.engine import open_engine
    from compliance.storage.migrate import is_current
    from compliance.storage.store import Store
    from config.words import Words

    clock, keyring = SystemClock(), Keyring.load(settings.keys.path)
    keystore = Keystore.load(settings.storage.keystore, keyring, clock)
    engine = await open_engine(settings.storage.address, keyring.derive("database"))
    try:
        if not await is_current(engine):
            return None
        sealer, shard = Sealer(keystore), settings.account.shard
        store = Store(engine, sealer=sealer, keyring=keyring, clock=clock, shard=shard)
        signer = Signer(keyring, settings.account.server_name)
        house = House(Words.load(), settings, clock, signer, settings.account.user_id)
        async with store.unit() as unit:
            return await rota.duties(Desk(unit, house))
    finally:
        await engine.dispose()
        keystore.close()
