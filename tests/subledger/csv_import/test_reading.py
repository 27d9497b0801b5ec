from __future__ import annotations

from pathlib import Path

import pytest

from tieout.subledger.csv_import.reading import BadFile, Row, read

COLUMNS = ("*Name", "Email", "Phone")


def rows(tmp_path: Path, content: bytes) -> list[Row]:
    file = tmp_path / "file.csv"
    file.write_bytes(content)
    return list(read(file, COLUMNS))


def test_utf_8_is_read_with_and_without_a_byte_order_mark(tmp_path: Path) -> None:
    for mark in (b"", b"\xef\xbb\xbf"):
        (row,) = rows(tmp_path, mark + "Name,Email\r\n Zoë ,z@example.com\r\n".encode())
        assert row == Row(2, {"*Name": "Zoë", "Email": "z@example.com"})


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("Name\nZoë\n".encode("latin-1"), "Line 2 is not UTF-8"),
        ("Name\nZoë\n".encode("utf-16"), "UTF-16"),
        (b"", "empty"),
        (b"\n", "empty"),
        (b"Email\n", "“*Name” is missing"),
        (b"Name,Fax\n", "no column “Fax”"),
        (b"Name,Name\n", "“*Name” is there twice"),
        (b"Name;Email\n", "not separated by commas"),
        (b'Name\n"Zoe\n', "Line 2 cannot be read as CSV"),
        (b'Name\n"Zoe"x\n', "Line 2 cannot be read as CSV"),
    ],
)
def test_an_unreadable_file_says_why(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(BadFile) as bad:
        rows(tmp_path, content)
    assert says in str(bad.value)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no such file"):
        list(read(tmp_path / "none.csv", COLUMNS))
    with pytest.raises(BadFile, match="is a directory"):
        list(read(tmp_path, COLUMNS))


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    content = b'Name,Email\n"Two\nlines",a\n\n,,\nLast,b\n'
    assert [row.line for row in rows(tmp_path, content)] == [2, 6]


def test_blank_columns_at_the_end_are_no_columns(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, b"Name,Email,,\nZoe,z,,\n")
    assert row == Row(2, {"*Name": "Zoe", "Email": "z"})
