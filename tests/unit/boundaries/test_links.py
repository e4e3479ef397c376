"""Which links bring a warning in the room, and which topics a message touches."""

import pytest

from compliance.boundaries import links, touched
from compliance.boundaries.topics import topics

OURS = ("meet.example.org", "stillroom.example.org")

CASES: list[tuple[str, str, list[str]]] = [
    ("ordinary", "Look at https://www.example.com/sleep?x=1 and en.wikipedia.org/wiki/Sleep", []),
    ("a sentence without a space", "I slept.how are you.fine", []),
    ("our own meeting room", "https://meet.example.org/abc", []),
    ("below our own host", "https://eu.meet.example.org/abc", []),
    ("zoom", "https://us02web.zoom.us/j/123456?pwd=x", ["meeting"]),
    ("zoom without a scheme", "join at zoom.us/j/123456", ["meeting"]),
    ("google meet", "https://meet.google.com/abc-defg-hij.", ["meeting"]),
    ("teams", "https://teams.microsoft.com/l/meetup-join/19%3a", ["meeting"]),
    ("whereby", "https://whereby.com/keller", ["meeting"]),
    ("jitsi", "https://meet.jit.si/OurRoom", ["meeting"]),
    ("jitsi elsewhere", "https://jitsi.uni.example.edu/OurRoom", ["meeting"]),
    ("a meeting provider's front page", "https://zoom.us/pricing", []),
    ("a shortened link", "look bit.ly/3xYzAbC and https://tinyurl.com/abc", ["hidden", "hidden"]),
    ("a shortener's front page", "https://bit.ly/", []),
    ("rn for m", "https://zoorn.us/j/1", ["lookalike"]),
    ("one for l", "log in at https://paypa1.com/login", ["lookalike"]),
    ("capital I for l", "https://paypaI.com", ["lookalike"]),
    ("ours imitated", "https://rneet.exarnple.org/abc", ["lookalike"]),
    ("cyrillic letters", "https://раypal.com/", ["lookalike"]),
    ("all cyrillic", "https://раураӏ.com/ https://раурах.com", ["lookalike"]),
    ("punycode of mixed scripts", "https://xn--pypal-4ve.com/", ["lookalike"]),
    ("a known host as beginning", "https://paypal.com.account.example.net/x", ["lookalike"]),
    ("ours as beginning", "https://meet.example.org.evil.net/abc", ["lookalike"]),
    ("a name before the host", "https://zoom.us@evil.net/j/1", ["lookalike"]),
    ("other words than target", "[paypal.com](https://evil.net/login)", ["lookalike"]),
    ("words that fit the target", "[www.example.com](https://example.com/a)", []),
    ("a German name", "https://müller.de/ and https://xn--mller-kva.de/", []),
    ("a Japanese name", "https://日本語.jp/", []),
    ("the real one", "https://www.paypal.com/signin https://accounts.google.com/x", []),
]


@pytest.mark.parametrize(("text", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_links_that_want_a_warning(text: str, wanted: list[str]) -> None:
    assert [one.why for one in links(text, OURS)] == wanted


def test_a_finding_shows_every_letter() -> None:
    assert links("https://раypal.com/secret", ())[0].host.startswith("xn--")


@pytest.mark.timeout(60)  # what is quadratic takes minutes
@pytest.mark.parametrize("text", ["a." * 50_000, "https://" * 12_000, "[a.com" * 15_000, "x.com/" * 15_000])
def test_hostile_texts_come_to_an_end(text: str) -> None:
    links(text, OURS)


NAMED = topics("trauma details, my father; big decisions and the divorce")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It's about the traumatic thing again", ("trauma details",)),
        ("I saw my father today", ("my father",)),
        ("We decided on a divorce", ("the divorce",)),
        ("can we move Thursday?", ()),
        ("", ()),
    ],
)
def test_topics_kept_for_sessions(text: str, wanted: tuple[str, ...]) -> None:
    assert touched(text, NAMED) == wanted


def test_a_topic_of_nothing_but_filling_is_no_topic() -> None:
    assert topics("the details, and things") == ()
