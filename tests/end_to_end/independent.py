"""What QuickBooks holds, read and written by a published client that shares no code with us."""

from __future__ import annotations

import os
import time
from decimal import Decimal
from typing import Any

from intuitlib.client import AuthClient
from quickbooks.objects import CreditMemo, Customer, Invoice, Item, Payment
from quickbooks.objects.detailline import SalesItemLine, SalesItemLineDetail
from quickbooks.objects.payment import PaymentLine

from quickbooks import QuickBooks

from .processes import Sandbox

PAGE = 100
# An access token holds for an hour, which a long storm outlasts.
ACCESS_FOR_S = 1800


class Client:
    def __init__(self, sandbox: Sandbox, realm_id: str | None = None) -> None:
        # The client insists on https, the sandbox is on loopback.
        os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
        self._sandbox, self._realm_id = sandbox, realm_id
        self._qb, self._since = self._connected(), time.monotonic()

    @property
    def qb(self) -> QuickBooks:
        if time.monotonic() - self._since > ACCESS_FOR_S:
            self._qb, self._since = self._connected(), time.monotonic()
        return self._qb

    def _connected(self) -> QuickBooks:
        sandbox, given = self._sandbox, self._sandbox.credentials(self._realm_id)
        auth = AuthClient(
            given["client_id"],
            given["client_secret"],
            "http://127.0.0.1/back",
            f"{sandbox.url}/.well-known/openid_sandbox_configuration",
            access_token=given["access_token"],
            refresh_token=given["refresh_token"],
            realm_id=given["realm_id"],
        )
        return type("Local", (QuickBooks,), {"api_url_v3": f"{sandbox.url}/v3"})(
            auth_client=auth,
            refresh_token=given["refresh_token"],
            company_id=given["realm_id"],
            minorversion=75,
            use_decimal=True,
        )

    def all(self, kind: type[Any]) -> list[Any]:
        found: list[Any] = []
        while True:
            page = kind.filter(start_position=len(found) + 1, max_results=PAGE, qb=self.qb)
            found += page
            if len(page) < PAGE:
                return found

    def invoices(self) -> list[Invoice]:
        return self.all(Invoice)

    def credit_memos(self) -> list[CreditMemo]:
        return self.all(CreditMemo)

    def payments(self) -> list[Payment]:
        return self.all(Payment)

    def customers(self) -> dict[str, str]:
        """Name by Id."""
        return {customer.Id: customer.DisplayName for customer in self.all(Customer)}

    def service_item(self) -> str:
        return str(next(item for item in self.all(Item) if item.Type == "Service").FullyQualifiedName)

    def make_invoice(self, number: str, customer_id: str, amount: Decimal) -> Invoice:
        item = next(item for item in self.all(Item) if item.Type == "Service")
        line = SalesItemLine()
        line.Amount = amount
        line.Description = "Made by somebody else"
        line.SalesItemLineDetail = SalesItemLineDetail()
        line.SalesItemLineDetail.ItemRef = item.to_ref()
        invoice = Invoice()
        invoice.DocNumber = number
        invoice.CustomerRef = Customer.get(int(customer_id), qb=self.qb).to_ref()
        invoice.Line.append(line)
        return invoice.save(qb=self.qb)

    def pay(self, invoice: Invoice) -> Payment:
        line = PaymentLine()
        line.Amount = invoice.TotalAmt
        line.LinkedTxn.append(invoice.to_linked_txn())
        payment = Payment()
        payment.TotalAmt = invoice.TotalAmt
        payment.CustomerRef = invoice.CustomerRef
        payment.Line.append(line)
        return payment.save(qb=self.qb)
