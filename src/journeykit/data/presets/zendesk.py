"""Tickets of Zendesk, as its export and its views have them."""

HEADERS = ("Satisfaction Score", "Full resolution time in minutes", "First reply time in minutes", "Solved at", "Via")
_MINUTES = {
    "first-reply": "First reply time in minutes",
    "first-resolution": "First resolution time in minutes",
    "full-resolution": "Full resolution time in minutes",
}
TABLES = {
    "answers": {
        "kind": "answers",
        "row": "ticket",
        "case": "Id",
        "at": "Created at",
        "evidence": "ticket",
        # A ticket that was merged into another one is closed at once, and is no case of its own.
        "where": "COALESCE(\"Tags\", '') NOT LIKE '%closed!_by!_merge%' ESCAPE '!'",
        "columns": {
            # Good and Bad are the two ends that Zendesk reports, also of a survey of five answers, of which 3 is "Bad".
            "Satisfaction Score": {
                "metric": "csat", "scale": "1..2", "top": 1, "labels": {"Good": 2, "Bad": 1},
                "missing": {"Offered": "no answer", "Unoffered": "not asked", "Not Offered": "not asked"},
            },
        },
        "times": {
            **{
                name: {"column": column, "unit": "min", "clock": "calendar", "from": "Created at"}
                for name, column in _MINUTES.items()
            },
            **{
                f"{name}-business": {
                    "column": f"{column} within business hours", "unit": "min", "clock": "business",
                    "from": "Created at",
                }
                for name, column in _MINUTES.items()
            },
        },
        "cases": {
            "fcr": {
                "is": 'CASE WHEN "Full resolution time in minutes" IS NULL THEN NULL '
                'ELSE "Replies" = 1 AND "Reopens" = 0 END',
                "note": "one reply and no reopening; tickets that are not solved are not counted",
            },
        },
    },
}  # fmt: skip
