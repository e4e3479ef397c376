"""Verification by emoji, step by step, against the other half of the same protocol."""

import pathlib
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest
import vodozemac
from nio.crypto import OlmDevice, Sas

from bot.matrix.cryptostore import CryptoStore
from bot.matrix.machine import Machine
from bot.matrix.signing import canonical, encode
from bot.matrix.verification import Answer, Verifications, concerns

BOT, MIA, ROOM, BEGAN = "@bot:here", "@mia:here", "!room", "$began"
MASTER, MIAS_KEY = "bWFzdGVy", "bWlhcyBrZXk"
START = {
    "method": "m.sas.v1",
    "from_device": "PHONE",
    "key_agreement_protocols": ["curve25519-hkdf-sha256"],
    "hashes": ["sha256"],
    "message_authentication_codes": ["hkdf-hmac-sha256.v2"],
    "short_authentication_string": ["decimal", "emoji"],
}


@pytest.fixture
def machine(tmp_path: pathlib.Path) -> Iterator[Machine]:
    store = CryptoStore(BOT, "BOTDEVICE", tmp_path / "crypto.db", b"k" * 32)
    machine = Machine(BOT, "BOTDEVICE", store)
    machine.device_store[MIA]["PHONE"] = OlmDevice(
        MIA, "PHONE", {"ed25519": MIAS_KEY, "curve25519": "Y3VydmU"}
    )
    yield machine
    store.close()


class Phone:
    """Mia's side."""

    def __init__(self, bot: Verifications) -> None:
        self.bot = bot
        self.sas = vodozemac.Sas()
        self.agreed: vodozemac.EstablishedSas | None = None

    def does(self, step: str, content: dict[str, Any], sender: str = MIA, room: str = ROOM) -> Answer:
        related = {**content, "m.relates_to": {"rel_type": "m.reference", "event_id": BEGAN}}
        return self.bot.take(room, sender, f"${step}", f"m.key.verification.{step}", related)

    def asks(self, **other: Any) -> Answer:
        content = {
            "msgtype": "m.key.verification.request", "body": "asks to verify", "from_device": "PHONE",
            "methods": ["m.sas.v1", "m.qr_code.show.v1"], "to": BOT, **other,
        }  # fmt: skip
        return self.bot.take(ROOM, MIA, BEGAN, "m.room.message", content)

    def agrees(self) -> Answer:
        """Up to the emoji."""
        self.asks()
        self.does("start", START)
        answer = self.does("key", {"key": self.sas.public_key.to_base64()})
        self.agreed = self.sas.diffie_hellman(
            vodozemac.Curve25519PublicKey.from_base64(answer.steps[0].content["key"])
        )
        return answer

    def mac(self, key: str = MIAS_KEY) -> dict[str, Any]:
        assert self.agreed is not None
        info = f"MATRIX_KEY_VERIFICATION_MAC{MIA}PHONE{BOT}BOTDEVICE{BEGAN}"
        name = "ed25519:PHONE"
        return {
            "mac": {name: self.agreed.calculate_mac(key, info + name)},
            "keys": self.agreed.calculate_mac(name, f"{info}KEY_IDS"),
        }


@pytest.fixture
def phone(machine: Machine) -> Phone:
    return Phone(Verifications(machine, MASTER))


def types(answer: Answer) -> list[str]:
    return [step.type.removeprefix("m.key.verification.") for step in answer.steps]


def test_both_see_the_same_emoji_and_the_bot_tells_its_device_and_master_key(
    phone: Phone, machine: Machine
) -> None:
    assert types(phone.asks()) == ["ready"]
    accept = phone.does("start", START).steps[0]
    answer = phone.does("key", {"key": phone.sas.public_key.to_base64()})
    key = answer.steps[0].content["key"]
    start = {**START, "m.relates_to": {"rel_type": "m.reference", "event_id": BEGAN}}
    assert accept.content["commitment"] == encode(sha256(key.encode() + canonical(start)).digest())
    phone.agreed = phone.sas.diffie_hellman(vodozemac.Curve25519PublicKey.from_base64(key))
    theirs = phone.sas.public_key.to_base64()
    said = phone.agreed.bytes(
        f"MATRIX_KEY_VERIFICATION_SAS|{MIA}|PHONE|{theirs}|{BOT}|BOTDEVICE|{key}|{BEGAN}"
    )
    assert answer.emoji == tuple(Sas.emoji[number][0] for number in said.emoji_indices)
    ends = phone.does("mac", phone.mac())
    assert (types(ends), ends.done) == (["mac", "done"], True)
    info = f"MATRIX_KEY_VERIFICATION_MAC{BOT}BOTDEVICE{MIA}PHONE{BEGAN}"
    told = ends.steps[0].content
    for name, of in (("ed25519:BOTDEVICE", machine.ed25519), (f"ed25519:{MASTER}", MASTER)):
        phone.agreed.verify_mac(of, info + name, told["mac"][name])
    phone.agreed.verify_mac(",".join(sorted(told["mac"])), f"{info}KEY_IDS", told["keys"])


def test_another_key_than_the_known_one_is_refused(phone: Phone) -> None:
    phone.agrees()
    answer = phone.does("mac", phone.mac("YW5vdGhlciBrZXk"))
    assert (types(answer), answer.done) == (["cancel"], False)
    assert answer.steps[0].content["code"] == "m.key_mismatch"


@pytest.mark.parametrize(
    ("step", "content", "code"),
    [
        ("key", {"key": "AAAA"}, "m.unexpected_message"),
        ("mac", {"mac": {}, "keys": ""}, "m.unexpected_message"),
        ("start", {**START, "method": "m.qr_code"}, "m.unknown_method"),
        ("start", {**START, "hashes": ["md5"]}, "m.unknown_method"),
        ("start", {**START, "from_device": "ANOTHER"}, "m.unknown_method"),
        ("start", {}, "m.unknown_method"),
    ],
)
def test_a_wrong_step_ends_it(phone: Phone, step: str, content: dict[str, Any], code: str) -> None:
    phone.asks()
    answer = phone.does(step, content)
    assert types(answer) == ["cancel"]
    assert answer.steps[0].content["code"] == code
    assert phone.does("start", START) == Answer(), "it is over"


@pytest.mark.parametrize("key", ["", "not base64 at all", "AAAA", None, 7, {"a": 1}])
def test_a_key_that_is_none_ends_it(phone: Phone, key: object) -> None:
    phone.asks()
    phone.does("start", START)
    assert types(phone.does("key", {"key": key})) == ["cancel"]


@pytest.mark.parametrize(
    "asked",
    [
        {"to": "@therapist:here"},
        {"methods": ["m.qr_code.show.v1"]},
        {"methods": "m.sas.v1"},
        {"from_device": "UNKNOWN"},
        {"from_device": None},
    ],
)
def test_what_is_not_for_the_bot_or_not_for_it_to_do_is_left_alone(
    phone: Phone, asked: dict[str, Any]
) -> None:
    assert phone.asks(**asked) == Answer()
    assert phone.does("start", START) == Answer()


def test_steps_of_others_are_left_alone(phone: Phone) -> None:
    phone.asks()
    assert phone.does("start", START, sender="@eve:here") == Answer()
    assert phone.does("start", START, room="!other") == Answer()
    assert types(phone.does("start", START)) == ["accept"]
    assert phone.does("cancel", {"code": "m.user"}) == Answer()
    assert phone.does("key", {"key": "AAAA"}) == Answer()


@pytest.mark.parametrize(
    ("kind", "content", "is_step"),
    [
        ("m.room.message", {"msgtype": "m.key.verification.request", "body": "asks"}, True),
        ("m.key.verification.start", {}, True),
        ("m.room.message", {"msgtype": "m.text", "body": "m.key.verification.request"}, False),
        ("org.matrix.msc3381.poll.response", {}, False),
    ],
)
def test_steps_are_no_words(kind: str, content: dict[str, Any], is_step: bool) -> None:
    assert concerns(kind, content) is is_step
