"""Any way of writing → one canonical text of plain words, so that the packs can be written plainly.

Canonical: lower-case ASCII words, each followed by one space, the whole begun by one; accents, invisible
and look-alike characters gone; contractions and chat shorthand written out ("dont", "gonna", "kms");
filler words dropped ("just", "fucking"); spaced, dotted, starred and digit-for-letter spellings undone;
sentence ends as ".", questions as "?", pauses as ",", quotation marks as '"', telling emoji as words
("e_gun"). Every step is linear in the length of the text; most are one pass in C.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from ahocorasick_rs import AhoCorasick, Implementation

_LOOKALIKE = dict(zip("аеорсухкмнтвіѕјԁԛԝɡαεορτυνικ", "aeopcyxkmhtbisjdqwgaeoptuvik", strict=True))
_EMOJI = {
    "🔫": "e_gun", "🔪": "e_knife", "🗡": "e_knife", "🪒": "e_blade", "💊": "e_pill", "💉": "e_syringe",
    "⚰": "e_coffin", "🪦": "e_grave", "⚱": "e_coffin", "🩸": "e_blood", "🪢": "e_rope", "🧵": "e_thread",
    "🌉": "e_bridge", "🚂": "e_train", "🚆": "e_train", "🚇": "e_train", "💀": "e_skull", "☠": "e_skull",
    "😂": "e_laugh", "🤣": "e_laugh", "😹": "e_laugh", "😆": "e_laugh", "😭": "e_cry", "😢": "e_cry",
    "😔": "e_sad", "😞": "e_sad", "🥀": "e_wilt", "🕊": "e_dove", "👋": "e_wave", "🖤": "e_heart",
    "💔": "e_broken", "🏥": "e_hospital", "🚑": "e_ambulance", "🆘": "e_sos", "🛤": "e_rails", "🌊": "e_sea",
    "☮": "e_dove", "👼": "e_angel", "😇": "e_angel", "🧊": "", "🛁": "e_bath", "🏢": "e_building",
    "👊": "e_fist", "🤛": "e_fist", "🤜": "e_fist", "🚬": "e_smoke", "🍷": "e_drink",
    "✂": "e_blade", "🚉": "e_train", "🚊": "e_train", "🚞": "e_train", "🚋": "e_train", "🌁": "e_bridge",
    "🛌": "e_sleep", "🔚": "e_end", "⏳": "e_time", "⌛": "e_time", "👻": "e_ghost", "🥺": "e_sad",
    "☹": "e_sad", "🙁": "e_sad", "😓": "e_sad", "😩": "e_sad", "😰": "e_sad", "🤕": "e_hurt", "🩹": "e_hurt",
    "😴": "e_sleep", "💤": "e_sleep", "🙏": "", "🪓": "e_knife", "💣": "e_bomb", "🚗": "e_car",
    "🔥": "e_fire", "🧨": "e_bomb", "🏫": "school", "🔒": "e_lock", "⛓": "e_chain", "😵": "e_faint",
    "🤢": "e_sick", "🤮": "e_sick", "👶": "baby", "🔨": "hammer", "💥": "e_bang", "🟣": "e_bruise",
    "😨": "e_fear", "😱": "e_fear", "🍾": "e_drink", "🥃": "e_drink", "🚨": "e_sos",
}  # fmt: skip


def _fold_table() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(a): b for a, b in _LOOKALIKE.items()}
    table |= {ord(sign): f" {word} " for sign, word in _EMOJI.items()}
    table |= dict.fromkeys(
        map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\ufe0f\ufe0e\u034f\u180e")
    )
    table |= dict.fromkeys(range(0x1F3FB, 0x1F400))  # skin tones
    table |= dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # bidi controls
    table |= {ord(c): "'" for c in "’‘ʼ`´′＇"} | {ord(c): '"' for c in "“”„«»‟″「」『』"}
    table |= {ord(c): " , " for c in "–—―‒"} | {ord(c): "-" for c in "‐‑−"}
    table |= {ord(c): " " for c in "\u00a0\u2028\u2029•·♥❤"}
    table |= {
        ord("¿"): " . ",
        ord("¡"): " . ",
        ord("…"): " ",
        ord("。"): " . ",
        ord("？"): " ? ",
        ord("，"): " , ",
    }
    table |= {
        ord("ß"): "ss",
        ord("ø"): "o",
        ord("æ"): "ae",
        ord("œ"): "oe",
        ord("ł"): "l",
        ord("đ"): "d",
        ord("ı"): "i",
    }
    return table


class _Plain(dict[str, str]):
    """Character → plain letters, words and signs; worked out when first met. Only characters beyond ASCII
    get in, so it stays small and says nothing of any text."""

    def __missing__(self, character: str) -> str:
        table = _FOLD
        compatible = unicodedata.normalize("NFKC", character).lower().translate(table)
        plain = unicodedata.normalize("NFKD", compatible).encode("ascii", "ignore").decode()
        self[character] = plain
        return plain


_FOLD = _fold_table()
_PLAIN = _Plain()
_REPEATED = re.compile(r"([^\x00-\x7f])\1{3,}")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")

# One byte for one: lower case, pauses as a comma, ends as a stop, all other signs as a space.
_SIGNS = bytes.maketrans(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ!\n;:()-/\\~^=<>[]{}%&#+|_*@$`\t\r\x0b\x0c\x00",
    b"abcdefghijklmnopqrstuvwxyz..,,,," + b" " * 27,
)


def _trick_signs() -> list[str]:
    """What hints at a trick: a sign or digit inside a word, a single letter between signs, single letters
    in a row, a letter three times."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    inside = [letter + sign for letter in letters for sign in "@$*#|0123456789"]
    inside += [sign + letter for letter in letters for sign in "@$"]
    inside += [f"!{letter}" for letter in letters]
    inside += [f"{digit}{a}" for digit in "013457" for a in "aeioukls"]
    rows = [f"{gap}{a}{gap}" for gap in ".-_*/" for a in letters]
    rows += [f" {a} {b} " for a in letters for b in letters]
    rows += [f" {a}  " for a in letters] + [f" {a} - " for a in letters]
    return [*inside, *rows, *(letter * 3 for letter in letters)]


_TRICK = AhoCorasick(
    _trick_signs(), implementation=Implementation.ContiguousNFA, store_patterns=False
).find_matches_as_indexes
# Contractions of which the apostrophe became a space: "don t", "i m".
_SPLIT = re.compile(
    r" (don|doesn|didn|can|won|couldn|wouldn|shouldn|isn|aren|wasn|weren|haven|hasn|hadn|ain|i|you|they|we)"
    r" (t|m|ve|ll|re) (?=\S)"
)
_SPACED = re.compile(r"(?<![a-z0-9'])[a-z0-9](?:[ ._*/|-]{1,3}[a-z0-9]){2,40}(?![a-z0-9'])")
_DISGUISED = re.compile(
    r"[a-z0-9@$!*#|]*[a-z][@$!*#|0-9][a-z0-9@$!*#|]*|[$@0-9][a-z0-9@$!*#|]*[a-z][a-z0-9@$!*#|]*"
)
_STRETCHED = re.compile(r"[a-z]*([a-z])\1\1[a-z]*")
_REPEATS = re.compile(r"([a-z])\1+")
_LONG_REPEATS = re.compile(r"([a-z])\1\1+")
_VERY_STRETCHED = re.compile(r"([a-z])\1{9,}")
_WRITTEN = re.compile(r"\S+")
_LONGEST_WORD = 60
_FEWEST_LETTERS = 3
_CLOCK = re.compile(r"[.:,](?=\d)(?<=\d.)")  # in this order it is searched for by the sign
_DOTS = re.compile(r"\.\s*\.[\s.]*")
_LEET = str.maketrans("0134578@$!|", "oieastbasil")
_LEET_L = str.maketrans("0134578@$!|", "oleastbasll")


class Speller:
    """Makes canonical text with the spellings of all packs.

    `words` maps a written word to what it stands for (nothing for a filler); `vocabulary` are the words
    of all phrases: only towards them are disguised words undone.
    """

    def __init__(self, words: Mapping[str, str], vocabulary: Iterable[str] = ()) -> None:
        self._words = dict(words)
        self._vocabulary = set(vocabulary)
        self._longest = max(map(len, self._vocabulary), default=0)

    @property
    def words(self) -> Mapping[str, str]:
        """Written words, and what they stand for."""
        return self._words

    def learn(self, vocabulary: Iterable[str]) -> None:
        """Take further words into the vocabulary, with the careless ways of writing them."""
        self._vocabulary.update(vocabulary)
        for word in sorted(self._vocabulary):
            if word.endswith("ing") and len(word) > _SHORTEST_ING:
                for careless in _without_g(word):
                    if careless not in self._vocabulary and careless not in _NOT_ING:
                        self._words.setdefault(careless, word)
        self._longest = max(map(len, self._vocabulary), default=0)

    def canonical(self, text: str) -> str:
        """The canonical text: begins with a space, every word followed by one."""
        plain = text.lower()
        if not plain.isascii():
            plain = fold(plain)
        if ".." in plain:
            plain = _DOTS.sub(" ", plain)
        if _TRICK(plain):
            plain = self._undo(plain)
        plain = _CLOCK.sub("", plain)  # 9.40, 11:30, 1,000: one word, no end of a sentence
        plain = plain.encode("ascii").translate(_SIGNS).decode("ascii")
        plain = plain.replace(".", " . ").replace(",", " , ").replace("?", " ? ").replace('"', ' " ')
        if " t " in plain or " m " in plain or " ve " in plain or " ll " in plain or " re " in plain:
            plain = _SPLIT.sub(r" \1\2 ", f" {plain}")
        written = plain.split()
        joined = f" {' '.join(filter(None, map(self._words.get, written, written)))} "
        if "'" in joined:
            joined = self._apostrophes(joined)
        return joined

    def _apostrophes(self, text: str) -> str:
        words = self._words
        out: list[str] = []
        for raw in text.split():
            if "'" not in raw:
                out.append(raw)
                continue
            known = words.get(raw.strip("'"))
            if known is not None:
                out.append(known)
                continue
            pieces = [piece for piece in raw.split("'") if piece]
            out.extend(word for piece in pieces if (word := words.get(piece, piece)))
        return f" {' '.join(word for word in out if word)} "

    def _undo(self, text: str) -> str:
        text = _VERY_STRETCHED.sub(r"\1\1\1", text)
        text = _SPACED.sub(lambda found: self._joined(found[0]), text)
        return _WRITTEN.sub(lambda found: self._plain(found[0]), text)

    def _plain(self, word: str) -> str:
        if len(word) > _LONGEST_WORD:  # nobody's word; keeps the work linear
            return word
        word = _DISGUISED.sub(lambda found: self._unmasked(found[0]), word)
        return _STRETCHED.sub(lambda found: self._shortened(found[0]), word)

    def _known(self, word: str) -> bool:
        return word in self._vocabulary or word in self._words

    def _joined(self, spaced: str) -> str:
        """ "k i l l m e" → "kill me", if the letters make words that the packs know."""
        letters = re.sub(r"[^a-z0-9]", "", spaced).translate(_LEET)
        if len(set(letters)) < _FEWEST_LETTERS:
            return spaced
        return self._split(letters) or spaced

    def _split(self, letters: str) -> str:
        best: list[tuple[int, list[str]] | None] = [None] * (len(letters) + 1)
        best[0] = (0, [])
        for end in range(1, len(letters) + 1):
            for start in range(max(0, end - self._longest), end):
                before = best[start]
                piece = letters[start:end]
                if before is None or not self._known(piece):
                    continue
                cost = before[0] + (1 if len(piece) > 1 else 3)
                now = best[end]
                if now is None or cost < now[0]:
                    best[end] = (cost, [*before[1], piece])
        final = best[-1]
        return " ".join(final[1]) if final and final[0] <= len(letters) else ""

    def _unmasked(self, word: str) -> str:
        core = word.rstrip("!*#|")
        if len(core) == 1 and len(word) > _FEWEST_LETTERS and set(word[1:]) <= {"*", "#"}:
            return next((known for known in self._starred(len(word)) if known[0] == core), word)
        for table in (_LEET, _LEET_L):
            plain = core.translate(table)
            if plain.isalpha() and self._known(plain):
                return plain + " "
        if plain.isalpha():
            return word
        if any(sign in core for sign in "*#") and len(core) > 2:
            hidden = re.compile(
                re.sub(
                    r"[*#]", "[a-z]", re.escape(core.translate(_LEET)).replace(r"\*", "*").replace(r"\#", "#")
                )
            )
            hits = [known for known in self._starred(len(core)) if hidden.fullmatch(known)]
            if hits:
                return hits[0]
        return word

    def _starred(self, length: int) -> list[str]:
        return [word for word in STARRED if len(word) == length]

    def _shortened(self, word: str) -> str:
        twice = _LONG_REPEATS.sub(r"\1\1", word)
        once = _REPEATS.sub(r"\1", word)
        thrice = _LONG_REPEATS.sub(r"\1", word)
        for candidate in (twice, thrice, once):
            if self._known(candidate):
                return candidate
        return thrice


_SHORTEST_ING = 6
_NOT_ING = frozenset(
    {"robin", "raisin", "login", "cabin", "satin", "margin", "martin", "penguin", "muffin", "dolphin"}
)


def _without_g(word: str) -> Iterator[str]:
    """ "hitting" → "hittin", "hitin", "hiting": how "-ing" is written in a hurry."""
    yield word[:-1]
    if word[-4] == word[-5]:
        yield word[:-5] + word[-4:-1]
        yield word[:-5] + word[-4:]


_STARRED = (
    "kill kills killed killing suicide suicidal die dead death dying murder murdered rape raped "
    "rapes raping shoot shooting shot gun cut cutting hang hanging overdose overdosed pills knife "
    "blood bleed bleeding fucking fuck stab stabbing abuse abused beat beating hit hits harm self "
    "choke choked strangled bomb drugs strangle strangling choking slit slash blade blades razor razors "
    "wrists wrist noose rope molest molested abuser assault assaulted shooter harming hurt hurting jump "
    "relapse burn burning drown drowning hanged dies kms od suicid slitting slashed poison "
)
STARRED = tuple(_STARRED.split())
"""Words that people write with stars in them."""


def fold(text: str) -> str:
    """Text with anything beyond ASCII, as plain letters, words and signs."""
    plain = _PLAIN
    text = _REPEATED.sub(r"\1\1\1", text)
    return _BEYOND_ASCII.sub(lambda found: "".join([plain[one] for one in found[0]]), text)
