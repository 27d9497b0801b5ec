"""When a recurring transaction is to be made."""

import datetime
from calendar import day_name, month_name, monthrange

from quickbooks_sandbox.faults import fault
from quickbooks_sandbox.ledger.fields import boolean, choice, date, number, parts, read_whole, text
from quickbooks_sandbox.ledger.store import Object

_SCHEDULE = (
    date("StartDate"),
    date("EndDate"),
    number("DaysBefore"),
    number("MaxOccurrences"),
    number("RemindDays"),
    choice("IntervalType", "Daily", "Weekly", "Monthly", "Yearly"),
    number("NumInterval"),
    number("DayOfMonth"),
    choice("DayOfWeek", *day_name),
    choice("MonthOfYear", *month_name[1:]),
    number("WeekOfMonth"),
)
_INFO = (
    text("Name", 100),
    choice("RecurType", "Automated", "Reminded", "UnScheduled"),
    boolean("Active"),
    parts("ScheduleInfo", *_SCHEDULE),
)


def recurring_info(sent: Object) -> Object:
    info = read_whole(_INFO, sent, "RecurringInfo")
    if "Name" not in info:
        raise fault("2020", field="RecurringInfo.Name")
    schedule = info.get("ScheduleInfo", {})
    info = {"RecurType": "Automated", "Active": True, **info}
    if info["RecurType"] == "UnScheduled":
        return {**info, "ScheduleInfo": schedule}
    for name in ("IntervalType", "StartDate"):
        if name not in schedule:
            raise fault("2020", field=f"RecurringInfo.ScheduleInfo.{name}")
    schedule.setdefault("NumInterval", 1)
    return {**info, "ScheduleInfo": {**schedule, "NextDate": _first_date(schedule).isoformat()}}


def _first_date(schedule: Object) -> datetime.date:
    """The first day on or after the start that fits the interval."""
    start = datetime.date.fromisoformat(schedule["StartDate"])
    interval = schedule["IntervalType"]
    if interval == "Weekly" and "DayOfWeek" in schedule:
        wanted = list(day_name).index(schedule["DayOfWeek"])
        return start + datetime.timedelta(days=(wanted - start.weekday()) % 7)
    if interval in ("Monthly", "Yearly") and "DayOfMonth" in schedule:
        return _on_day(start, schedule, int(schedule["DayOfMonth"]))
    return start


def _on_day(start: datetime.date, schedule: Object, day: int) -> datetime.date:
    """A day that a month does not have is its last."""
    if not 1 <= day <= 31:
        raise fault("2240", field="DayOfMonth", value=day)
    months = list(month_name)
    wanted = months.index(schedule["MonthOfYear"]) if "MonthOfYear" in schedule else 0
    year, month = start.year, wanted or start.month
    found = datetime.date(year, month, min(day, monthrange(year, month)[1]))
    if found >= start:
        return found
    year, month = (year + 1, wanted) if wanted else (year + month // 12, month % 12 + 1)
    return datetime.date(year, month, min(day, monthrange(year, month)[1]))
