"""The reports, computed from the transactions, in Intuit's rows and columns."""

from collections.abc import Callable, Mapping

from quickbooks_sandbox.faults import not_modelled
from quickbooks_sandbox.ledger.ledger import Ledger
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.reports.account_list import account_list
from quickbooks_sandbox.reports.balance_detail import (
    aged_payable_detail,
    aged_receivable_detail,
    customer_balance_detail,
    vendor_balance_detail,
)
from quickbooks_sandbox.reports.balance_sheet import balance_sheet
from quickbooks_sandbox.reports.balances import (
    aged_payables,
    aged_receivables,
    customer_balance,
    vendor_balance,
)
from quickbooks_sandbox.reports.cash_flow import cash_flow
from quickbooks_sandbox.reports.general_ledger import general_ledger
from quickbooks_sandbox.reports.inventory import inventory_valuation_detail, inventory_valuation_summary
from quickbooks_sandbox.reports.profit_and_loss import profit_and_loss
from quickbooks_sandbox.reports.profit_and_loss_detail import profit_and_loss_detail
from quickbooks_sandbox.reports.request import Params
from quickbooks_sandbox.reports.sales import (
    class_sales,
    customer_income,
    customer_sales,
    department_sales,
    item_sales,
    vendor_expenses,
)
from quickbooks_sandbox.reports.transaction_list import (
    by_customer,
    by_vendor,
    journal,
    transaction_list,
    with_splits,
)
from quickbooks_sandbox.reports.trial_balance import trial_balance

REPORTS: dict[str, Callable[[Params], Object]] = {
    "AccountList": account_list,
    "AgedPayableDetail": aged_payable_detail,
    "AgedPayables": aged_payables,
    "AgedReceivableDetail": aged_receivable_detail,
    "AgedReceivables": aged_receivables,
    "BalanceSheet": balance_sheet,
    "CashFlow": cash_flow,
    "ClassSales": class_sales,
    "CustomerBalance": customer_balance,
    "CustomerBalanceDetail": customer_balance_detail,
    "CustomerIncome": customer_income,
    "CustomerSales": customer_sales,
    "DepartmentSales": department_sales,
    "GeneralLedger": general_ledger,
    "InventoryValuationDetail": inventory_valuation_detail,
    "InventoryValuationSummary": inventory_valuation_summary,
    "ItemSales": item_sales,
    "JournalReport": journal,
    "ProfitAndLoss": profit_and_loss,
    "ProfitAndLossDetail": profit_and_loss_detail,
    "TransactionList": transaction_list,
    "TransactionListByCustomer": by_customer,
    "TransactionListByVendor": by_vendor,
    "TransactionListWithSplits": with_splits,
    "TrialBalance": trial_balance,
    "VendorBalance": vendor_balance,
    "VendorBalanceDetail": vendor_balance_detail,
    "VendorExpenses": vendor_expenses,
}
_BY_LOWER_NAME = {name.lower(): (name, make) for name, make in REPORTS.items()}


def report(books: Ledger, name: str, params: Mapping[str, str]) -> Object:
    """The report of a name in any case. What a parameter would change and is not modelled is refused."""
    known = _BY_LOWER_NAME.get(name.lower())
    if known is None:
        raise not_modelled(f"the report {name}")
    return known[1](Params(books, known[0], params))
