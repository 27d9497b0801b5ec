"""The lines of a document, as rows of a form."""

from __future__ import annotations

from typing import Any

from django.forms.formsets import BaseFormSet, formset_factory

from tieout.subledger.models import Company, Document
from tieout.subledger.services.lines import LineDraft, drafts_of

from .forms import LineForm, offers

EMPTY_ROWS = 3
# A form of more would be too heavy; such a document keeps its lines, its other fields can be changed.
MOST = 300
FIELDS = ("item", "description", "quantity", "rate", "amount", "tax_code", "klass", "service_date")

_Base = formset_factory(LineForm, extra=EMPTY_ROWS, can_delete=True, max_num=MOST, absolute_max=MOST + 1)


class Lines:
    """Rows that are asked for, checked, and told what a service refused of them."""

    def __init__(self, company: Company, data: Any = None, document: Document | None = None) -> None:
        drafts = drafts_of(document) if document is not None else []
        initial = [{name: getattr(draft, name) for name in FIELDS} for draft in drafts]
        self.rows: BaseFormSet[LineForm] = _Base(
            data,
            initial=initial,
            prefix="lines",
            form_kwargs={"company": company, "entries": offers(company, LineForm.offered, initial)},
        )
        self._label_the_deletes()

    def _label_the_deletes(self) -> None:
        for row in self.rows.forms:
            row.fields["DELETE"].label = "Remove"

    @property
    def kept(self) -> list[LineForm]:
        """In the order in which a service numbers them; empty rows are none."""
        return [row for row in self.rows.forms if self._is_filled(row)]

    def _is_filled(self, row: LineForm) -> bool:
        return bool(row.cleaned_data.get("item")) and not row.cleaned_data.get("DELETE")

    def is_valid(self) -> bool:
        return self.rows.is_valid()

    def drafts(self) -> list[LineDraft]:
        return [LineDraft(**{name: row.cleaned_data[name] for name in FIELDS}) for row in self.kept]

    def refuse(self, path: str, sentence: str) -> None:
        """`path`: "3.amount", the third line that is kept."""
        place, _, field = path.partition(".")
        row = self.kept[int(place) - 1]
        row.add_error(field if field in row.fields else None, sentence)


def with_more_rows(data: Any, prefix: str = "lines") -> Any:
    """What was typed, with more empty rows after it: for readers without a script."""
    more = data.copy()
    total = f"{prefix}-TOTAL_FORMS"
    more[total] = str(min(int(data.get(total) or 0) + EMPTY_ROWS, MOST))
    return more


def has_too_many(document: Document | None) -> bool:
    return document is not None and len(drafts_of(document)) > MOST
