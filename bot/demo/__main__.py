"""`make demo`: a homeserver, the bot, made-up people and their first week; then it stays up to be joined."""

import argparse
import asyncio
import logging
import secrets
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from bot.demo.bot import Bot
from bot.demo.homeserver import Homeserver
from bot.demo.person import Person
from bot.demo.screen import Screen
from bot.demo.traces import traces
from bot.demo.week import Week

CAST = ("client", "keller", "winter", "admin", "oncall")
NAMES = {"client": "mia", "keller": "keller", "winter": "winter", "admin": "ada", "oncall": "otto"}


def main() -> int:
    """Play; 0 if every step happened."""
    parser = argparse.ArgumentParser(prog="make demo")
    parser.add_argument("--exit", action="store_true", help="end after the play instead of staying up")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="stillroom-demo-"))
    try:
        return asyncio.run(_demo(folder, stay=not arguments.exit))
    except KeyboardInterrupt:
        return 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _demo(folder: Path, *, stay: bool) -> int:
    # nio warns of sessions that it makes a moment later.
    logging.getLogger("nio").setLevel(logging.ERROR)
    screen = Screen(sys.stdout)
    begun = time.monotonic()
    screen.progress("Starting a homeserver (Synapse) on this machine, for this demo alone")
    async with Homeserver(folder / "synapse") as homeserver:
        passwords = {who: secrets.token_urlsafe(9) for who in CAST}
        screen.progress("Creating five people and the bot, with encryption of their own")
        people = {who: await Person.join(homeserver, NAMES[who], passwords[who]) for who in CAST}
        bot = Bot(homeserver, folder / "bot")
        try:
            await bot.init(admins=[people["admin"].mxid], oncall=[people["oncall"].mxid])
            await bot.start()
            names = {person.mxid: who for who, person in people.items()}
            screen.follow(people, names | {bot.mxid: "Stillroom"}, bot.now)
            started = time.monotonic() - begun
            failed = await _play(screen, Week(bot, **people))
            if failed:
                screen.note(bot.last_words())
            else:
                failed = await _look_back(screen, bot, people)
            played = time.monotonic() - begun - started
            screen.result(failed, started=started, played=played)
            if stay and not failed:
                await _stay(screen, homeserver, bot, passwords)
        finally:
            await bot.stop()
            for person in people.values():
                await person.leave()
    return 1 if failed else 0


async def _play(screen: Screen, week: Week) -> str:
    """Play all steps; the title of the one that failed, or nothing."""
    for title, step in week.steps():
        screen.title(title)
        try:
            await step()
        except (AssertionError, LookupError) as error:
            screen.failure(title, str(error))
            return title
        screen.done(title)
    return ""


async def _look_back(screen: Screen, bot: Bot, people: dict[str, Person]) -> str:
    """Stop, verify the record by the command line, look for words on disk, start again."""
    title = "No word of the conversation is on disk"
    await bot.stop()
    screen.title(title)
    said = await bot.command("audit", "verify")
    screen.note(said.strip())
    found = traces([person.seen() for person in people.values()], [bot.folder, bot.log])
    if found:
        screen.failure(title, "\n".join(found))
        return title
    screen.done(title)
    await bot.start()
    return ""


async def _stay(screen: Screen, homeserver: Homeserver, bot: Bot, passwords: dict[str, str]) -> None:
    new = secrets.token_urlsafe(9)
    await homeserver.register("you", new)
    logins = {"you": new} | {NAMES[who]: password for who, password in passwords.items()}
    screen.logins(homeserver.url, bot.mxid, logins)
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, ended.set)
    await ended.wait()


if __name__ == "__main__":
    sys.exit(main())
