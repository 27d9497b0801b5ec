"""Values as people enter them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from tieout.kinds.contact import Address, Contact
from tieout.kinds.documents import Line
from tieout.kinds.invoice import Invoice
from tieout.kinds.payment import Allocation, Payment

words = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=12)
maybe = words | st.just("")
amounts = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(99999), places=2)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 1, 1))
ids = st.integers(1, 50).map(str)

addresses = st.builds(Address, street=maybe, city=maybe, state=maybe, postal_code=maybe, country=maybe)
contacts = st.builds(
    Contact,
    name=words,
    company_name=maybe,
    given_name=maybe,
    family_name=maybe,
    email=st.just("") | words.map(lambda word: f"{word}@example.com"),
    phone=maybe,
    mobile=maybe,
    fax=maybe,
    website=st.just("") | words.map(lambda word: f"https://{word}.example"),
    address=addresses,
    active=st.just(True),
)
lines = st.builds(
    Line,
    item=ids,
    description=maybe,
    quantity=st.none() | st.just(Decimal(1)),
    rate=st.none(),
    amount=amounts,
    tax_code=st.none() | st.just("TAX"),
    klass=st.none() | ids,
    service_date=st.none() | days,
)


@st.composite
def invoices(draw: st.DrawFn) -> Invoice:
    chosen = tuple(draw(st.lists(lines, min_size=1, max_size=4)))
    taxed = any(line.tax_code for line in chosen)
    tax = draw(amounts) if taxed else Decimal(0)
    return Invoice(
        contact=draw(ids),
        date=draw(days),
        due_date=draw(days),
        number=draw(maybe),
        memo=draw(maybe),
        message=draw(maybe),
        tax_code="2" if taxed else None,
        tax=tax,
        total=sum((line.amount for line in chosen), tax),
        lines=chosen,
    )


allocations = st.builds(Allocation, entity=st.sampled_from(["Invoice", "CreditMemo"]), id=ids, amount=amounts)
payments = st.builds(
    Payment,
    contact=ids,
    date=days,
    total=amounts,
    deposit_account=ids,
    reference=maybe,
    memo=maybe,
    allocations=st.lists(allocations, max_size=4, unique_by=lambda part: (part.entity, part.id)).map(
        lambda parts: tuple(sorted(parts, key=lambda part: (part.entity, part.id or "")))
    ),
)
