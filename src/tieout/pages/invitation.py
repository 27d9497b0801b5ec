"""The mail to someone who was made a member of a company."""

from __future__ import annotations

from django.core.mail import send_mail
from django.urls import reverse

from tieout.subledger.models import Company, User
from tieout.subledger.passwords import path_to_set_password

_NEW = """{by} has made you {role} of {company} at Tieout.

Set your password here; the link works once, for three days:
{link}
"""
_KNOWN = """{by} has made you {role} of {company} at Tieout.

Log in with your password as before:
{link}
"""


def send(user: User, company: Company, role: str, by: User, origin: str) -> None:
    """A new account gets the link by which it sets its password."""
    new = not user.has_usable_password()
    path = path_to_set_password(user) if new else reverse("overview", args=[company.pk])
    article = "an" if role[0] in "aeiou" else "a"
    letter = (_NEW if new else _KNOWN).format(by=by, role=f"{article} {role}", company=company, link=origin + path)
    send_mail(f"{company} at Tieout", letter, None, [user.email])
