"""Changes since a moment, storage, and what a refusal leaves behind."""

from datetime import timedelta

import pytest
from tests.quickbooks_sandbox.books.making import (
    changed,
    company,
    customer,
    invoice,
    named,
    payment,
    pays,
    sales_form,
)

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.faults import Fault
from quickbooks_sandbox.ledger.times import parse_moment
from quickbooks_sandbox.settings import Settings


@pytest.fixture
def books() -> Books:
    return company()


def test_only_what_changed_since_is_listed_in_its_newest_state(books: Books) -> None:
    ada = customer(books)["Id"]
    old, new = invoice(books, ada), invoice(books, ada)
    books.clock.advance(10)
    since = books.clock.now()
    books.clock.advance(10)
    changed(books, "Invoice", new, PrivateNote="one")
    books.clock.advance(10)
    changed(books, "Invoice", new, PrivateNote="two")
    assert [(row["Id"], row["PrivateNote"]) for row in books.changes("Invoice", since)] == [(new["Id"], "two")]
    assert len(books.changes("Invoice", since - timedelta(seconds=10))) == 2
    assert old["Id"] in {row["Id"] for row in books.changes("invoice", since - timedelta(days=1))}


def test_a_change_at_the_very_moment_is_listed(books: Books) -> None:
    made = customer(books)
    assert [row["Id"] for row in books.changes("Customer", books.clock.now())] == [made["Id"]]


def test_a_deleted_object_is_listed_with_its_time(books: Books) -> None:
    made = invoice(books, customer(books)["Id"])
    books.clock.advance(60)
    since = books.clock.now()
    books.delete("Invoice", named(books, "Invoice", made))
    assert books.changes("Invoice", since) == [
        {
            "domain": "QBO",
            "status": "Deleted",
            "Id": made["Id"],
            "MetaData": {"LastUpdatedTime": "2026-05-20T12:01:00-07:00"},
        }
    ]


def test_a_payment_lists_the_invoice_that_it_pays(books: Books) -> None:
    ada = customer(books)["Id"]
    bill = invoice(books, ada)
    books.clock.advance(60)
    since = books.clock.now()
    payment(books, ada, 100, pays(bill, 100))
    assert [row["Balance"] for row in books.changes("Invoice", since)] == [0]
    assert [row["Balance"] for row in books.changes("Customer", since)] == [0]


def test_tax_codes_are_not_in_change_data_capture(books: Books) -> None:
    with pytest.raises(Fault) as caught:
        books.changes("TaxCode", books.clock.now())
    assert caught.value.code == "500"


def test_a_change_of_nothing_moves_neither_token_nor_time(books: Books) -> None:
    made = customer(books, Notes="same")
    books.clock.advance(60)
    assert changed(books, "Customer", made, Notes="same") == made
    assert books.changes("Customer", books.clock.now()) == []


def test_every_committed_change_is_saved_at_once_with_all_its_rows(books: Books) -> None:
    ada = customer(books)["Id"]
    bill = invoice(books, ada)
    saves: list[set[tuple[str, str]]] = []
    books.save = lambda rows: saves.append({(entity, id) for entity, id, _ in rows})
    paid = payment(books, ada, 100, pays(bill, 100))
    assert len(saves) == 1
    assert {("Payment", paid["Id"]), ("Invoice", bill["Id"]), ("Customer", ada), ("Account", "84")} <= saves[0]


def test_a_refused_change_saves_nothing_and_uses_no_number(books: Books) -> None:
    ada = customer(books)["Id"]
    saves: list[object] = []
    books.save = saves.append
    with pytest.raises(Fault):
        books.create("Invoice", sales_form(ada, ClassRef={"value": "999"}))
    assert saves == []
    assert invoice(books, ada)["DocNumber"] == "1001"


def test_when_saving_fails_the_books_stay_as_they_were(books: Books) -> None:
    def full(rows: object) -> None:
        raise OSError("disk full")

    books.save = full
    with pytest.raises(OSError, match="disk full"):
        customer(books)
    books.save = None
    assert books.query("select count(*) from Customer").total_count == 0
    assert customer(books)["Id"] == "1"


def test_books_opened_again_go_on_where_they_were(books: Books) -> None:
    saved: dict[tuple[str, str], bytes | None] = {}
    books.save = lambda rows: saved.update({(entity, id): raw for entity, id, raw in rows})
    books.save_all()
    ada = customer(books)["Id"]
    made = invoice(books, ada)
    gone = invoice(books, ada)
    books.delete("Invoice", named(books, "Invoice", gone))
    rows = [(entity, id, raw) for (entity, id), raw in saved.items() if raw is not None]
    again = Books.load("1001", rows, books.clock, Settings())
    assert again.read("Invoice", made["Id"]) == books.read("Invoice", made["Id"])
    with pytest.raises(Fault) as caught:
        again.read("Invoice", gone["Id"])
    assert "Another user has deleted" in str(caught.value)
    later = invoice(again, ada)
    assert int(later["Id"]) > int(gone["Id"])
    assert int(later["DocNumber"]) > int(gone["DocNumber"])


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-20T19:00:00Z",
        "2026-05-20T12:00:00-07:00",
        "2026-05-20T19:00:00.000Z",
        "2026-05-20T19:00:00-00:00",
        "2026-05-20T21:00:00 02:00",
        "2026-05-20T12:00:00",
    ],
)
def test_moments_are_read_as_clients_write_them(text: str) -> None:
    assert parse_moment(text) == parse_moment("2026-05-20T19:00:00+00:00")
