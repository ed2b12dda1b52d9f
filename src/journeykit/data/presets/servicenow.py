"""ServiceNow: results of its surveys (`asmt_metric_result`), and the log of its incidents."""

HEADERS = (
    "actual_value", "normalized_value", "scaled_value", "string_value", "incident_state", "reassignment_count",
    "reopen_count", "made_sla", "sys_updated_at", "sys_created_on", "instance", "metric",
)  # fmt: skip
_SCALED = "it is the answer moved to another scale; the answer itself is actual_value"
REFUSED = {"normalized_value": _SCALED, "scaled_value": _SCALED}
TABLES = {
    "answers": {
        "kind": "answers",
        "row": "answer",
        "id": "instance",
        "touchpoint": "metric",
        "score": "actual_value",
        "at": "sys_created_on",
        "questions": {
            "Overall satisfaction": {"metric": "csat"},
            "Ease of use": {"metric": "ces"},
            "Would recommend": {"metric": "nps"},
        },
    },
    "events": {
        "kind": "events",
        "case": "number",
        "activity": "incident_state",
        "at": "sys_updated_at",
        "channel": "contact_type",
        "team": "assignment_group",
        "missing": {"?": "blank"},
        "times": {"resolution": {"from": "opened_at", "to": "resolved_at"}},
        "cases": {
            "fcr": {
                "is": '"reassignment_count" = 0 AND "reopen_count" = 0',
                "note": "no reassignment and no reopening by the last event of a case",
            },
            "resolution-in-target": {
                "is": "LOWER(\"made_sla\") = 'true'", "note": "made_sla of the last event of a case",
            },
        },
    },
}  # fmt: skip
