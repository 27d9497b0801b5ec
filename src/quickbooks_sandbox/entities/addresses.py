"""Addresses have ids of their own, which survive as long as the address does not change."""

from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

_GIVEN_BY_QUICKBOOKS = ("Id", "Lat", "Long")


def number_addresses(work: Work, new: Object, old: Object | None, *names: str) -> None:
    for name in names:
        if name in new and "Id" not in new[name]:
            before = (old or {}).get(name)
            if before is not None and parts(before) == parts(new[name]):
                new[name] = before
            else:
                new[name] = {"Id": work.next_id("address"), **new[name]}


def copy_addresses(new: Object, customer: Object, *names: str) -> None:
    """A sales form shows the customer's addresses unless it has its own."""
    for name in names:
        if name not in new and name in customer:
            new[name] = customer[name]


def parts(address: Object) -> Object:
    return {name: value for name, value in address.items() if name not in _GIVEN_BY_QUICKBOOKS}
