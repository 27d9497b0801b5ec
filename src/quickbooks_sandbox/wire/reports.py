"""Reports, as the books compute them. They come without an envelope: their time stands in their own header."""

from quickbooks_sandbox import json
from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.faults import not_modelled
from quickbooks_sandbox.wire.exchange import Answer, Request


def report(books: Books, name: str, request: Request) -> Answer:
    make = getattr(books, "report", None)
    if make is None:
        raise not_modelled(f"the report {name} (which this sandbox does not model)")
    return Answer(200, json.dumps(make(name, request.query)))
