"""A promised answer that does not come, on a real homeserver: what client, therapist and supervisor see."""

from datetime import timedelta

from met import Met

from bot.demo.week import said, upcoming

SECOND = timedelta(seconds=1)


async def test_an_answer_is_promised_nudged_missed_and_the_second_miss_is_told(scene: Met) -> None:
    bot, client, winter, rooms = scene.bot, scene.client, scene.winter, scene.rooms
    monday_night = upcoming(bot.now(), 0, 23, 40)
    await bot.move_to(monday_night)
    await client.say("I can't sleep again.", room=rooms["pair"])
    notice = await client.hears(said("availability-quiet"), room=rooms["pair"])
    # Three Lisbon days of eight hours, on a clock in Berlin.
    assert "You can expect an answer by Thursday" in notice.text
    assert "18:00 (Berlin time)" in notice.text

    await client.say("!later I would like to talk about my mother.", room=rooms["client"])
    kept = await client.hears(said("later-held"), room=rooms["client"])
    assert "10:00 (Berlin time)" in kept.text
    tuesday = monday_night.replace(hour=10, minute=0) + timedelta(days=1)
    await bot.move_to(tuesday + SECOND)
    posted = await winter.hears("asked me to send this now", room=rooms["pair"])
    assert "talk about my mother" in posted.text
    await winter.say("!queue", room=rooms["winter"])
    assert "1. Mia" in (await winter.hears("Who waits", room=rooms["winter"])).text

    await bot.move_to(tuesday + timedelta(days=2, hours=2) + SECOND)
    nudge = await winter.hears(said("promise-nudge"), room=rooms["winter"])
    assert "17:00 (Lisbon time)" in nudge.text
    # A command is no answer.
    thursday_evening = tuesday + timedelta(days=2, hours=8)
    await bot.kill()
    await bot.move_to(thursday_evening + SECOND)
    await bot.start()
    await winter.hears(said("promise-missed-therapist"), room=rooms["winter"])
    await client.hears(said("promise-missed-client"), room=rooms["client"])
    poll = await client.hears(lambda line: line.kind == "poll", room=rooms["client"])
    await client.vote(poll, "Give it more time")
    more = await client.hears(said("promise-more"), room=rooms["client"])
    assert "Tuesday" in more.text

    await bot.move_to(thursday_evening + timedelta(days=5, minutes=1))
    await client.hears(said("promise-missed-client"), room=rooms["client"])
    told = await scene.supervisor.hears("2 answers that a client was told to expect")
    assert "Winter" in told.text
    assert "Mia" not in told.text

    await winter.say("I am sorry, Mia. I was ill.", room=rooms["pair"])
    await winter.say("!queue", room=rooms["winter"])
    await winter.hears(said("queue-none"), room=rooms["winter"])
    await winter.say("!promises", room=rooms["winter"])
    assert "2 came late" in (await winter.hears("0 answers came", room=rooms["winter"])).text

    # The bot is down while the answer is written, and comes back when the time has passed.
    await client.say("Get well soon.", room=rooms["pair"])
    await client.hears(said("availability-quiet"), room=rooms["pair"])
    await bot.kill()
    await winter.say("Thank you. Tomorrow at ten?", room=rooms["pair"])
    await bot.move(timedelta(days=9))
    await bot.start()
    await winter.say("!promises", room=rooms["winter"])
    assert "2 came late" in (await winter.hears("One answer came", room=rooms["winter"])).text
