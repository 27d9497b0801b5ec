"""What SalesReceipt and RefundReceipt share: sold or returned, and paid at once."""

from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar

from quickbooks_sandbox.entities.control import require_type
from quickbooks_sandbox.entities.foreign import require_home_or, show_home_amounts, take_currency
from quickbooks_sandbox.entities.sales_form import SalesForm
from quickbooks_sandbox.entities.transaction import refuse_closed, refuse_deposited
from quickbooks_sandbox.ledger.numbers import ZERO, money
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


class CashSale(SalesForm):
    #: Recordings show sales receipts without a customer.
    required: ClassVar[tuple[str, ...]] = ()

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        if old is not None:
            refuse_deposited(old)
        super().complete(work, new, old)
        require_type(work, new["DepositToAccountRef"]["value"], "Bank", "Other Current Asset")
        require_home_or(work, new["DepositToAccountRef"]["value"], new["CurrencyRef"]["value"])

    def settle(self, work: Work, new: Object | None, old: Object | None) -> None:
        """Nothing is applied to it."""

    def before_delete(self, work: Work, old: Object) -> None:
        refuse_deposited(old)
        refuse_closed(work, old["TxnDate"])

    def open_amounts(self, work: Work, object: Object) -> Iterable[tuple[str, Decimal]]:
        return ()

    def balance_account(self, work: Work, object: Object) -> str:
        return str(object["DepositToAccountRef"]["value"])

    def complete_currency(self, work: Work, new: Object, old: Object | None, customer: Object) -> None:
        take_currency(work, new, old, customer)

    def complete_balance(self, work: Work, new: Object, old: Object | None, amount: Decimal) -> None:
        new["TotalAmt"] = money(amount)
        new["Balance"] = ZERO
        show_home_amounts(new)
