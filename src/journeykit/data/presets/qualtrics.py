"""Responses of Qualtrics as CSV, which has two rows of headers below the first.

The questions have names of the survey's own, so they are no part of the preset: `columns = {Q1_NPS = "nps"}`.
"""

HEADERS = (
    "StartDate", "EndDate", "Status", "Progress", "Duration (in seconds)", "Finished", "RecordedDate", "ResponseId",
    "ExternalReference",
)  # fmt: skip
TABLES = {
    "answers": {
        "kind": "answers",
        "row": "respondent",
        "id": "ResponseId",
        "at": "StartDate",
        "where": "\"ResponseId\" LIKE 'R!_%' ESCAPE '!'",
        "keep": {"Status": ["IP Address", "Imported", "0", "4"]},
        "missing": {"-99": "no answer", "N/A": "not applicable"},
    },
}
