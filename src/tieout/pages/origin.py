"""Where a request comes from."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Each trusted proxy adds whom it heard at the end of X-Forwarded-For; what stands before is anybody's claim."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    heard = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    hops: int = settings.TRUSTED_PROXIES
    return heard[-hops][:64] if 0 < hops <= len(heard) else peer
