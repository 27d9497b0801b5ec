"""The envelopes around answers: what was asked for, a fault of the accounting service, a fault of the gateway."""

from datetime import datetime
from typing import Any

from quickbooks_sandbox import json
from quickbooks_sandbox.faults import Fault, Language
from quickbooks_sandbox.ledger.times import PACIFIC
from quickbooks_sandbox.wire.exchange import Answer

THROTTLED = "The request limit was reached.  Try again later"


def shown_time(now: datetime) -> str:
    return now.astimezone(PACIFIC).isoformat(timespec="milliseconds")


def answered(content: dict[str, Any], now: datetime) -> Answer:
    return Answer(200, json.dumps({**content, "time": shown_time(now)}))


def fault_content(fault: Fault, language: Language) -> dict[str, Any]:
    errors = []
    for error in (each.told_in(language) for each in fault.errors):
        shown = {"Message": error.message, "Detail": error.detail, "code": error.code}
        if error.element is not None:
            shown["element"] = error.element
        errors.append(shown)
    return {"Fault": {"Error": errors, "type": fault.type}}


def faulted(fault: Fault, now: datetime, language: Language) -> Answer:
    content = fault_content(fault, language)
    # As recorded, an id that is no number is refused before anything looks at the clock.
    if fault.code != "2030":
        content["time"] = shown_time(now)
    return Answer(fault.status, json.dumps(content), "application/json")


def crashed(now: datetime) -> Answer:
    error = {
        "Message": "An application error has occurred while processing your request",
        "Detail": "System Failure Error: the sandbox failed on this request; its log has the cause.",
        "code": "10000",
        "element": "SystemFailureError",
    }
    body = json.dumps({"Fault": {"Error": [error], "type": "SystemFault"}, "time": shown_time(now)})
    return Answer(500, body, "application/json")


def unavailable() -> Answer:
    """What stands in front of a service that is down: no envelope at all."""
    return Answer(503, b"<html><body><h1>503 Service Unavailable</h1></body></html>\n", "text/html")


def unauthenticated(detail: str, now: datetime) -> Answer:
    return _gateway(401, "AuthenticationFailed", "3200", detail, now)


def unauthorised(now: datetime) -> Answer:
    return _gateway(403, "ApplicationAuthorizationFailed", "3100", None, now)


def throttled(now: datetime) -> Answer:
    return _gateway(429, "ThrottleExceeded", "3001", THROTTLED, now)


def standing_for(status: int, now: datetime) -> Answer:
    """What QuickBooks usually says with a status, for faults that are planned without a body."""
    match status:
        case 401:
            return unauthenticated("Token expired", now)
        case 403:
            return unauthorised(now)
        case 429:
            return throttled(now)
    return crashed(now)


def capitalised(answer: Answer, now: datetime) -> Answer:
    """A refusal of the gateway in the letters of the service behind it; any other answer as it is."""
    refusal = json.loads(answer.body).get("fault") if answer.body.startswith(b"{") else None
    if refusal is None:
        return answer
    names = {"message": "Message", "detail": "Detail", "code": "code", "element": "element"}
    errors = [{names[name]: value for name, value in error.items() if value is not None} for error in refusal["error"]]
    content = {"Fault": {"Error": errors, "type": refusal["type"]}, "time": shown_time(now)}
    return Answer(answer.status, json.dumps(content), answer.content_type)


def _gateway(status: int, reason: str, code: str, detail: str | None, now: datetime) -> Answer:
    """The gateway before the service speaks a dialect of its own: lower case, time in epoch milliseconds."""
    message = f"message={reason}; errorCode={code.zfill(6)}; statusCode={status}"
    error = {"message": message, "detail": detail, "code": code, "element": None}
    body: dict[str, Any] = {
        "warnings": None,
        "intuitObject": None,
        "fault": {"error": [error], "type": "AUTHENTICATION" if status == 401 else "SERVICE"},
        "report": None,
        "queryResponse": None,
        "batchItemResponse": [],
        "attachableResponse": [],
        "syncErrorResponse": None,
        "requestId": None,
        "time": int(now.timestamp() * 1000),
        "status": None,
        "cdcresponse": [],
    }
    return Answer(status, json.dumps(body), "application/json")
