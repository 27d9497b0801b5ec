"""POST /upload: files with or without metadata, each taken or refused for itself."""

import mimetypes
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from quickbooks_sandbox import json
from quickbooks_sandbox.books.attach import attach
from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.faults import Fault, fault
from quickbooks_sandbox.wire.envelope import fault_content
from quickbooks_sandbox.wire.exchange import Answer, Request
from quickbooks_sandbox.wire.files import Files
from quickbooks_sandbox.wire.multipart import Part, parts
from quickbooks_sandbox.wire.operations import Content

LARGEST = 100 * 1024 * 1024
#: "Attachments: supported file types".
TYPES = frozenset(
    [
        "ai",
        "csv",
        "doc",
        "docx",
        "eps",
        "gif",
        "jpeg",
        "jpg",
        "ods",
        "pdf",
        "png",
        "rtf",
        "tif",
        "txt",
        "xls",
        "xlsx",
        "xml",
    ]
)
_NUMBERED = re.compile(r"file_(metadata|content)_0*(\d+)", re.IGNORECASE)


@dataclass
class Item:
    metadata: Part | None = None
    content: Part | None = None


def upload(books: Books, request: Request, files: Files) -> Content:
    if len(request.body) > LARGEST:
        raise fault("6030")
    items = _items(request)
    if not items:
        raise fault("2020", field="file_content_01")
    return {"AttachableResponse": [_answer(books, item, files) for item in items]}


def download(books: Books, request: Request, id_: str, files: Files) -> Answer:
    """Not the file, but where it can be had for a while."""
    attachable = books.read("Attachable", id_)
    if "FileAccessUri" not in attachable:
        raise fault("610")
    address = files.address(request.origin, attachable, books.realm_id)
    return Answer(200, address.encode(), "text/plain;charset=UTF-8")


def _items(request: Request) -> list[Item]:
    """Metadata and content with the same number belong together; unnumbered content stands alone."""
    numbered: dict[str, Item] = {}
    for position, part in enumerate(parts(request.header(b"content-type"), request.body)):
        found = _NUMBERED.match(part.name)
        is_metadata = bool(found and found[1].lower() == "metadata")
        item = numbered.setdefault(found[2] if found else f"alone {position}", Item())
        if is_metadata:
            item.metadata = part
        else:
            item.content = part
    return list(numbered.values())


def _answer(books: Books, item: Item, files: Files) -> Content:
    try:
        return {"Attachable": _take(books, item, files)}
    except Fault as refused:
        return fault_content(refused, books.settings.fault_language)


def _take(books: Books, item: Item, files: Files) -> Content:
    body = _metadata(item.metadata) if item.metadata else {}
    if item.content is None:
        return books.create("Attachable", body)
    body["FileName"] = body.get("FileName") or item.content.filename
    body["ContentType"] = body.get("ContentType") or item.content.content_type or _guessed(str(body["FileName"]))
    _check_type(str(body["FileName"]), str(body["ContentType"]))
    made = attach(books, body, len(item.content.content))
    files.keep(books.realm_id, made["Id"], item.content.content)
    return made


def _check_type(name: str, content_type: str) -> None:
    suffix = PurePosixPath(name).suffix or mimetypes.guess_extension(content_type) or ""
    if suffix.removeprefix(".").lower() not in TYPES:
        raise fault("6041")


def _guessed(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _metadata(part: Part) -> Content:
    if part.content.lstrip().startswith(b"<"):
        return _from_xml(part.content)
    try:
        body = json.loads(part.content)
    except json.BadJson:
        raise fault("6040") from None
    if not isinstance(body, dict):
        raise fault("6040")
    wrapped = body.get("Attachable")
    return wrapped if isinstance(wrapped, dict) and len(body) == 1 else body


def _from_xml(raw: bytes) -> Content:
    # Imported on use, as for bodies.
    from quickbooks_sandbox.wire.xml_reading import BadXml, read

    try:
        root, body = read(raw.strip())
    except BadXml:
        raise fault("6040") from None
    if root != "Attachable":
        raise fault("6040")
    return body
