"""Questions for a span of days find what looking at everything finds, whatever was changed in between."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.quickbooks_sandbox.books.making import Body, changed, company, customer, invoice, named

from quickbooks_sandbox.books.company import Books

DAYS = st.integers(0, 12)
ACTS = st.lists(st.tuples(st.sampled_from(["create", "move", "delete"]), st.integers(0, 30), DAYS), max_size=25)
OPERATORS = st.sampled_from(["=", "<", ">", "<=", ">="])


def day(number: int) -> str:
    return (date(2026, 5, 1) + timedelta(days=number)).isoformat()


def fulfils(object: Body, operator: str, limit: str) -> bool:
    dated = str(object["TxnDate"])
    return {
        "=": dated == limit,
        "<": dated < limit,
        ">": dated > limit,
        "<=": dated <= limit,
        ">=": dated >= limit,
    }[operator]


def act_on(books: Books, ada: str, act: str, place: int, number: int) -> None:
    """The date index is made before the first act, and must follow each."""
    books.clock.advance(1)
    rows = list(books.tables["Invoice"].rows.values())
    if act == "create" or not rows:
        invoice(books, ada, TxnDate=day(number))
        return
    chosen = rows[place % len(rows)].object
    if act == "move":
        changed(books, "Invoice", chosen, TxnDate=day(number))
    else:
        books.delete("Invoice", named(books, "Invoice", chosen))


@given(
    acts=ACTS, first=st.tuples(OPERATORS, DAYS), second=st.none() | st.tuples(OPERATORS, DAYS), start=st.integers(1, 8)
)
@settings(max_examples=60, deadline=None)
def test_a_span_of_days_is_found_whole_and_in_order(
    acts: list[tuple[str, int, int]],
    first: tuple[str, int],
    second: tuple[str, int] | None,
    start: int,
) -> None:
    books = company()
    ada = customer(books)["Id"]
    assert books.query("select count(*) from Invoice where TxnDate > '2020-01-01'").total_count == 0
    for act in acts:
        act_on(books, ada, *act)
    conditions = [(operator, day(number)) for operator, number in filter(None, (first, second))]
    where = " and ".join(f"TxnDate {operator} '{limit}'" for operator, limit in conditions)
    all_of_them = [row.object for row in books.tables["Invoice"].newest_first()]
    expected = [one for one in all_of_them if all(fulfils(one, *condition) for condition in conditions)]
    answer = books.query(f"select * from Invoice where {where} startposition {start} maxresults 4")
    assert (answer.rows, answer.total_count) == (expected[start - 1 : start + 3], len(expected))
    ordered = books.query(f"select * from Invoice where {where} orderby TxnDate desc startposition {start}").rows or []
    assert [one["TxnDate"] for one in ordered] == sorted((one["TxnDate"] for one in expected), reverse=True)[
        start - 1 :
    ]
    assert books.query(f"select count(*) from Invoice where {where}").total_count == len(expected)
