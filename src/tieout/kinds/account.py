from __future__ import annotations

from .fields import ref, text
from .kind import Object
from .lists import Entry, entry, of_list


class Account(Entry, frozen=True, kw_only=True):
    number: str = ""
    type: str = ""
    subtype: str = ""
    currency: str = ""


def parse(obj: Object) -> Account:
    return Account(
        **entry(obj),
        number=text(obj.get("AcctNum")),
        type=text(obj.get("AccountType")),
        subtype=text(obj.get("AccountSubType")),
        currency=ref(obj.get("CurrencyRef")) or "",
    )


ACCOUNT = of_list("account", "Account", Account, parse)
