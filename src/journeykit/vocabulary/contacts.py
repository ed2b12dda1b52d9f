"""Find contact and payment data of persons in a text: e-mail addresses, phone numbers, IBANs and card numbers.

False positives must be rare, since a finding is an error: check digits are verified, and phone numbers must have a form
that no other number has. Dates, times, links and the like are removed first.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from journeykit.vocabulary.phones import is_named_otherwise, phones


class Contact(NamedTuple):
    """A span of a text and its kind: `e-mail`, `phone`, `IBAN` or `card number`."""

    start: int
    end: int
    kind: str


def contacts(text: str) -> list[Contact]:
    """Return the contact data in a text, from left to right."""
    found: list[Contact] = []
    for kind, pattern in (("link", _LINK), ("e-mail", _EMAIL), ("IBAN", _IBAN), ("card number", _CARD)):

        def take(match: re.Match[str], kind: str = kind) -> str:
            length = _end(kind, match) - match.start()
            if length <= 0:
                return match[0]
            found.append(Contact(match.start(), match.start() + length, kind))
            return "\0" * length + match[0][length:]

        text = pattern.sub(take, text)
    found += [Contact(start, end, "phone") for start, end in phones(text)]
    return sorted(contact for contact in found if contact.kind != "link")


def redacted(text: str) -> str:
    """Return the text with each address or number replaced by its kind: `[e-mail]`, `[phone]`."""
    parts, at = [], 0
    for start, end, kind in contacts(text):
        parts += [text[at:start], f"[{kind}]"]
        at = end
    return "".join([*parts, text[at:]])


_LINK = re.compile(r"(?:https?://|(?<![\w.@])www\.)[^\s<>\"]+", re.IGNORECASE)
_EMAIL = re.compile(r"(?<![\w.+%@-])[\w.+%'-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w@])")
_IBAN = re.compile(r"(?<![\w-])(?=[A-Z]{2}\d\d[ \u00a0]?[A-Z0-9])[A-Z]{2}(?:[ \u00a0]?[A-Z0-9]){13,32}(?!\w)", re.ASCII)
_CARD = re.compile(
    r"(?<![\w.,/-])(?:\d{4}([ \u00a0-])\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?|3\d{3}([ \u00a0-])\d{6}\2\d{5}"
    r"|\d{14,16})(?![\w/-])(?!,\d)",
    re.ASCII,
)

_RESERVED = re.compile(
    r"(?:.*\.)?(?:example(?:\.(?:com|net|org))?|test|invalid|localhost|local)|.*\.(?:png|jpe?g|gif|svg|pdf)"
)
"""Reserved domains (RFC 2606, RFC 6762), and file names that look like one (`logo@2x.png`)."""
_OFFICE_WORDS = (
    "accounting admin anfrage beratung bilgi billing booking bookings buero büro care client complaints contact "
    "customer customercare customers customerservice datenschutz desk destek do donotreply dpo enquiries "
    "ertekesites feedback git hallo hello help helpdesk hi hilfe hotline hr iletisim info information inquiries "
    "iroda it jobs kapcsolat karriere kontakt kundendienst kundenservice legal mail marketing musteri news "
    "newsletter no noreply not office order orders panasz podpora pomoc postmaster press presse prijava privacy "
    "prodaja recepcio reception reklamacije reply reservations returns sales security service servicedesk "
    "services servis shop siparis support szerviz team technical ticket tickets ugyfelszolgalat vertrieb "
    "webmaster welcome "
)
_OFFICE = frozenset(_OFFICE_WORDS.split())
"""Mailboxes of a company, not of a person."""
_VAGUE_WORDS = (
    "care client customer desk do git hallo hello hi hr it jobs mail news no not order press shop team welcome"
)
_CLEAR = _OFFICE - set(_VAGUE_WORDS.split())
"""Those that identify a company's mailbox whatever follows (info.budapest@)."""


def _end(kind: str, match: re.Match[str]) -> int:
    """Return the end of a match if it is valid for its kind; else 0."""
    if kind == "e-mail":
        return match.end() if _is_somebodys(match[0]) else 0
    if kind == "IBAN":
        return _iban_end(match)
    if kind == "card number":
        return match.end() if _is_card(match[0]) and not is_named_otherwise(match) else 0
    return match.end()


def _is_somebodys(address: str) -> bool:
    name, _, domain = address.lower().rpartition("@")
    words = [word for word in re.split(r"[.+_-]+", name) if word and not (word.isdecimal() and len(word) < 5)]
    office = all(word in _OFFICE for word in words) or words[0] in _CLEAR
    return not office and not _RESERVED.fullmatch(domain)


_COUNTRIES = {
    15: "NO", 16: "BE", 18: "DK FI FK FO GL NL SD", 19: "MK SI", 20: "AT BA EE KZ LT LU MN XK", 21: "CH HR LI LV",
    22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM SO TL", 24: "AD CZ ES MD PK RO SA SE SK TN VG",
    25: "LY PT ST", 26: "IS TR", 27: "BI DJ FR GR IT MC MR SM", 28: "AL AZ BY CY DO GT HU LB NI PL",
    29: "BR EG PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 32: "LC", 33: "RU",
}  # fmt: skip
_IBAN_LENGTHS = {country: length for length, countries in _COUNTRIES.items() for country in countries.split()}
"""Characters of an IBAN by country (ISO 13616)."""


def _iban_end(match: re.Match[str]) -> int:
    length = _IBAN_LENGTHS.get(match[0][:2])
    places = [at for at, char in enumerate(match[0]) if char not in " \u00a0"]
    if length is None or len(places) < length:
        return 0
    iban = "".join(match[0][at] for at in places[:length])
    end = match.start() + places[length - 1] + 1
    following = match.string[end : end + 1]
    digits = "".join(str(int(char, 36)) for char in iban[4:] + iban[:4])
    return end if int(digits) % 97 == 1 and not following.isalnum() else 0


_ISSUERS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|35\d{14}|(?:6011|65\d\d|64[4-9]\d)\d{12}"
    r"|62\d{14,17}|(?:50|5[6-8]|6[37])\d{14,17}"
)
"""First digits and lengths of the large card schemes (ISO/IEC 7812)."""


def _is_card(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    plain = sum(map(int, digits[::-2]))
    return bool(_ISSUERS.fullmatch(digits)) and (doubled + plain) % 10 == 0
