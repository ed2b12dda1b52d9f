"""Issues of Jira Service Management."""

HEADERS = (
    "Issue key", "Satisfaction rating", "Custom field (Satisfaction date)", "Custom field (Time to first response)",
    "Custom field (Time to resolution)", "Custom field ([CHART] Date of First Response)", "Custom field (Request Type)",
)  # fmt: skip
_REMAINING = (
    "it is the time that remained until the target when the clock stopped, negative where it was missed; "
    'a time is "Custom field ([CHART] Date of First Response)" less "Created"'
)
REFUSED = {
    "Custom field (Time to first response)": _REMAINING,
    "Custom field (Time to resolution)": _REMAINING,
}
TABLES = {
    "answers": {
        "kind": "answers",
        "row": "ticket",
        "case": "Issue key",
        "at": "Created",
        "format": "%d/%b/%y %I:%M %p",
        "evidence": "ticket",
        "columns": {"Satisfaction rating": {"metric": "csat", "scale": "1..5"}},
        "times": {
            "first-response": {"from": "Created", "to": "Custom field ([CHART] Date of First Response)"},
            "resolution": {"from": "Created", "to": "Resolved"},
        },
        "cases": {
            "first-response-in-target": {
                "is": "\"Custom field (Time to first response)\" NOT LIKE '-%'",
                "note": "time remained until the target of the first response",
            },
            "resolution-in-target": {
                "is": "\"Custom field (Time to resolution)\" NOT LIKE '-%'",
                "note": "time remained until the target of the resolution",
            },
        },
    },
}
