"""Logging in and out, and passwords; the checks are Django's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy

from tieout.pages.origin import address_of
from tieout.subledger import passwords, throttle


class LogInForm(AuthenticationForm):
    username = UsernameField(label="E-mail address", widget=forms.EmailInput(attrs={"autofocus": True}))

    def clean(self) -> dict[str, Any]:
        email = self.cleaned_data.get("username", "")
        address = address_of(self.request) if self.request else ""
        try:
            throttle.check(email, address)
        except throttle.TooManyFailures as refusal:
            raise ValidationError(str(refusal)) from None
        try:
            super().clean()
        except ValidationError:
            throttle.failed(email, address)
            raise
        throttle.succeeded(email, address)
        return self.cleaned_data


class LogIn(views.LoginView):
    form_class = LogInForm
    template_name = "auth/log_in.html"
    redirect_authenticated_user = True


class LogOut(views.LogoutView):
    http_method_names = ["post"]


class ForgottenForm(forms.Form):
    email = forms.EmailField(label="E-mail address", max_length=254)


def forgotten(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether there is such an account or not."""
    form = ForgottenForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        if throttle.may_mail(email, address_of(request)):
            passwords.send_link(email, request.build_absolute_uri("/").rstrip("/"))
        return redirect("password-sent")
    return render(request, "auth/forgotten.html", {"form": form})


def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "auth/sent.html")


class SetPassword(views.PasswordResetConfirmView):
    template_name = "auth/set_password.html"
    success_url = reverse_lazy("log-in")
