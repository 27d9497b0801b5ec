import contextlib
from pathlib import Path

import pytest

from quickbooks_sandbox.storage import DataInUse, Folder


def test_what_was_saved_is_there_after_opening_again(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.save_objects("1", [("Invoice", "7", b"{}"), ("Invoice", "8", b"{}")])
    folder.save_objects("1", [("Invoice", "7", None)])
    folder.put("space", "key", b"value")
    folder.close()

    folder = Folder(tmp_path)
    assert list(folder.objects("1")) == [("Invoice", "8", b"{}")]
    assert folder.entries("space") == [("key", b"value")]
    folder.close()


def test_a_folder_that_is_open_is_refused_to_others(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    with pytest.raises(DataInUse):
        Folder(tmp_path)
    folder.close()
    Folder(tmp_path).close()


def test_a_transaction_that_fails_leaves_nothing_behind_of_what_was_joined_to_it(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    with contextlib.suppress(RuntimeError), folder.transaction():
        folder.save_objects("1", [("Invoice", "7", b"{}")])
        folder.put("replay", "1/r", b"answer")
        raise RuntimeError
    assert list(folder.objects("1")) == []
    assert folder.entries("replay") == []
    folder.close()


def test_what_was_committed_survives_a_process_that_ends_without_closing(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.put("space", "key", b"value")
    copy = tmp_path / "copy"
    copy.mkdir()
    for part in tmp_path.glob("sandbox.sqlite3*"):
        (copy / part.name).write_bytes(part.read_bytes())
    reopened = Folder(copy)
    assert reopened.entries("space") == [("key", b"value")]
    reopened.close()
    folder.close()
