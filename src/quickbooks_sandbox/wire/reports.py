"""Reports, as the books compute them. They come without an envelope: their time stands in their own header."""

from quickbooks_sandbox import json
from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.wire.exchange import Answer, Request


def report(books: Books, name: str, request: Request) -> Answer:
    return Answer(200, json.dumps(books.report(name, request.query)))
