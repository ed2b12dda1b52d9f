"""Contact data is distinguished from other numbers and addresses of journeys."""

import pytest

from journeykit.vocabulary.contacts import contacts, redacted

PRIVATE = [
    ("I write to anna.kovacs@freemail.hu about it", "I write to [e-mail] about it"),
    ("Ask Béla (bela+ticket@cég.hu).", "Ask Béla ([e-mail])."),
    ("mailto:maria@post.gr", "mailto:[e-mail]"),
    ("her address, anna.support@mail.com", "her address, [e-mail]"),
    ("12345678@qq.com", "[e-mail]"),
    ("hello.kitty@mail.com or it.anna@acme.hu", "[e-mail] or [e-mail]"),
    ("a@b.hu, c@d.si", "[e-mail], [e-mail]"),
    ("Call her: +36 30 123 4567", "Call her: [phone]"),
    ("+36301234567", "[phone]"),
    ("+386 (0)40 123 456", "[phone]"),
    ("(+49) 170 1234567 ruft an", "[phone] ruft an"),
    ("Tel +44 7800 123456.", "Tel [phone]."),
    ("+36 1 800 1234", "[phone]"),
    ("0036 30 123 4567", "[phone]"),
    ("06 30 123 4567", "[phone]"),
    ("06-30/123-4567-en hív", "[phone]-en hív"),
    ("06301234567", "[phone]"),
    ("a 06 1 234 5678-at", "a [phone]-at"),
    ("a 20/123-4567 számon", "a [phone] számon"),
    ("0664 123 45 67", "[phone]"),
    ("040 123 456", "[phone]"),
    ("05321234567", "[phone]"),
    ("0532 123 45 67", "[phone]"),
    ("(0532) 123 45 67", "[phone]"),
    ("6912345678", "[phone]"),
    ("210 123 4567", "[phone]"),
    ("210 36 12 345", "[phone]"),
    ("01.23.45.67.89", "[phone]"),
    ("020 7123 4567", "[phone]"),
    ("(212) 736-5000", "[phone]"),
    ("212-736-5000", "[phone]"),
    ("phone: 7654 321 99", "phone: [phone]"),
    ("Mobile number 7736 5000", "Mobile number [phone]"),
    ("He rings on 02.03.2026 from 06 30 123 4567", "He rings on 02.03.2026 from [phone]"),
    ("It arrives at GB82 WEST 1234 5698 7654 32 today", "It arrives at [IBAN] today"),
    ("DE89370400440532013000", "[IBAN]"),
    ("IBAN HU42 1177 3016 1111 1018 0000 0000 OTP", "IBAN [IBAN] OTP"),
    ("TR33 0006 1005 1978 6457 8413 26 and 06 30 123 4567", "[IBAN] and [phone]"),
    ("4111 1111 1111 1111", "[card number]"),
    ("I pay with 5555-5555-5555-4444, as ever", "I pay with [card number], as ever"),
    ("378282246310005", "[card number]"),
    ("3782 822463 10005", "[card number]"),
]

NOBODYS = [
    "I call 112, then 911 and 999, and 1-800-273-8255",
    "The hotline is there 24/7, on 0800 123 4567",
    "0800 330 1000 or 0850 222 33 44 or 06 80 123 456 or 06 40 20 40 60 or 080 12 34",
    "+49 800 1234567, +36 80 123 456, 00800 1234 5678, +90 850 222 33 44, 444 1 444",
    "0180 6 123456",
    "(800) 273-8255 or 888-407-4747",
    "(212) 555-0123 and 020 7946 0018 and 07700 900123",
    "support@acme.com, it-helpdesk@acme.com, no-reply@bank.hu, customer.service@shop.si",
    "info.budapest@cegunk.hu, pomoc.fu@gov.si, 24@acme.com",
    "git@github.com:acme/maps.git",
    "anna@example.com, b.c@mail.example.org, d@company.example, e@x.invalid, f@localhost.test",
    "I open https://acme.com/orders/06301234567?mail=anna@acme.hu",
    "www.acme.hu/36301234567",
    "logo@2x.png, package@1.2.3, @anna, anna@home",
    "On 2026-11-02, 02.03.2026, 2/3/2026, 2026. 03. 02. 10:00, and 2026-03-02T10:00:00+01:00",
    "From 01.02.2026 10:00 to 03.04.2026 12:30",
    "01.02.2026-03.04.2026",
    "Open 08:00-16:00, 08.00 - 12.00 / 13.00 - 17.00",
    "Between 2024-2026 and in 2025/2026",
    "Order 0012345678 and ticket 06301234567, case no. 0664 123 456",
    "Ticket INC0012345678, #06301234567, REF-030-123-4567",
    "Order number: 030 1234 5678",
    "Rendelésszám: 0630 123 4567",
    "Auftragsnummer 0170 1234567",
    "Tracking number 4111111111111111",
    "4111 1111 1111 1112",
    "1234 5678 9012 3456",
    "GB82 WEST 1234 5698 7654 33",
    "DE12 is not an account, nor is AB12 3456 7890 1234 567",
    "We sold 1 000 000 000 pieces, +25 000 000 Ft, +120.000.000, 36 301 234 567",
    "It costs 1.234.567.890 or 0.123456789 or 1,234,567,890.00 €",
    "Version 10.15.7.1234 and 192.168.001.001",
    "1117 Budapest, SI-1000 Ljubljana, 104 31 Athens, 34360 Istanbul",
    "ISBN 978-0-306-40615-7",
    "47.497912 19.040235",
    "Room 0123, level 2, desk 45",
    "Tax number 12345678-1-42, social security 123 456 789",
    "From 18 to 65, 30-40 minutes, 5/7 days, 100/200/300",
    "Step 1-2-3-4-5-6-7-8-9",
    "phone 24/7, tel. 112, mobile 100 000 users, phone 2026-03-02 10:00",
    "C++ 2026 03 02 1200, A+ 4.5",
    "The 16-digit number **** **** **** 1234",
    "100 200 300 400",
    "03 04 05",
    "01 02 03 04 05",
    "00 00 00 00 00",
    "51 Franklin Street, Boston, MA 02110-1301",
    "4220315081820346526",
]


@pytest.mark.parametrize(("text", "without"), PRIVATE)
def test_what_reaches_a_person_is_found_and_nothing_beside_it(text: str, without: str) -> None:
    assert redacted(text) == without


@pytest.mark.parametrize("text", [without for _, without in PRIVATE])
def test_what_was_redacted_is_not_found_again(text: str) -> None:
    assert contacts(text) == []


@pytest.mark.parametrize("text", NOBODYS)
def test_what_is_nobodys_is_left_alone(text: str) -> None:
    assert redacted(text) == text


@pytest.mark.parametrize(
    "text",
    ["0" * 5000, "06 " * 2000, "a." * 3000 + "@", "A1" * 3000, "@" * 3000, "1-" * 3000, "+" * 4000, "a@" + "b." * 3000],
)
def test_long_texts_are_read_too(text: str) -> None:
    assert isinstance(contacts(text), list)
