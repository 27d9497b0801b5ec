"""CreditCardPayment: money from a bank account that pays off a credit card. Answers call it CreditCardPaymentTxn."""

from collections.abc import Iterable
from decimal import Decimal

from quickbooks_sandbox.entities.control import require_type
from quickbooks_sandbox.entities.foreign import choose_currency
from quickbooks_sandbox.entities.form_fields import PRINT_STATUS
from quickbooks_sandbox.entities.transaction import Transaction
from quickbooks_sandbox.faults import fault
from quickbooks_sandbox.ledger.fields import HEADER, date, number, ref, text
from quickbooks_sandbox.ledger.numbers import money
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


class CreditCardPayment(Transaction):
    name = "CreditCardPayment"
    element = "CreditCardPaymentTxn"
    fields = (
        ref("CreditCardAccountRef", "Account"),
        ref("BankAccountRef", "Account"),
        number("Amount"),
        ref("VendorRef", "Vendor", queryable=True),
        text("CheckNum", 21),
        PRINT_STATUS,
        text("Memo", 4000),
        *HEADER,
        date("TxnDate", queryable=True, kept=True),
        ref("CurrencyRef"),
        number("ExchangeRate"),
        text("PrivateNote", 4000),
    )
    dropped = ("RecurDataRef", "LinkedTxn", "TxnSource", "TransactionLocationType")
    required = ("BankAccountRef", "CreditCardAccountRef", "Amount")
    resent = required

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        self.require(new)
        self.begin(work, new, old)
        self.resolve_references(work, new, old)
        choose_currency(work, new, old, *(new[name]["value"] for name in ("BankAccountRef", "CreditCardAccountRef")))
        require_type(work, new["CreditCardAccountRef"]["value"], "Credit Card")
        require_type(work, new["BankAccountRef"]["value"], "Bank")
        if new["Amount"] < 0:
            raise fault("2290", value=new["Amount"])
        new["Amount"] = money(new["Amount"])
        new.setdefault("PrintStatus", "NotSet")

    def postings(self, work: Work, object: Object) -> Iterable[tuple[str, Decimal]]:
        yield object["CreditCardAccountRef"]["value"], object["Amount"]
        yield object["BankAccountRef"]["value"], -object["Amount"]
