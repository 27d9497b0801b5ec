"""Logging in and out, and passwords; the checks are Django's."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.urls import reverse_lazy

from tieout.subledger.models import User


class LogIn(views.LoginView):
    template_name = "auth/log_in.html"
    redirect_authenticated_user = True


class LogOut(views.LogoutView):
    http_method_names = ["post"]


class ForgottenForm(PasswordResetForm):
    def get_users(self, email: str) -> Iterator[User]:
        """Also whoever was invited and has no password yet."""
        yield from User.objects.filter(email__iexact=email, is_active=True)


class Forgotten(views.PasswordResetView):
    form_class = ForgottenForm
    template_name = "auth/forgotten.html"
    email_template_name = "auth/forgotten_mail.txt"
    subject_template_name = "auth/forgotten_subject.txt"
    success_url = reverse_lazy("password-sent")


class Sent(views.PasswordResetDoneView):
    template_name = "auth/sent.html"


class SetPassword(views.PasswordResetConfirmView):
    template_name = "auth/set_password.html"
    success_url = reverse_lazy("log-in")
    post_reset_login = False
