"""Writing mails and sending what is written. What could not be sent is tried again, ever more rarely."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.core.mail import EmailMultiAlternatives
from django.db.models import F

from tieout import clock

from .letter import Letter
from .models import Mail

# Longer than one attempt lasts (settings.EMAIL_TIMEOUT), so that nobody else takes the mail up meanwhile.
FIRST_PAUSE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=6)

log = logging.getLogger(__name__)


def post(key: str, to: Iterable[str], letter: Letter) -> None:
    """Once per key and person; commits with the caller's transaction."""
    Mail.objects.bulk_create(
        [
            Mail(key=key, to=address, subject=letter.subject, text=letter.text(), html=letter.html())
            for address in dict.fromkeys(to)
        ],
        ignore_conflicts=True,
    )


def deliver() -> int:
    """Sends what is due; the number of mails that went out."""
    due = Mail.objects.filter(sent_at=None, not_before__lte=clock.now()).order_by("pk")
    return sum(_send(mail) for mail in due[:100] if _taken(mail))


def _taken(mail: Mail) -> bool:
    mine = Mail.objects.filter(pk=mail.pk, sent_at=None, tries=mail.tries)
    return mine.update(tries=F("tries") + 1, not_before=clock.now() + _pause(mail.tries)) == 1


def _pause(tries: int) -> timedelta:
    return min(FIRST_PAUSE * (1 << min(tries, 20)), LONGEST_PAUSE)


def _send(mail: Mail) -> bool:
    message = EmailMultiAlternatives(mail.subject, mail.text, None, [mail.to])
    message.attach_alternative(mail.html, "text/html")
    try:
        message.send()
    except OSError as error:  # smtplib's own are OSErrors too
        _note(mail, error)
        return False
    Mail.objects.filter(pk=mail.pk).update(sent_at=clock.now(), error="")
    return True


def _note(mail: Mail, error: OSError) -> None:
    words = f"{type(error).__name__}: {error}"[:200]
    log.warning("A mail could not be sent and is tried again: %s", words)
    Mail.objects.filter(pk=mail.pk).update(error=words)
