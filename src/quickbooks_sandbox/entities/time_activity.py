"""TimeActivity: time worked by an employee or vendor, for a customer or not. It posts nothing."""

from datetime import datetime

from quickbooks_sandbox.entities.billed_time import forget_time
from quickbooks_sandbox.entities.plans import require_essentials
from quickbooks_sandbox.entities.transaction import Transaction
from quickbooks_sandbox.faults import Faults, fault
from quickbooks_sandbox.ledger.fields import HEADER, Field, boolean, choice, date, number, ref, text
from quickbooks_sandbox.ledger.numbers import money
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.times import PACIFIC, parse_moment
from quickbooks_sandbox.ledger.work import Work

_MOST_HOURS = 8760
_MINUTES_OF_HOUR = 60
_MOMENTS, _DURATION = ("StartTime", "EndTime"), ("Hours", "Minutes")


def _moment(name: str) -> Field:
    """A date-time, shown on the Pacific clock."""

    def read(field: Field, value: object, faults: Faults) -> str | None:
        try:
            return parse_moment(str(value)).astimezone(PACIFIC).isoformat(timespec="seconds")
        except ValueError:
            faults.add("2060", field=field.name, value=value)
            return None

    return Field(name, read)


class TimeActivity(Transaction):
    name = "TimeActivity"
    fields = (
        date("TxnDate", queryable=True, kept=True),
        choice("NameOf", "Employee", "Vendor"),
        ref("EmployeeRef", "Employee", queryable=True),
        ref("VendorRef", "Vendor", queryable=True),
        ref("CustomerRef", "Customer", queryable=True),
        ref("DepartmentRef", "Department"),
        ref("ItemRef", "Item"),
        ref("ClassRef", "Class"),
        ref("ProjectRef", queryable=True),
        ref("PayrollItemRef"),
        choice("BillableStatus", "Billable", "NotBillable", "HasBeenBilled", queryable=True),
        boolean("Taxable"),
        number("HourlyRate"),
        number("CostRate"),
        number("Hours"),
        number("Minutes"),
        number("Seconds"),
        number("BreakHours"),
        number("BreakMinutes"),
        number("BreakSeconds"),
        _moment("StartTime"),
        _moment("EndTime"),
        text("Description", 4000),
        text("TransactionLocationType"),
        *HEADER,
    )
    dropped = ("LinkedTxn", "AttachableRef", "OtherNameRef", "TimeChargeId")
    required = ("NameOf",)
    operations = frozenset({"create", "read", "update", "delete", "query"})
    id_sequence = "time activities"
    in_cdc = False

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        require_essentials(work, "Time activities")
        self.require(new)
        self._keep_one_name(new)
        self._complete_time(work, new, old)
        self.resolve_references(work, new, old)
        new.setdefault("BillableStatus", "NotBillable")
        new.setdefault("Taxable", False)
        self._complete_rates(new)

    def before_delete(self, work: Work, old: Object) -> None:
        """Nothing was posted, so no closed period is touched."""

    def settle(self, work: Work, new: Object | None, old: Object | None) -> None:
        if new is None and old is not None:
            forget_time(work, old)

    def _keep_one_name(self, new: Object) -> None:
        worker = f"{new['NameOf']}Ref"
        self.require(new, worker)
        new.pop({"EmployeeRef": "VendorRef", "VendorRef": "EmployeeRef"}[worker], None)

    def _complete_rates(self, new: Object) -> None:
        if new["BillableStatus"] == "Billable":
            if "CustomerRef" not in new:
                raise fault("6310")
            if not new.get("HourlyRate"):
                raise fault("6330")
        for name in ("HourlyRate", "CostRate"):
            new[name] = money(new.get(name, 0))

    def _complete_time(self, work: Work, new: Object, old: Object | None) -> None:
        """Hours and minutes, or a start and an end; the date is that of the start unless one was sent."""
        _keep_one_duration(new, old)
        if any(name in new for name in _MOMENTS):
            new.setdefault("TxnDate", _between(new).date().isoformat())
        else:
            _check_hours(new)
        new.setdefault("TxnDate", old["TxnDate"] if old else work.today.isoformat())


def _keep_one_duration(new: Object, old: Object | None) -> None:
    """What an update sends takes the place of the other form; sending both at once is refused."""
    forms = [[name for name in names if name in new] for names in (_MOMENTS, _DURATION)]
    if not all(forms):
        return
    stale = [names for names in forms if old and all(new[name] == old.get(name) for name in names)]
    if len(stale) != 1:
        raise fault("6390")
    for name in stale[0]:
        del new[name]


def _between(new: Object) -> datetime:
    """The start, if start and end make sense."""
    if any(name not in new for name in _MOMENTS):
        raise fault("6360")
    start, end = (datetime.fromisoformat(new[name]) for name in _MOMENTS)
    if end < start:
        raise fault("6370")
    if end == start:
        raise fault("6380")
    return start


def _check_hours(new: Object) -> None:
    if not any(name in new for name in _DURATION):
        raise fault("6350")
    hours, minutes = new.get("Hours", 0), new.get("Minutes", 0)
    if not 0 <= hours <= _MOST_HOURS or not 0 <= minutes < _MINUTES_OF_HOUR:
        raise fault("6340")
    if not hours and not minutes:
        raise fault("6380")
