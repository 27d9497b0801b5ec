"""How many calls QuickBooks answered with success, by the class Intuit meters them in."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from tieout.quickbooks.wire.requests import Klass

_lock = threading.Lock()


@dataclass
class Calls:
    core: int = 0
    core_plus: int = 0

    def count(self, klass: Klass, number: int = 1) -> None:
        with _lock:
            if klass == "Core":
                self.core += number
            else:
                self.core_plus += number


# Of all clients of this process since it started.
all_calls = Calls()
