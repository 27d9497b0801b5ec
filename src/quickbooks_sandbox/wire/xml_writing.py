"""Answers in XML: what an answer in JSON holds, spelled as Intuit's schema of version 3 has it."""

import re
from decimal import Decimal
from typing import Any

from quickbooks_sandbox.wire.operations import Content
from quickbooks_sandbox.wire.xml_names import ATTRIBUTES, NAMESPACE, ORDERS

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: No XML may hold these, not even as references.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: What cannot stand in a text as it is; most texts have none of it.
_SPECIAL = re.compile("[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_TEXT = str.maketrans(_ESCAPES)
_IN_ATTRIBUTE = str.maketrans({**_ESCAPES, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def written(content: Content) -> bytes:
    """A whole answer. Reports, and what the tax service makes, are roots of their own; all else is enveloped."""
    out: list[str] = [_DECLARATION]
    if "Columns" in content:
        _root(out, "Report", content, "")
    elif "TaxCodeId" in content:
        _root(out, "TaxService", content, "")
    else:
        inner = {name: value for name, value in content.items() if name != "time"}
        _root(out, "IntuitResponse", inner, _attribute("time", content.get("time")))
    return "".join(out).encode()


def _root(out: list[str], name: str, content: Content, attributes: str) -> None:
    out.append(f'<{name} xmlns="{NAMESPACE}"{attributes}>')
    for member, value in content.items():
        _write(out, member, value)
    out.append(f"</{name}>")


def _write(out: list[str], name: str, value: Any) -> None:
    kind = type(value)
    if kind is str:
        out.append(f"<{name}>{_text(value)}</{name}>")
    elif kind is dict:
        _write_object(out, name, value)
    elif kind is list:
        for each in value:
            _write(out, name, each)
    elif value is not None:
        out.append(f"<{name}>{_plain(value)}</{name}>")


def _write_object(out: list[str], name: str, value: Content) -> None:
    if "value" in value and name != "ColData":
        beside = "".join(_attribute(member, inner) for member, inner in value.items() if member != "value")
        out.append(f"<{name}{beside}>{_text(_plain(value['value']))}</{name}>")
        return
    if "any" in value:
        value = {"NameValue": [each["value"] for each in value["any"]]}
    elif "domain" in value:
        value = _base_first(value)
    elif name in ORDERS:
        value = {member: value[member] for member in (*ORDERS[name], *value) if member in value}
    place = len(out)
    out.append("")
    attributes = ""
    for member, inner in value.items():
        if member in ATTRIBUTES:
            attributes += _attribute(member, inner)
        else:
            _write(out, member, inner)
    if len(out) == place + 1:
        out[place] = f"<{name}{attributes}/>"
    else:
        out[place] = f"<{name}{attributes}>"
        out.append(f"</{name}>")


def _base_first(value: Content) -> Content:
    """JSON shows an object's own members before those that all objects share, XML after them."""
    members = list(value.items())
    shared = list(value).index("domain")
    return dict(members[shared:] + members[:shared])


def _attribute(name: str, value: Any) -> str:
    if value is None:
        return ""
    text = _plain(value)
    if not text.isalnum():
        text = _FORBIDDEN.sub("", text).translate(_IN_ATTRIBUTE)
    return f' {name}="{text}"'


def _text(value: str) -> str:
    if not _SPECIAL.search(value):
        return value
    return _FORBIDDEN.sub("", value).translate(_IN_TEXT)


def _plain(value: Any) -> str:
    if value is True:
        return "true"
    if value is False:
        return "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
