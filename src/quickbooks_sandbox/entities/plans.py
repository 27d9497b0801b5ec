"""What each subscription leaves out."""

from quickbooks_sandbox.faults import fault
from quickbooks_sandbox.ledger.work import Work


def require_essentials(work: Work, what: str) -> None:
    if work.settings.plan == "Simple Start":
        raise fault("5030", text=f"{what} need QuickBooks Online Essentials, Plus or Advanced.")


def require_plus(work: Work, what: str) -> None:
    if work.settings.plan not in ("Plus", "Advanced"):
        raise fault("5030", text=f"{what} need QuickBooks Online Plus or Advanced.")
