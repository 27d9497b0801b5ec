"""What the black-box test is made of: workers that are killed and frozen, people who write in both books meanwhile,
and both books read from outside."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
from quickbooks.objects import Customer, Invoice, Item, Payment
from quickbooks.objects.detailline import SalesItemLine, SalesItemLineDetail

from .independent import Client
from .processes import Tieout
from .subledger import cents

COMPANY = "Alp"
CUSTOMERS = 40
HEADER = (
    "*InvoiceNo,*Customer,*InvoiceDate,*DueDate,Terms,Location,Memo,Item(Product/Service),"
    "ItemDescription,ItemQuantity,ItemRate,*ItemAmount,Service Date"
)


@dataclass(frozen=True)
class Worker:
    process: subprocess.Popen[str]
    log: Path

    def is_up(self) -> bool:
        return "Running syncs" in self.log.read_text()


@dataclass
class Workers:
    """`tieout worker`, so many at once; whoever is killed gets a successor."""

    tieout: Tieout
    number: int
    moments: random.Random
    running: list[Worker] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)

    def start(self) -> None:
        self.running = [Worker(*self._start("worker")) for _ in range(self.number)]

    def _start(self, word: str) -> tuple[subprocess.Popen[str], Path]:
        self.done[word] += 1
        file = self.tieout.data.parent / f"{word}-{self.done[word]}.log"
        with file.open("w") as log:
            return self.tieout.start(word, log=log), file

    def disturb(self) -> None:
        time.sleep(self.moments.uniform(0.3, 2.0))
        which = self.moments.randrange(self.number)
        act = self.moments.choice([self._kill, self._freeze])
        act(which)

    def _kill(self, which: int) -> None:
        process = self.running[which].process
        assert process.poll() is None, "a worker ended by itself"
        process.kill()
        process.wait()
        self.running[which] = Worker(*self._start("worker"))

    def _freeze(self, which: int) -> None:
        """Longer than its lease of a second, while another worker syncs, or where there is none, `tieout sync`."""
        frozen = self.running[which].process
        frozen.send_signal(signal.SIGSTOP)
        others = [self._start("sync")[0]] if self.number == 1 else []
        time.sleep(self.moments.uniform(1.2, 4.0))
        frozen.send_signal(signal.SIGCONT)
        for other in others:
            other.wait()

    def stop(self) -> list[int]:
        """Their exit codes after SIGTERM, which the last successor shall be up to hear."""
        for worker in self.running:
            while not worker.is_up():
                time.sleep(0.1)
            worker.process.send_signal(signal.SIGTERM)
        return [worker.process.wait(30) for worker in self.running]

    def end(self) -> None:
        for worker in self.running:
            worker.process.kill()
            worker.process.wait()


@dataclass
class Progress:
    """How much of the storm is over, between 0 and 1; people spread their work over it."""

    part: float = 0.0

    def wait_for(self, part: float) -> None:
        while self.part < part:
            time.sleep(0.05)


class Person(threading.Thread):
    """Fails the test if what they do fails."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(daemon=True)
        self.progress, self.failed = progress, ""

    def run(self) -> None:
        try:
            self.work()
        except Exception as error:  # noqa: BLE001 - told by `finish`, in the test's own thread
            self.failed = f"{type(error).__name__}: {error}"

    def work(self) -> None:
        raise NotImplementedError

    def finish(self) -> None:
        self.join(300)
        assert not self.failed, self.failed
        assert not self.is_alive()


class OnOurSide(Person):
    """Imports invoices, some files one after another; the same file again if the database was in use."""

    def __init__(self, progress: Progress, tieout: Tieout, item: str, invoices: int, files: int) -> None:
        super().__init__(progress)
        self.tieout, self.item = tieout, item
        self.amounts = {f"K-{number:05}": Decimal(number % 997 + 1) / 4 for number in range(invoices)}
        self.files = files

    def work(self) -> None:
        numbers = list(self.amounts)
        for part in range(self.files):
            self.progress.wait_for(part / self.files)
            file = self.tieout.data.parent / f"part-{part}.csv"
            rows = (self._row(number) for number in numbers[part :: self.files])
            file.write_text("\n".join([HEADER, *rows, ""]))
            self._take_in(file)

    def _row(self, number: str) -> str:
        customer = f"Customer {int(number[2:]) % CUSTOMERS:02}"
        amount = self.amounts[number]
        return f"{number},{customer},2026-02-01,2026-03-01,,,,{self.item},Work,1,{amount},{amount},"

    def _take_in(self, file: Path) -> None:
        for _ in range(5):
            done = self.tieout("import", "invoices", file, "--company", COMPANY, "--approve")
            if done.code != 4:
                break
        assert done.code == 0, done.err


class InQuickBooks(Person):
    """Enters invoices, gets some of them paid, corrects others, and voids a few."""

    def __init__(self, progress: Progress, client: Client, invoices: int) -> None:
        super().__init__(progress)
        self.client, self.invoices = client, invoices
        self.amounts: dict[str, Decimal] = {}
        self.paid: dict[str, Decimal] = {}
        self.voided: set[str] = set()

    def work(self) -> None:
        customers = self.client.all(Customer)
        item = next(each for each in self.client.all(Item) if each.Type == "Service").to_ref()
        for number in range(self.invoices):
            self.progress.wait_for(number / self.invoices)
            invoice = self._enter(f"X-{number:05}", customers[number % len(customers)], item)
            if number % 3 == 0:
                self.client.pay(invoice)
                self.paid[invoice.DocNumber] = self.amounts[invoice.DocNumber]
            elif number % 3 == 1:
                self._correct(invoice)
            elif number % 5 == 0:
                invoice.void(qb=self.client.qb)
                self.voided.add(invoice.DocNumber)

    def _enter(self, number: str, customer: Customer, item: Any) -> Invoice:
        line = SalesItemLine()
        line.Amount = self.amounts[number] = Decimal(int(number[2:]) + 1)
        line.SalesItemLineDetail = SalesItemLineDetail()
        line.SalesItemLineDetail.ItemRef = item
        invoice = Invoice()
        invoice.DocNumber, invoice.CustomerRef = number, customer.to_ref()
        invoice.Line.append(line)
        return invoice.save(qb=self.client.qb)

    def _correct(self, invoice: Invoice) -> None:
        line = next(line for line in invoice.Line if line.DetailType == "SalesItemLineDetail")
        line.Amount = self.amounts[invoice.DocNumber] = line.Amount + Decimal("0.50")
        line.SalesItemLineDetail.UnitPrice = None
        line.SalesItemLineDetail.Qty = None
        invoice.save(qb=self.client.qb)


@dataclass(frozen=True)
class Books:
    """Number, total and balance of every invoice, name of every customer, total of every payment."""

    invoices: Counter[tuple[str, Decimal, Decimal]]
    contacts: Counter[str]
    payments: Counter[Decimal]


def theirs(client: Client) -> Books:
    return Books(
        Counter((each.DocNumber, cents(each.TotalAmt), cents(each.Balance)) for each in client.invoices()),
        Counter(each.DisplayName for each in client.all(Customer)),
        Counter(cents(each.TotalAmt) for each in client.all(Payment)),
    )


def ours(tieout: Tieout) -> Books:
    """A voided document is worth nothing, as QuickBooks has it."""
    invoices = rows(tieout, "SELECT number, status, total, balance FROM subledger_invoice WHERE NOT stub")
    payments = rows(tieout, "SELECT total FROM subledger_payment WHERE status <> 'void'")
    return Books(
        Counter(
            (number, *((cents(0), cents(0)) if status == "void" else (cents(total), cents(balance))))
            for number, status, total, balance in invoices
        ),
        Counter(name for (name,) in rows(tieout, "SELECT name FROM subledger_contact")),
        Counter(cents(total) for (total,) in payments),
    )


def rows(tieout: Tieout, statement: str) -> list[tuple[Any, ...]]:
    """Past our own code."""
    if url := tieout.environment.get("DATABASE_URL"):
        with psycopg.connect(url) as server:
            return server.execute(statement).fetchall()
    with closing(sqlite3.connect(tieout.data / "tieout.sqlite3")) as database:
        return database.execute(statement).fetchall()
