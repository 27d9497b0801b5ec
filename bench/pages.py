"""Server time of every list, filter, search and page turn with 1,000,000 results and 100,000 contacts in one company.

`.venv/bin/python bench/pages.py`; on PostgreSQL `.venv/bin/python scripts/postgres.py .venv/bin/python bench/pages.py`.
With a folder as argument its database is kept there, and used again; a word after it measures the pages whose names
hold it. BENCH_CPU=1 counts the processor's time of this process, and of the one that answers it on PostgreSQL, for a
machine that others use.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parent.parent
TIMES = 7
BY_CPU = bool(os.environ.get("BENCH_CPU"))

RESULTS = {
    "results, as they open": "results/",
    "results of any date": "results/?from=",
    "results that failed": "results/?from=&status=failed",
    "results of one kind": "results/?from=&kind=credit_note",
    "results of kind and status": "results/?from=&kind=payment&status=failed",
    "results with a rare reason": "results/?from=&reason=rare",
    "results, unlinked": "results/?from=&link=unlinked",
    "results, linked": "results/?from=&link=linked",
    "results that nothing matches": "results/?from=&kind=term",
    "search: one number": "results/?from=&q=INV-231821",
    "search: a part of numbers": "results/?from=&q=2318",
    "search: a name": "results/?from=&q=kestrel+holdings+77",
    "search: a common word": "results/?from=&q=plumbing",
    "search: words of the details": "results/?from=&q=closed+up+to",
    "search: an id of QuickBooks": "results/?from=&q=3231821",
    "search: nothing": "results/?from=&q=nothing+like+this",
    "search: a number of another kind": "results/?from=&kind=payment&q=inv-2",
    "search and status": "results/?from=&status=failed&q=castle",
}
LISTS = {
    "accounts": "@/accounts/",
    "accounts, suppliers": "@/accounts/?type=supplier",
    "accounts that failed": "@/accounts/?sync=failed",
    "accounts: search": "@/accounts/?q=holdings+777",
    "accounts: nothing found": "@/accounts/?q=nothing+like",
    "invoices": "@/invoices/",
    "invoices, drafts": "@/invoices/?status=draft",
    "invoices that failed": "@/invoices/?sync=failed",
    "invoices: search by number": "@/invoices/?q=231821",
    "invoices: search by customer": "@/invoices/?q=holdings+777",
    "invoices: a common word": "@/invoices/?q=rent",
    "invoices that are not synced": "@/invoices/?sync=not_synced",
    "drafts that failed": "@/invoices/?sync=failed&status=draft",
    "invoices that failed: search": "@/invoices/?sync=failed&q=holdings+777",
    "credit notes that were skipped": "@/credit-notes/?sync=skipped",
    "payments": "@/payments/",
    "payments: search": "@/payments/?q=chq+77",
}
OTHERS = {
    "overview": "@/",
    "flag": "flag/",
    "state of the sync": "state/",
    "search box: a name": "@/search/?q=kestrel+holdings+77",
    "search box: a number": "@/search/?q=231821",
    "search box: nothing": "@/search/?q=nothing+like+this",
    "all companies": "/",
}


def main() -> None:
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["TIEOUT_DATA"] = sys.argv[1] if len(sys.argv) > 1 else temporary
        os.environ["DJANGO_SETTINGS_MODULE"] = "tieout.settings"
        os.environ["TIEOUT_HOSTS"] = "testserver"
        measure()


def measure() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db.models.signals import post_migrate
    from django.test import Client
    from pages_data import COMPANY, build, settle

    from tieout.cli.server import keep_what_is_loaded
    from tieout.subledger.models import Company, User

    with put_off(post_migrate):
        call_command("migrate", verbosity=0)
        if not Company.objects.filter(name=COMPANY).exists():
            build()
    call_command("migrate", verbosity=0)
    settle()
    company = Company.objects.get(name=COMPANY)
    client = Client()
    client.force_login(User.objects.get(email="owner@example.com"))
    client.get("/healthz")
    client.get(f"/c/{company.pk}/settings/people/")  # what is loaded once, by any first page
    keep_what_is_loaded()  # as the server does
    base = f"/c/{company.pk}/"
    word = sys.argv[2] if len(sys.argv) > 2 else ""
    print("| page | first, ms | median, ms | worst, ms |\n|---|---:|---:|---:|")
    everything = {**RESULTS, **LISTS, **OTHERS, **_decisions(company)}
    pages = {name: _address(base, address) for name, address in everything.items() if word in name}
    deep = {name: _address(base, address) for name, address in DEEP.items() if word in name}
    spent = _processor_time() if BY_CPU else time.perf_counter
    figures = [_timed(client, name, address, spent) for name, address in pages.items()]
    figures += [_turned(client, name, address, spent) for name, address in deep.items()]
    all_times = [each for times in figures for each in times]
    print(f"\nAll: median {median(all_times):.0f} ms, worst {max(all_times):.0f} ms.")


@contextmanager
def put_off(signal: Any) -> Iterator[None]:
    """Search indexes and counts are made of all rows at once, which takes a fraction of the time."""
    receivers, signal.receivers = signal.receivers, []
    try:
        yield
    finally:
        signal.receivers = receivers


def _decisions(company: Any) -> dict[str, str]:
    """What an act on ticked rows would take along, before it is done."""
    from tieout.sync.models import Link

    linked = Link.objects.of(company).filter(kind="contact", status="synced", qbo_id__isnull=False)
    ids = linked.order_by("pk").values_list("pk", flat=True)[:50]
    return {f"unlink {number}: what goes along": _ticked(ids[:number]) for number in (1, 50)}


def _ticked(ids: Iterable[int]) -> str:
    return "unlink/?" + "&".join(f"link={pk}" for pk in ids)


def _processor_time() -> Callable[[], float]:
    """SQLite works in this process. On PostgreSQL the work is kept to the one process that answers."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        answering = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: time.process_time() + int(answering.read_text().split()[0]) / 1e9


def _address(base: str, of: str) -> str:
    return of if of.startswith("/") else base + of.removeprefix("@/") if of.startswith("@/") else f"{base}sync/{of}"


def _timed(client: Any, name: str, address: str, spent: Callable[[], float]) -> list[float]:
    times = [_ask(client, address, spent) for _ in range(TIMES + 1)]
    print(f"| {name} | {times[0]:.0f} | {median(times[1:]):.0f} | {max(times[1:]):.0f} |", flush=True)
    return times[1:]


DEEP = {
    "results: page after page": "results/?from=&per=100",
    "results that failed: page after page": "results/?from=&status=failed&per=100",
    "search: page after page": "results/?from=&q=plumbing&per=100",
    "invoices: page after page": "@/invoices/?per=100",
    "invoices that failed: page after page": "@/invoices/?sync=failed&per=100",
    "accounts: page after page": "@/accounts/?per=100",
}


def _turned(client: Any, name: str, address: str, spent: Callable[[], float]) -> list[float]:
    """The pages at a tenth, two tenths ... of the list, reached by their place, and one turn from each."""
    times = []
    for _ in range(TIMES):
        for _ in range(3):
            page = client.get(address).content.decode()
            found = re.search(r'rel="next" href="\?([^"]+)"', page)
            if not found:
                break
            address = address.partition("?")[0] + "?" + found[1].replace("&amp;", "&")
        address = _further(address)
        times.append(_ask(client, address, spent))
    print(f"| {name} | {times[0]:.0f} | {median(times):.0f} | {max(times):.0f} |", flush=True)
    return times


def _further(address: str) -> str:
    """A place further down: the marks say the value that a row is ordered by."""
    years = {f"{year}-": f"{year - 1}-" for year in range(2020, 2027)}
    found = re.search(r"after=[^&]*?(20\d\d-)", address)
    return address.replace(found[1], years.get(found[1], found[1]), 1) if found else address


def _ask(client: Any, address: str, clock: Callable[[], float]) -> float:
    started = clock()
    answer = client.get(address)
    milliseconds = (clock() - started) * 1000
    assert answer.status_code == 200, (address, answer.status_code)
    return milliseconds


if __name__ == "__main__":
    main()
