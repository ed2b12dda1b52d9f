"""Waiting and switching where times, stages and neighbours decide."""

import pytest

from tests.rules.judged import judged

HEAD = "title: I get my router fixed\npersona: Home customer\n"


def touchpoints(*items: str, head: str = "") -> str:
    listed = "".join(f"  - {{title: I do {n}, {item}}}\n" for n, item in enumerate(items))
    return HEAD + head + "touchpoints:\n" + listed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (touchpoints("channel: none", "channel: phone"), 0),
        (touchpoints("channel: web", "channel: none, lasts: 3d", "channel: phone"), 1),
        (touchpoints("channel: phone, lasts: 3d", "channel: phone"), 0),
        (touchpoints("channel: phone, wait: 1d", "channel: phone"), 0),
        (touchpoints("wait: 2d", "channel: phone, by: company"), 0),
        (touchpoints("wait: 2d", "channel: in-person, by: company"), 1),
        (touchpoints("channel: web", "channel: none, at: 0h", "channel: phone, at: day 1"), 0),
        (touchpoints("channel: web", "channel: none, at: 0h", "channel: phone, at: day 2"), 1),
        (touchpoints("channel: web", "channel: none, at: 2026-03-02", "channel: phone, at: 2026-03-04"), 1),
        (touchpoints("wait: 3d, at: 2026-03-02", "channel: sms, by: company, at: 2026-03-04"), 0),
        (touchpoints("wait: 3d, at: 0h", "channel: sms, by: company, at: day 2"), 0),
        (touchpoints("wait: 3d, at: 0h", "channel: sms, by: company, at: day 3"), 1),
        (touchpoints("wait: 3d, at: 0h", "channel: sms, by: company, at: 0h"), 1),
        (touchpoints("wait: 3d, at: 0h", "channel: sms, at: day 1"), 1),
        (touchpoints("channel: web", "channel: none, lasts: 3d", "channel: none, lasts: 2d"), 1),
        (touchpoints("channel: phone, wait: 3d", "channel: phone, wait: 2d"), 2),
    ],
)
def test_a_wait_is_silent_over_a_day_without_news(text: str, found: int) -> None:
    assert len(judged("silent-wait", text)) == found


def test_offsets_and_dates_of_one_file_are_compared_from_day_0() -> None:
    told = "channel: sms, by: company, at: 2026-03-04"
    head = "day0: 2026-03-02\n"
    assert not judged("silent-wait", touchpoints("wait: 3d, at: 0h", told, head=head))
    assert judged("silent-wait", touchpoints("wait: 1.5d, at: 0h", told, head=head))


HOPS = ["channel: chatbot", "channel: phone", "channel: email", "channel: portal"]


def test_hopping_is_counted_within_a_stage_only() -> None:
    items = [f"{{title: I do {n}, {item}}}" for n, item in enumerate(HOPS)]
    whole = f"stages: [{{name: One, touchpoints: [{', '.join(items)}]}}]\n"
    halves = (
        f"stages: [{{name: One, touchpoints: [{', '.join(items[:3])}]}}, {{name: Two, touchpoints: [{items[3]}]}}]\n"
    )
    assert judged("channel-hopping", HEAD + whole)
    assert not judged("channel-hopping", HEAD + halves)
    assert not judged("channel-hopping", touchpoints(*HOPS))


def test_one_complaint_in_writing_puts_the_case_on_record() -> None:
    spoken, written = "channel: phone, tags: [complaint]", "channel: [phone, email], tags: [complaint]"
    assert len(judged("untraceable-complaint", touchpoints(spoken, "channel: email"))) == 1
    assert not judged("untraceable-complaint", touchpoints(spoken, written))


@pytest.mark.parametrize(
    ("name", "help"),
    [
        ("e-mail", "write email"),
        ("Face to Face", "write in-person"),
        ("emial", 'did you mean "email"?'),
        ("e-pošta", 'did you mean "email"?'),
        ("kiosc", 'did you mean "kiosk"?'),
        ("Kiosk", 'did you mean "kiosk"?'),
    ],
)
def test_the_right_name_of_a_channel_is_suggested(name: str, help: str) -> None:
    text = touchpoints(f'channel: "{name}"', "channel: phone", head="channels: {kiosk: {pros: no queue}}\n")
    assert [hit.help for hit in judged("unknown-channel", text)] == [help]


@pytest.mark.parametrize("name", ["pigeon", "fax", "workshop", "whatsapp"])
def test_no_far_fetched_name_is_suggested(name: str) -> None:
    (hit,) = judged("unknown-channel", touchpoints(f"channel: {name}", f"channel: {name}"))
    assert "(2 uses)" in hit.message
    assert "did you mean" not in hit.help


@pytest.mark.parametrize("name", ["phone", "Phone", "none", "kiosk", "video"])
def test_known_channels_are_known(name: str) -> None:
    text = touchpoints(f"channel: {name}", "channel: phone", head="channels: {kiosk: {pros: no queue}}\n")
    assert not judged("unknown-channel", text)
