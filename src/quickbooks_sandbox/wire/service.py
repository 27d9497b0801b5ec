"""The accounting API: /v3/company/<realm>/..., from a request's gateway checks to its answer."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from quickbooks_sandbox import json
from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.companies import Companies
from quickbooks_sandbox.conditions import Conditions
from quickbooks_sandbox.entities import entity_named
from quickbooks_sandbox.faults import Fault
from quickbooks_sandbox.oauth.connections import ACCOUNTING, Connections, Grant
from quickbooks_sandbox.settings import Settings
from quickbooks_sandbox.storage import Storage
from quickbooks_sandbox.wire import envelope, forms, operations
from quickbooks_sandbox.wire.batch import batch
from quickbooks_sandbox.wire.bodies import sent_object, statement
from quickbooks_sandbox.wire.calls import Call, CallLog
from quickbooks_sandbox.wire.cdc import change_data
from quickbooks_sandbox.wire.company_status import with_subscription
from quickbooks_sandbox.wire.exchange import Answer, Request
from quickbooks_sandbox.wire.files import Files
from quickbooks_sandbox.wire.formats import in_the_form_asked_for
from quickbooks_sandbox.wire.invoice_link import with_links
from quickbooks_sandbox.wire.limits import Limits
from quickbooks_sandbox.wire.metering import call_class
from quickbooks_sandbox.wire.not_modelled import no_such_resource
from quickbooks_sandbox.wire.operations import Content
from quickbooks_sandbox.wire.replay import Replays, check_request_id
from quickbooks_sandbox.wire.reports import report
from quickbooks_sandbox.wire.upload import download, upload

log = logging.getLogger("quickbooks_sandbox")
MALFORMED = "Malformed bearer token: too short or too long"


@dataclass(frozen=True)
class AccountingService:
    clock: Clock
    settings: Settings
    storage: Storage
    companies: Companies
    connections: Connections
    calls: CallLog
    limits: Limits
    replays: Replays
    files: Files
    conditions: Conditions
    #: Told of every call and its answer.
    note: Callable[[Request, Answer], None]

    def handle(self, request: Request) -> Answer:
        # One transaction: what was done, its memory for replay and its line in the log are kept together.
        with self.storage.transaction():
            answer = self._handle(request)
            self.record(request, answer.status)
        told = in_the_form_asked_for(request, answer, self.settings, self.clock.now())
        self.note(request, told)
        return told

    def record(self, request: Request, status: int) -> None:
        class_ = call_class(request.method, request.resource)
        request_id = request.query.get("requestid")
        cost = self._cost(request) if class_ == "CorePlus" and 200 <= status < 300 else 0
        self.calls.record(Call(request.realm_id, request.method, request.path, class_, status, request_id, cost))

    def _cost(self, request: Request) -> int:
        if request.resource != "batch" or self.settings.batch_metered == "once":
            return 1
        return len(sent_object(request)["BatchItemRequest"])

    def _handle(self, request: Request) -> Answer:
        if self.conditions.outage.accounting:
            return envelope.unavailable()
        admitted = self._admit(request)
        if isinstance(admitted, Answer):
            upper = self.settings.gateway_envelope == "upper"
            return envelope.capitalised(admitted, self.clock.now()) if upper else admitted
        books, grant = admitted
        try:
            self.conditions.refuse(books.realm_id, grant.person)
            return self._once(books, request)
        except Fault as refused:
            return envelope.faulted(refused, self.clock.now(), self.settings.fault_language)
        except Exception:
            log.exception("%s %s", request.method, request.path)
            return envelope.crashed(self.clock.now())

    def _admit(self, request: Request) -> tuple[Books, Grant] | Answer:
        """What the gateway checks before the service sees the request."""
        now = self.clock.now()
        scheme, _, token = request.header(b"authorization").partition(" ")
        if scheme.lower() != "bearer" or not 20 <= len(token) <= 4096:
            return envelope.unauthenticated(MALFORMED, now)
        grant = self.connections.grant_of(token)
        if grant is None:
            return envelope.unauthenticated(f"Token expired: {token[:50]}", now)
        books = self.companies.get(request.realm_id)
        if books is None or grant.realm_id != books.realm_id or ACCOUNTING not in grant.scopes:
            return envelope.unauthorised(now)
        if self.settings.limits_on and not self._within_limits(books, grant, request):
            return envelope.throttled(now)
        return books, grant

    def _within_limits(self, books: Books, grant: Grant, request: Request) -> bool:
        is_batch, is_mail = request.resource == "batch", request.segments[3:] == ["send"]
        return self.limits.admit(books.realm_id, grant.client_id, self.clock.now(), batch=is_batch, mail=is_mail)

    def _once(self, books: Books, request: Request) -> Answer:
        request_id = request.query.get("requestid", "")
        unremembered = ("query", "batch") if self.settings.request_id_on_upload else ("query", "batch", "upload")
        if not request_id or request.method != "POST" or request.resource in unremembered:
            return self._enveloped(books, request)
        check_request_id(request_id)
        if kept := self.replays.find(books.realm_id, request_id, request.body):
            return Answer(kept.status, kept.body, kept.content_type)
        answer = self._first_time(books, request)
        if answer.status == 200 or self.settings.replay_faults:
            self.replays.remember(books.realm_id, request_id, request.body, answer)
        return answer

    def _first_time(self, books: Books, request: Request) -> Answer:
        try:
            return self._enveloped(books, request)
        except Fault as refused:
            return envelope.faulted(refused, self.clock.now(), self.settings.fault_language)

    def _enveloped(self, books: Books, request: Request) -> Answer:
        content = self._answer(books, request)
        if isinstance(content, Answer):
            return content
        shown = self.files.with_addresses(content, request.origin, books.realm_id)
        shown = with_subscription(shown, self.conditions.subscription(books.realm_id))
        return envelope.answered(shown, self.clock.now())

    def _answer(self, books: Books, request: Request) -> Content | Answer:
        """The content of an envelope; or, of files, the answer itself."""
        match [request.method, request.resource, *request.segments[2:]]:
            case ["GET" | "POST", "query"]:
                return with_links(operations.query(books, statement(request)), request)
            case ["GET", "cdc"]:
                return change_data(books, request.query)
            case ["POST", "batch"]:
                request_id = request.query.get("requestid", "")
                return batch(books, sent_object(request), request_id, self.replays, self.conditions.refuse_write)
            case ["POST", "upload"]:
                self.conditions.refuse_write(books.realm_id)
                return upload(books, request, self.files)
            case ["GET", "download", id_]:
                return download(books, request, id_, self.files)
            case ["GET", "preferences"]:
                return operations.read(books, operations.known_entity("Preferences"), "1")
            case ["GET", "exchangerate"]:
                return operations.exchange_rate(books, request.query)
            case ["POST", "taxservice", "taxcode"]:
                self.conditions.refuse_write(books.realm_id)
                # The tax service answers without an envelope.
                return Answer(200, json.dumps(books.make_tax_code(sent_object(request))))
            case ["GET", "reports", name]:
                return report(books, name, request)
        return self._of_entity(books, request)

    def _of_entity(self, books: Books, request: Request) -> Content | Answer:
        match [request.method, request.resource, *request.segments[2:]]:
            case ["GET", name, id_] if entity := entity_named(name):
                return with_links(operations.read(books, entity, id_), request)
            case ["GET", name, id_, "pdf"] if (entity := entity_named(name)) and forms.is_printed(entity):
                return forms.printed(books, entity, id_)
            case ["POST", name, id_, "send"] if (entity := entity_named(name)) and forms.is_sent(entity):
                self.conditions.refuse_write(books.realm_id)
                return forms.sent(books, entity, id_, request)
            case ["POST", name] if entity := entity_named(name):
                body = sent_object(request)
                self.conditions.refuse_write(books.realm_id)
                operation = request.query.get("operation") or operations.implied_operation(entity, body)
                include = [part for part in request.query.get("include", "").split(",") if part]
                return operations.write(books, entity, operation.lower(), include, body)
        raise no_such_resource(request)
