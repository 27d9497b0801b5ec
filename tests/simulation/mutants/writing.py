"""Mistakes about what is stored when, and what is sent how."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from tests.simulation import flavours
from tests.simulation.mutants.mutant import mutant, put, swap

from tieout.kinds.kind import encode
from tieout.quickbooks.calling import client
from tieout.quickbooks.connecting import access
from tieout.quickbooks.wire import requests
from tieout.quickbooks.wire.answers import Done, Refused
from tieout.quickbooks.wire.faults import Next, next_step
from tieout.quickbooks.wire.json import dumps
from tieout.subledger.models import Company
from tieout.sync import hold, run
from tieout.sync.carrying_out import confirm, operations, results, writes
from tieout.sync.deciding.pair import Act
from tieout.sync.models import Cursor, Operation, Status


@mutant("An operation is stored only after it was sent.", 318, flavour=flavours.LOST_ANSWERS)
def stores_an_operation_after_sending_it(stack: ExitStack) -> None:
    def make(original: Any) -> Any:
        def store(running: Any, *rest: Any) -> Any:
            ready = original(running, *rest)
            Operation.objects.filter(pk__in=[each.operation.pk for each in ready]).delete()
            for each in ready:
                each.step.link.our_version = 0
            results.save([each.step.link for each in ready])
            return ready

        return store

    swap(stack, writes, "_store", make)


@mutant(
    "The base of a link is stored before QuickBooks has confirmed the write.", 58, flavour=flavours.THE_SAME_AT_ONCE
)
def stores_the_base_before_the_confirmation(stack: ExitStack) -> None:
    def make(original: Any) -> Any:
        def store(running: Any, *rest: Any) -> Any:
            ready = original(running, *rest)
            for each in ready:
                pair = each.step.decision.pair
                if pair.theirs is not None:
                    each.step.link.base_ours = encode(pair.here.values)
            results.save([each.step.link for each in ready])
            return ready

        return store

    swap(stack, writes, "_store", make)


@mutant("One request id serves for every write of a record.", 218, flavour=flavours.LOST_ANSWERS)
def reuses_a_request_id(stack: ExitStack) -> None:
    def make(original: Any) -> Any:
        def request(operation: Any) -> Any:
            kept, operation.request_id = operation.request_id, f"record-{operation.link_id}"
            try:
                return original(operation)
            finally:
                operation.request_id = kept

        return request

    swap(stack, operations, "request", make)


@mutant("A new refresh token is saved when the run is over.", 48, flavour=flavours.SHORT_LIVED_TOKENS)
def saves_a_refresh_token_after_use(stack: ExitStack) -> None:
    unsaved: list[Any] = []

    def keep(original: Any) -> Any:
        def later(self: Any, tokens: Any, *rest: Any) -> None:
            row = self._row()
            row.keep_tokens(tokens)
            unsaved[:] = [lambda: original(self, tokens, *rest)]
            self._use(row)

        return later

    def renew(original: Any) -> Any:
        def once(self: Any, stale: str) -> None:
            self._ask(self._row())

        return once

    def close(original: Any) -> Any:
        def closing(self: Any) -> None:
            original(self)
            for save in unsaved:
                save()
            unsaved.clear()

        return closing

    swap(stack, access.StoredAccess, "_keep", keep)
    swap(stack, access.StoredAccess, "renew", renew)
    swap(stack, client.Client, "close", close)


@mutant("The lease has no fence: who wakes up late goes on storing.", 129, flavour=flavours.CROWDED)
def leases_without_a_fence(stack: ExitStack) -> None:
    def renew(self: Any) -> None:
        Cursor.objects.filter(company_id=self.company_id).update(held_until=hold._until())

    put(stack, hold.Lease, "renew", renew)


@mutant("What QuickBooks refused counts as written.", 1)
def takes_a_refusal_for_success(stack: ExitStack) -> None:
    def make(original: Any) -> Any:
        def settle(running: Any, each: Any) -> None:
            original(running, each)
            if each.link.status != Status.SYNCED and not isinstance(each.answer, Done):
                results.put(each.link, each.decision.verdict, each.link.direction)

        return settle

    swap(stack, confirm, "_settle", make)


@mutant(
    "The cursor of our own book ends where the run ends, not where it began.", 58, flavour=flavours.THE_SAME_AT_ONCE
)
def passes_what_is_edited_during_a_run(stack: ExitStack) -> None:
    def make(original: Any) -> Any:
        def reporting(running: Any) -> None:
            running.ours_upto = Company.objects.values_list("version", flat=True).get(pk=running.company.pk)
            original(running)

        return reporting

    swap(stack, run, "report", make)


@mutant("A write that met a newer version is sent again over it.", 58, flavour=flavours.THE_SAME_AT_ONCE)
def overwrites_a_newer_version(stack: ExitStack) -> None:
    def make(original: Any) -> Any:
        def send(run: Any, stored: Any) -> Any:
            answers = original(run, stored)
            return [_over_it(run, *each) for each in zip(stored, answers, strict=True)]

        return send

    swap(stack, writes, "_send", make)


def _over_it(run: Any, operation: Any, answer: Any) -> Any:
    """The same once more, under the version that is there now."""
    if not isinstance(answer, Refused) or next_step(answer.fault) is not Next.STALE:
        return answer
    body = operations.written_object(operation)
    newest = run.client.get(requests.read(operation.entity, body["Id"])).object["SyncToken"]
    send = operations.SENDERS[Act(operation.act)]
    return run.client.send([send(operation.entity, dumps(body | {"SyncToken": newest}), run.new_id())])[0]
