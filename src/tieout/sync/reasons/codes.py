"""From QuickBooks' code and its detail to the reason. A code alone says too little: 6000 covers every business rule,
and the same number has meant different things over the years."""

from __future__ import annotations

import re

from tieout.quickbooks.wire.faults import Fault, Next, next_step

# Codes that come to the same.
SAME_AS = {
    **dict.fromkeys(("900", "6150", "6180"), "700"),
    **dict.fromkeys(("1010", "1020"), "1000"),
    **dict.fromkeys(("2150", "2160", "2240", "2290"), "2140"),
    "2180": "2050",
    **dict.fromkeys(("6120", "6450", "6460"), "6110"),
    **dict.fromkeys(("6160", "6170", "6230", "6470"), "6100"),
    "6210": "6200",
    "6300": "6290",
    **dict.fromkeys(("6320", "6330"), "6310"),
}
# Only this program can be at fault; see also Next.BUG.
BUGS = frozenset({"2170", "2190", "6020", "6040", "6050", "6530"})
# Rules for entries that are not synced: accounts, journal entries, time, budgets.
OTHER_KINDS = frozenset(
    (
        *("2260", "2270", "2280", "2300", "6010", "6060", "6340", "6350", "6360", "6370"),
        *("6380", "6390", "6490", "6500", "6510"),
    )
)
# The first pattern that the element and detail match decides; without one, the code alone.
BY_DETAIL: dict[str, tuple[tuple[str, str], ...]] = {
    "610": ((r"deleted this transaction", "610_deleted"),),
    "2500": (
        (r"ItemRef", "2500_item"),
        (r"CustomerRef", "2500_customer"),
        (r"Tax(Code|Rate)", "2500_tax"),
        (r"ClassRef", "2500_class"),
        (r"AccountRef", "2500_account"),
    ),
    "6000": (
        (r"(tax|gst|hst|vat)\W.*\b(rate|code)|tax ?code", "6000_tax"),
        (r"transaction amount|total amount.*(missing|required)", "6000_amount"),
        (r"currenc", "6000_currency"),
        (r"account must be of type|deposit.?to account|account type", "6430"),
        (r"(greater|more|higher) than|exceed|usable balance|over.?appl", "6000_applied"),
        (r"(payment|credit)s? (is|are|was|were)? ?(applied|linked|attached)|linked to", "6000_attached"),
        (r"inactive|has been deleted", "610"),
    ),
    # Older texts use this number for duplicate numbers.
    "6210": ((r"duplicate|already been used", "6140"),),
}


def key_of(fault: Fault) -> str:
    """The registry's key; it need not be there for a code that nobody has met yet."""
    if fault.code in BUGS or next_step(fault) is Next.BUG:
        return "quickbooks_bug"
    if fault.code in OTHER_KINDS:
        return "quickbooks_other_kind"
    return f"quickbooks_{_by_detail(fault) or SAME_AS.get(fault.code, fault.code)}"


def _by_detail(fault: Fault) -> str:
    said, patterns = f"{fault.element} {fault.detail}", BY_DETAIL.get(fault.code, ())
    return next((name for pattern, name in patterns if re.search(pattern, said, re.IGNORECASE)), "")
