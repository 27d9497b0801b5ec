from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.subledger.making import make_contact

from tieout.subledger.csv_import import ImportReport, Options, import_file
from tieout.subledger.csv_import.contacts import FIELDS
from tieout.subledger.models import Company, Contact

HEADER = "Name,Company,Customer type,Email,Phone,Mobile,Fax,Website,Street,City,State,ZIP,Country"
ADA = "Ada Byrne,Byrne Ltd,Tenant,ada@example.com,1,2,3,https://example.com,4 Row,Cork,CO,T12,Ireland"


@pytest.fixture
def take(company: Company, tmp_path: Path) -> Any:
    def take(*rows: str, header: str = HEADER, **options: Any) -> ImportReport:
        file = tmp_path / "contacts.csv"
        file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return import_file(company, "contacts", file, Options(**options))

    return take


def test_a_contact_arrives_with_all_its_columns(take: Any) -> None:
    assert take(ADA).taken == 1
    made = Contact.objects.get()
    assert [getattr(made, field) for field in FIELDS.values()] == [
        *("Ada Byrne", "Byrne Ltd", "tenant", "ada@example.com", "1", "2", "3", "https://example.com"),
        *("4 Row", "Cork", "CO", "T12", "Ireland"),
    ]
    assert made.version > 0


def test_twice_is_as_once(take: Any) -> None:
    take(ADA)
    again = take(ADA, ADA)
    assert (again.taken, again.already_there, Contact.objects.count()) == (0, 2, 1)


def test_one_that_stands_twice_in_the_file_is_made_once(take: Any) -> None:
    report = take(ADA, ADA.replace("Ada Byrne", "ADA BYRNE"))
    assert (report.taken, report.already_there, Contact.objects.count()) == (1, 1, 1)


def test_the_same_name_with_other_content_is_an_error(take: Any, company: Company) -> None:
    make_contact(company, "Ada Byrne", email="other@example.com")
    (error,) = take("Ada Byrne,ada@example.com", header="Name,Email").errors
    assert (error.line, error.column, error.value) == (2, "*Name", "Ada Byrne")
    assert "other content: Email" in error.reason


def test_columns_that_the_file_lacks_are_not_compared(take: Any) -> None:
    take(ADA)
    assert take("Ada Byrne,ada@example.com", header="Name,Email").already_there == 1


@pytest.mark.parametrize(
    ("before", "after", "column", "says"),
    [
        ("Ada Byrne", "", "*Name", "needed"),
        ("Ada Byrne", "A:B", "*Name", "colon"),
        ("ada@example.com", "nobody", "Email", "not an e-mail"),
        ("Tenant", "Pirate", "Customer type", "client, tenant and supplier"),
        (",1,2", f",{'1' * 31},2", "Phone", "at most 30"),
        (",Ireland", "", "", "cells"),
    ],
)
def test_a_bad_row_keeps_the_file_out(take: Any, before: str, after: str, column: str, says: str) -> None:
    good = ADA.replace("Ada", "Bob")
    report = take(good, ADA.replace(before, after))
    (error,) = report.errors
    assert (error.line, error.column) == (3, column)
    assert says in error.reason
    assert (report.taken, Contact.objects.count()) == (0, 0)
    assert take(good, ADA.replace(before, after), skip_bad=True).taken == 1


def test_a_dry_run_stores_nothing(take: Any) -> None:
    assert take(ADA, dry_run=True).taken == 1
    assert not Contact.objects.exists()


def test_the_report_can_be_written_as_json(take: Any) -> None:
    import msgspec

    written = msgspec.json.decode(msgspec.json.encode(take("A:B", header="Name").as_dict()))
    assert written["errors"][0]["line"] == 2
    assert written["error_count"] == 1
