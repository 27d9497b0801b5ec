"""Fields of the forms for records. What a record must be is checked by the services; here texts become values."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model

from tieout.subledger.models import Company, Contact

_BY_ID = re.compile(r"#(\d{1,18})\s*$")


class TextField(forms.CharField):
    """Several lines. Browsers send line ends as CRLF; what was not changed must come back as it was."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **options)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class NumberField(forms.DecimalField):
    """As a text box: a wheel or an arrow key must not change an amount."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_digits=20, decimal_places=7, widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        return plain(value) if isinstance(value, Decimal) else value


def plain(value: Decimal) -> str:
    """As a person types it: at least two decimals or none, no zeros that only a column's scale adds."""
    text = f"{value.normalize():f}"
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals:0<2}" if decimals else whole


def count_box() -> forms.TextInput:
    """For a whole number. A number box of the browser's would throw away what it cannot read."""
    return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


class DayField(forms.DateField):
    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


class EntryField(forms.ChoiceField):
    """One of the company's lists. What is offered is read once, however many rows of a form offer it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.entries: dict[str, Model] = {}

    def offer(self, entries: dict[str, Model]) -> None:
        self.entries = entries
        self.choices = [("", "–"), *((key, str(entry)) for key, entry in entries.items())]

    def clean(self, value: Any) -> Any:
        return self.entries.get(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return str(value.pk) if isinstance(value, Model) else value


class ContactField(forms.CharField):
    """An account by its name, since a list to choose from may have 100,000; "Name #12" where two have one name."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"list": "contact-choices", "autocomplete": "off"})
        super().__init__(max_length=520, widget=widget, **options)
        self.company: Company | None = None

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return self._found(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        return label(value) if isinstance(value, Contact) else value

    def _found(self, text: str) -> Contact:
        ours = Contact.objects.filter(company=self.company)
        by_id = _BY_ID.search(text)
        found = list(ours.filter(pk=int(by_id[1]))) if by_id else []
        found = found or list(ours.filter(name__iexact=text.strip())[:2])
        if not found:
            raise forms.ValidationError(f"There is no account called “{text}”.")
        if len(found) > 1:
            raise forms.ValidationError(f"More than one account is called “{text}”. Choose one from the list.")
        return found[0]


def label(contact: Contact) -> str:
    twins = Contact.objects.filter(company=contact.company_id, name__iexact=contact.name).exclude(pk=contact.pk)
    return f"{contact.name} #{contact.pk}" if twins.exists() else contact.name
