"""Another company: for those who own one already. The first is made by whoever runs Tieout."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tieout.subledger.models import Company, Membership, Role, User


class CompanyForm(forms.Form):
    name = forms.CharField(label="Name", max_length=100, help_text="As your people call it; it need not be new there.")
    time_zone = forms.ChoiceField(label="Time zone of its books", initial="UTC")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        zones = self.fields["time_zone"]
        assert isinstance(zones, forms.ChoiceField)  # noqa: S101
        zones.choices = [(zone, zone) for zone in sorted(available_timezones())]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Company.objects.filter(name=name).exists():
            # Said also of one that the reader may not see: two of a name could not be told apart anywhere.
            raise forms.ValidationError("This name is taken. Choose another one.")
        return name


@login_required
def new_company(request: HttpRequest) -> HttpResponse:
    user = request.user
    if not isinstance(user, User) or not Membership.objects.filter(user=user, role=Role.OWNER).exists():
        raise PermissionDenied("Only someone who owns a company here can make another one.")
    form = CompanyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with transaction.atomic():
            made = Company.objects.create(**form.cleaned_data)
            Membership.objects.create(user=user, company=made, role=Role.OWNER)
        messages.success(request, f"{made} is made, and yours. Connect it to QuickBooks when you are ready.")
        return redirect("quickbooks", made.pk)
    return render(request, "connection/new_company.html", {"form": form})
