"""Answers in XML: what an answer in JSON holds, spelled as Intuit's schema of version 3 has it."""

import re
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from quickbooks_sandbox.wire.operations import Content
from quickbooks_sandbox.wire.xml_names import ATTRIBUTES, NAMESPACE

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: No XML may hold these, not even as references.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_QUOTED = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}


def written(content: Content) -> bytes:
    """A whole answer. Reports, and what the tax service makes, are roots of their own; all else is enveloped."""
    out: list[str] = [_DECLARATION]
    if "Columns" in content:
        _root(out, "Report", content, "")
    elif "TaxCodeId" in content:
        _root(out, "TaxService", content, "")
    else:
        inner = {name: value for name, value in content.items() if name != "time"}
        time = f' time="{_attribute(content["time"])}"' if "time" in content else ""
        _root(out, "IntuitResponse", inner, time)
    return "".join(out).encode()


def _root(out: list[str], name: str, content: Content, attributes: str) -> None:
    out.append(f'<{name} xmlns="{NAMESPACE}"{attributes}>')
    for member, value in content.items():
        _write(out, member, value)
    out.append(f"</{name}>")


def _write(out: list[str], name: str, value: Any) -> None:
    if isinstance(value, dict):
        _write_object(out, name, value)
    elif isinstance(value, list):
        for each in value:
            _write(out, name, each)
    elif value is not None:
        out.append(f"<{name}>{_text(value)}</{name}>")


def _write_object(out: list[str], name: str, value: Content) -> None:
    if "value" in value and name != "ColData":
        _write_reference(out, name, value)
        return
    if "any" in value:
        value = {"NameValue": [each["value"] for each in value["any"]]}
    elif "domain" in value:
        value = _base_first(value)
    out.append(f"<{name}{_attributes(value)}")
    place = len(out)
    for member, inner in value.items():
        if member not in ATTRIBUTES:
            _write(out, member, inner)
    if len(out) == place:
        out.append("/>")
    else:
        out[place - 1] += ">"
        out.append(f"</{name}>")


def _write_reference(out: list[str], name: str, value: Content) -> None:
    beside = {member: inner for member, inner in value.items() if member != "value"}
    out.append(f"<{name}{_attributes(beside)}>{_text(value['value'])}</{name}>")


def _base_first(value: Content) -> Content:
    """JSON shows an object's own members before those that all objects share, XML after them."""
    members = list(value)
    shared = members.index("domain")
    return {member: value[member] for member in (*members[shared:], *members[:shared])}


def _attributes(value: Content) -> str:
    shown = [(name, inner) for name, inner in value.items() if name in ATTRIBUTES and inner is not None]
    return "".join(f' {name}="{_attribute(inner)}"' for name, inner in shown)


def _attribute(value: Any) -> str:
    return escape(_plain(value), _QUOTED)


def _text(value: Any) -> str:
    return escape(_plain(value), {"\r": "&#13;"})


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return _FORBIDDEN.sub("", str(value))
