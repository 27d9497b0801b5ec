"""What can be done with one form beyond reading and writing it: print it as a PDF, send it by e-mail."""

from urllib.parse import unquote

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.books.sending import send
from quickbooks_sandbox.entities import Entity
from quickbooks_sandbox.wire.exchange import Answer, Request
from quickbooks_sandbox.wire.operations import Content
from quickbooks_sandbox.wire.pdf import pdf_of

PRINTED = frozenset({"CreditMemo", "Estimate", "Invoice", "Payment", "PurchaseOrder", "RefundReceipt", "SalesReceipt"})


def is_printed(entity: Entity) -> bool:
    return entity.name in PRINTED


def is_sent(entity: Entity) -> bool:
    return "EmailStatus" in entity.field


def printed(books: Books, entity: Entity, id_: str) -> Answer:
    return Answer(200, pdf_of(books, entity.name, books.read(entity.name, id_)), "application/pdf")


def sent(books: Books, entity: Entity, id_: str, request: Request) -> Content:
    """The body, which clients leave empty or send as they please, says nothing."""
    return {entity.name: send(books, entity.name, id_, unquote(request.query.get("sendTo", "")).strip())}
