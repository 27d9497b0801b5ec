"""Sealing of what must not be readable in the database or its backups.

A sealed value opens only in the row and field it was sealed for, so that one company's tokens cannot be
copied into another's row. Layout: version, key id, nonce, ciphertext.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from tieout.quickbooks.errors import AccessLost

_VERSION = b"\x01"
_KEY_ID = slice(1, 5)
_NONCE = slice(5, 17)
_TEXT = slice(17, None)


class CannotOpen(AccessLost):
    """No key of TIEOUT_SEALING_KEYS opens the value, or it was not sealed for this place."""


def seal(text: str, place: str) -> bytes:
    """With the newest key. `place` names the row and field."""
    key_id, key = _derived(_ring()[0])
    nonce = os.urandom(12)
    return _VERSION + key_id + nonce + AESGCM(key).encrypt(nonce, text.encode(), place.encode())


def unseal(sealed: bytes, place: str) -> str:
    ring = dict(_derived(text) for text in _ring())
    key = ring.get(sealed[_KEY_ID]) if sealed[:1] == _VERSION else None
    if key is None:
        raise CannotOpen(
            f"No sealing key opens {place}. Add the key it was sealed with to TIEOUT_SEALING_KEYS, or connect again."
        )
    try:
        return AESGCM(key).decrypt(sealed[_NONCE], sealed[_TEXT], place.encode()).decode()
    except InvalidTag:
        raise CannotOpen(f"What is stored for {place} was not sealed there, or was altered. Connect again.") from None


def is_newest(sealed: bytes) -> bool:
    return sealed[_KEY_ID] == _derived(_ring()[0])[0]


def _ring() -> list[str]:
    """Newest first. Kept in a file they may be rotated while this process runs, which then takes up the new one."""
    file: Path | None = settings.SEALING_KEYS_FILE
    if file is not None and file.exists() and (stamp := file.stat().st_mtime_ns) != _read.get(file):
        if file in _read:
            settings.SEALING_KEYS = file.read_text().strip().split(",")
        _read[file] = stamp
    keys: list[str] = settings.SEALING_KEYS
    return keys


# When each file was last read, or was first looked at: what it held then was in the settings already.
_read: dict[Path, int] = {}


@lru_cache(maxsize=16)
def _derived(text: str) -> tuple[bytes, bytes]:
    def derive(length: int, purpose: bytes) -> bytes:
        return HKDF(SHA256(), length, salt=None, info=purpose).derive(text.encode())

    return derive(4, b"tieout key id"), derive(32, b"tieout sealing key")
