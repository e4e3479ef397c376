"""Trust and keys against a real Synapse: what other people's clients and strangers can do to the bot."""

import json
import secrets
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from matrix_bot import Bot, MakeBot, MakePerson, ask, until

from bot.demo.transcript import Seen
from bot.inbound import Text, Unreadable
from bot.matrix.crosssigning import CrossSigningConflict, Seeds
from bot.matrix.cryptostore import CryptoStore, CryptoStoreUnreadable
from bot.matrix.signing import public, verified
from bot.outbound import Message


async def query(bot: Bot) -> dict[str, Any]:
    return await bot.account.homeserver.post("keys", "query", body={"device_keys": {bot.mxid: []}})


async def test_the_device_is_cross_signed_and_stays_so(make_bot: MakeBot) -> None:
    bot = await make_bot()
    seen = await query(bot)
    master = seen["master_keys"][bot.mxid]
    own = seen["self_signing_keys"][bot.mxid]
    device = seen["device_keys"][bot.mxid][bot.account.device_id]
    master_key, self_signing = public(bot.seeds.master), public(bot.seeds.self_signing)
    assert list(master["keys"].values()) == [master_key]
    assert verified(own, bot.mxid, master_key)
    assert verified(device, bot.mxid, self_signing)
    assert verified(device, bot.mxid, bot.account.machine.ed25519, bot.account.device_id)
    assert verified(master, bot.mxid, bot.account.machine.ed25519, bot.account.device_id)
    await bot.stop()
    await bot.start()
    assert (await query(bot))["device_keys"] == seen["device_keys"]


async def test_other_cross_signing_keys_are_replaced_only_with_the_password(make_bot: MakeBot) -> None:
    bot = await make_bot()
    await bot.stop()
    bot.seeds = Seeds.new()
    with pytest.raises(CrossSigningConflict, match="log the bot in again with its password"):
        await bot.open()
    await bot.open(password=bot.password)
    await bot.run()
    device = (await query(bot))["device_keys"][bot.mxid][bot.account.device_id]
    assert verified(device, bot.mxid, public(bot.seeds.self_signing))


async def test_the_crypto_store_is_private_and_opens_with_its_key_alone(make_bot: MakeBot) -> None:
    bot = await make_bot()
    path = bot.folder / "crypto.db"
    assert path.stat().st_mode & 0o777 == 0o600
    kept = b"".join(file.read_bytes() for file in bot.folder.glob("crypto.db*"))
    assert bot.mxid.encode() not in kept
    assert b"SQLite" not in kept[:16]
    await bot.stop()
    with pytest.raises(CryptoStoreUnreadable):
        CryptoStore(bot.mxid, bot.credentials.device_id, path, secrets.token_bytes(32))
    await bot.start()


OLM = "m.olm.v1.curve25519-aes-sha2"


@pytest.mark.parametrize("number", range(7))
async def test_malformed_to_device_messages_stop_nothing(
    make_bot: MakeBot, person: MakePerson, number: int
) -> None:
    anna, mallory, bot = await person("anna"), await person("mallory"), await make_bot()
    own = bot.account.machine.curve25519
    hostile: list[Any] = [
        {"algorithm": OLM, "sender_key": "x", "ciphertext": {own: {"type": 0, "body": "AAAA"}}},
        {"algorithm": OLM, "sender_key": own, "ciphertext": {own: {"type": 1, "body": "!!"}}},
        {"algorithm": OLM, "sender_key": own, "ciphertext": {own: {"type": "0", "body": None}}},
        {"algorithm": OLM, "sender_key": own, "ciphertext": {own: "text"}},
        {"algorithm": OLM, "sender_key": own, "ciphertext": []},
        {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "x", "session_id": "y"},
        {},
    ]
    body = {"messages": {bot.mxid: {bot.account.device_id: hostile[number]}}}
    await ask(mallory, "PUT", f"sendToDevice/m.room.encrypted/{number}", body)
    ref = await bot.pair_room(anna)
    await anna.enters()
    await bot.queue(ref, Message(body="hello"))
    await anna.hears("hello")
    await anna.say("still there?")
    await bot.hears(Text(body="still there?"))
    assert sum(bot.account.health().refused.values()) == 1


async def test_hostile_room_events_are_put_aside_one_by_one(make_bot: MakeBot, person: MakePerson) -> None:
    anna, bot = await person("anna"), await make_bot()
    ref = await bot.pair_room(anna)
    room = await anna.enters()
    await bot.queue(ref, Message(body="hello"))
    await anna.hears("hello")
    hostile: list[dict[str, Any]] = [
        {"algorithm": "m.megolm.v1.aes-sha2", "session_id": 5, "ciphertext": "x"},
        {"algorithm": "m.megolm.v1.aes-sha2", "session_id": "unheard-of", "ciphertext": "x"},
        {"algorithm": "rot13", "ciphertext": {"deep": json.loads("[" * 90 + "]" * 90)}},
    ]
    for number, content in enumerate(hostile):
        await ask(anna, "PUT", f"rooms/{quote(room)}/send/m.room.encrypted/hostile{number}", content)
    await anna.say("and now?")
    await bot.hears(Text(body="and now?"))
    assert len([i for i in bot.heard if isinstance(i.content, Unreadable)]) == 3


async def test_fifty_claims_do_not_deafen_the_bot(make_bot: MakeBot, person: MakePerson) -> None:
    anna, mallory, bot = await person("anna"), await person("mallory"), await make_bot()
    await bot.stop()
    claim = {"one_time_keys": {bot.mxid: {bot.credentials.device_id: "signed_curve25519"}}}
    claimed: list[str] = []
    for _ in range(55):
        answer = await ask(mallory, "POST", "keys/claim", claim)
        keys = answer["one_time_keys"][bot.mxid][bot.credentials.device_id]
        claimed += [key["key"] for key in keys.values()]
    assert len(set(claimed)) == 51, "fifty one-time keys, then the fallback key"
    room = await anna.create_direct(bot.mxid)
    await bot.open()
    await bot.account.homeserver.post("join", room, body={})
    await anna.until(lambda: anna.membership(room, bot.mxid) == "join", "for the bot")
    await anna.say("can you hear me?")
    await bot.run()
    await bot.hears(Text(body="can you hear me?"))

    async def refilled() -> bool:
        answer = await bot.account.homeserver.post("keys", "upload", body={})
        return answer["one_time_key_counts"].get("signed_curve25519", 0) >= 50

    await until(refilled, "for new one-time keys")


async def test_a_new_device_of_a_client_gets_the_key_and_reads_on(
    make_bot: MakeBot, person: MakePerson
) -> None:
    anna, bot = await person("anna"), await make_bot()
    ref = await bot.pair_room(anna)
    await anna.enters()
    await bot.queue(ref, Message(body="one"))
    await anna.hears("one")
    tablet = await anna.another_device()
    try:
        # The news of the device comes with a sync; until then the bot cannot know of it.
        devices = bot.account.devices

        async def told() -> bool:
            return not devices.known([anna.mxid])

        await until(told, "for the news of a device")
        await bot.queue(ref, Message(body="two"))
        await anna.hears("two")

        async def reads_on() -> bool:  # "one" is from before its time and stays closed to it
            lines = tablet._lines  # pyright: ignore[reportPrivateUsage]  # `seen` refuses to skip "one"
            return "two" in [line.text for line in lines if isinstance(line, Seen)]

        await until(reads_on, "for the second message on the new device")
    finally:
        await tablet.leave()


def test_seeds_survive_their_bytes_and_show_nothing() -> None:
    seeds = Seeds.new()
    assert Seeds.from_bytes(seeds.to_bytes()) == seeds
    assert seeds.master.hex() not in repr(seeds)
    assert replace(seeds, master=b"") != seeds
