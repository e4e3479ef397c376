"""Consent: versioned texts, and which of them a person still has to agree to (GDPR Art. 7 and 9(2)(a)).

What counts is the exact text that the person saw in their language; its digest is kept with the consent,
so it can be shown later what they agreed to. The rows are kept by `compliance.storage`.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class ConsentText:
    """A text in one version, in every language in which it is shown."""

    id: str
    version: str
    bodies: Mapping[str, str]
    """Language code to the exact text."""

    def digest(self, language: str) -> str:
        """Digest of what a reader of this language sees. Raises KeyError without a text in it."""
        return digest(self.bodies[language])


class Given(Protocol):
    """A consent as it is kept: text, version, digest of what was shown, and when it was taken back."""

    @property
    def text(self) -> str:
        """Id of the text."""
        ...

    @property
    def version(self) -> str:
        """Its version."""
        ...

    @property
    def digest(self) -> str:
        """Digest of the exact text that was shown."""
        ...

    @property
    def withdrawn_at(self) -> datetime | None:
        """When it was taken back, if it was."""
        ...


def digest(shown: str) -> str:
    """SHA-256 of exactly the text that was shown, in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(shown.encode()).hexdigest()


def holds(text: ConsentText, given: Iterable[Given]) -> bool:
    """Whether a consent to this text stands: this version, these words in some language, not withdrawn.

    A text that was changed without a new version needs a new consent all the same.
    """
    digests = [digest(body) for body in text.bodies.values()]
    return any(
        one.text == text.id
        and one.version == text.version
        and one.withdrawn_at is None
        and any(hmac.compare_digest(one.digest, known) for known in digests)
        for one in given
    )


def needed(texts: Iterable[ConsentText], given: Iterable[Given]) -> list[ConsentText]:
    """The texts that a person still has to agree to, in the order in which they are shown.

    A withdrawn consent is needed again at once: withdrawing is as easy as giving, and processing stops
    with the next thing that asks (GDPR Art. 7(3)).
    """
    kept = list(given)
    return [text for text in texts if not holds(text, kept)]
