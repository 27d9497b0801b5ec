"""Imports 10,000 invoices by CSV and syncs them to a sandbox without limits; prints seconds and memory per process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

BIN = Path(sys.executable).parent
INVOICES = 10_000
CUSTOMERS = 500
COMPANY = "Bench"
HEADER = (
    "*InvoiceNo,*Customer,*InvoiceDate,*DueDate,Terms,Location,Memo,Item(Product/Service),"
    "ItemDescription,ItemQuantity,ItemRate,*ItemAmount,Service Date"
)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["TIEOUT_DATA"] = str(folder / "data")
        with sandbox(folder) as (url, sandbox_process):
            run("connect", "--sandbox", url, "--company", COMPANY, "--sync-from", "2020-01-01")
            file = folder / "invoices.csv"
            file.write_text(csv(item_of(folder / "data")))
            print("| step | seconds | peak memory, MiB |\n|---|---:|---:|")
            imported = measured("import", "import", "invoices", str(file), "--company", COMPANY, "--approve")
            synced = measured("sync", "sync", "--json")
            measured("sync again, nothing to do", "sync", "--json")
            print(f"| import and sync together | {imported + synced:.1f} | |")
            print(f"| the sandbox meanwhile | | {peak_of(sandbox_process.pid):.0f} |")


@contextmanager
def sandbox(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    data = str(folder / "quickbooks")
    command = [str(BIN / "quickbooks-sandbox"), "serve", "--port", "0", "--no-limits", "--data", data]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        found = re.search(r"http://[\d.:]+", process.stdout.readline())
        assert found, "the sandbox did not tell its address"
        yield found[0], process
    finally:
        process.terminate()
        process.wait()


def run(*words: str) -> None:
    subprocess.run([BIN / "tieout", *words], check=True, stdout=subprocess.DEVNULL)


def measured(label: str, *words: str) -> float:
    began = time.monotonic()
    process = subprocess.Popen([BIN / "tieout", *words], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    if status:
        sys.exit(f"tieout {words[0]} ended with {os.waitstatus_to_exitcode(status)}")
    print(f"| {label} | {seconds:.1f} | {usage.ru_maxrss / 1024:.0f} |", flush=True)
    return seconds


def peak_of(pid: int) -> float:
    """MiB, as Linux counts it."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def item_of(data: Path) -> str:
    """One of the services that came in when connecting."""
    import sqlite3

    rows = sqlite3.connect(data / "tieout.sqlite3").execute(
        "SELECT full_name FROM subledger_item WHERE type = 'Service' AND NOT archived ORDER BY id LIMIT 1"
    )
    return str(rows.fetchone()[0])


def csv(item: str) -> str:
    return "\n".join([HEADER, *(row(number, item) for number in range(INVOICES)), ""])


def row(number: int, item: str) -> str:
    rate = Decimal(100 + number % 900) + Decimal("0.25")
    day = f"2026-{number % 9 + 1:02}-{number % 28 + 1:02}"
    return f"B-{number:05},Customer {number % CUSTOMERS:03},{day},2026-12-31,,,,{item},Work,2,{rate},{rate * 2},"


if __name__ == "__main__":
    main()
