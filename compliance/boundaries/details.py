"""Details written out in a message that lead out of the room: phone numbers, addresses, handles, accounts.

Precision first: a number counts as a phone number only if its form or the words beside it say so, and the
numbers of crisis lines never do. Every pattern is linear in the length of the text.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from compliance.boundaries.touch import Kind
from compliance.crisis import lines

LONGEST = 16 * 1024
"""Characters of a message that are looked at."""

Detail = tuple[Kind, bool, str]
"""Kind, whether grave if a therapist wrote it, name of the rule."""

_DIGIT = re.compile(r"\d\D{0,3}\d")
_SECRET = re.compile(r"pass|login|pin|ssn|social")
_PROVIDER = re.compile(r"gmail|hotmail|outlook|yahoo|icloud|gmx|web|proton|aol|live")
# A run of digits with what stands between them in a phone number.
_RUN = re.compile(r"(?<![\w.,/:#€$£%-])(?:\+|00|\()?\d(?:[ ().\-/]{0,2}\d){6,16}(?![\w%€$£]|[.,:/-]\d)")
_DATE = re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})")
_YEARS = re.compile(r"(?:19|20)\d\d ?[-/.] ?(?:19|20)\d\d")
_NORTH_AMERICAN = re.compile(r"(?:\+?1[ .-]?)?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}")
_ASKED = re.compile(
    r"\b(?:call|ring|text|reach|phone|mobile|cell|number|whats ?app|signal|telegram|viber|sms|facetime|dial"
    r"|num|no|nr|tel|telefon|handy|nummer|anrufen|erreichst|erreichen|tel[eé]fono|m[oó]vil|n[uú]mero|llama"
    r"|ll[aá]mame|t[eé]l[eé]phone|num[eé]ro|appelle[rz]?|portable|telefono|cellulare|numero|chiama"
    r"|telefone|celular|liga|telefoonnummer|bel|mobiel)\b[^\n]{0,40}$",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"\b(?:order|invoice|(?<!in )case|ticket|reference|ref|tracking|policy|licen[cs]e|account|member|customer"
    r"|isbn|serial|registration|id|pin|code|zip|version|bill|receipt|iban|hotline|helpline|lifeline"
    r"|crisis line|samaritans|emergency|bestellung|rechnung|kundennummer|vertrag|pedido"
    r"|factura|commande|facture)\b[^\n]{0,24}$",
    re.IGNORECASE,
)
_DIGITS = "zero|oh|one|two|three|four|five|six|seven|eight|nine|double"
_SPOKEN = re.compile(rf"\b(?:(?:{_DIGITS})[ ,.\-]{{1,3}}){{6,14}}(?:{_DIGITS})\b", re.IGNORECASE)
_SEVERAL = ("three", "four", "five", "six", "seven", "eight", "nine", "zero", "double")
_COUNTING = re.compile(r"one[ ,.\-]{1,3}two[ ,.\-]{1,3}three[ ,.\-]{1,3}four", re.IGNORECASE)
_TOLL_FREE = re.compile(r"(?:0?800|0?808|1800|1?8(?:00|33|44|55|66|77|88)\d{7}|116\d{3}|11\d{4})")

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[a-z]{2,24}\b", re.IGNORECASE)
_MAIL_SPELT = re.compile(
    r"\b[\w.]{2,40} ?(?:\(at\)|\[at\]| at ) ?(?:gmail|hotmail|outlook|yahoo|icloud|gmx"
    r"|web|proton|protonmail|aol|live) ?(?:\.|\(dot\)|\[dot\]| dot ) ?[a-z]{2,4}\b",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"\b(?:insta(?:gram)?|ig|snap(?:chat)?|sc|telegram|tg|discord|facebook|fb|whats ?app|kik|tik ?tok"
    r"|twitter|skype|wechat|line id|viber|threema|signal|messenger)\b"
    r"(?: (?:handle|name|username|user|id|account|is|at|it's|its|on)){0,3} ?(?::|=|-|is)? ?@[a-z0-9_.]{3,30}",
    re.IGNORECASE,
)
_DISCORD = re.compile(r"\bdiscord\b[^\n]{0,20}?\b[a-z0-9_.]{3,32}#\d{4}\b", re.IGNORECASE)

_PROFILE = re.compile(
    r"\b(?:wa\.me|t\.me|m\.me|signal\.me|discord\.gg|chat\.whatsapp\.com|join\.skype\.com|snapchat\.com/add"
    r"|instagram\.com/(?!p/|reel|explore)|facebook\.com/(?!watch|groups|events|share)|tiktok\.com/@\w+/?(?:\s|$)"
    r"|discord\.com/invite|line\.me/ti)/?[\w@+.%-]{2,}",
    re.IGNORECASE,
)
_PAY_LINK = re.compile(
    r"\b(?:paypal\.me|paypal\.com/paypalme|venmo\.com|cash\.app|revolut\.me|wise\.com/pay|buymeacoffee\.com"
    r"|ko-fi\.com|gofundme\.com|zellepay\.com|monzo\.me|patreon\.com)/\S{2,}",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_CARD = re.compile(r"(?<![\d.+-])(?:\d[ -]?){12,18}\d(?![\d-])")
_BOOKING = re.compile(
    r"\b(?:calendly\.com|simplybook\.me|acuityscheduling\.com|doctolib\.\w{2,3}|tidycal\.com|cal\.com"
    r"|psychologytoday\.com/\w+/therapists|betterhelp\.com|onlyfans\.com)/\S{2,}",
    re.IGNORECASE,
)
_PASSWORD = re.compile(
    r"\b(?:my|the|our) (?:\w+ ){0,2}(?:password|passcode|login|pin|pin code) (?:is|:) ?(?=\S*\d)\S{4,}"
    r"|\b(?:ssn|social security(?: number)?)\b[^\n]{0,12}\d{3}[- ]?\d{2}[- ]?\d{4}\b",
    re.IGNORECASE,
)


def details(text: str) -> Iterator[Detail]:
    """What is written out in a message: one entry for each sort, in no order.

    Most messages hold neither digits nor signs of an address; each pattern is tried only where its signs are.
    """
    text = unicodedata.normalize("NFKC", text[:LONGEST])
    plain = text.lower()
    digits = _DIGIT.search(text) is not None
    account = digits and _account(text)
    if account:
        yield "payment", True, "detail-account"
    if "/" in text:
        if _PAY_LINK.search(text):
            yield "payment", True, "detail-pay-link"
        if _BOOKING.search(text):
            yield "link", False, "detail-booking"
    if digits and _card(text):
        yield "privacy", False, "detail-card"
    if digits and _SECRET.search(plain) and _PASSWORD.search(text):
        yield "privacy", False, "detail-secret"
    if (digits and not account and _phone(text)) or _spoken(plain):
        yield "contact", False, "detail-phone"
    if ("@" in text and _MAIL.search(text)) or (_PROVIDER.search(plain) and _MAIL_SPELT.search(text)):
        yield "contact", False, "detail-mail"
    if _handle(text, plain):
        yield "contact", False, "detail-handle"


def _handle(text: str, plain: str) -> bool:
    return bool(
        ("@" in text and _HANDLE.search(text))
        or ("discord" in plain and "#" in text and _DISCORD.search(text))
        or ("/" in text and _PROFILE.search(text))
    )


def _phone(text: str) -> bool:
    for found in _RUN.finditer(text):
        written = found[0]
        digits = re.sub(r"\D", "", written)
        before = text[max(0, found.start() - 60) : found.start()]
        if not 7 <= len(digits) <= 15 or _DATE.fullmatch(written) or _YEARS.search(written):
            continue
        if (
            digits in _helplines()
            or _TOLL_FREE.match(digits)
            or _same(digits)
            or _OTHER_NUMBER.search(before)
        ):
            continue
        international = written[0] == "+" or (digits.startswith("00") and len(digits) >= 10)
        shaped = _NORTH_AMERICAN.fullmatch(written) or (digits[0] == "0" and 9 <= len(digits) <= 12)
        if (
            international
            or shaped
            or _ASKED.search(before)
            or _alone(text, found.start(), found.end(), digits)
        ):
            return True
    return False


def _alone(text: str, start: int, end: int, digits: str) -> bool:
    """Whether the number is the whole message: nobody sends a bare number for another reason."""
    return len(digits) >= 9 and not text[:start].strip() and not text[end:].strip(" .!")


def _same(digits: str) -> bool:
    return len(set(digits)) <= 2 or digits in "01234567890123456789"


def _spoken(text: str) -> bool:
    if sum(word in text for word in _SEVERAL) < 2:
        return False
    found = _SPOKEN.search(text)
    return found is not None and _COUNTING.search(found[0]) is None


@cache
def _helplines() -> frozenset[str]:
    """The digits of every crisis line and emergency number that we know."""
    found: set[str] = set()
    for country in lines.countries():
        for line in lines.card(country, "en").lines:
            for number in (line.call, line.also, line.text, line.whatsapp, line.call.lstrip("+")):
                found.add(re.sub(r"\D", "", number))
    return frozenset(found)


def _account(text: str) -> bool:
    """Whether an account number stands there: an IBAN whose check digits hold (ISO 13616, ISO 7064)."""
    for found in _IBAN.finditer(text.upper()):
        plain = found[0].replace(" ", "")
        if 15 <= len(plain) <= 34:
            turned = plain[4:] + plain[:4]
            if int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1:
                return True
    return False


def _card(text: str) -> bool:
    """Whether a payment card number stands there: 13 to 19 digits whose check digit holds (ISO 7812-1)."""
    for found in _CARD.finditer(text):
        digits = [int(sign) for sign in found[0] if sign.isdigit()]
        if digits[0] in (3, 4, 5, 6) and len(set(digits)) > 1 and _luhn(digits):
            return True
    return False


def _luhn(digits: list[int]) -> bool:
    doubled = [2 * one - 9 * (one > 4) for one in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
