"""Whatever stands in a query: an answer or a Fault, and indexes find what a look at every row finds."""

from contextlib import suppress

import hypothesis.strategies as st
from hypothesis import given, settings
from tests.quickbooks_sandbox.books.making import sample_company

from quickbooks_sandbox.faults import Fault

_BOOKS = sample_company()
_WORDS = st.sampled_from(
    [
        *("select", "*", "count(*)", "from", "Customer", "Invoice", "where", "Id", "=", "'1'", "and", "in", "("),
        *(")", ",", "true", "like", "'a%'", "orderby", "order", "by", "desc", "startposition", "maxresults", "5"),
        *("TxnDate", ">", "'2026-01-01'", "MetaData.LastUpdatedTime", "''", "'", "!", ".", "null", "or", "-3"),
    ]
)
_CUSTOMERS = st.sampled_from([str(number) for number in range(1, 30)])


@settings(max_examples=200, deadline=None)
@given(words=st.lists(_WORDS, max_size=12), noise=st.text(max_size=3))
def test_any_words_get_an_answer_or_a_fault(words: list[str], noise: str) -> None:
    for statement in (" ".join(words), f"select * from Invoice where {' '.join(words)}{noise}"):
        with suppress(Fault):
            assert _BOOKS.query(statement).start_position >= 1


@settings(max_examples=100, deadline=None)
@given(customers=st.lists(_CUSTOMERS, min_size=1, max_size=4))
def test_an_index_finds_what_a_look_at_every_row_finds(customers: list[str]) -> None:
    wanted = ", ".join(f"'{id}'" for id in customers)
    found = _BOOKS.query(f"select * from Invoice where CustomerRef in ({wanted})").rows or []
    rows = [row.object for row in _BOOKS.tables["Invoice"].rows.values()]
    expected = {row["Id"] for row in rows if row["CustomerRef"]["value"] in customers}
    assert {row["Id"] for row in found} == expected
    assert len(found) == len(expected)
