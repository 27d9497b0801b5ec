"""The pages on which a person makes and changes records and preferences."""

from decimal import InvalidOperation
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.companies import Companies
from quickbooks_sandbox.entities import Entity
from quickbooks_sandbox.faults import Fault
from quickbooks_sandbox.html.forms import read_form
from quickbooks_sandbox.html.render import page
from quickbooks_sandbox.pages import inputs, records
from quickbooks_sandbox.pages.finding import NotThere, books_named, entity_at, frame, not_done, not_there, record_named

Object = dict[str, Any]
#: What a person can make on a page; the rest is made by other acts, or by programs.
MADE = frozenset(
    [
        "Account",
        "Bill",
        "Class",
        "CreditMemo",
        "Customer",
        "Department",
        "Employee",
        "Estimate",
        "Invoice",
        "Item",
        "PaymentMethod",
        "Purchase",
        "RefundReceipt",
        "SalesReceipt",
        "Term",
        "Vendor",
        "VendorCredit",
    ]
)

#: What even a sparse update must name, where it is not the same for every record.
_RESENT = {"Term": ("Name", "DueDays", "DayOfMonthDue")}


class Editing:
    def __init__(self, companies: Companies) -> None:
        self._companies = companies

    def routes(self) -> list[Route]:
        return [
            Route("/app/edit", self.edit),
            Route("/app/edit", self.save, methods=["POST"]),
            Route("/app/preferences", self.preferences),
            Route("/app/preferences", self.save_preferences, methods=["POST"]),
        ]

    async def edit(self, request: Request) -> Response:
        """Without an id, a new record."""
        query = request.query_params
        try:
            books = books_named(self._companies, query.get("realmId"))
            entity, record = self._record(books, query.get("entity", ""), query.get("id", ""))
        except NotThere as error:
            return not_there(error)
        usual, others = inputs.by_use(entity, inputs.inputs(books, entity, record))
        return page(
            "edit.html",
            200,
            **frame(books),
            entity=entity.name,
            record=record,
            name=records.title_of(entity, record) if record else f"New {entity.name}",
            usual=usual,
            others=others,
            lines=[line for line in record.get("Line", []) if line.get("DetailType") != "SubTotalLineDetail"],
            new_line="Line" in entity.field and not record,
        )

    async def save(self, request: Request) -> Response:
        form = await read_form(request)
        try:
            books = books_named(self._companies, form.get("realmId"))
            entity, record = self._record(books, form.get("entity", ""), form.get("id", ""))
            saved = _update(books, entity, record, form) if record else _create(books, entity, form)
        except NotThere as error:
            return not_there(error)
        except Fault as refused:
            return not_done(refused)
        except InvalidOperation:
            return not_done(ValueError("An amount is not a number."))
        return RedirectResponse(records.record_address(books.realm_id, entity.name, saved["Id"]), status_code=303)

    def _record(self, books: Books, name: str, id_: str) -> tuple[Entity, Object]:
        entity = entity_at(name)
        if ("update" if id_ else "create") not in entity.operations or (not id_ and entity.name not in MADE):
            raise NotThere(f"No {entity.name} can be {'changed' if id_ else 'made'} on this page.")
        return entity, record_named(books, entity, id_) if id_ else {}

    async def preferences(self, request: Request) -> Response:
        try:
            books = books_named(self._companies, request.query_params.get("realmId"))
        except NotThere as error:
            return not_there(error)
        return page("preferences.html", 200, **frame(books), groups=_groups(books))

    async def save_preferences(self, request: Request) -> Response:
        form = await read_form(request)
        try:
            books = books_named(self._companies, form.get("realmId"))
        except NotThere as error:
            return not_there(error)
        for group, members in _groups(books).items():
            for name, value in members.items():
                sent = form.get(f"{group}.{name}", "")
                if sent != _text(value) and f"{group}.{name}" in form:
                    books.set_preference(group, name, sent == "true" if isinstance(value, bool) else sent)
        return RedirectResponse(f"/app/preferences?realmId={books.realm_id}", status_code=303)


def _create(books: Books, entity: Entity, form: dict[str, str]) -> Object:
    body = inputs.changes(entity, {}, form)
    lines = inputs.new_line(entity, form)
    with books.person():
        return books.create(entity.name, {**body, **({"Line": lines} if lines else {})})


def _update(books: Books, entity: Entity, record: Object, form: dict[str, str]) -> Object:
    body = {**inputs.changes(entity, record, form)}
    if (lines := inputs.line_changes(record, form)) is not None:
        body["Line"] = lines
    # Of the version that the person saw, so that two people do not overwrite each other.
    version = {"Id": record["Id"], "SyncToken": form.get("version", record["SyncToken"]), "sparse": True}
    resent = {name: record[name] for name in (*entity.resent, *_RESENT.get(entity.name, ())) if name in record}
    with books.person():
        return books.update(entity.name, {**version, **resent, **body})


def _groups(books: Books) -> dict[str, Object]:
    """The plain members of each group: switches and texts."""
    preferences = books.read("Preferences", "1")
    return {
        group: {name: value for name, value in members.items() if isinstance(value, bool | str)}
        for group, members in preferences.items()
        if isinstance(members, dict) and group != "MetaData"
    }


def _text(value: bool | str) -> str:
    return value if isinstance(value, str) else str(value).lower()
