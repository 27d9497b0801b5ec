"""A company's rules: what is synced, whose edit stands, and when a run stops by itself."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tieout.kinds import KINDS
from tieout.pages.access import PageRequest, page
from tieout.pages.connection.rules import RulesForm
from tieout.pages.editing.fields import count_box
from tieout.subledger.people import Act
from tieout.sync.models import Policy

# Money, allocations and voids always ask.
GROUPS = sorted({group for kind in KINDS if kind.outward for group in kind.settled_by_policy})
AS_OTHERS = ("", "As set above")


class CompanyForm(RulesForm):
    class Meta(RulesForm.Meta):
        fields = (*RulesForm.Meta.fields, "conflicts", "mass_count", "mass_percent")  # type: ignore[assignment]
        labels = RulesForm.Meta.labels | {
            "conflicts": "When both books were changed, and not to the same",
            "mass_count": "Stop a run that changes more records of one sort than",
            "mass_percent": "or this share of them, in percent, if that is more",
        }
        help_texts = RulesForm.Meta.help_texts | {
            "conflicts": "Amounts and what is paid always ask. What loses is kept in the result and the audit trail.",
        }
        widgets: ClassVar = {"mass_count": count_box(), "mass_percent": count_box()}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        set_already = self.instance.conflicts_by_group
        for group in GROUPS:
            self.fields[_exception(group)] = forms.ChoiceField(
                label=group.replace("_", " ").capitalize(),
                choices=[AS_OTHERS, *Policy.Conflicts.choices],
                initial=set_already.get(group, ""),
                required=False,
            )

    def exceptions(self) -> list[forms.BoundField]:
        return [self[_exception(group)] for group in GROUPS]

    def rules(self) -> list[forms.BoundField]:
        return [self[name] for name in self.Meta.fields]

    def clean_mass_percent(self) -> int:
        percent: int = self.cleaned_data["mass_percent"]
        if percent > 100:
            raise forms.ValidationError("At most 100 percent.")
        return percent

    def save(self, commit: bool = True) -> Policy:
        chosen = {group: self.cleaned_data[_exception(group)] for group in GROUPS}
        self.instance.conflicts_by_group = {group: value for group, value in chosen.items() if value}
        return super().save(commit)


def _exception(group: str) -> str:
    """The field's name, of which its id is made; an id with a space in it could not be referred to."""
    return f"group-{group.replace(' ', '-')}"


@page(Act.SETTINGS, methods=("GET", "HEAD", "POST"))
def settings(request: PageRequest) -> HttpResponse:
    policy = Policy.objects.filter(company=request.company).first()
    if policy is None:
        return render(request, "settings.html", {"form": None})
    form = CompanyForm(request.company, request.POST if request.method == "POST" else None, instance=policy)
    if form.is_valid():
        form.save()
        messages.success(request, "Saved. The next run keeps to it.")
        return redirect("settings", request.company.pk)
    return render(request, "settings.html", {"form": form})
