"""Names of customers, vendors and lists."""

import pytest
from tests.quickbooks_sandbox.books.making import changed, company, customer, invoice, named, refused

from quickbooks_sandbox.books.company import Books


@pytest.fixture
def books() -> Books:
    return company()


@pytest.mark.parametrize("entity", ["Customer", "Vendor"])
def test_a_name_is_unique_over_customers_and_vendors_whatever_the_case(books: Books, entity: str) -> None:
    customer(books, "Ada Byron")
    with refused("6240"):
        books.create(entity, {"DisplayName": "ADA byron"})


def test_the_name_of_an_inactive_customer_stays_taken(books: Books) -> None:
    changed(books, "Customer", customer(books, "Ada"), Active=False)
    with refused("6240"):
        customer(books, "Ada")


def test_deactivating_marks_the_name_and_activating_takes_the_mark_away(books: Books) -> None:
    ada = customer(books, "Ada", CompanyName="Engines")
    gone = changed(books, "Customer", ada, Active=False)
    assert (gone["DisplayName"], gone["FullyQualifiedName"]) == ("Ada (deleted)", "Ada (deleted)")
    assert gone["PrintOnCheckName"] == "Engines"
    back = changed(books, "Customer", ada, Active=True)
    assert (back["DisplayName"], back["FullyQualifiedName"]) == ("Ada", "Ada")


@pytest.mark.parametrize("name", ["a:b", "a\tb", "a\nb"])
def test_a_name_may_not_hold_a_colon_a_tab_or_a_new_line(books: Books, name: str) -> None:
    with refused("2040"):
        customer(books, name)


def test_a_name_is_built_from_its_parts(books: Books) -> None:
    made = books.create("Customer", {"GivenName": "Ada", "MiddleName": "King", "FamilyName": "Byron"})
    assert made["DisplayName"] == "Ada King Byron"
    assert made["PrintOnCheckName"] == "Ada Byron"


def test_a_company_name_alone_is_no_name(books: Books) -> None:
    with refused("6080"):
        books.create("Customer", {"CompanyName": "Engines"})


def test_a_sub_customer_is_shown_below_its_parents(books: Books) -> None:
    top = customer(books, "Top")
    job = customer(books, "Job", ParentRef={"value": top["Id"]})
    room = customer(books, "Room", ParentRef={"value": job["Id"]}, Job=True)
    assert (room["FullyQualifiedName"], room["Level"], room["Job"]) == ("Top:Job:Room", 2, True)
    assert "Level" not in top


def test_renaming_a_parent_renames_the_paths_below_and_the_names_on_documents(books: Books) -> None:
    top = customer(books, "Top")
    job = customer(books, "Job", ParentRef={"value": top["Id"]})
    document = invoice(books, job["Id"])
    changed(books, "Customer", top, DisplayName="Crown")
    shown = books.read("Invoice", document["Id"])
    assert shown["CustomerRef"]["name"] == books.read("Customer", job["Id"])["FullyQualifiedName"] == "Crown:Job"
    assert (shown["SyncToken"], shown["MetaData"]) == (document["SyncToken"], document["MetaData"])


def test_there_are_five_levels(books: Books) -> None:
    parent = customer(books, "Level 1")
    for level in range(2, 6):
        parent = customer(books, f"Level {level}", ParentRef={"value": parent["Id"]})
    with refused("6180"):
        customer(books, "Level 6", ParentRef={"value": parent["Id"]})


def test_a_customer_is_not_its_own_parent(books: Books) -> None:
    top = customer(books, "Top")
    job = customer(books, "Job", ParentRef={"value": top["Id"]})
    with refused("900"):
        changed(books, "Customer", top, ParentRef={"value": job["Id"]})


def test_a_job_needs_a_parent(books: Books) -> None:
    with refused("6150"):
        customer(books, "Job", Job=True)


def test_a_moved_sub_customer_takes_its_balance_along(books: Books) -> None:
    old, new = customer(books, "Old"), customer(books, "New")
    job = customer(books, "Job", ParentRef={"value": old["Id"]})
    invoice(books, job["Id"])
    changed(books, "Customer", job, ParentRef={"value": new["Id"]})
    assert books.read("Customer", old["Id"])["BalanceWithJobs"] == 0
    assert books.read("Customer", new["Id"])["BalanceWithJobs"] == 100
    assert books.read("Customer", new["Id"])["Balance"] == 0


def test_a_foreign_currency_needs_the_preference(books: Books) -> None:
    with refused("6000"):
        customer(books, "Ada", CurrencyRef={"value": "CAD"})
    books.set_preference("CurrencyPrefs", "MultiCurrencyEnabled", True)
    ada = customer(books, "Ada", CurrencyRef={"value": "CAD"})
    assert ada["CurrencyRef"] == {"value": "CAD", "name": "Canadian Dollar"}
    assert invoice(books, ada["Id"])["CurrencyRef"] == ada["CurrencyRef"]


def test_accounts_of_one_name_may_stand_under_different_parents(books: Books) -> None:
    fees = books.create("Account", {"Name": "Fees", "AccountType": "Income"})
    below = {"Name": "Services", "AccountType": "Income", "ParentRef": {"value": fees["Id"]}}
    assert books.create("Account", below)["FullyQualifiedName"] == "Fees:Services"
    with refused("6240"):
        books.create("Account", below)


def test_a_renamed_item_is_shown_by_its_new_name_on_lines(books: Books) -> None:
    document = invoice(books, customer(books)["Id"])
    books.update("Item", {**named(books, "Item", {"Id": "1"}), "sparse": True, "Name": "Labour"})
    line = books.read("Invoice", document["Id"])["Line"][0]
    assert line["SalesItemLineDetail"]["ItemRef"] == {"value": "1", "name": "Labour"}


def test_merging_moves_the_documents_and_removes_the_name(books: Books) -> None:
    loser, winner = customer(books, "Lost"), customer(books, "Won")
    document = invoice(books, loser["Id"])
    books.clock.advance(60)
    since = books.clock.now()
    merged = books.merge("Customer", loser["Id"], winner["Id"])
    assert merged["Balance"] == 100
    assert books.read("Invoice", document["Id"])["CustomerRef"] == {"value": winner["Id"], "name": "Won"}
    assert {row["Id"]: row.get("status") for row in books.changes("Customer", since)} == {
        loser["Id"]: "Deleted",
        winner["Id"]: None,
    }
