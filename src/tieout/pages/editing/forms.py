"""One form per kind of record. Their fields have the names that the services know."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import Model, Q, QuerySet

from tieout.subledger.models import (
    Account,
    Class,
    Company,
    ContactType,
    Item,
    ListEntry,
    PaymentMethod,
    Property,
    TaxCode,
    Term,
)

from .fields import ContactField, DayField, EntryField, NumberField, TextField

Entries = dict[str, dict[str, Model]]
HOLDS_MONEY = ("Bank", "Other Current Asset")


class CompanyForm(forms.Form):
    offered: ClassVar[dict[str, QuerySet[Any]]] = {}
    """The rows of each EntryField, of any company."""

    def __init__(self, company: Company, *args: Any, entries: Entries | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        entries = entries if entries is not None else offers(company, self.offered, [dict(self.initial)])
        for name, field in self.fields.items():
            if isinstance(field, ContactField):
                field.company = company
            elif isinstance(field, EntryField):
                field.offer(entries[name])


class RecordForm(CompanyForm):
    """`seen_version` is what the person had on screen, so that the later of two editors is told."""

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}

    @property
    def seen(self) -> int | None:
        version: int | None = self.cleaned_data["seen_version"]
        return version


def offers(company: Company, lists: dict[str, QuerySet[Any]], chosen: list[dict[str, Any]]) -> Entries:
    """The company's own; inactive ones only where one is chosen already."""
    found: Entries = {}
    for name, rows in lists.items():
        ours = rows.filter(company=company)
        if issubclass(rows.model, ListEntry):
            already = [values[name].pk for values in chosen if values.get(name)]
            ours = ours.filter(Q(archived=False) | Q(pk__in=already))
        found[name] = {str(row.pk): row for row in ours}
    return found


class ContactForm(RecordForm):
    name = forms.CharField(label="Name")
    type = forms.ChoiceField(choices=ContactType.choices)
    company_name = forms.CharField(label="Company", required=False)
    given_name = forms.CharField(label="First name", required=False)
    family_name = forms.CharField(label="Last name", required=False)
    email = forms.CharField(label="E-mail", required=False)
    phone = forms.CharField(required=False)
    mobile = forms.CharField(required=False)
    fax = forms.CharField(required=False)
    website = forms.CharField(required=False)
    street = TextField()
    city = forms.CharField(required=False)
    state = forms.CharField(required=False)
    postal_code = forms.CharField(label="ZIP or postcode", required=False)
    country = forms.CharField(required=False)


class CreditNoteForm(RecordForm):
    contact = ContactField(label="Customer")
    date = DayField()
    number = forms.CharField(required=False, help_text="Left empty, it gets the next one when it is approved.")
    property = EntryField()
    tax_code = EntryField(label="Tax rate of the document")
    message = TextField(label="Message to the customer")
    memo = TextField(label="Memo, for us alone")
    offered: ClassVar[dict[str, QuerySet[Any]]] = {
        "property": Property.objects.order_by("name"),
        "tax_code": TaxCode.objects.order_by("name"),
    }


class InvoiceForm(CreditNoteForm):
    due_date = DayField(label="Due", required=False, help_text="Left empty, the terms give it.")
    term = EntryField(label="Terms")
    offered: ClassVar[dict[str, QuerySet[Any]]] = {**CreditNoteForm.offered, "term": Term.objects.order_by("name")}


class LineForm(CompanyForm):
    item = EntryField(label="Product or service")
    description = forms.CharField(required=False)
    quantity = NumberField(required=False)
    rate = NumberField(required=False)
    amount = NumberField(required=False)
    tax_code = EntryField(label="Tax")
    klass = EntryField(label="Class")
    service_date = DayField(label="Service date", required=False)
    offered: ClassVar[dict[str, QuerySet[Any]]] = {
        "item": Item.objects.order_by("full_name", "name"),
        "tax_code": TaxCode.objects.order_by("name"),
        "klass": Class.objects.order_by("full_name", "name"),
    }

    def clean(self) -> dict[str, Any]:
        """A line that was left empty is none; one that says something needs its product."""
        values = super().clean() or self.cleaned_data
        if self.has_changed() and not values.get("DELETE") and "item" not in self.errors and not values.get("item"):
            self.add_error("item", "Choose one.")
        return values


class PayerForm(CompanyForm):
    """Asked before a payment is entered, to list what is open."""

    contact = ContactField(label="Who paid?")


class PaymentForm(RecordForm):
    contact = ContactField(label="Customer")
    date = DayField()
    total = NumberField(label="Amount received")
    method = EntryField()
    deposit_account = EntryField(label="Deposited to")
    reference = forms.CharField(required=False)
    memo = TextField()
    offered: ClassVar[dict[str, QuerySet[Any]]] = {
        "method": PaymentMethod.objects.order_by("name"),
        "deposit_account": Account.objects.filter(type__in=HOLDS_MONEY).order_by("full_name", "name"),
    }


class AllocationForm(forms.Form):
    """How much of a payment or credit goes to one invoice."""

    amount = NumberField(required=False)

    def __init__(self, invoice: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options | {"prefix": f"pays-{invoice.pk}"})
        self.invoice = invoice
        self.fields["amount"].label = f"Amount for invoice {invoice}"


class CreditForm(forms.Form):
    date = DayField(required=False, help_text="Left empty: the later date of the two.")


def initial_of(record: Model, form: type[RecordForm]) -> dict[str, Any]:
    """What a form on a record starts with."""
    names = [name for name in form.base_fields if name != "seen_version" and hasattr(record, name)]
    return {name: getattr(record, name) for name in names} | {"seen_version": getattr(record, "version", None)}
