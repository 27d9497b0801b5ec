from .company import Company
from .contacts import Contact, ContactType, Property
from .documents import CreditNote, CreditNoteLine, Document, Invoice, InvoiceLine, Line, LineType, Status
from .lists import Account, Class, Item, ListEntry, PaymentMethod, TaxCode, TaxRate, Term
from .payments import Allocation, Payment
from .people import LoginFailure, Membership, PasswordMail, Role, User
from .record import Record, stamp_all

__all__ = [
    "Account",
    "Allocation",
    "Class",
    "Company",
    "Contact",
    "ContactType",
    "CreditNote",
    "CreditNoteLine",
    "Document",
    "Invoice",
    "InvoiceLine",
    "Item",
    "Line",
    "LineType",
    "ListEntry",
    "LoginFailure",
    "Membership",
    "PasswordMail",
    "Payment",
    "PaymentMethod",
    "Property",
    "Record",
    "Role",
    "Status",
    "TaxCode",
    "TaxRate",
    "Term",
    "User",
    "stamp_all",
]
