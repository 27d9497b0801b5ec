"""Runs, the operations they send, and how far they have read."""

from __future__ import annotations

import json

from django.db import models

from tieout import clock
from tieout.subledger.models import Company

from .link import Link

Only = tuple[tuple[str, int], ...]
"""Records, by kind and id, that a run is limited to."""


def pack(only: Only) -> str:
    return json.dumps(only) if only else ""


def unpack(text: str) -> Only:
    return tuple((str(kind), int(record)) for kind, record in json.loads(text or "[]"))


class Trigger(models.TextChoices):
    AUTOMATIC = "automatic"
    ON_DEMAND = "on_demand"
    MANUAL = "manual"
    WEBHOOK = "webhook"
    CONNECT = "connect"


class Run(models.Model):
    """One sync of one company."""

    class Ending(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        STOPPED = "stopped"  # could not go on now: outage, throttled, no connection; nothing lost
        BROKEN = "broken"  # the process died or a bug ended it

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    trigger = models.CharField(max_length=10, choices=Trigger)
    by = models.CharField(max_length=254, blank=True)
    # What it was limited to, as `Only` packed; empty: it looked at everything.
    only = models.TextField(blank=True)
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=8, choices=Ending, default=Ending.RUNNING)
    reason = models.CharField(max_length=60, blank=True)
    details = models.TextField(blank=True)
    # {"invoice": {"done": 3, "total": 12}, ...} in the order of the stages; the current one is `kind`.
    progress = models.JSONField(default=dict)
    kind = models.CharField(max_length=20, blank=True)
    found_error = models.BooleanField(default=False)
    calls_core = models.PositiveIntegerField(default=0)
    calls_core_plus = models.PositiveIntegerField(default=0)
    writes = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["company", "-started_at"], name="run_newest")]

    @property
    def alone(self) -> Only:
        return unpack(self.only)


class Operation(models.Model):
    """One write to QuickBooks, committed with its request id and exact bytes before it is sent."""

    class State(models.TextChoices):
        STORED = "stored"  # about to be sent, or the process died around the sending
        UNCERTAIN = "uncertain"  # sent, and no answer that tells what happened
        CONFIRMED = "confirmed"
        REFUSED = "refused"

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="operations")
    run = models.ForeignKey(Run, null=True, on_delete=models.SET_NULL, related_name="operations")
    request_id = models.CharField(max_length=50, unique=True)
    entity = models.CharField(max_length=30)
    act = models.CharField(max_length=10)  # create, update, delete, void
    body = models.BinaryField()
    # What it says in our terms and which groups it carries, to be compared with the answer and stored as the base.
    values = models.TextField(blank=True)
    groups = models.JSONField(default=list)
    before = models.TextField(blank=True)
    # The earlier one that a person takes back with it.
    undoes = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="undone_by")
    cause = models.CharField(max_length=200)
    our_version = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.STORED)
    # The batch it travelled in; a replay must repeat the whole pair of batch and item id.
    batch_id = models.CharField(max_length=36, blank=True)
    item_id = models.CharField(max_length=10, blank=True)
    stored_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)  # last
    first_sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    http_status = models.PositiveIntegerField(null=True)
    answer = models.JSONField(default=dict)  # code, text, intuit_tid of a refusal

    class Meta:
        indexes = [
            models.Index(fields=["company", "state"], condition=~models.Q(state="confirmed"), name="operation_open"),
            models.Index(fields=["link", "-id"], name="operation_of_link"),
            models.Index(fields=["company", "-stored_at", "-id"], name="operation_newest"),
        ]


class Cursor(models.Model):
    """How far both sides' changes have been taken in, and who holds the company."""

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="cursor", primary_key=True)
    theirs = models.DateTimeField(null=True)  # null: read in full
    ours = models.BigIntegerField(default=0)
    # When all was last checked that change data capture leaves out or may miss: tax lists, and how many there are.
    checked_at = models.DateTimeField(null=True)
    # After connecting and after a restore: match both books in full before any write.
    in_full = models.BooleanField(default=True)
    # Someone asked for a run while one was on, or since.
    wanted = models.BooleanField(default=False)
    wanted_trigger = models.CharField(max_length=10, choices=Trigger, default=Trigger.ON_DEMAND)
    wanted_by = models.CharField(max_length=254, blank=True)
    wanted_only = models.TextField(blank=True)  # as in Run
    next_run_at = models.DateTimeField(null=True)
    # After runs that could not go on: by itself none begins before, and how many there were in a row.
    not_before = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    # The lease: whoever holds the highest fence may write, until it runs out.
    owner = models.CharField(max_length=100, blank=True)
    fence = models.BigIntegerField(default=0)
    held_until = models.DateTimeField(null=True)
