"""What a decrypted payload may claim, and which room keys are believed: two Olm machines, no server."""

import json
from pathlib import Path
from typing import Any

import pytest
from nio.crypto import OlmDevice, OutboundGroupSession

from bot.matrix.cryptostore import CryptoStore
from bot.matrix.machine import KeyMissing, Machine, Refused, read_payload, shallow
from bot.matrix.onetimekeys import wanted

ROOM, ANNA, EVE = "!room", "@anna:x", "@eve:x"


def payload(**changes: Any) -> str:
    good = {"type": "m.room.message", "room_id": ROOM, "content": {"msgtype": "m.text", "body": "hi"}}
    return json.dumps({**good, **changes})


def nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("plaintext", "reason"),
    [
        ("nonsense", "payload-is-not-json"),
        ("[" * 100_000, "payload-is-not-json"),
        ("[1]", "payload-is-not-an-object"),
        ("null", "payload-is-not-an-object"),
        ("{}", "payload-has-no-type-or-content"),
        (payload(content="text"), "payload-has-no-type-or-content"),
        (payload(type=5), "payload-has-no-type-or-content"),
        (payload(room_id="!other"), "payload-is-from-another-room"),
        (payload(type="m.room.member", content={"membership": "join"}), "state-inside-encryption"),
        (payload(type="m.room.power_levels"), "state-inside-encryption"),
        (payload(state_key=""), "state-inside-encryption"),
        (payload(content={"deep": nested(40)}), "payload-is-nested-too-deeply"),
    ],
)
def test_a_payload_that_is_not_a_message_is_refused(plaintext: str, reason: str) -> None:
    with pytest.raises(Refused, match=f"^{reason}$"):
        read_payload(plaintext, ROOM, None)


def test_the_relation_comes_from_outside_the_encryption() -> None:
    assert read_payload(payload(), ROOM, {"rel_type": "m.thread"}).content["m.relates_to"] == {
        "rel_type": "m.thread"
    }
    assert "m.relates_to" not in read_payload(payload(), ROOM, "text").content
    assert "m.relates_to" not in read_payload(payload(), ROOM, {"a": nested(40)}).content


def test_depth_is_found_without_recursion() -> None:
    assert shallow(nested(10))
    assert not shallow(nested(50_000))


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine("@bot:x", "BOT", CryptoStore("@bot:x", "BOT", tmp_path / "crypto.db", bytes(range(32))))


def key_of(session: OutboundGroupSession) -> tuple[str, str]:
    return session.id, session.session_key


def give(machine: Machine, session: tuple[str, str], curve: str = "c-anna", signing: str = "e-anna") -> None:
    machine.create_group_session(curve, signing, ROOM, *session)


def know(machine: Machine, user: str, curve: str, signing: str) -> None:
    machine.device_store.add(OlmDevice(user, "D", {"curve25519": curve, "ed25519": signing}))


def write(
    session: OutboundGroupSession, sender: str = ANNA, event: str = "$1", **more: Any
) -> dict[str, Any]:
    session.mark_as_shared()
    content = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "session_id": session.id,
        "ciphertext": session.encrypt(payload()),
        **more,
    }
    return {"type": "m.room.encrypted", "sender": sender, "event_id": "$1", "content": content}


def test_a_message_is_read_when_key_and_device_are_known(machine: Machine) -> None:
    session = OutboundGroupSession()
    key = key_of(session)
    event = write(session)
    with pytest.raises(KeyMissing) as missing:
        machine.decrypt_event_in(ROOM, event)
    assert (missing.value.session, missing.value.owner) == (session.id, None)
    give(machine, key)
    assert machine.learnt == {session.id}
    with pytest.raises(KeyMissing) as missing:
        machine.decrypt_event_in(ROOM, event)
    assert missing.value.owner == ANNA
    know(machine, ANNA, "c-anna", "e-anna")
    assert machine.decrypt_event_in(ROOM, event).content["body"] == "hi"
    assert machine.decrypt_event_in(ROOM, event).content["body"] == "hi", "the same event may come again"
    with pytest.raises(Refused, match="replayed"):
        machine.decrypt_event_in(ROOM, {**event, "event_id": "$2"})


def test_nobody_speaks_with_the_key_of_another(machine: Machine) -> None:
    session = OutboundGroupSession()
    give(machine, key_of(session))
    know(machine, ANNA, "c-anna", "e-anna")
    know(machine, EVE, "c-eve", "e-eve")
    with pytest.raises(KeyMissing) as missing:
        machine.decrypt_event_in(ROOM, write(session, sender=EVE))
    assert missing.value.owner == EVE
    # What an event says of its own sender key counts for nothing.
    with pytest.raises(KeyMissing):
        machine.decrypt_event_in(ROOM, write(session, sender=EVE, sender_key="c-eve", device_id="D"))
    know(machine, "@ron:x", "c-ron", "e-ron")
    other = OutboundGroupSession()
    give(machine, key_of(other), "c-ron", "e-somebody-else")
    with pytest.raises(Refused, match="not-the-senders-own"):
        machine.decrypt_event_in(ROOM, write(other, sender="@ron:x"))


def test_a_room_key_is_never_replaced_by_a_worse_one_or_by_anothers(machine: Machine) -> None:
    session = OutboundGroupSession()
    early = key_of(session)
    event = write(session)
    late = key_of(session)
    know(machine, ANNA, "c-anna", "e-anna")
    give(machine, late)
    with pytest.raises(KeyMissing):
        machine.decrypt_event_in(ROOM, event)
    give(machine, early)
    assert machine.decrypt_event_in(ROOM, event).content["body"] == "hi"
    give(machine, late)
    assert machine.decrypt_event_in(ROOM, event).content["body"] == "hi"
    with pytest.raises(Refused, match="another-device-owns"):
        give(machine, early, "c-eve", "e-eve")
    with pytest.raises(Refused, match="another-sessions-id"):
        give(machine, ("somebody-elses-id", early[1]))


@pytest.mark.parametrize(
    ("counts", "unused", "due"),
    [
        ({}, ["signed_curve25519"], (50, False)),
        ({"signed_curve25519": 0}, ["signed_curve25519"], (50, False)),
        ({"signed_curve25519": 25}, ["signed_curve25519"], (25, False)),
        ({"signed_curve25519": 26}, ["signed_curve25519"], (0, False)),
        ({"signed_curve25519": 50}, [], (0, True)),
        ({"signed_curve25519": 50}, None, (0, False)),
        ({"signed_curve25519": "many"}, None, (50, False)),
    ],
)
def test_when_new_keys_are_due(
    counts: dict[str, Any], unused: list[str] | None, due: tuple[int, bool]
) -> None:
    assert wanted(counts, unused, 50) == due
