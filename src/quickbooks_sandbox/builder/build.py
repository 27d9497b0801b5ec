"""From a plan to a company's books: every object is entered on its day, by the rules that clients meet."""

from datetime import datetime, time, timedelta
from random import Random

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.books.new_company import furnish
from quickbooks_sandbox.builder.cast import hire
from quickbooks_sandbox.builder.history import History
from quickbooks_sandbox.builder.plan import Plan
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.ledger.store import Save
from quickbooks_sandbox.ledger.times import PACIFIC, today
from quickbooks_sandbox.settings import Settings


def built(  # noqa: PLR0913, PLR0917 - as for any company, and the plan
    realm_id: str, name: str, clock: Clock, settings: Settings, save: Save | None, plan: Plan
) -> Books:
    """Invented after a plan, with a history that ends yesterday. All of it is saved at once."""
    books = Books(realm_id, clock, settings)
    _live(books, name, plan)
    books.save = save
    books.save_all()
    return books


def _live(books: Books, name: str, plan: Plan) -> None:
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
