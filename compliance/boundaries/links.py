"""Links in a message that the reader should look at twice: meeting rooms that are not ours, addresses that
look like another's, and shortened ones, which hide where they lead. Ordinary links are nobody's business.
Pure, linear in the length of the text.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

LONGEST = 16 * 1024
"""Characters of a message that are looked at."""
_MOST = 20
"""Links of a message that are looked at."""

Doubt = Literal["meeting", "lookalike", "hidden"]


@dataclass(frozen=True, slots=True)
class LinkFinding:
    """A link to be warned of. `host` is as written, in punycode, which shows every letter plainly."""

    why: Doubt
    host: str


_WEB = re.compile(r"https?://([^\s<>\"'`|\\^{}]{1,2000})", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@./-])((?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,6}[^\W\d_]{2,24})"
    r"((?::\d+)?/[^\s<>\"]{0,500})?(?![\w@])"
)
_MARKDOWN = re.compile(
    r"\[(?:https?://)?((?:[\w-]{1,63}\.){1,5}[a-z]{2,24})[^\]\n]{0,200}\]\((?:https?://)([^)\s/]{1,255})",
    re.IGNORECASE,
)

# Where meetings are held (host, what the path holds at least). A Jitsi or BigBlueButton may be anywhere.
_MEETINGS = (
    (r"(?:[\w-]+\.)?zoom\.(?:us|com)", r"/(?:j|my|w|s|wc)/"),
    (r"meet\.google\.com", r"/\w"),
    (r"teams\.(?:microsoft|live)\.com", r"/(?:l/meetup-join|meet)"),
    (r"whereby\.com|[\w-]+\.whereby\.com", r"/\w"),
    (r"meet\.jit\.si|jitsi\.[\w.-]+|meet\.jitsi\.[\w.-]+|8x8\.vc", r"/\w"),
    (r"(?:[\w-]+\.)?webex\.com", r"/(?:meet|join|\w+/j\.php)"),
    (r"(?:[\w-]+\.)?gotomeeting\.com|meet\.goto\.com", r"/\w"),
    (r"join\.skype\.com", r"/\w"),
    (r"doxy\.me|(?:[\w-]+\.)?doxy\.me", r"/\w"),
    (r"facetime\.apple\.com", r"/join"),
    (r"call\.element\.io", r"/\w"),
    (r"[\w-]+\.daily\.co|app\.gather\.town|talky\.io|talk\.brave\.com", r"/\w"),
    (r"(?:bbb|meet|conf|conference|video)\.[\w-]+\.[\w.-]+", r"/(?:b|rooms?|bigbluebutton|j|meet)/"),
    (r"(?:vm|visio|red-medical|sprechstunde)\.[\w.-]+", r"/(?:j|join|room)/"),
)  # fmt: skip
_MEETING = re.compile("|".join(f"(?:{host}){path}" for host, path in _MEETINGS), re.IGNORECASE)

# Shortened addresses. Those that one site makes of its own addresses alone (youtu.be) hide nothing.
_SHORTENERS = frozenset(
    """bit.ly tinyurl.com goo.gl is.gd ow.ly buff.ly cutt.ly rb.gy shorturl.at tiny.cc rebrand.ly v.gd t.ly
    bl.ink s.id adf.ly shrtco.de tiny.one lnk.to t.co short.gy clck.ru urlz.fr kurzelinks.de""".split()  # noqa: SIM905
)

# Names that are worth imitating. Also every host of the service itself.
KNOWN = (
    "paypal.com", "google.com", "gmail.com", "apple.com", "icloud.com", "microsoft.com", "outlook.com",
    "zoom.us", "facebook.com", "instagram.com", "whatsapp.com", "amazon.com", "matrix.org", "element.io",
    "linkedin.com", "netflix.com", "dropbox.com", "docusign.com", "stripe.com", "venmo.com", "revolut.com",
    "betterhelp.com", "talkspace.com", "nhs.uk", "samaritans.org", "findahelpline.com", "988lifeline.org",
)  # fmt: skip
# Second parts under which names are registered.
_REGISTRIES = frozenset({"co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "gv", "nhs"})
# What looks alike in common typefaces (Unicode UTS #39 has the full table; these are those seen in domains).
_LOOKALIKE = str.maketrans(
    dict(zip("аеорсухкмнтвіѕјԁԛԝɡαορυνικ10|ıӏ", "aeopcyxkmhtbisjdqwgaopuviklolil", strict=True))
)


def links(text: str, allowed_hosts: Collection[str]) -> tuple[LinkFinding, ...]:
    """The links in a text that want a warning, one a host; `allowed_hosts` and those below are ours."""
    text = text[:LONGEST]
    if "." not in text and "。" not in text:
        return ()
    allowed = frozenset(host.lower().partition(":")[0] for host in allowed_hosts)
    found: dict[str, LinkFinding] = {}
    for shown, target in _MARKDOWN.findall(text):
        host = _host(target)
        if host and not _within(host, {shown.lower(), _registered(shown.lower())}):
            found.setdefault(host, LinkFinding("lookalike", _plain(host)))
    for address in _addresses(text):
        host, path = _split(address)
        if not host or _within(host, allowed):
            continue
        user = address.partition("/")[0].rpartition("@")[0]
        if _imitates(host, allowed) or "." in user:
            found.setdefault(host, LinkFinding("lookalike", _plain(host)))
        elif _MEETING.match(f"{host}{path}"):
            found.setdefault(host, LinkFinding("meeting", _plain(host)))
        elif host in _SHORTENERS and len(path) > 1:
            found.setdefault(host, LinkFinding("hidden", _plain(host)))
    return tuple(found.values())


def _addresses(text: str) -> Iterator[str]:
    """Addresses without their scheme, at most a few."""
    count = 0
    for match in _WEB.finditer(text):
        if count >= _MOST:
            return
        count += 1
        yield match[1].rstrip(".,;:!?)]")
    for match in _BARE.finditer(_WEB.sub(" ", text)):
        if count >= 3 * _MOST:
            return
        count += 1
        yield f"{match[1]}{match[2] or ''}".rstrip(".,;:!?)]")


def _split(address: str) -> tuple[str, str]:
    authority, slash, path = address.partition("/")
    return _host(authority), f"{slash}{path}"


def _host(authority: str) -> str:
    return (
        authority.rpartition("@")[2].partition(":")[0].partition("?")[0].partition("#")[0].strip(".").lower()
    )


def _within(host: str, hosts: Collection[str]) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in hosts)


def _plain(host: str) -> str:
    """The host as the network knows it: letters of other scripts become visible as punycode."""
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return host.encode("ascii", "replace").decode()


def _shown(host: str) -> str:
    """The host as a browser might show it: punycode decoded."""
    labels: list[str] = []
    for label in host.split("."):
        try:
            labels.append(label[4:].encode().decode("punycode") if label.startswith("xn--") else label)
        except UnicodeError:
            labels.append(label)
    return ".".join(labels)


def _imitates(host: str, allowed: frozenset[str]) -> bool:
    """Whether a host is made to be taken for another one."""
    shown = _shown(host)
    if any(_mixed(label) for label in shown.split(".")):
        return True
    known = _known(allowed)
    name = _registered(shown)
    if _within(shown, known.values()) or name in known.values():
        return False
    if _skeleton(name) in known or _skeleton(shown) in known:
        return True
    # A known host as the beginning of another one: paypal.com.example.net, paypal-com.example.net.
    front = shown.removesuffix(name).replace("-", ".")
    return any(
        f".{one}." in f".{front}." or name.startswith(f"{one.replace('.', '-')}") for one in known.values()
    )


@lru_cache(maxsize=64)
def _known(allowed: frozenset[str]) -> dict[str, str]:
    """Known hosts by how they look."""
    ours = {name for host in allowed for name in (host, _registered(host))}
    return {_skeleton(one): one for one in (*KNOWN, *sorted(ours))}


def _registered(host: str) -> str:
    """The part of a host that somebody registered: its last two labels; three below `co.uk`."""
    labels = host.split(".")
    wanted = 3 if len(labels) > 2 and labels[-2] in _REGISTRIES and len(labels[-1]) == 2 else 2
    return ".".join(labels[-wanted:])


def _skeleton(name: str) -> str:
    """What is left of a name when look-alikes count as the same."""
    plain = unicodedata.normalize("NFKD", name.lower()).translate(_LOOKALIKE)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return plain.replace("rn", "m").replace("vv", "w").replace("cl", "d").replace("i", "l").replace("-", "")


def _mixed(label: str) -> bool:
    """Whether letters of several scripts stand in one label (UTS #39, mixed-script confusables)."""
    scripts = {_script(sign) for sign in label if sign.isalpha()}
    # Japanese mixes its scripts, and Latin with them, as a matter of course.
    return len(scripts - {"CJK", "HIRAGANA", "KATAKANA", "HANGUL"}) > 1 or (
        bool(scripts & {"CYRILLIC", "GREEK", "CHEROKEE", "ARMENIAN"}) and len(scripts) > 1
    )


def _script(sign: str) -> str:
    return "LATIN" if sign.isascii() else unicodedata.name(sign, "UNKNOWN").split()[0]
