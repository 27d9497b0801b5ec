"""Multipart bodies as clients really send them: lines that end in LF alone, a blank line first, stray semicolons,
base64 that is declared and not done. Strict parsers refuse most of these.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

_BOUNDARY = re.compile(r'boundary="?([^";,]+)"?', re.IGNORECASE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_PARAMETER = re.compile(r'(name|filename)\s*=\s*(?:"([^"]*)"|([^;\r\n]+))', re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    name: str
    filename: str
    content_type: str
    content: bytes


def parts(content_type: str, body: bytes) -> Iterator[Part]:
    boundary = _boundary(content_type, body)
    if not boundary:
        return
    for piece in re.split(rb"(?:^|\r?\n)--" + re.escape(boundary), body)[1:]:
        if piece.startswith(b"--"):
            return
        # What follows the boundary on its line is padding.
        _, _, rest = piece.partition(b"\n")
        head, content = _divided(rest)
        yield _part(head, content)


def _boundary(content_type: str, body: bytes) -> bytes:
    if found := _BOUNDARY.search(content_type):
        return found[1].strip().encode()
    first = body.lstrip().split(b"\n", 1)[0].strip()
    return first[2:] if first.startswith(b"--") else b""


def _divided(piece: bytes) -> tuple[str, bytes]:
    if piece[:1] in (b"\r", b"\n"):  # a part without headers
        return "", piece.split(b"\n", 1)[1]
    end = _HEAD_END.search(piece)
    if end is None:
        return piece.decode("utf-8", "replace"), b""
    return piece[: end.start()].decode("utf-8", "replace"), piece[end.end() :]


def _part(head: str, content: bytes) -> Part:
    headers = {}
    for line in head.splitlines():
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    disposition = headers.get("content-disposition", "")
    parameters = {each[1].lower(): each[2] or each[3] or "" for each in _PARAMETER.finditer(disposition)}
    if headers.get("content-transfer-encoding", "").lower() == "base64":
        content = _unpacked(content)
    content_type = headers.get("content-type", "").partition(";")[0].strip()
    return Part(parameters.get("name", ""), parameters.get("filename", ""), content_type, content)


def _unpacked(content: bytes) -> bytes:
    """Some clients label raw bytes as base64."""
    try:
        return base64.b64decode(b"".join(content.split()), validate=True)
    except binascii.Error:
        return content
