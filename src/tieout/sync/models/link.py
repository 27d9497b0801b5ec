"""The pair of one record and one QuickBooks object, and what the last attempt for it came to."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from tieout import clock
from tieout.subledger.models import Company
from tieout.sync.deciding.pair import State


class Status(models.TextChoices):
    """The five words that users see."""

    SYNCED = "synced", "Synced"
    NOT_SYNCED = "not_synced", "Not synced"
    SKIPPED = "skipped", "Skipped"
    FAILED = "failed", "Failed"
    SYNCING = "syncing", "Syncing"


class Direction(models.TextChoices):
    OUTGOING = "outgoing", "Outgoing"
    INCOMING = "incoming", "Incoming"
    NONE = "", ""


class LinkQuerySet(models.QuerySet["Link"]):
    def of(self, company: Company) -> LinkQuerySet:
        return self.filter(company=company)


class Link(models.Model):
    """One row per record and QuickBooks entity it is kept in; either end may still be missing."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    entity = models.CharField(max_length=30)
    record_id = models.BigIntegerField(null=True)
    qbo_id = models.CharField(max_length=40, null=True)
    state = models.CharField(
        max_length=10, choices=[(state.value, state.value) for state in State], default=State.NEW.value
    )
    # The mapped values of either side at their last agreement, each in its own ids; JSON of the kind's Values.
    base_ours = models.TextField(blank=True)
    base_theirs = models.TextField(blank=True)
    our_version = models.BigIntegerField(default=0)
    sync_token = models.CharField(max_length=20, blank=True)
    # Raised when a counterpart is made anew after it was deleted in QuickBooks.
    generation = models.PositiveIntegerField(default=1)
    # To be looked at in the next run, whatever changed (waiting, held with a new fact, to be tried again).
    due = models.BooleanField(default=False)
    # Made inactive in QuickBooks: nothing new may name it.
    inactive = models.BooleanField(default=False)
    stub = models.BooleanField(default=False)
    # Of a contact that QuickBooks keeps as customer and as supplier: its name there in this, the second role.
    own_name = models.CharField(max_length=500, blank=True, default="")
    # After a passing failure: not tried again before, and how often it has failed so in a row.
    not_before = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)

    # The write that a person wants taken back, and by which act.
    undoing = models.ForeignKey("sync.Operation", null=True, on_delete=models.SET_NULL, related_name="+")
    undo_act = models.CharField(max_length=10, blank=True, default="")

    # The result.
    status = models.CharField(max_length=10, choices=Status, default=Status.NOT_SYNCED)
    direction = models.CharField(max_length=8, choices=Direction, default=Direction.NONE, blank=True)
    reason = models.CharField(max_length=60, blank=True)  # a key of sync.reasons
    details = models.TextField(blank=True)  # one plain sentence
    facts = models.JSONField(default=dict)  # what the reason speaks of: candidates, names, ids, code, text, intuit_tid
    failing_since = models.DateTimeField(null=True)
    attempted_at = models.DateTimeField(default=clock.now)
    agreed_at = models.DateTimeField(null=True)

    # Who last decided about it (unlinked, skipped, chose), when and why.
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    set_at = models.DateTimeField(null=True)
    set_because = models.CharField(max_length=500, blank=True)
    # What people said for good. Objects (ids) that are not this record, however alike; and that it is to be synced
    # even if policy would leave it out.
    apart_from = models.JSONField(default=list, blank=True)
    chosen = models.BooleanField(default=False)

    # Kept beside the result so that a list of a million needs no joins.
    number = models.CharField(max_length=21, blank=True)
    name = models.CharField(max_length=500, blank=True)
    date = models.DateField(null=True)
    total = models.DecimalField(max_digits=19, decimal_places=4, null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "kind", "record_id", "entity"],
                condition=models.Q(record_id__isnull=False),
                name="one_link_per_record_and_entity",
            ),
            models.UniqueConstraint(
                fields=["company", "entity", "qbo_id"],
                condition=models.Q(qbo_id__isnull=False),
                name="one_link_per_object",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "attempted_at", "id", "status", "kind"], name="link_newest"),
            models.Index(fields=["company", "status", "attempted_at", "id", "kind"], name="link_by_status"),
            models.Index(fields=["company", "state", "attempted_at", "id"], name="link_by_state"),
            models.Index(fields=["company", "kind", "status", "attempted_at", "id"], name="link_by_kind"),
            models.Index(fields=["company", "kind", "attempted_at", "id"], name="link_newest_of_kind"),
            models.Index(fields=["company", "reason", "kind", "attempted_at", "id"], name="link_by_reason"),
            # The lists of records by what became of them; only contacts have no date.
            models.Index(
                fields=["company", "kind", "status", "date", "record_id"],
                condition=models.Q(date__isnull=False, record_id__isnull=False),
                name="link_by_date",
            ),
            models.Index(
                fields=["company", "kind", "status", "name", "record_id"],
                condition=models.Q(date__isnull=True, record_id__isnull=False),
                name="link_by_name",
            ),
            models.Index(fields=["company", "entity"], condition=models.Q(due=True), name="link_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} - {self.entity} {self.qbo_id}"

    @property
    def is_linked(self) -> bool:
        """Whether a run may write either end of it."""
        return self.record_id is not None and self.qbo_id is not None and self.state != State.UNLINKED


class Attempt(models.Model):
    """One line of a link's history: what an attempt came to."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="attempts")
    run = models.ForeignKey("sync.Run", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)
    status = models.CharField(max_length=10, choices=Status)
    direction = models.CharField(max_length=8, choices=Direction, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    details = models.TextField(blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["link", "-id"], condition=models.Q(run=None), name="attempt_by_person")]


class Taking(models.Model):
    """One write to our book: what was taken from QuickBooks. Its counterpart outward is Operation."""

    class Act(models.TextChoices):
        CREATE = "create"
        UPDATE = "update"
        VOID = "void"

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="takings")
    run = models.ForeignKey("sync.Run", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)
    act = models.CharField(max_length=10, choices=Act)
    groups = models.JSONField(default=list)
    # The mapped values of our record, in our ids; JSON of the kind's Values.
    before = models.TextField(blank=True)
    after = models.TextField()
    cause = models.CharField(max_length=200)
    # Of the write that QuickBooks answered with it, if it came so.
    request_id = models.CharField(max_length=50, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["company", "-at", "-id"], name="taking_newest"),
            models.Index(fields=["link", "-id"], name="taking_of_link"),
        ]
