"""Calls of TOPdesk, as its API, its OData feed and its selections have them.

`feedbackRating` has the scale that the organisation chose, so it is no part of the preset:
`columns = {feedbackRating = {metric = "csat", scale = "1..5"}}`.
"""

HEADERS = (
    "callDate", "creationDate", "completedDate", "closedDate", "onHoldDuration", "feedbackRating", "operatorGroup.name",
    "timeSpentSecondLineAndPartials", "escalationStatus", "partialIncidents",
)  # fmt: skip
TABLES = {
    "answers": {
        "kind": "answers",
        "row": "ticket",
        "case": "number",
        "at": "creationDate",
        "evidence": "ticket",
        "times": {"resolution": {"from": "creationDate", "to": "completedDate"}},
        "cases": {
            "fcr": {
                "is": 'CASE WHEN "completedDate" IS NULL THEN NULL '
                "ELSE COALESCE(\"timeSpentSecondLineAndPartials\", '0') IN ('0', '0.0') "
                'AND "escalationStatus" IS NULL END',
                "note": "no time of the second line and no escalation; calls that are not completed are not counted",
            },
        },
    },
}
