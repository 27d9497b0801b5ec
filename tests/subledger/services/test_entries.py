from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tieout.subledger.models import Company, Contact, Invoice, InvoiceLine, Item, TaxCode
from tieout.subledger.services import entries
from tieout.subledger.services.refusal import Refused

pytestmark = pytest.mark.django_db
BY = "ann@example.com"


@pytest.fixture
def company() -> Company:
    return Company.objects.create(name="Harbour Lettings")


@pytest.fixture
def fee(company: Company) -> Item:
    return Item.objects.create(company=company, name="Late fee", type="Service")


def invoice(item: Item, **values: object) -> Invoice:
    contact = Contact.objects.create(company=item.company, name="Ada")
    header = {"date": date(2026, 3, 1), "currency": "USD", "total": Decimal(5), "balance": Decimal(5)}
    made = Invoice.objects.create(company=item.company, contact=contact, status="approved", **(header | values))
    InvoiceLine.objects.create(document=made, position=1, item=item, amount=Decimal(5))
    return made


def test_what_takes_an_entrys_place_is_named_by_all_that_named_it(fee: Item) -> None:
    theirs = Item.objects.create(company=fee.company, name="Fees", type="Service")
    made = invoice(fee)
    assert entries.replace(fee, theirs, BY) == 1
    made.refresh_from_db()
    fee.refresh_from_db()
    assert made.lines.get().item == theirs
    assert fee.archived
    assert made.changed_by == BY
    assert 0 < made.version < fee.version


def test_an_unused_entry_is_archived(fee: Item) -> None:
    entries.archive(fee, BY)
    fee.refresh_from_db()
    assert fee.archived


@pytest.mark.parametrize("settled", [{"balance": Decimal(0)}, {"status": "void"}])
def test_one_used_on_a_paid_or_voided_document_has_to_be_matched(fee: Item, settled: dict[str, object]) -> None:
    invoice(fee)
    Invoice.objects.update(**settled)
    with pytest.raises(Refused, match="paid or voided"):
        entries.archive(fee, BY)


def test_only_an_entry_of_the_same_list_and_company_takes_a_place(fee: Item) -> None:
    foreign = Item.objects.create(company=Company.objects.create(name="Other"), name="Fees", type="Service")
    tax = TaxCode.objects.create(company=fee.company, name="TAX")
    for other in (foreign, tax):
        with pytest.raises(Refused):
            entries.replace(fee, other, BY)


def test_a_record_that_names_it_on_several_lines_counts_once(fee: Item) -> None:
    made = invoice(fee)
    InvoiceLine.objects.create(document=made, position=2, item=fee, amount=Decimal(5))
    assert entries.records_naming(fee) == [made]
