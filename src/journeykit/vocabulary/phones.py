"""Find phone numbers in a text and distinguish them from other numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SPACE = " \u00a0\u202f"
_JOIN = rf"(?:[{_SPACE}]?[-./\u2011()][{_SPACE}]?[()]?|[{_SPACE}][()]?)"
"""Separators between groups of digits of a number."""

_DAY, _MONTH, _CLOCK = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?::[0-5]\d)?"
_NO_NUMBER = re.compile(
    rf"(?<![\d.])(?:{_CLOCK}[{_SPACE}]?[-–—/][{_SPACE}]?{_CLOCK}"
    rf"|(?:19|20)\d\d[-./] ?{_MONTH}[-./] ?{_DAY}\.?(?:[T ,]+{_CLOCK})?"
    rf"|{_DAY}[-./] ?{_MONTH}[-./] ?(?:(?:19|20)\d\d|\d\d(?![-./ ]?\d))(?:,? {_CLOCK})?"
    rf"|{_MONTH}/{_DAY}/(?:19|20)?\d\d(?:,? {_CLOCK})?"
    r"|\d{1,2}:\d\d(?::\d\d)?|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?!\.?\d))(?!\d)",
    re.ASCII,
)
"""Dates, times, ranges of them, and IP addresses."""

_COUNTRY = (
    r"(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]"
    r"|2[1-689]\d|3[578]\d|42[013]|50\d|59\d|6[789]\d|8[058]\d|9[679]\d)"
)
"""Calling codes (ITU-T E.164)."""
_SHAPES = re.compile(
    rf"(?<![\w+*#=.,/$€£₺-])(?<!\d[{_SPACE}])(?:\(?(?P<world>\+|00){_COUNTRY}\)?(?:{_JOIN}?\d)+"
    rf"|(?P<trunk>\(?0\d{{1,4}}\)?)(?P<rest>(?:{_JOIN}?\d)+)"
    r"|(?P<american>\([2-9]\d\d\)[ \u00a0]?\d{3}[- .]\d{4}|[2-9]\d\d-\d{3}-\d{4}|[2-9]\d\d\.\d{3}\.\d{4})"
    r"|(?P<hungarian>(?:20|30|31|50|70)/\d{3}[- ]?\d{2}[- ]?\d{2})"
    r"|(?P<greek>(?:69\d|21[0-6]|231)(?:[ \u00a0]\d{2,4}){2,3}|(?:69\d|21[0-6])[ \u00a0]\d{7}|69\d{8}))"
    r"(?![\w€$%₺])(?!\.\d)(?![-/]\d)(?!,\d)",
    re.ASCII,
)
_NAMED = re.compile(
    r"(?<!\w)(?:tel|phone|telephone|mobile|cell|fax|whatsapp|viber|telefon|telefonszám\w*|mobil|mobilszám\w*|handy\w*|gsm"
    r"|cep|gsm|faks|τηλ|τηλέφωνο|κινητό)(?:\.|e)?(?: (?:no|number|nummer|szám|numarası|številka)\.?)?:? "
    rf"?(?P<number>\(?\d(?:{_JOIN}?\d){{6,13}})(?![\w€$%₺])(?!,\d)",
    re.IGNORECASE,
)
"""A number after a word such as "phone"."""

_MOBILE_IN_ONE = re.compile(
    r"06(?:20|30|31|50|70)\d{7}|05\d{9}|07[1-9]\d{8}|01[5-7]\d{8,9}|0(?:30|31|40|41|51|64|65|68|69|70|71)\d{6}|06[5-9]\d{8,9}"
)
"""Mobile numbers without a space: Hungarian, Turkish, British, German, Slovenian, Austrian."""
_OTHER_NUMBER = re.compile(
    r"(?<!\w)(?:order|ticket|case|ref|reference|id|invoice|serial|tracking|parcel|booking|claim|batch|version"
    r"|(?:account|contract|customer|policy|vertrags?|kunden)[ -]?(?:id|no|nr|number|nummer)"
    r"|isbn|zip|postcode|nr|no|rendelés\w*|hibajegy\w*|jegy\w*|ügyszám\w*|számla\w*|cikkszám|auftrag\w*|bestell\w*|ticket\w*"
    r"|rechnung\w*|vorgang\w*|sendung\w*|naročil\w*|račun\w*|zahtev\w*|sipariş\w*|fatura\w*|talep|takip|bilet"
    r"|παραγγελί\w*|τιμολόγι\w*|αίτημα\w*|αποστολή\w*)"
    r"(?: (?:no|number|nummer|numara\w*|szám\w*|številk\w*|αριθμός))?[.:#]*\s*$",
    re.IGNORECASE,
)
"""Words before a number that say that it is not a phone number."""
_SERVICE = re.compile(
    r"(?:00|\+)800\d+|(?:\+|00)(?:36(?:40|80|90|91)|1(?:800|822|833|844|855|866|877|888|900)|49(?:137|180|700)"
    rf"|{_COUNTRY}0?(?:80[01]|850|900))\d+|06(?:40|80|90|91)\d+|0(?:80[0-9]|810|850|90[0-9]|137|180|700|444)\d+"
    r"|0(?:3[0347]0|333|345|84[345]|87[0123])\d{7}|1?(?:800|822|833|844|855|866|877|888|900)\d{7}|801\d{7}"
)
"""Toll-free and shared-cost numbers, which only companies have."""
_INVENTED = re.compile(r"(?:\+?1)?[2-9]\d\d55501\d\d|(?:0|\+?44)(?:7700900\d{3}|2079460\d{3}|1632960\d{3})|55501\d\d")
"""Numbers reserved for fiction (North American 555-01xx, Ofcom's numbers for drama)."""
_THOUSANDS = re.compile(rf"\+?[1-9]\d{{0,2}}(?:[{_SPACE}.]\d{{3}})+")
_ROW = re.compile(r"0?1\W0?2\W0?3\W.*")
_ZIP = re.compile(r"\d{5}-\d{4}")
"""Postcodes of the United States."""
_LENGTHS = {
    "1": (11, 11),
    "7": (11, 11),
    "30": (12, 12),
    "36": (10, 11),
    "90": (12, 12),
    "386": (11, 11),
    "44": (11, 13),
}
"""Digits of a number with its country code, where a country has few lengths; else 9 to 15."""


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each phone number that may be a person's, from left to right, without overlaps."""
    text = _NO_NUMBER.sub(lambda match: "\0" * len(match[0]), text)
    taken = 0
    found = [(match.start(), match.end(), _is_phone(match)) for match in _SHAPES.finditer(text)]
    found += [
        (match.start("number"), match.end("number"), _is_reachable(match["number"])) for match in _NAMED.finditer(text)
    ]
    for start, end, is_phone in sorted(found):
        if is_phone and start >= taken:
            taken = end
            yield start, end


def _is_phone(match: re.Match[str]) -> bool:
    written = match[0]
    digits = re.sub(r"\D", "", written)
    if not _is_reachable(written):
        return False
    if match["world"] == "+":
        return _fits_a_country(digits)
    if is_named_otherwise(match):
        return False
    in_one = written == digits
    if match["world"]:
        return not in_one and _fits_a_country(digits[2:])
    if match["trunk"]:
        return 9 <= len(digits) <= 12 and (bool(_MOBILE_IN_ONE.fullmatch(digits)) if in_one else _is_grouped(written))
    return not match["greek"] or len(digits) == 10


def is_named_otherwise(match: re.Match[str]) -> bool:
    """Return whether the words before it say that it is the number of an order, a ticket and the like."""
    return bool(_OTHER_NUMBER.search(match.string, max(0, match.start() - 40), match.start()))


def _is_grouped(written: str) -> bool:
    """Return whether the digits are grouped as in a phone number: an area code of 2 to 5 digits, then groups."""
    first, *others = re.findall(r"\d+", written)
    if len(others[0]) == 1 and first == "06":  # Budapest's area code is 1
        others = others[1:]
    if first == "00" or _ROW.fullmatch(written) or _ZIP.fullmatch(written):
        return False
    return 2 <= len(first) <= 5 and 1 <= len(others) <= 5 and all(2 <= len(group) <= 8 for group in others)


def _fits_a_country(digits: str) -> bool:
    low, high = next((_LENGTHS[code] for code in (digits[:3], digits[:2], digits[:1]) if code in _LENGTHS), (9, 15))
    trunk = int("0" in digits[1:4] and len(digits) == high + 1)  # +44 (0)20 …
    return low <= len(digits) - trunk <= high


def _is_reachable(written: str) -> bool:
    """Return whether it may be a person's: not a figure, a service number, or one reserved for fiction."""
    number = re.sub(r"[^\d+]", "", written)
    figure = _THOUSANDS.fullmatch(written.strip()) and (number.endswith("000") or len(number.lstrip("+")) < 10)
    return not (figure or _SERVICE.fullmatch(number) or _INVENTED.fullmatch(number))
