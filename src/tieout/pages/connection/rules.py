"""A company's own rules for its sync, each of which a run keeps to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect

from tieout.pages.access import PageRequest
from tieout.pages.editing.fields import DayField
from tieout.pages.editing.forms import HOLDS_MONEY
from tieout.subledger.models import Account, Company
from tieout.sync.models import Policy

from .steps import next_after, render_step, step

if TYPE_CHECKING:
    PolicyForm = forms.ModelForm[Policy]
else:
    PolicyForm = forms.ModelForm  # takes no parameter when it runs


class RulesForm(PolicyForm):
    lock_date = DayField(label="Our own lock date", required=False)

    class Meta:
        model = Policy
        fields = ("contacts", "tax", "numbers", "deposit_account", "lock_date")
        labels = {
            "contacts": "Which accounts are synced",
            "tax": "Who computes sales tax",
            "numbers": "Where QuickBooks gives numbers itself, and a document of ours has one",
            "deposit_account": "Payments are deposited to",
        }
        help_texts = {
            "deposit_account": "What a new payment is entered with; it can be changed on each.",
            "lock_date": "Besides QuickBooks' closing date: nothing dated on or before the later of the two changes.",
        }

    def __init__(self, company: Company, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lock_date"].help_text = self.Meta.help_texts["lock_date"]
        accounts = Account.objects.of(company).filter(type__in=HOLDS_MONEY, archived=False)
        field = self.fields["deposit_account"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset, field.empty_label = accounts.order_by("full_name", "name"), "QuickBooks' own default"


@step("set-up-rules")
def rules(request: PageRequest) -> HttpResponse:
    policy = Policy.objects.get(company=request.company)
    form = RulesForm(request.company, request.POST if request.method == "POST" else None, instance=policy)
    if form.is_valid():
        form.save()
        return redirect(next_after("set-up-rules"), request.company.pk)
    return render_step(request, "rules", {"form": form})
