import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.quickbooks import reading
from tieout.quickbooks.errors import ReadFailed
from tieout.quickbooks.wire.answers import Done, Object
from tieout.quickbooks.wire.requests import Request

Act = tuple[str, int]
START = datetime(2026, 3, 1, tzinfo=UTC)
QUERY = re.compile(
    r"SELECT \* FROM (?P<entity>\w+)( WHERE (?P<where>.+))? ORDERBY MetaData\.(?P<by>\w+) ASC "
    r"STARTPOSITION (?P<start>\d+) MAXRESULTS (?P<most>\d+)"
)
SINCE = re.compile(r"MetaData\.\w+ >= '(?P<since>[^']+)'")


class OneByOne(reading.Reader):
    """What is asked for together is answered one by one."""

    def get_together(self, requests: Sequence[Request]) -> list[Done]:
        return [self.get(request) for request in requests]


class ModelBook(OneByOne):
    """Rows by id, with whole-second stamps; people act between any two queries."""

    def __init__(self, seconds: list[int], acts: Iterable[list[Act]] = ()) -> None:
        self.now = max(seconds, default=0) + 1
        self.rows = {str(i): self.row(str(i), second, 0) for i, second in enumerate(seconds)}
        self.acts = iter(acts)
        self.statements: list[str] = []

    def row(self, id_: str, second: int, token: int, created: int | None = None) -> Object:
        stamps = {"LastUpdatedTime": stamp(second), "CreateTime": stamp(second if created is None else created)}
        return {"Id": id_, "SyncToken": str(token), "MetaData": stamps}

    def get(self, request: Request) -> Done:
        self.statements.append(request.statement)
        asked = QUERY.fullmatch(request.statement)
        assert asked, request.statement
        since = SINCE.search(asked["where"] or "")
        least = datetime.fromisoformat(since["since"]) if since else START
        by = asked["by"]
        rows = [row for row in self.rows.values() if moment(row, by) >= least]
        rows.sort(key=lambda row: (moment(row, by), int(row["Id"])))
        first = int(asked["start"]) - 1
        page = rows[first : first + int(asked["most"])]
        # What is stamped in the present second may change within it: that is for the next reading, which overlaps.
        self.due_at_last_query = {version(row) for row in rows if moment(row, by) < START + timedelta(seconds=self.now)}
        for kind, which in next(self.acts, []):
            self.act(kind, which)
        return Done(rows=page)

    def act(self, kind: str, which: int) -> None:
        ids = sorted(self.rows)
        if kind == "pass":
            self.now += 1
        elif kind == "add":
            new = str(1000 + len(self.rows) + len(self.statements) * 1000)
            self.rows[new] = self.row(new, self.now, 0)
        elif kind == "edit" and ids:
            old = self.rows.pop(ids[which % len(ids)])
            created = (moment(old, "CreateTime") - START).seconds
            self.rows[old["Id"]] = self.row(old["Id"], self.now, int(old["SyncToken"]) + 1, created)
        elif kind == "delete" and ids:
            del self.rows[ids[which % len(ids)]]


def version(row: Object) -> tuple[str, str]:
    return row["Id"], row["SyncToken"]


def stamp(second: int) -> str:
    # Offsets differ over the year in real answers; the same second may come with either.
    at = START + timedelta(seconds=second)
    return at.isoformat() if second % 2 else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(row: Object, by: str) -> datetime:
    return datetime.fromisoformat(row["MetaData"][by])


@contextmanager
def pages_of(size: int) -> Iterator[None]:
    with patch.object(reading, "PAGE", size):
        yield


act = st.tuples(st.sampled_from(["edit", "edit", "add", "delete", "pass"]), st.integers(0, 50))
acts = st.lists(st.lists(act, max_size=4), max_size=12)


@given(st.lists(st.integers(0, 3), max_size=30), acts, st.integers(2, 4))
def test_nothing_is_missed_whatever_people_do_meanwhile(seconds: list[int], acts: list[list[Act]], size: int) -> None:
    book = ModelBook(seconds, acts)
    with pages_of(size):
        read = [row for page in reading.pages(book, "Invoice") for row in page]
    assert book.due_at_last_query <= {version(row) for row in read}


@given(st.lists(st.integers(0, 3), max_size=30), acts, st.integers(2, 4))
def test_a_census_meets_each_object_that_was_there_all_along(
    seconds: list[int], acts: list[list[Act]], size: int
) -> None:
    book = ModelBook(seconds, acts)
    with pages_of(size):
        found = reading.ids(book, "Customer")
    assert {id_ for id_ in book.rows if int(id_) < 1000} <= found


@given(st.lists(st.integers(0, 6), max_size=30), st.integers(2, 4))
def test_in_a_quiet_book_each_object_comes_once_and_in_order(seconds: list[int], size: int) -> None:
    with pages_of(size):
        read = [row for page in reading.pages(ModelBook(seconds), "Invoice") for row in page]
    assert sorted(int(row["Id"]) for row in read) == list(range(len(seconds)))
    stamps = [moment(row, "LastUpdatedTime") for row in read]
    assert stamps == sorted(stamps)


@pytest.mark.parametrize("number", [999, 1000, 1001, 2000])
@pytest.mark.parametrize("spread", [1, 7, 5000])
def test_a_book_that_just_fills_its_pages_is_read_whole(number: int, spread: int) -> None:
    book = ModelBook([i % spread for i in range(number)])
    assert sum(len(page) for page in reading.pages(book, "Invoice")) == number


def test_rows_that_move_out_of_a_crowded_second_do_not_hide_their_neighbours() -> None:
    book = ModelBook([0] * 7, [[], [("edit", 0), ("edit", 1)]])
    with pages_of(3):
        read = {row["Id"] for page in reading.pages(book, "Invoice") for row in page}
    assert read == {str(i) for i in range(7)}


def test_reading_starts_at_the_second_of_since() -> None:
    book = ModelBook([0, 5, 6])
    since = START + timedelta(seconds=5, microseconds=700)
    assert [row["Id"] for page in reading.pages(book, "Invoice", since) for row in page] == ["1", "2"]


def test_inactive_entries_of_name_lists_are_asked_for() -> None:
    names, documents = ModelBook([]), ModelBook([])
    list(reading.pages(names, "Customer", START))
    list(reading.pages(documents, "Invoice", START))
    assert "Active IN (true, false) AND MetaData" in names.statements[0]
    assert "Active" not in documents.statements[0]


def test_rows_without_stamps_cannot_be_read_on_from() -> None:
    class Stampless(OneByOne):
        def get(self, request: Request) -> Done:
            return Done(rows=[{"Id": str(i)} for i in range(reading.PAGE)])

    with pytest.raises(ReadFailed, match="to read on from"):
        list(reading.pages(Stampless(), "TaxRate"))


def test_an_order_that_never_settles_ends_the_reading_instead_of_missing_rows() -> None:
    class Restless(ModelBook):
        def get(self, request: Request) -> Done:
            done = super().get(request)
            return Done(rows=done.rows[::-1] if len(self.statements) % 2 else done.rows)

    with pages_of(3), pytest.raises(ReadFailed, match="keep changing places"):
        list(reading.pages(Restless([0] * 9), "Invoice"))


class Answering(OneByOne):
    def __init__(self, done: Done) -> None:
        self.done = done
        self.asked: list[Request] = []

    def get(self, request: Request) -> Done:
        self.asked.append(request)
        return self.done


def test_changes_come_by_entity_with_quickbooks_own_time() -> None:
    client = Answering(Done(changes={"Invoice": [{"Id": "1"}]}, time=START))
    changes = reading.changes(client, ["Invoice", "Customer"], START)
    assert (changes.time, changes.objects, changes.full) == (START, {"Invoice": [{"Id": "1"}]}, False)


@pytest.mark.parametrize(("number", "full"), [(999, False), (1000, True), (1001, True)])
def test_changes_at_the_cap_are_called_full_also_when_entities_share_it(number: int, full: bool) -> None:
    rows = [{"Id": str(i)} for i in range(number)]
    client = Answering(Done(changes={"Invoice": rows[:500], "Customer": rows[500:]}, time=START))
    assert reading.changes(client, ["Invoice", "Customer"], START).full is full


def test_changes_without_a_time_move_no_cursor() -> None:
    with pytest.raises(ReadFailed, match="of which time"):
        reading.changes(Answering(Done()), ["Invoice"], START)


def test_a_count_takes_quickbooks_number() -> None:
    client = Answering(Done(count=41))
    assert reading.count(client, "Invoice", "TxnDate >= '2026-01-01'") == 41
    assert client.asked[0].statement == "SELECT count(*) FROM Invoice WHERE TxnDate >= '2026-01-01'"


def test_an_answer_without_a_count_is_not_zero() -> None:
    with pytest.raises(ReadFailed, match="number of Invoice"):
        reading.count(Answering(Done()), "Invoice")
