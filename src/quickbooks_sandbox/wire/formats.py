"""JSON or XML: in which a client wants its answer.

What it accepts decides, or `format=` in the address. Where it accepts anything, it is answered as it asked: in
JSON if it calls its body JSON, else in XML, as a query sent as text is.
"""

from dataclasses import replace
from datetime import datetime

from quickbooks_sandbox import json
from quickbooks_sandbox.settings import Settings
from quickbooks_sandbox.wire.envelope import capitalised
from quickbooks_sandbox.wire.exchange import Answer, Request


def in_the_form_asked_for(request: Request, answer: Answer, settings: Settings, now: datetime) -> Answer:
    """The answer itself, or in XML; files and pages stay what they are."""
    if not answer.content_type.startswith("application/json") or not wants_xml(request, settings):
        return answer
    # Imported on use: most clients want JSON, and all should start fast.
    from quickbooks_sandbox.wire.xml_writing import written

    content = json.loads(answer.body)
    if not isinstance(content, dict):
        return answer
    if "fault" in content:
        content = json.loads(capitalised(answer, now).body)
    return replace(answer, body=written(content), content_type=answer.content_type.replace("json", "xml"))


def wants_xml(request: Request, settings: Settings) -> bool:
    asked = request.query.get("format", "").lower()
    if asked in ("json", "xml"):
        return asked == "xml"
    accepted = _accepted(request.header(b"accept").lower())
    if accepted:
        return accepted == "xml"
    if settings.answer_where_any_is_accepted == "as_asked":
        return "json" not in request.header(b"content-type").lower()
    return settings.answer_where_any_is_accepted == "xml"


def _accepted(header: str) -> str:
    """The better liked of the two, the first named of equals; "" where neither is named."""
    best, found = 0.0, ""
    for part in header.split(","):
        kind, _, parameters = part.partition(";")
        named = next((name for name in ("json", "xml") if kind.strip().endswith(("/" + name, "+" + name))), "")
        weight = _weight(parameters)
        if named and weight > best:
            best, found = weight, named
    return found


def _weight(parameters: str) -> float:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
