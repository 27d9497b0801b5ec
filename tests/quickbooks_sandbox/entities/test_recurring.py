"""Templates of transactions: checked like transactions, posting nothing."""

from copy import deepcopy
from typing import Any

import pytest
from tests.quickbooks_sandbox.books.making import company, customer, expense_line, item_line, refused, vendor

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.wire.operations import known_entity, query, read, write

RULES = known_entity("RecurringTransaction")


@pytest.fixture
def books() -> Books:
    return company()


def schedule(**fields: Any) -> dict[str, Any]:
    return {"StartDate": "2026-05-20", "IntervalType": "Monthly", "DayOfMonth": 1, "NumInterval": 1, **fields}


def template(books: Books, name: str = "Rent", **fields: Any) -> dict[str, Any]:
    info = {"Name": name, "ScheduleInfo": schedule(**fields)}
    return {"CustomerRef": {"value": customer(books, name)["Id"]}, "Line": [item_line(100)], "RecurringInfo": info}


def created(books: Books, **kinds: Any) -> Any:
    return write(books, RULES, "create", [], kinds)["RecurringTransaction"]


def test_a_template_looks_like_what_it_makes_and_posts_nothing(books: Books) -> None:
    made = created(books, Invoice=template(books))["Invoice"]
    assert (made["TotalAmt"], made["SyncToken"], made["RecurDataRef"]) == (100, "0", {"value": made["Id"]})
    assert not {"DocNumber", "TxnDate", "DueDate"} & made.keys()
    assert made["RecurringInfo"]["ScheduleInfo"]["NextDate"] == "2026-06-01"
    assert books.tables["Invoice"].rows == {}
    assert books.read("Account", "84")["CurrentBalance"] == 0
    assert read(books, RULES, made["Id"]) == {"RecurringTransaction": {"Invoice": made}}


def test_templates_are_found_by_the_type_of_their_transaction(books: Books) -> None:
    created(books, Invoice=template(books))
    bill = {"VendorRef": {"value": vendor(books)["Id"]}, "Line": [expense_line(5)]}
    created(books, Bill={**bill, "RecurringInfo": {"Name": "Phone", "ScheduleInfo": schedule()}})
    answer = query(books, "select * from RecurringTransaction where Type = 'Bill'")
    assert [list(one) for one in answer["QueryResponse"]["RecurringTransaction"]] == [["Bill"]]


def test_a_template_is_changed_and_deleted(books: Books) -> None:
    made = deepcopy(created(books, Invoice=template(books))["Invoice"])
    made["RecurringInfo"]["ScheduleInfo"]["DayOfMonth"] = 15
    again = write(books, RULES, "update", [], {"Invoice": {**made, "Line": [item_line(250)]}})
    changed = again["RecurringTransaction"]["Invoice"]
    assert (changed["TotalAmt"], changed["SyncToken"]) == (250, "1")
    assert changed["RecurringInfo"]["ScheduleInfo"]["NextDate"] == "2026-06-15"
    write(books, RULES, "delete", [], {"Invoice": changed})
    with refused("610"):
        books.read("RecurringTransaction", made["Id"])


@pytest.mark.parametrize(
    ("fields", "first"),
    [
        ({"IntervalType": "Daily"}, "2026-05-20"),
        ({"IntervalType": "Weekly", "DayOfWeek": "Monday"}, "2026-05-25"),
        ({"DayOfMonth": 31}, "2026-05-31"),
        ({"StartDate": "2026-12-20"}, "2027-01-01"),
        ({"IntervalType": "Yearly", "MonthOfYear": "February", "DayOfMonth": 30}, "2027-02-28"),
    ],
)
def test_the_first_date_fits_the_interval(books: Books, fields: dict[str, Any], first: str) -> None:
    made = created(books, Invoice=template(books, **fields))["Invoice"]
    assert made["RecurringInfo"]["ScheduleInfo"]["NextDate"] == first


def test_what_the_transaction_would_be_refused_for_its_template_is_too(books: Books) -> None:
    info = {"Name": "x", "ScheduleInfo": schedule()}
    for body, code in (
        ({"Line": [item_line(1)], "RecurringInfo": info}, "2020"),
        ({"CustomerRef": {"value": "99"}, "Line": [item_line(1)], "RecurringInfo": info}, "2500"),
        ({"CustomerRef": {"value": "99"}, "Line": [item_line(1)], "RecurringInfo": {"Name": "x"}}, "2020"),
    ):
        with refused(code):
            created(books, Invoice=body)


def test_two_templates_cannot_have_one_name(books: Books) -> None:
    one = template(books)
    created(books, Invoice=one)
    with refused("6240"):
        created(books, Invoice=one)
