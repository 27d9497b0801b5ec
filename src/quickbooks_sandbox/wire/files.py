"""The bytes of attachments, kept beside the books, and the addresses under which they can be had for 15 minutes."""

import hashlib
import hmac
import secrets
from typing import Any
from urllib.parse import quote, urlencode

from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.storage import Storage
from quickbooks_sandbox.wire.operations import Content

LIFE_S = 900
SPACE = "file"


class Files:
    def __init__(self, clock: Clock, storage: Storage) -> None:
        self._clock, self._storage = clock, storage
        self._in_memory: dict[str, bytes] = {}
        # A new one with each start: links of 15 minutes need not outlive the process.
        self._secret = secrets.token_bytes(32)

    def keep(self, realm_id: str, id: str, content: bytes) -> None:
        if self._storage.keeps:
            self._storage.put(SPACE, _key(realm_id, id), content)
        else:
            self._in_memory[_key(realm_id, id)] = content

    def content(self, realm_id: str, id: str) -> bytes | None:
        key = _key(realm_id, id)
        return self._storage.get(SPACE, key) if self._storage.keeps else self._in_memory.get(key)

    def dump(self) -> dict[str, bytes]:
        return dict(self._storage.entries(SPACE)) if self._storage.keeps else dict(self._in_memory)

    def load(self, files: dict[str, bytes]) -> None:
        self.clear()
        for key, content in files.items():
            realm_id, _, id_ = key.partition("/")
            self.keep(realm_id, id_, content)

    def clear(self) -> None:
        self._in_memory.clear()
        self._storage.clear(SPACE)

    def address(self, origin: str, attachable: Content, realm_id: str) -> str:
        expires = int(self._clock.now().timestamp()) + LIFE_S
        path = f"/attachments/{realm_id}/{attachable['Id']}/{quote(attachable.get('FileName', 'file'), safe='')}"
        signed = {
            "X-Amz-Expires": LIFE_S,
            "expires": expires,
            "signature": self._signature(realm_id, attachable["Id"], expires),
        }
        return f"{origin}{path}?{urlencode(signed)}"

    def admits(self, realm_id: str, id: str, expires: str, signature: str) -> bool:
        if not expires.isdecimal():
            return False
        right = self._signature(realm_id, id, int(expires))
        return hmac.compare_digest(right, signature) and self._clock.now().timestamp() <= int(expires)

    def _signature(self, realm_id: str, id: str, expires: int) -> str:
        return hmac.new(self._secret, f"{realm_id}/{id}/{expires}".encode(), hashlib.sha256).hexdigest()

    def with_addresses(self, content: Any, origin: str, realm_id: str) -> Any:
        """An answer in which every attachment that has a file says where it can be had just now."""
        if isinstance(content, list):
            return [self.with_addresses(each, origin, realm_id) for each in content]
        if not isinstance(content, dict):
            return content
        if "FileAccessUri" in content:
            return self._addressed(content, origin, realm_id)
        if not _may_hold_files(content):
            return content
        return {name: self.with_addresses(value, origin, realm_id) for name, value in content.items()}

    def _addressed(self, attachable: Content, origin: str, realm_id: str) -> Content:
        shown: Content = {}
        for name, value in attachable.items():
            shown[name] = value
            if name == "FileAccessUri":
                shown["TempDownloadUri"] = self.address(origin, attachable, realm_id)
        return shown


#: Where attachments stand in answers; all else is passed on as it is, lists of thousands of objects unsearched.
_HOLDERS = {"Attachable", "AttachableResponse", "QueryResponse", "CDCResponse", "BatchItemResponse"}


def _may_hold_files(content: Content) -> bool:
    return not _HOLDERS.isdisjoint(content)


def _key(realm_id: str, id: str) -> str:
    return f"{realm_id}/{id}"
