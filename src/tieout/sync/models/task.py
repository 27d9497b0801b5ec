"""What somebody asked for that takes longer than a page may."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models

from tieout import clock
from tieout.subledger.models import Company

SILENT = timedelta(minutes=2)


class Task(models.Model):
    class What(models.TextChoices):
        TIE_OUT = "tie_out", "Tie-out"
        UNLINK = "unlink", "Unlink records"
        RELINK = "relink", "Link records"
        TRY_AGAIN = "try_again", "Try again"

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        BROKEN = "broken"  # a bug ended it; what was done until then stays done

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=20, choices=What)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    report = models.TextField(blank=True)  # JSON; its shape depends on what was asked
    started_at = models.DateTimeField(default=clock.now)
    moved_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["company", "what", "-started_at"], name="task_newest")]

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING and not self.is_abandoned

    @property
    def is_abandoned(self) -> bool:
        """Its process ended in the middle."""
        return self.state == self.State.RUNNING and clock.now() - self.moved_at > SILENT

    def move(self, done: int) -> None:
        self.done, self.moved_at = done, clock.now()
        self.save(update_fields=["done", "moved_at", "total"])
