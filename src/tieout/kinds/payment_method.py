from __future__ import annotations

from .kind import Object
from .lists import Entry, entry, of_list


class PaymentMethod(Entry, frozen=True, kw_only=True):
    pass


def parse(obj: Object) -> PaymentMethod:
    return PaymentMethod(**entry(obj))


PAYMENT_METHOD = of_list("payment_method", "PaymentMethod", PaymentMethod, parse)
