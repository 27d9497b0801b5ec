"""Bills, what vendors owe back, and the money paid for bills."""

from decimal import Decimal

import pytest
from tests.quickbooks_sandbox.books.making import (
    Body,
    bill,
    changed,
    check_payment,
    company,
    expense_line,
    named,
    pays,
    refused,
    vendor,
    vendor_credit,
)

from quickbooks_sandbox.books.check import problems
from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.faults import Fault


@pytest.fixture
def books() -> Books:
    return company()


@pytest.fixture
def bolt(books: Books) -> str:
    return str(vendor(books)["Id"])


def owed(books: Books, vendor_id: str) -> tuple[Decimal, Decimal]:
    """What the vendor is owed, and what stands in accounts payable."""
    assert problems(books) == []
    return books.read("Vendor", vendor_id)["Balance"], books.read("Account", "33")["CurrentBalance"]


def test_a_bill_is_owed_to_its_vendor(books: Books, bolt: str) -> None:
    made = bill(books, bolt, expense_line(100), expense_line("20.50", "35"))
    assert (made["TotalAmt"], made["Balance"], made["LinkedTxn"]) == (Decimal("120.5"), Decimal("120.5"), [])
    assert owed(books, bolt) == (Decimal("120.5"), Decimal("-120.5"))
    assert books.read("Account", "35")["CurrentBalance"] == Decimal("20.5")


def test_a_line_shows_its_account_and_that_it_is_not_billable(books: Books, bolt: str) -> None:
    (line,) = bill(books, bolt, expense_line(100))["Line"]
    assert (line["Id"], line["LineNum"], line["Amount"]) == ("1", 1, 100)
    assert line["AccountBasedExpenseLineDetail"] == {
        "AccountRef": {"value": "3", "name": "Uncategorized Expense"},
        "BillableStatus": "NotBillable",
        "TaxCodeRef": {"value": "NON"},
    }


def test_without_a_term_it_is_due_at_once(books: Books, bolt: str) -> None:
    assert bill(books, bolt, TxnDate="2026-05-01")["DueDate"] == "2026-05-01"
    assert bill(books, bolt, TxnDate="2026-05-01", SalesTermRef={"value": "3"})["DueDate"] == "2026-05-31"


@pytest.mark.parametrize("missing", ["VendorRef", "Line"])
def test_what_a_bill_needs(books: Books, bolt: str, missing: str) -> None:
    body = {"VendorRef": {"value": bolt}, "Line": [expense_line()]}
    with refused("2020"):
        books.create("Bill", {name: value for name, value in body.items() if name != missing})


def test_a_sparse_update_needs_the_vendor_and_keeps_the_lines(books: Books, bolt: str) -> None:
    made = bill(books, bolt, expense_line(100), expense_line(20))
    with refused("2020"):
        changed(books, "Bill", made, PrivateNote="x")
    assert changed(books, "Bill", made, PrivateNote="x", VendorRef={"value": bolt})["Line"] == made["Line"]


def test_lines_that_are_left_out_are_gone(books: Books, bolt: str) -> None:
    made = bill(books, bolt, expense_line(100), expense_line(20))
    kept = changed(books, "Bill", made, VendorRef={"value": bolt}, Line=made["Line"][:1])
    assert (kept["TotalAmt"], [line["Id"] for line in kept["Line"]]) == (100, ["1"])


def test_a_customer_on_a_line_may_become_billable(bolt: str) -> None:
    for choice in ("NotBillable", "Billable"):
        books = company(customer_on_expense_line=choice)
        client = books.create("Customer", {"DisplayName": "Client"})
        made = bill(books, vendor(books)["Id"], expense_line(CustomerRef={"value": client["Id"]}))
        assert made["Line"][0]["AccountBasedExpenseLineDetail"]["BillableStatus"] == choice


def test_voiding_a_bill_answers_with_a_fault_under_status_200(books: Books, bolt: str) -> None:
    made = bill(books, bolt)
    with pytest.raises(Fault, check=lambda fault: (fault.code, fault.status) == ("10000", 200)):
        books.void("Bill", named(books, "Bill", made))
    assert books.read("Bill", made["Id"]) == made


def test_a_check_pays_a_bill(books: Books, bolt: str) -> None:
    made = bill(books, bolt)
    paid = books.create("BillPayment", check_payment(bolt, 100, pays(made, 100, "Bill")))
    assert paid["CheckPayment"] == {"BankAccountRef": {"value": "35", "name": "Checking"}, "PrintStatus": "NotSet"}
    assert paid["APAccountRef"]["value"] == "33"
    after = books.read("Bill", made["Id"])
    assert (after["Balance"], after["LinkedTxn"]) == (0, [{"TxnId": paid["Id"], "TxnType": "BillPaymentCheck"}])
    assert owed(books, bolt) == (Decimal(0), Decimal(0))
    assert books.read("Account", "35")["CurrentBalance"] == -100


def test_a_card_pays_a_bill(books: Books, bolt: str) -> None:
    card = books.create("Account", {"Name": "Visa", "AccountType": "Credit Card"})
    made = bill(books, bolt)
    body = check_payment(bolt, 40, pays(made, 40, "Bill"), PayType="CreditCard", CheckPayment=None)
    with refused("2020"):
        books.create("BillPayment", body)
    with refused("6430"):
        books.create("BillPayment", {**body, "CreditCardPayment": {"CCAccountRef": {"value": "35"}}})
    paid = books.create("BillPayment", {**body, "CreditCardPayment": {"CCAccountRef": {"value": card["Id"]}}})
    assert books.read("Bill", made["Id"])["LinkedTxn"] == [{"TxnId": paid["Id"], "TxnType": "BillPaymentCreditCard"}]
    assert books.read("Account", card["Id"])["CurrentBalance"] == -40
    assert owed(books, bolt) == (Decimal(60), Decimal(-60))


def test_a_payment_of_nothing_uses_a_credit_up_without_a_bank_account(books: Books, bolt: str) -> None:
    made, credit = bill(books, bolt), vendor_credit(books, bolt, expense_line(30))
    assert owed(books, bolt) == (Decimal(70), Decimal(-70))
    lines = [pays(made, 30, "Bill"), pays(credit, 30, "VendorCredit")]
    body = check_payment(bolt, 0, *lines, CheckPayment={"PrintStatus": "NotSet"})
    paid = books.create("BillPayment", body)
    assert paid["CheckPayment"] == {"PrintStatus": "NotSet"}
    assert books.read("Bill", made["Id"])["Balance"] == 70
    assert books.read("VendorCredit", credit["Id"])["Balance"] == 0
    assert owed(books, bolt) == (Decimal(70), Decimal(-70))


def test_money_needs_a_bank_account_and_lines(books: Books, bolt: str) -> None:
    made = bill(books, bolt)
    with refused("2020"):
        books.create("BillPayment", check_payment(bolt, 10, pays(made, 10, "Bill"), CheckPayment={}))
    with refused("2020"):
        books.create("BillPayment", check_payment(bolt, 10))


def test_a_link_to_a_purchase_is_dropped_and_the_bill_paid_in_money(books: Books, bolt: str) -> None:
    made = bill(books, bolt)
    lines = [pays(made, 100, "Bill"), pays({"Id": "999"}, 40, "Purchase")]
    paid = books.create("BillPayment", check_payment(bolt, 60, *lines))
    assert (paid["TotalAmt"], len(paid["Line"])) == (100, 1)
    assert books.read("Account", "35")["CurrentBalance"] == -100
    assert owed(books, bolt) == (Decimal(0), Decimal(0))


def test_paying_too_much_leaves_the_vendor_owing(books: Books, bolt: str) -> None:
    made = bill(books, bolt)
    books.create("BillPayment", check_payment(bolt, 150, pays(made, 100, "Bill")))
    assert owed(books, bolt) == (Decimal(-50), Decimal(50))


@pytest.mark.parametrize(("amount", "applied"), [(50, 60), (120, 110)])
def test_more_than_is_paid_or_open_cannot_be_applied(books: Books, bolt: str, amount: int, applied: int) -> None:
    made = bill(books, bolt)
    with refused("6000"):
        books.create("BillPayment", check_payment(bolt, amount, pays(made, applied, "Bill")))


def test_the_bill_of_another_vendor_cannot_be_paid(books: Books, bolt: str) -> None:
    other = vendor(books, "Other")
    made = bill(books, other["Id"])
    with refused("6000"):
        books.create("BillPayment", check_payment(bolt, 100, pays(made, 100, "Bill")))


def test_voiding_a_bill_payment_opens_the_bill_again(books: Books, bolt: str) -> None:
    made = bill(books, bolt)
    paid = books.create("BillPayment", check_payment(bolt, 100, pays(made, 100, "Bill"), PrivateNote="May"))
    with refused("500"):
        books.void("BillPayment", named(books, "BillPayment", paid), by_update=False)
    void = books.void("BillPayment", named(books, "BillPayment", paid))
    assert (void["TotalAmt"], void["Line"], void["PrivateNote"]) == (0, [], "Voided - May")
    after = books.read("Bill", made["Id"])
    assert (after["Balance"], after["LinkedTxn"]) == (100, [])
    assert owed(books, bolt) == (Decimal(100), Decimal(-100))


def test_a_paid_bill_goes_only_after_its_payment(books: Books, bolt: str) -> None:
    made = bill(books, bolt)
    paid = books.create("BillPayment", check_payment(bolt, 100, pays(made, 100, "Bill")))
    with refused("800"):
        books.delete("Bill", named(books, "Bill", made))
    books.delete("BillPayment", named(books, "BillPayment", paid))
    books.delete("Bill", named(books, "Bill", made))
    assert owed(books, bolt) == (Decimal(0), Decimal(0))


def test_checks_share_one_space_of_numbers(books: Books, bolt: str) -> None:
    made = bill(books, bolt)
    paid = books.create("BillPayment", check_payment(bolt, 10, pays(made, 10, "Bill"), DocNumber="77"))
    body: Body = {"PaymentType": "Check", "AccountRef": {"value": "35"}, "Line": [expense_line()], "DocNumber": "77"}
    with pytest.raises(Fault, match=rf"DocNumber=77 .* TxnId={paid['Id']}"):
        books.create("Purchase", body)
    assert books.create("Purchase", body, include=["allowduplicatedocnum"])["DocNumber"] == "77"
    assert books.create("Purchase", {**body, "PaymentType": "Cash"})["DocNumber"] == "77"


def test_the_number_of_a_bill_may_be_used_twice(bolt: str) -> None:
    books = company()
    seller = vendor(books)["Id"]
    assert bill(books, seller, DocNumber="1")["DocNumber"] == bill(books, seller, DocNumber="1")["DocNumber"]
    strict = company(duplicate_bill_numbers="refuse")
    one, two = vendor(strict)["Id"], vendor(strict, "Other")["Id"]
    bill(strict, one, DocNumber="1")
    bill(strict, two, DocNumber="1")
    with refused("6140"):
        bill(strict, one, DocNumber="1")


def test_the_smallest_plans_have_no_bills() -> None:
    books = company(plan="Simple Start")
    with refused("5030"):
        bill(books, vendor(books)["Id"])


def test_items_can_be_bought_on_the_larger_plans_only() -> None:
    line = {
        "Amount": 20,
        "DetailType": "ItemBasedExpenseLineDetail",
        "ItemBasedExpenseLineDetail": {"ItemRef": {"value": "3"}, "Qty": 2, "UnitPrice": 10},
    }
    fields = {"Name": "Soil", "Type": "NonInventory", "ExpenseAccountRef": {"value": "80"}}
    for plan in ("Plus", "Essentials"):
        books = company(plan=plan)
        books.create("Item", {**fields, "IncomeAccountRef": {"value": "1"}})
        if plan == "Plus":
            assert bill(books, vendor(books)["Id"], line)["TotalAmt"] == 20
        else:
            with refused("5030"):
                bill(books, vendor(books)["Id"], line)


def test_a_bill_that_moves_to_another_vendor_leaves_its_payment_behind(books: Books, bolt: str) -> None:
    other = vendor(books, "Other")["Id"]
    made = bill(books, bolt)
    paid = books.create("BillPayment", check_payment(bolt, 60, pays(made, 60, "Bill")))
    moved = changed(books, "Bill", made, VendorRef={"value": other})
    assert (moved["Balance"], moved["LinkedTxn"]) == (100, [])
    assert books.read("BillPayment", paid["Id"])["Line"] == []
    assert [books.read("Vendor", id)["Balance"] for id in (bolt, other)] == [-60, 100]
    assert problems(books) == []
