"""A file taken in: its Attachable, made as by the API, but with a size. The bytes are kept elsewhere."""

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


def attach(books: Books, body: Object, size: int) -> Object:
    work = Work(books)
    rules = work.entity("Attachable")
    new = {**rules.merge(rules.read(body), None, sparse=False), "Size": size}
    rules.complete(work, new, None)
    added = work.add("Attachable", new)
    rules.settle(work, added, None)
    work.commit()
    return added
