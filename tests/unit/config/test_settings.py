"""Settings: one good file, and what is said about bad ones."""

from pathlib import Path

import pytest

from config.settings import Settings, SettingsError, load

GOOD = """
[homeserver]
url = "https://matrix.example.org"
[account]
user_id = "@stillroom:example.org"
[people]
admins = ["@admin:example.org"]
[care]
default_country = "de"
"""


@pytest.fixture(autouse=True)
def no_variables_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STILLROOM_CONFIG", "STILLROOM_SECRETS", "CREDENTIALS_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)


def write(folder: Path, text: str = GOOD) -> Path:
    path = folder / "stillroom.toml"
    path.write_text(text)
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(SettingsError) as error:
        load(path)
    return error.value.faults


def test_a_short_file_is_enough_and_paths_count_from_it(tmp_path: Path) -> None:
    settings = load(write(tmp_path))
    assert settings.account.server_name == "example.org"
    assert settings.care.default_country == "DE"
    assert settings.keys.path == tmp_path / "keys/stillroom.keys"
    assert settings.storage.address == f"sqlite+aiosqlite:///{tmp_path / 'data/stillroom.db'}"
    assert settings.care.crisis_mode("US", "US-NY") == "on"
    assert not settings.federate


def test_variables_win_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STILLROOM_PEOPLE__ADMINS", "@a:example.org, @b:other.org")
    monkeypatch.setenv("STILLROOM_CARE__SESSION_MINUTES", "30")
    monkeypatch.setenv("STILLROOM_CARE__CRISIS", "US-NY=off,US=on-demand")
    settings = load(write(tmp_path))
    assert settings.people.admins == ("@a:example.org", "@b:other.org")
    assert settings.care.session_minutes == 30
    assert settings.care.crisis_mode("US", "US-NY") == "off"
    assert settings.care.crisis_mode("US", "US-TX") == "on-demand"
    assert settings.federate, "an admin of another homeserver has to get in"


BAD = {
    "unknown key": (
        GOOD + 'default_contry = "DE"\n',
        ["care.default_contry", "did you mean `default_country`"],
    ),
    "key of another section": (GOOD + 'join = "anyone"\n', ["care.join", "belongs below [people]"]),
    "unknown section": (GOOD + "[carre]\nx = 1\n", ["carre", "did you mean `care`"]),
    "choice": (
        GOOD.replace("[care]", 'join = "everyone"\n[care]'),
        ["people.join", "'anyone', 'homeserver' or 'invitation'"],
    ),
    "matrix id": (GOOD.replace("@admin:", "admin:"), ["people.admins.0", "`@name:example.org`"]),
    "no admin": (GOOD.replace('"@admin:example.org"', ""), ["people.admins", "at least 1"]),
    "country": (GOOD.replace('"de"', '"Germany"'), ["care.default_country", "two letters"]),
    "missing key": (GOOD.replace("default_country", "#"), ["care.default_country is missing", "Example: DE"]),
    "missing section": (GOOD.replace("[people]\nadmins", "x"), ["[people] is missing", "admins"]),
    "plain http": (GOOD.replace("https://", "http://"), ["homeserver.url", "use https"]),
    "number": (GOOD + "session_minutes = 5\n", ["care.session_minutes", "greater than or equal to 15"]),
    "no TOML": (GOOD + "[care\n", ["can't be read as TOML", "line"]),
    "language": (GOOD + 'languages = ["xx"]\n', ["care.languages.0", "no texts in this language"]),
    "jurisdiction": (GOOD + '[care.crisis]\nNRW = "off"\n', ["care", "`NRW`", "US-NY"]),
    "password in url": (
        GOOD + '[storage]\nurl = "postgresql+asyncpg://a:hunter2@h/d"\n',
        ["storage", "`password_file`"],
    ),
    "federation": (
        GOOD.replace('.org"\n[account]', '.org"\nfederate = false\n[account]').replace(
            "@admin:example", "@a:b"
        ),
        ["@a:b.org could never join"],
    ),
}


@pytest.mark.parametrize(("text", "said"), BAD.values(), ids=BAD.keys())
def test_a_fault_names_file_key_and_what_is_allowed(tmp_path: Path, text: str, said: list[str]) -> None:
    path = write(tmp_path, text)
    found = faults(path)
    assert len(found) == 1 or "x" in text
    whole = "\n".join(found)
    for part in (str(path), *said):
        assert part in whole
    assert "hunter2" not in whole


def test_all_faults_come_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STILLROOM_HOMESERVR__URL", "https://x.org")
    monkeypatch.setenv("STILLROOM_CARE__SESSION_MINUTES", "long")
    found = faults(write(tmp_path, GOOD + "minimum_age = 3\nsesion_minutes = 50\n"))
    assert len(found) == 4
    assert any("did you mean `STILLROOM_HOMESERVER__URL`" in fault for fault in found)
    assert any("the variable STILLROOM_CARE__SESSION_MINUTES" in fault for fault in found)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    assert faults(tmp_path / "stillroom.toml") == [
        f"there is no settings file {tmp_path / 'stillroom.toml'}. Write one with `stillroom init`"
    ]


POSTGRES = GOOD + '[storage]\nurl = "postgresql+asyncpg://stillroom@db/stillroom"\n'


def test_a_secret_comes_from_a_private_file_and_is_never_shown(tmp_path: Path) -> None:
    secret = tmp_path / "pg"
    secret.write_text("p@ss/word\n")
    secret.chmod(0o600)
    settings = load(write(tmp_path, POSTGRES + 'password_file = "pg"\n'))
    assert settings.storage.address == "postgresql+asyncpg://stillroom:p%40ss%2Fword@db/stillroom"
    assert "p@ss" not in repr(settings)


def test_a_secrets_folder_serves_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "storage.password").write_text("word")
    (tmp_path / "storage.password").chmod(0o600)
    monkeypatch.setenv("STILLROOM_SECRETS", str(tmp_path))
    assert ":word@db" in load(write(tmp_path, POSTGRES)).storage.address


def test_secrets_in_the_open_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loose = tmp_path / "pg"
    loose.write_text("hunter2")
    loose.chmod(0o640)
    told = faults(write(tmp_path, POSTGRES + 'password_file = "pg"\n'))
    assert told == [
        f"storage.password_file: {loose} can be read by others (mode 0640); close it: chmod 600 {loose}"
    ]
    assert "mode 0600" in faults(write(tmp_path, POSTGRES + 'password = "hunter2"\n'))[0]
    monkeypatch.setenv("STILLROOM_STORAGE__PASSWORD", "hunter2")
    [told_once] = faults(write(tmp_path, POSTGRES))
    assert told_once.startswith("the environment: storage.password is a secret")
    assert "hunter2" not in told_once


def test_settings_can_be_made_by_hand() -> None:
    settings = Settings.model_validate(
        {
            "homeserver": {"url": "http://localhost:8008"},
            "account": {"user_id": "@bot:localhost"},
            "people": {"admins": ["@a:localhost"], "join": "anyone"},
            "care": {"default_country": "GB"},
        }
    )
    assert settings.people.oncall == ()
    assert settings.federate
