"""`!withdraw`: a consent is taken back; it holds from this moment."""

from dataclasses import replace

from bot.care.cards import short_card
from bot.care.desk import Desk
from bot.commands.command import Caller, Command


async def run(desk: Desk, caller: Caller, rest: str) -> None:
    """End the consent: an open form stops, and nobody is matched any more."""
    person = caller.person
    if not await desk.unit.consents.withdraw(person.id, "client"):
        await desk.say(caller.room, caller.language, "withdraw-none")
        return
    await desk.note("consent.withdrawn", by=person.id, about=person.id)
    form = await desk.unit.forms.active(person.id, caller.room.ref)
    if form is not None:
        await desk.unit.forms.save(form.id, form.state_json, "stopped")
        await desk.note("form.stopped", by=person.id, about=form.id, form=form.form)
    if person.stage in ("consented", "waiting", "referred"):
        await desk.unit.people.save(replace(person, stage="new"))
    await desk.say(
        caller.room, caller.language, "withdraw-done", help=short_card(desk, person, caller.language)
    )


COMMAND = Command("withdraw", "consent.withdraw", run)
