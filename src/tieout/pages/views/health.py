from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from tieout import clock
from tieout.sync.models import Run


def healthz(_request: HttpRequest) -> JsonResponse:
    """For a monitor: 200 while the database answers, and how long ago the latest finished run ended."""
    try:
        last = Run.objects.filter(ended_at__isnull=False).order_by("-id").values_list("ended_at", flat=True).first()
    except DatabaseError:
        return JsonResponse({"database": "unreachable"}, status=503)
    age = None if last is None else int((clock.now() - last).total_seconds())
    return JsonResponse({"database": "ok", "last_run_ended_s_ago": age})
