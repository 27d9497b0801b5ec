"""A new sealing key: whatever an older one sealed is sealed anew, while all goes on running."""

from __future__ import annotations

import os
import secrets as random
from pathlib import Path

from django.db import transaction

from tieout.quickbooks.models import Connection, SecretField

from . import secrets

FIELDS: tuple[SecretField, ...] = ("client_secret", "access_token", "refresh_token")


def add_key(file: Path) -> None:
    """To the front; older ones stay, to open what they sealed. Other processes see the old file or the new one."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(f"{random.token_urlsafe(48)},{file.read_text().strip()}")
    fresh.replace(file)


def drop_old(file: Path) -> None:
    """Call it when nothing is sealed with them any more."""
    newest = file.read_text().strip().split(",")[0]
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(newest)
    fresh.replace(file)


def reseal() -> int:
    """With the newest key; the number of connections that were not."""
    ids = list(Connection.objects.values_list("pk", flat=True))
    return sum(_resealed(pk) for pk in ids)


def _resealed(pk: int) -> bool:
    with transaction.atomic():
        row = Connection.objects.select_for_update().get(pk=pk)
        old = [field for field in FIELDS if (kept := bytes(getattr(row, field))) and not secrets.is_newest(kept)]
        for field in old:
            row.seal(field, row.unseal(field))
        if old:
            row.save(update_fields=old)
    return bool(old)
