"""Wrong passwords are counted per account and address, so that guessing is slow wherever it comes from; and mails to
set a password, so that nobody can flood another's letter box."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from tieout import clock

from .models import LoginFailure, PasswordMail

WINDOW = timedelta(minutes=15)
# An address may hold a whole office, and an account must not be shut to its owner by a few strangers' guesses.
PER_ACCOUNT_AND_ADDRESS = 5
PER_ADDRESS = 50
PER_ACCOUNT = 50

MAIL_WINDOW = timedelta(hours=1)
MAILS_PER_ACCOUNT = 3
MAILS_PER_ADDRESS = 20


class TooManyFailures(Exception):
    """`str()` is the sentence to show; `until` when the next attempt is let through."""

    def __init__(self, until: datetime) -> None:
        minutes = max(1, -(-int((until - clock.now()).total_seconds()) // 60))
        plural = "s" if minutes > 1 else ""
        super().__init__(f"Too many failed log-ins. Try again in {minutes} minute{plural}, or reset the password.")
        self.until = until


def check(email: str, address: str) -> None:
    """Call it before the password is looked at. Raises TooManyFailures."""
    account, place = Q(email=_account(email)), Q(address=address)
    for failures, allowed in (
        (account & place, PER_ACCOUNT_AND_ADDRESS),
        (place, PER_ADDRESS),
        (account, PER_ACCOUNT),
    ):
        _check(failures, allowed)


def failed(email: str, address: str) -> None:
    LoginFailure.objects.filter(at__lte=clock.now() - WINDOW).delete()
    LoginFailure.objects.create(email=_account(email), address=address)


def succeeded(email: str, address: str) -> None:
    """Forgets the failures of this account from this address, and no others: they were not this person's."""
    LoginFailure.objects.filter(email=_account(email), address=address).delete()


def may_mail(email: str, address: str) -> bool:
    """Counts it if so."""
    PasswordMail.objects.filter(at__lte=clock.now() - MAIL_WINDOW).delete()
    asked = PasswordMail.objects.all()
    if asked.filter(email=_account(email)).count() >= MAILS_PER_ACCOUNT:
        return False
    if asked.filter(address=address).count() >= MAILS_PER_ADDRESS:
        return False
    PasswordMail.objects.create(email=_account(email), address=address)
    return True


def _check(failures: Q, allowed: int) -> None:
    recent = LoginFailure.objects.filter(failures, at__gt=clock.now() - WINDOW).order_by("-at")
    times = list(recent.values_list("at", flat=True)[:allowed])
    if len(times) == allowed:
        raise TooManyFailures(times[-1] + WINDOW)


def _account(email: str) -> str:
    return email.strip().lower()[:254]
