"""Which touchpoint a label of the data is."""

from journeykit.measuring.labels import labels_of
from journeykit.model import Journey

JOURNEY = Journey.model_validate(
    {
        "title": "t",
        "persona": "p",
        "touchpoints": [
            {"id": "call", "title": "I call", "data": {"desk": ["Call", "Call back", 404], "poll": "waiting"}},
            {"id": "wait", "title": "I wait", "data": {"poll": "call"}},
            {"id": "come", "title": "They come"},
        ],
    }
)


def test_a_label_is_that_of_the_touchpoint_that_names_it_else_of_the_one_called_like_it() -> None:
    labels = labels_of(JOURNEY, "desk")
    found = {label: labels.get(label) for label in ("Call", "Call back", "404", "WAIT", "come", "Come!", "call", "x")}
    assert found == {
        "Call": "call", "Call back": "call", "404": "call", "WAIT": "wait", "come": "come", "Come!": "come",
        "call": None, "x": None,  # a touchpoint that names labels has no other
    }  # fmt: skip


def test_labels_are_those_of_one_source() -> None:
    labels = labels_of(JOURNEY, "poll")
    assert [labels.get(label) for label in ("waiting", "call", "Call", "come")] == ["call", "wait", None, "come"]
    assert list(labels) == ["waiting", "call", "come"] and len(labels) == 3
    assert labels.get("") is None
