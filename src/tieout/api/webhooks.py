"""Where QuickBooks tells of changes. Answers at once; the run that looks at them comes after."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tieout import jobs
from tieout.quickbooks.webhooks import inbox
from tieout.quickbooks.webhooks.notification import BadNotification, Event, events_of, is_signed
from tieout.sync.models import Trigger

LARGEST = 1_048_576  # bytes; Intuit's are a few thousand

log = logging.getLogger(__name__)


@csrf_exempt  # the signature says who speaks
@require_POST
def quickbooks(request: HttpRequest) -> HttpResponse:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return HttpResponse(status=413)
    signature = request.headers.get("intuit-signature", "")
    if not is_signed(request.body, signature, settings.QUICKBOOKS_WEBHOOK_TOKENS):
        return HttpResponse(status=401)
    try:
        take_in(events_of(request.body))
    except BadNotification as error:
        # Refused, it would come again and again, and hold back all that Intuit has to tell after it.
        log.warning("A notification of QuickBooks could not be read: %s", error)
    return HttpResponse()


def take_in(events: Sequence[Event]) -> None:
    with transaction.atomic():
        for company in inbox.take_in(events):
            jobs.wake(company, trigger=Trigger.WEBHOOK)
