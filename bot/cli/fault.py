"""Faults that the operator can do something about: told as they are, in a sentence, without a traceback."""

from typing import Final

_OPERATORS: Final = {
    "bot.identity.IdentityBroken",
    "bot.lock.Locked",
    "bot.matrix.crosssigning.CrossSigningConflict",
    "bot.matrix.cryptostore.CryptoStoreUnreadable",
    "bot.matrix.homeserver.LoggedOut",
    "bot.matrix.homeserver.RequestFailed",
    "bot.matrix.homeserver.Unreachable",
    "bot.matrix.login.LoginRefused",
    "bot.matrix.onetimekeys.DeviceTaken",
    "compliance.crisis.lines.LinesError",
    "compliance.files.LooseFile",
    "compliance.keys.keyring.KeyringBroken",
    "compliance.keys.keystore.KeystoreBroken",
    "compliance.storage.errors.StorageError",
    "config.packs.PackError",
    "config.settings.SettingsError",
    "config.source.SettingsError",
    "config.words.WordsError",
}
"""By name, so that telling the version doesn't load a Matrix library."""


class Fault(Exception):  # noqa: N818
    """What went wrong and what to do, in a sentence. Exit status 2 if the command itself was wrong."""

    def __init__(self, text: str, *, status: int = 1) -> None:
        super().__init__(text)
        self.status = status


def is_operators(error: BaseException) -> bool:
    """Whether an exception's message was written for the operator."""
    return any(f"{kind.__module__}.{kind.__qualname__}" in _OPERATORS for kind in type(error).__mro__)
