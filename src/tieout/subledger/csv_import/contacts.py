"""Contacts from a file: new ones are made, equal ones passed over, the rest are errors."""

from __future__ import annotations

from collections.abc import Iterable

from tieout.kinds.fields import folded
from tieout.subledger.models import Company, Contact, ContactType, stamp_all
from tieout.subledger.services import contacts
from tieout.subledger.services.refusal import Refusals

from .options import Options
from .reading import Row
from .report import ImportReport

FIELDS = {
    "*Name": "name",
    "Company": "company_name",
    "Customer type": "type",
    "Email": "email",
    "Phone": "phone",
    "Mobile": "mobile",
    "Fax": "fax",
    "Website": "website",
    "Street": "street",
    "City": "city",
    "State": "state",
    "ZIP": "postal_code",
    "Country": "country",
}
_TYPES = {"": ContactType.CLIENT, "customer": ContactType.CLIENT, "vendor": ContactType.SUPPLIER}
_CHUNK = 500


class ContactTaker:
    columns = tuple(FIELDS)

    def __init__(self, company: Company, options: Options, report: ImportReport) -> None:
        self.company, self.options, self.report = company, options, report
        self.known = {folded(contact.name): contact for contact in Contact.objects.of(company).iterator()}
        self.fresh: list[Contact] = []

    def take(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self._take_row(row)
            if len(self.fresh) >= _CHUNK:
                self._store()
        self._store()

    def _take_row(self, row: Row) -> None:
        if row.problem:
            self.report.add_error(row.line, "", "", row.problem)
            return
        values = {FIELDS[column]: cell for column, cell in row.cells.items()}
        if "type" in values:
            values["type"] = _TYPES.get(values["type"].casefold(), values["type"].casefold())
        contact = Contact(company=self.company, **values)
        wrong = Refusals()
        contacts.check(contact, wrong)
        if not wrong.errors:
            self._compare(contact, values, wrong)
        for field, reason in wrong.errors.items():
            column = next(name for name, its in FIELDS.items() if its == field)
            self.report.add_error(row.line, column, row[column], reason)

    def _compare(self, contact: Contact, values: dict[str, str], wrong: Refusals) -> None:
        there = self.known.setdefault(folded(contact.name), contact)
        if there is contact:
            self.fresh.append(contact)
            return
        other = [name for name, value in values.items() if name != "name" and getattr(there, name) != value]
        if not other:
            self.report.already_there += 1
            return
        titles = ", ".join(column for column, field in FIELDS.items() if field in other)
        wrong.add("name", f"There is already an account of this name with other content: {titles}.")

    def _store(self) -> None:
        self.report.taken += len(self.fresh)
        if self.options.stores:
            stamp_all(self.company, self.fresh, self.options.by)
            Contact.objects.bulk_create(self.fresh)
        self.fresh = []
