"""A sales form as a PDF: plain, but with everything that the form says."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.companies import company_name

if TYPE_CHECKING:
    from fpdf import FPDF

Object = dict[str, Any]
WIDTHS = (110, 20, 25, 30)
HEADINGS = ("Description", "Qty", "Rate", "Amount")
ADDRESS = ("Line1", "Line2", "Line3", "City", "CountrySubDivisionCode", "PostalCode")


def pdf_of(books: Books, entity: str, form: Object) -> bytes:
    # Imported on use: few ever ask for one, and all should start fast.
    from fpdf import FPDF

    pdf = FPDF(format="letter")
    # Otherwise two PDFs of one form differ.
    pdf.set_creation_date(books.clock.now())
    pdf.add_page()
    _head(pdf, company_name(books), f"{entity} {form.get('DocNumber', form['Id'])}")
    _facts(pdf, form)
    _lines(pdf, form)
    _totals(pdf, form)
    return bytes(pdf.output())


def _head(pdf: "FPDF", company: str, title: str) -> None:
    pdf.set_font("Helvetica", "B", 16)
    _row(pdf, company)
    pdf.set_font("Helvetica", "", 14)
    _row(pdf, title)
    pdf.ln(4)


def _facts(pdf: "FPDF", form: Object) -> None:
    pdf.set_font("Helvetica", "", 10)
    address = form.get("BillAddr", {})
    facts = {
        "To": form.get("CustomerRef", {}).get("name", ""),
        "Address": ", ".join(address[part] for part in ADDRESS if part in address),
        "Date": form.get("TxnDate", ""),
        "Due": form.get("DueDate", ""),
        "Message": form.get("CustomerMemo", {}).get("value", ""),
    }
    for name, text in facts.items():
        if text:
            _row(pdf, f"{name}: {text}")
    pdf.ln(4)


def _lines(pdf: "FPDF", form: Object) -> None:
    pdf.set_font("Helvetica", "B", 10)
    _cells(pdf, HEADINGS)
    pdf.set_font("Helvetica", "", 10)
    for line in form.get("Line", []):
        if line["DetailType"] != "SubTotalLineDetail":
            _cells(pdf, _texts(line))


def _texts(line: Object) -> tuple[str, ...]:
    detail = line.get(line["DetailType"], {})
    item = detail.get("ItemRef", {}).get("name", "")
    described = line.get("Description") or item or line["DetailType"].removesuffix("LineDetail")
    return described, str(detail.get("Qty", "")), str(detail.get("UnitPrice", "")), _money(line.get("Amount"))


def _totals(pdf: "FPDF", form: Object) -> None:
    pdf.ln(2)
    tax = form.get("TxnTaxDetail", {}).get("TotalTax")
    for name, amount in (("Tax", tax), ("Total", form.get("TotalAmt")), ("Balance due", form.get("Balance"))):
        if amount is not None:
            _cells(pdf, (name, "", "", _money(amount)))


def _money(amount: Decimal | int | None) -> str:
    return "" if amount is None else f"{amount:,.2f}"


def _row(pdf: "FPDF", text: str) -> None:
    pdf.multi_cell(0, 6, _printable(text), new_x="LMARGIN", new_y="NEXT")


def _cells(pdf: "FPDF", texts: tuple[str, ...]) -> None:
    with pdf.table(col_widths=WIDTHS, first_row_as_headings=False, borders_layout="HORIZONTAL_LINES") as table:
        row = table.row()
        for position, text in enumerate(texts):
            row.cell(_printable(text), align="LEFT" if position == 0 else "RIGHT")


def _printable(text: str) -> str:
    """The fonts that every reader of PDFs has know Western letters only."""
    return text.encode("latin-1", "replace").decode("latin-1")
