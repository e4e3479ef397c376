"""Plain text out of whatever somebody sent: control characters, bidi overrides and HTML do no harm."""

import re
import unicodedata

# Explicit bidi controls can make a text read otherwise than it was written (Unicode TR 9, TR 36).
_BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c")


def clean(text: str) -> str:
    """The text without control characters, bidi overrides, lone surrogates and runs of empty lines.

    Emoji, right-to-left letters and HTML stay as they are: what is kept is shown as plain text.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (c for c in text if c == "\n" or (c not in _BIDI and unicodedata.category(c) not in ("Cc", "Cs")))
    return re.sub(r"\n{3,}", "\n\n", "".join(kept)).strip()


def fold(text: str) -> str:
    """The text as it is compared: lower case, single spaces, no punctuation around words.

    Of a text that has nothing but signs ("?", "👍🏽") the signs are left, without skin tones.
    """
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("'", "")
    text = "".join(letter for letter in text if letter != "\ufe0f" and unicodedata.category(letter) != "Sk")
    bare = "".join(" " if unicodedata.category(letter)[0] in "PZC" else letter for letter in text)
    return " ".join(bare.split()) or text.strip()
