"""Tickets of Freshdesk and Freshservice."""

HEADERS = ("Ticket ID", "Survey results", "First response status", "Resolution status", "Agent interactions")
_SURVEY = {
    "metric": "csat", "scale": "1..3", "top": 1,
    # A survey has three, five or seven answers; what they share is happy, neutral, unhappy.
    "labels": {
        "Extremely Happy": 3, "Very Happy": 3, "Happy": 3, "Neutral": 2,
        "Unhappy": 1, "Very Unhappy": 1, "Extremely Unhappy": 1,
    },
    "missing": {"Not Asked": "not asked", "No response": "no answer"},
}  # fmt: skip
TABLES = {
    "answers": {
        "kind": "answers",
        "row": "ticket",
        "case": "Ticket ID",
        "at": "Created time",
        "evidence": "ticket",
        "columns": {"Survey results": _SURVEY, "Survey Result": _SURVEY},
        "times": {
            "first-response": {"from": "Created time", "to": "Initial response time"},
            "resolution": {"from": "Created time", "to": "Resolved time"},
            # "in hrs" is text such as 05:31:00, by the hours of the policy that holds for the ticket.
            "first-response-hours": {"column": "First response time (in hrs)", "unit": "h:m:s", "clock": "business"},
            "resolution-hours": {"column": "Resolution time (in hrs)", "unit": "h:m:s", "clock": "business"},
        },
        "cases": {
            "first-response-in-target": {
                "is": "\"First response status\" = 'Within SLA'", "note": "as Freshdesk says: within SLA",
            },
            "resolution-in-target": {
                "is": "\"Resolution status\" = 'Within SLA'", "note": "as Freshdesk says: within SLA",
            },
            "fcr": {
                "is": 'CASE WHEN "Resolved time" IS NULL THEN NULL ELSE "Agent interactions" = 1 END',
                "note": "one interaction of an agent; tickets that are not resolved are not counted",
            },
        },
    },
}  # fmt: skip
