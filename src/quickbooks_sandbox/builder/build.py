"""From a plan to a company's books: every object is entered on its day, by the rules that clients meet."""

from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING

from quickbooks_sandbox.books.times import PACIFIC, today
from quickbooks_sandbox.builder.cast import hire
from quickbooks_sandbox.builder.history import History
from quickbooks_sandbox.builder.plan import Plan
from quickbooks_sandbox.clock import Clock

if TYPE_CHECKING:
    from quickbooks_sandbox.books.company import Books


def build(books: "Books", name: str, plan: Plan) -> None:
    """Into books that hold nothing yet. The history ends yesterday."""
    from quickbooks_sandbox.books.new_company import furnish

    chance = Random(plan.seed)  # noqa: S311 - the same seed shall give the same company
    real = books.clock
    last = today(real.now()) - timedelta(days=1)
    first = last - timedelta(days=max(1, round(plan.years * 365.25)))
    try:
        books.clock = Clock(datetime.combine(first, time(8), PACIFIC))
        furnish(books, name)
        with books.person():
            History(books, hire(books, plan, chance), plan, chance, (first, last)).live()
    finally:
        books.clock = real
