"""Links by which a person sets a password: for a new account, and for a forgotten one."""

from __future__ import annotations

import secrets

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from .models import User

_LETTER = """Someone, probably you, asked to set the password of {email} at Tieout.

Set it here; the link works once, for three days:
{link}

If it was not you, leave this mail alone: nothing was changed.
"""


def path_to_set_password(user: User) -> str:
    """Works until it is used, the password changes or PASSWORD_RESET_TIMEOUT is over."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("password_reset_confirm", kwargs={"uidb64": uid, "token": default_token_generator.make_token(user)})


def send_link(email: str, origin: str) -> None:
    """Says nothing about whether there is such an account, so that nobody can learn it."""
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is not None:
        letter = _LETTER.format(email=user.email, link=origin + path_to_set_password(user))
        send_mail("Set your Tieout password", letter, None, [user.email])


def give_one_time_password(user: User) -> str:
    """For a first log-in where no mail is set up; to be changed by its owner."""
    password = secrets.token_urlsafe(12)
    user.set_password(password)
    user.save(update_fields=["password"])
    return password
