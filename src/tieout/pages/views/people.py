"""Who is of a company, with which role; inviting, changing and removing."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tieout.pages import invitation
from tieout.pages.access import PageRequest, page
from tieout.pages.editing.saving import in_words, show
from tieout.subledger import people as members
from tieout.subledger.models import Membership, Role
from tieout.subledger.people import Act
from tieout.subledger.services.refusal import Refused

MEANING = {
    Role.OWNER: "everything, and connecting to QuickBooks",
    Role.ADMIN: "all but connecting: unlink, settle conflicts, settings, people",
    Role.MEMBER: "enter and change records, start a sync",
    Role.VIEWER: "look at everything, change nothing",
}


class InvitationForm(forms.Form):
    email = forms.CharField(label="E-mail address", max_length=254, widget=forms.EmailInput)
    role = forms.ChoiceField(choices=Role.choices, initial=Role.MEMBER)


@page(Act.SEE)
def people(request: PageRequest) -> HttpResponse:
    return _show(request, InvitationForm())


@page(Act.PEOPLE, methods=["POST"])
def invite(request: PageRequest) -> HttpResponse:
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    role, origin = form.cleaned_data["role"], request.build_absolute_uri("/").rstrip("/")
    try:
        with transaction.atomic():
            user, _ = members.add_user(form.cleaned_data["email"], request.company, role, by=request.user)
            invitation.send(user, request.company, role, request.user, origin)
    except Refused as refusal:
        show(refusal, form)
        return _show(request, form)
    messages.success(request, f"{user.email} is now {role} of {request.company}, and was sent a mail.")
    return redirect("people", request.company.pk)


@page(Act.PEOPLE, methods=["POST"])
def role(request: PageRequest, member: int) -> HttpResponse:
    found, wanted = _member(request, member), request.POST.get("role", "")
    return _changed(
        request,
        lambda: members.set_role(found.user, request.company, wanted, by=request.user),
        f"{found.user.email} is now {wanted}.",
    )


@page(Act.PEOPLE, methods=("GET", "HEAD", "POST"))
def remove(request: PageRequest, member: int) -> HttpResponse:
    found = _member(request, member)
    if request.method != "POST":
        return render(request, "people/remove.html", {"member": found})
    return _changed(
        request,
        lambda: members.remove_user(found.user, request.company, by=request.user),
        f"{found.user.email} is no longer of {request.company}.",
    )


def _changed(request: PageRequest, change: Callable[[], None], success: str) -> HttpResponse:
    try:
        change()
    except Refused as refusal:
        messages.error(request, f"Nothing was changed. {in_words(refusal)}")
    else:
        messages.success(request, success)
    # Whoever removed themselves is not of this company any more.
    still = Membership.objects.filter(user=request.user, company=request.company).exists()
    return redirect("people", request.company.pk) if still else redirect("companies")


def _member(request: PageRequest, member: int) -> Membership:
    return get_object_or_404(Membership.objects.select_related("user"), company=request.company, pk=member)


def _show(request: PageRequest, form: InvitationForm) -> HttpResponse:
    rows = Membership.objects.filter(company=request.company).select_related("user").order_by("user__email")
    context = {"members": rows, "form": form, "roles": Role, "meaning": MEANING}
    return render(request, "people/list.html", context)
