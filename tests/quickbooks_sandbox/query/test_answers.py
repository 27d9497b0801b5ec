"""Answers to queries: filters, order, pages, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest
from tests.quickbooks_sandbox.books.making import changed, company, customer, invoice, item_line, sample_company

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.faults import Fault


@pytest.fixture(scope="module")
def books() -> Books:
    return sample_company()


def ids(books: Books, statement: str) -> list[str]:
    return [row["Id"] for row in books.query(statement).rows or []]


def refusal(books: Books, statement: str) -> str:
    with pytest.raises(Fault) as caught:
        books.query(statement)
    error = caught.value.errors[0]
    return f"{error.code} {error.detail}"


@pytest.mark.parametrize(
    "statement",
    [
        "select * from Customer where DisplayName = 'Blue Heron Kayaks'",
        "SELECT * FROM customer WHERE displayname = 'blue heron kayaks'",
        "select *, Notes from Customer where DisplayName LIKE 'blue%'",
        "select * from Customer where DisplayName like '%KAYAK%' and Active = true",
        "select * from Customer where Id = '2'",
        "select * from Customer where id in ('2')",
        "select * from Customer where DisplayName = 'Blue Heron Kayaks' and Id in ('1', '2', '3')",
        "select * from Customer where PrimaryEmailAddr = 'tobias.lindqvist@example.com'",
        "select * from Customer where GivenName >= 'Tobias' and GivenName <= 'Tobias' ;",
    ],
)
def test_one_customer_is_found_in_many_ways(books: Books, statement: str) -> None:
    assert ids(books, statement) == ["2"]


def test_names_come_in_their_order_with_sub_customers_below_their_parents(books: Books) -> None:
    names = [row["FullyQualifiedName"] for row in books.query("select * from Customer").rows or []]
    assert names == sorted(names, key=str.casefold)
    place = names.index("Greenway Sports Outfitters")
    assert names[place + 1 : place + 3] == [
        "Greenway Sports Outfitters:0420 Cliff Road",
        "Greenway Sports Outfitters:19 Quarry Lane",
    ]


def test_transactions_come_with_the_newest_change_first(books: Books) -> None:
    rows = books.query("select * from Invoice").rows or []
    times = [row["MetaData"]["LastUpdatedTime"] for row in rows]
    assert len(times) == 31
    assert [t[:19] for t in times] == sorted((t[:19] for t in times), reverse=True)


def test_a_page_is_cut_out_and_says_where_it_starts(books: Books) -> None:
    whole = ids(books, "select * from Invoice orderby DocNumber")
    page = books.query("select * from Invoice ORDER BY DocNumber ASC MAXRESULTS 4 STARTPOSITION 5")
    assert [row["Id"] for row in page.rows or []] == whole[4:8]
    assert (page.start_position, page.max_results, page.total_count) == (5, 4, 31)
    assert ids(books, "select * from Invoice orderby DocNumber desc startposition 1 maxresults 2") == whole[:-3:-1]


def test_start_position_zero_is_one_or_refused(books: Books) -> None:
    assert books.query("select * from Customer startposition 0 maxresults 1").start_position == 1
    strict = company(startposition_zero="refuse")
    assert refusal(strict, "select * from Customer startposition 0") == (
        "4001 QueryValidationError: value 0 is too small. Min allowed value is 1"
    )


def test_a_list_stops_at_a_hundred_unless_asked(books: Books) -> None:
    many = company()
    for number in range(101):
        customer(many, f"Customer {number}")
    assert len(ids(many, "select * from Customer")) == 100
    assert len(ids(many, "select * from Customer maxresults 1000")) == 101


def test_counting_answers_a_number_only(books: Books) -> None:
    answer = books.query("select COUNT(*) from Invoice where Balance > '0'")
    open_ones = [row.object for row in books.tables["Invoice"].rows.values() if row.object["Balance"] > 0]
    assert (answer.rows, answer.total_count) == (None, len(open_ones))


def test_inactive_names_are_left_out_unless_asked_for() -> None:
    books = company()
    kept, gone = customer(books, "Kept")["Id"], customer(books, "Gone")
    changed(books, "Customer", gone, Active=False)
    assert ids(books, "select * from Customer") == [kept]
    assert ids(books, "select * from Customer where Active = false") == [gone["Id"]]
    assert set(ids(books, "select * from Customer where Active in (true, false)")) == {kept, gone["Id"]}


def test_numbers_may_stand_in_quotes_and_references_go_by_id(books: Books) -> None:
    for statement in ("CustomerRef = '18' and TotalAmt > 600", "customerref = '18' and totalamt > '600.00'"):
        rows = books.query(f"select * from Invoice where {statement}").rows or []
        assert [row["TotalAmt"] for row in rows] == [Decimal("850.8")]


def test_dates_compare_with_dates_and_with_date_times() -> None:
    books = company()
    ada = customer(books)["Id"]
    made = [invoice(books, ada, TxnDate=date(2026, 5, day).isoformat())["Id"] for day in (1, 2, 3)]
    assert ids(books, "select * from Invoice where TxnDate >= '2026-05-02' orderby TxnDate") == made[1:]
    assert ids(books, "select * from Invoice where TxnDate < '2026-05-02T00:00:00Z'") == made[:1]


@pytest.mark.parametrize("moment", ["2026-05-20T19:00:30Z", "2026-05-20T12:00:30-07:00", "2026-05-20T12:00:30"])
def test_objects_are_found_by_the_time_of_their_change(moment: str) -> None:
    books = company()
    ada = customer(books)["Id"]
    old = invoice(books, ada)
    books.clock.advance(60)
    new = invoice(books, ada)
    assert ids(books, f"select * from Invoice where Metadata.LastUpdatedTime > '{moment}'") == [new["Id"]]
    assert ids(books, f"select * from Invoice where MetaData.CreateTime < '{moment}'") == [old["Id"]]


def test_an_empty_text_finds_what_has_none() -> None:
    books = company()
    with_sku = books.create("Item", {"Name": "Hat", "IncomeAccountRef": {"value": "1"}, "Sku": "H-1"})
    assert with_sku["Id"] not in ids(books, "select * from Item where Sku = ''")
    assert ids(books, "select * from Item where Sku = 'h-1'") == [with_sku["Id"]]


def test_a_quote_in_a_value_is_escaped_or_doubled() -> None:
    books = company()
    made = customer(books, "Mabel's Bakery")
    for written in (r"Mabel\'s Bakery", "Mabel''s Bakery"):
        assert ids(books, f"select * from Customer where DisplayName = '{written}'") == [made["Id"]]


def test_a_percent_sign_is_the_only_wildcard() -> None:
    books = company()
    customer(books, "a.c")
    customer(books, "abc")
    assert len(ids(books, "select * from Customer where DisplayName like 'a.c'")) == 1
    assert len(ids(books, "select * from Customer where DisplayName like 'a%c'")) == 2


def test_chosen_properties_come_alone_and_marked_as_sparse(books: Books) -> None:
    row = (books.query("select Id, DisplayName from Customer where Id = '2'").rows or [])[0]
    assert row == {"DisplayName": "Blue Heron Kayaks", "domain": "QBO", "Id": "2", "sparse": True}


def test_tax_codes_ignore_the_size_of_the_page(books: Books) -> None:
    assert len(ids(books, "select * from TaxCode maxresults 1")) == 4


@pytest.mark.parametrize(
    ("statement", "code_and_text"),
    [
        ("select * from Nothing", "4001 QueryValidationError: invalid context declaration: Nothing"),
        (
            "select * from Vendor where Wrong = 'x'",
            "4001 QueryValidationError: Property Wrong not found for Entity Vendor",
        ),
        (
            "select * from Vendor where PrimaryEmailAddr = 'x'",
            "4001 QueryValidationError: property 'PrimaryEmailAddr' is not queryable",
        ),
        (
            "select * from Payment where PrivateNote = 'x'",
            "4001 QueryValidationError: property 'PrivateNote' is not queryable",
        ),
        (
            "select * from Item maxresults 0",
            "4001 QueryValidationError: value 0 is too small. Min allowed value is 1",
        ),
    ],
)
def test_a_statement_that_makes_no_sense_is_refused(books: Books, statement: str, code_and_text: str) -> None:
    assert refusal(books, statement) == code_and_text


@pytest.mark.parametrize(
    ("statement", "met"),
    [
        ("select * from", 'Encountered "<EOF>" at line 1, column 13.'),
        ("select * from Item where not Id = '1'", 'Encountered " "not" "not "" at line 1, column 26.'),
        ("select * from Item where Id = '1' or Id = '2'", 'Encountered " "or" "or "" at line 1, column 35.'),
        ("update Item", 'Encountered " <IDENTIFIER> "update "" at line 1, column 1.'),
        ("select *\nfrom 'Item'", 'Encountered " <STRING> "\'Item\' "" at line 2, column 6.'),
        ("", 'Encountered "<EOF>" at line 1, column 0.'),
    ],
)
def test_a_statement_that_does_not_parse_names_the_word_and_its_place(books: Books, statement: str, met: str) -> None:
    assert refusal(books, statement).startswith(f"4000 QueryParserError: {met}\nWas expecting")


def test_a_query_sees_the_newest_state(books: Books) -> None:
    fresh = company()
    ada = customer(fresh)["Id"]
    made = invoice(fresh, ada, item_line(10), DocNumber="A-1")
    changed(fresh, "Invoice", made, DocNumber="B-1")
    assert ids(fresh, "select * from Invoice where DocNumber = 'A-1'") == []
    assert ids(fresh, "select * from Invoice where DocNumber = 'b-1'") == [made["Id"]]


def test_unequal_is_understood(books: Books) -> None:
    all_accounts = books.query("select * from Account maxresults 1000").rows or []
    others = books.query("select * from Account where Classification = 'Asset' and Name != 'checking'").rows or []
    assets = {each["Name"] for each in all_accounts if each["Classification"] == "Asset"}
    assert {each["Name"] for each in others} == assets - {"Checking"}
