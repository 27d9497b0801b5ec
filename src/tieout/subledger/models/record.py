"""What every record of the subledger has in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self, TypeVar

from django.db import models, transaction

from tieout import clock

from .company import Company

R_co = TypeVar("R_co", bound="Record", covariant=True)


class RecordQuerySet(models.QuerySet[R_co]):
    def of(self, company: Company) -> Self:
        """Every reading of records begins here, so that no page or job can see another company's."""
        return self.filter(company=company)


class Record(models.Model):
    """A record's version comes from its company's counter: higher means changed later."""

    kind: ClassVar[str]

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    version = models.BigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)
    # A person's e-mail address, or "QuickBooks"; kept as text since it outlives the account it names.
    changed_by = models.CharField(max_length=254, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["company", "version"], name="%(class)s_version")]

    def save_change(self, by: str, **kwargs: Any) -> None:
        """Saves a change that somebody made, and raises the version with it in one transaction."""
        with transaction.atomic():
            self.stamp(self.company.next_versions()[0], by)
            self.save(**kwargs)

    def stamp(self, version: int, by: str) -> None:
        self.version, self.changed_by, self.changed_at = version, by, clock.now()


def stamp_all(company: Company, records: Iterable[Record], by: str) -> None:
    """Versions for many changed records at once; the caller saves them in the same transaction."""
    listed = list(records)
    for record, version in zip(listed, company.next_versions(len(listed)), strict=True):
        record.stamp(version, by)
