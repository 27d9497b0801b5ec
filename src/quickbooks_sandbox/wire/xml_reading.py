"""Bodies in XML, read into what the same bodies in JSON hold."""

from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from quickbooks_sandbox.wire.operations import Content
from quickbooks_sandbox.wire.xml_names import BOOLEANS, LISTS, NAMESPACE, NUMBERS, is_reference

DEEPEST = 50
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


class BadXml(ValueError):
    """The bytes are not XML, or not of Intuit's schema."""


def read(raw: bytes) -> tuple[str, Content]:
    """The name of the root, and what it holds. Empty elements are empty texts: fields that are unset."""
    try:
        root = fromstring(raw, forbid_dtd=True)
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        raise BadXml(str(error)) from None
    content = _members(root, 0)
    return _name(root), content if isinstance(content, dict) else {}


def _members(element: Element, depth: int) -> Content:
    if depth > DEEPEST:
        raise BadXml(f"elements are nested deeper than {DEEPEST}")
    found: Content = {name: _plain(name, text) for name, text in element.attrib.items() if "}" not in name}
    for child in element:
        name = _name(child)
        if name == "LineEx":  # QuickBooks' own: it is shown, and ignored when it comes back
            continue
        value = _value(name, child, depth)
        if name in LISTS:
            found.setdefault(name, []).append(value)
        else:
            found[name] = value
    return found


def _value(name: str, element: Element, depth: int) -> Any:
    if element.get(_NIL) in ("true", "1"):
        return None
    if len(element):
        return _members(element, depth + 1)
    text = (element.text or "").strip() if name in BOOLEANS or name in NUMBERS else element.text or ""
    if is_reference(name):
        return {"value": text.strip(), **element.attrib} if text.strip() else {}
    # An object that has attributes and nothing else, such as a change of nothing.
    return _members(element, depth + 1) if element.attrib and not text.strip() else _plain(name, text)


def _plain(name: str, text: str) -> Any:
    if name in BOOLEANS and text in ("true", "false", "1", "0"):
        return text in ("true", "1")
    if name in NUMBERS:
        return _number(text)
    return text


def _number(text: str) -> Any:
    """What is no number is left as it came, for the field's own rules to refuse."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite():
        return text
    return int(text) if text.lstrip("-").isdecimal() else number


def _name(element: Element) -> str:
    namespace, _, name = element.tag.rpartition("}")
    if namespace != f"{{{NAMESPACE}":
        expected = f'unexpected element (uri:"{namespace[1:]}", local:"{name}")'
        raise BadXml(f"{expected}: elements are in {NAMESPACE}")
    return name
