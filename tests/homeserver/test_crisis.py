"""A crisis with the real bot on a real homeserver: killed at the worst moment, started again late."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from matrix_bot import until
from met import Met

from bot.demo.bot import Bot, BotFailedError
from bot.demo.week import said

if TYPE_CHECKING:
    from bot.demo.homeserver import Homeserver
    from tests.conftest import MakePerson

MINUTES, SECOND = timedelta(minutes=5), timedelta(seconds=1)
"""What the settings give somebody to acknowledge."""
GRAVE = "I can't go on, I want to kill myself"


@pytest.fixture
async def bot(
    homeserver: "Homeserver", person: "MakePerson", localpart: Callable[[str], str], tmp_path: Path
) -> AsyncIterator[Bot]:
    bot = Bot(homeserver, tmp_path / "bot", localpart("bot"))
    yield bot
    await bot.stop()


async def test_an_alert_climbs_a_chain_of_four_and_whoever_takes_it_ends_the_climb(scene: Met) -> None:
    bot, rooms = scene.bot, scene.rooms

    def called() -> dict[str, int]:
        """How many pages each has seen, of those who saw one."""
        people = {who: getattr(scene, who) for who in ("winter", "oncall", "supervisor", "admin")}
        return {
            who: count
            for who, one in people.items()
            if (count := sum(said("crisis-alert-body") in line.text for line in one.seen()))
        }

    async def until_called(**times: int) -> None:
        async def are() -> bool:
            return called() == times

        await until(are, f"for calls to {times}")

    async def nobody_takes_it(after: dict[str, int]) -> None:
        """A second before its time nobody else is called, then the next of the chain is."""
        before = called()
        await bot.move_to(pages[-1] + MINUTES - SECOND)
        await scene.client.say("!crisis", room=rooms["pair"])
        await scene.client.hears("0800 111 0 111", room=rooms["pair"])
        assert called() == before
        await bot.move(2 * SECOND)
        pages.append(bot.now())
        await until_called(**after)

    await scene.client.say(GRAVE, room=rooms["pair"])
    pages = [bot.now()]
    await scene.client.hears(said("crisis-card-high"), room=rooms["pair"])
    await until_called(winter=1, oncall=1)
    await nobody_takes_it({"winter": 1, "oncall": 1, "supervisor": 1})
    await nobody_takes_it({"winter": 1, "oncall": 2, "supervisor": 1})
    everybody = {"winter": 1, "oncall": 2, "supervisor": 1, "admin": 1}
    await nobody_takes_it(everybody)
    # All silent: the truth to the client, with the lines again; the chain rests and begins anew.
    await bot.move_to(pages[-1] + MINUTES + SECOND)
    await scene.client.hears(said("crisis-help-nobody"), room=rooms["pair"])
    await scene.client.hears("0800 111 0 111", room=rooms["pair"])
    await scene.oncall.hears("Nobody in the chain has taken alert 1", room=rooms["oncall"])
    await bot.move(timedelta(minutes=30, seconds=1))
    again = everybody | {"winter": 2, "oncall": 3}
    await until_called(**again)
    await scene.supervisor.say("!ack 1", room=rooms["supervisor"])
    await scene.client.hears(said("crisis-acknowledged"), room=rooms["pair"])
    await bot.move(timedelta(hours=5))
    await scene.client.say("!crisis", room=rooms["pair"])
    await scene.client.hears("0800 111 0 111", room=rooms["pair"])
    assert called() == again
    others = (scene.oncall, scene.supervisor, scene.admin)
    assert not [line.text for one in others for line in one.seen() if "kill" in line.text]


async def test_an_alert_that_waits_while_the_bot_is_dead_pages_as_soon_as_it_lives(
    bot: Bot, person: "MakePerson"
) -> None:
    mia, oncall, admin = await person("mia"), await person("oncall"), await person("admin")
    await bot.init(admins=[admin.mxid], oncall=[oncall.mxid])
    await bot.start()
    rooms = {"oncall": await oncall.enters(within=60), "admin": await admin.enters(within=60)}
    # Nobody has asked who she is: help depends on nothing.
    room = await mia.write_to(bot.mxid, GRAVE)
    card = await mia.hears(said("crisis-card-high"), room=room)
    assert "0800 111 0 111" in card.text
    alert = await oncall.hears("!ack 1", room=rooms["oncall"])
    assert "kill" not in alert.text
    await bot.kill()
    await mia.say("I need help now", room=room)
    bot.lead += timedelta(hours=1)
    await bot.move(timedelta())
    await bot.start()
    help_card = await mia.hears(said("crisis-help"), room=room)
    assert "call 112" in help_card.text
    await oncall.hears("asks for help now", room=rooms["oncall"])
    # On-call again, then all admins, then the truth.
    await bot.move(timedelta(minutes=5, seconds=1))
    await oncall.hears(said("crisis-alert-escalated"), room=rooms["oncall"])
    await bot.move(timedelta(minutes=5, seconds=1))
    await admin.hears(said("crisis-alert-escalated"), room=rooms["admin"])
    await bot.move(timedelta(minutes=5, seconds=1))
    await mia.hears(said("crisis-help-nobody"), room=room)
    await bot.move(timedelta(minutes=30, seconds=1))
    await oncall.hears("last time nobody in the chain", room=rooms["oncall"])
    await oncall.say("!ack 1", room=rooms["oncall"])
    await mia.hears(said("crisis-acknowledged"), room=room)


async def test_somebody_who_left_the_room_on_call_is_not_waited_for(bot: Bot, person: "MakePerson") -> None:
    mia, oncall, admin = await person("mia"), await person("oncall"), await person("admin")
    await bot.init(admins=[admin.mxid], oncall=[oncall.mxid])
    await bot.start()
    rooms = {"oncall": await oncall.enters(within=60), "admin": await admin.enters(within=60)}
    await oncall.hears(said("room-oncall-welcome"), room=rooms["oncall"])
    oncall.accepts_invitations = False
    await oncall.leave_room(rooms["oncall"])
    await admin.hears("they have left the on-call room", room=rooms["admin"])
    told = await bot.command("check")
    assert f"would reach 1 of 2, and not {oncall.mxid} (oncall: " in told
    await mia.write_to(bot.mxid, GRAVE)
    # The clock stands still: nobody waits for an alarm.
    await admin.hears("before your turn", room=rooms["admin"])
    await admin.hears("I have not waited for them", room=rooms["admin"])
    # They come back, and read there what they missed.
    await oncall.accept(rooms["oncall"])
    page = await oncall.hears("!ack 1", within=40)
    await oncall.say("!ack 1", room=page.room)
    await mia.hears(said("crisis-acknowledged"))
    # And when all are gone, the check fails.
    oncall.accepts_invitations = admin.accepts_invitations = False
    await admin.leave_room(rooms["admin"])
    await oncall.leave_room(rooms["oncall"])

    async def fails() -> bool:
        try:
            await bot.command("check")
        except BotFailedError as failed:
            return "would reach nobody on call, no supervisor and no admin" in str(failed)
        return False

    await until(fails, "for the check to fail")
