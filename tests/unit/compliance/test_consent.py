import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from compliance.consent import ConsentText, digest, holds, needed

CARE = ConsentText("client", "2", {"en": "We keep what you tell us.", "de": "Wir bewahren es auf."})
VIDEO = ConsentText("video", "1", {"en": "Calls are not recorded."})


@dataclass(frozen=True)
class Row:
    text: str
    version: str
    digest: str
    withdrawn_at: datetime | None = None


GIVEN = Row("client", "2", CARE.digest("en"))


@pytest.mark.parametrize(
    ("given", "still"),
    [
        ([], ["client", "video"]),
        ([GIVEN], ["video"]),
        ([Row("client", "2", CARE.digest("de"))], ["video"]),
        ([Row("client", "1", CARE.digest("en"))], ["client", "video"]),
        ([Row("client", "2", digest("Other words."))], ["client", "video"]),
        ([Row("video", "2", CARE.digest("en"))], ["client", "video"]),
        ([Row("client", "2", CARE.digest("en"), datetime(2025, 3, 1, tzinfo=UTC))], ["client", "video"]),
        ([Row("client", "2", CARE.digest("en"), datetime(2025, 3, 1, tzinfo=UTC)), GIVEN], ["video"]),
        ([GIVEN, Row("video", "1", VIDEO.digest("en"))], []),
    ],
)
def test_what_still_has_to_be_agreed_to(given: list[Row], still: list[str]) -> None:
    assert [text.id for text in needed([CARE, VIDEO], iter(given))] == still
    assert holds(CARE, given) is ("client" not in still)


def test_the_digest_is_of_exactly_the_words_shown() -> None:
    assert digest("Wir hören zu.") == hashlib.sha256("Wir hören zu.".encode()).hexdigest()
    assert len({digest(text) for text in ("a", "a ", "A", "a\n", "")}) == 5
    with pytest.raises(KeyError):
        VIDEO.digest("de")
