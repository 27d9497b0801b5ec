"""Unlinking, linking again and trying again, many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec
from django.db import transaction

from tieout.jobs.due import wake
from tieout.subledger.models import Company, User
from tieout.sync.acts import relink as relinking
from tieout.sync.acts import unlink as unlinking
from tieout.sync.acts.acting import Report
from tieout.sync.models import Link, Task, Trigger

PORTION = 200
TOLD = 500  # of what could not be done


@dataclass
class Refused:
    link: int
    why: str


@dataclass
class Outcome:
    """`done` counts what went along, too."""

    done: int = 0
    refused: int = 0
    told: list[Refused] = field(default_factory=list)


def outcome(task: Task) -> Outcome:
    return msgspec.json.decode(task.report, type=Outcome) if task.report else Outcome()


def unlink(task: Task) -> None:
    because = task.asked.get("because", "")
    _each_portion(task, lambda company, links, by: unlinking.unlink(company, links, by, because))


def relink(task: Task) -> None:
    _each_portion(task, relinking.relink)
    _wake(task)


def try_again(task: Task) -> None:
    _each_portion(task, lambda company, links, _by: relinking.try_again(company, links))
    _wake(task)


def _wake(task: Task) -> None:
    """If it is not connected, the first run after connecting looks at everything."""
    with transaction.atomic():
        wake(task.company, by=task.by.email if task.by else "", trigger=Trigger.ON_DEMAND)


def _each_portion(task: Task, act: Callable[[Company, Sequence[Link], User], Report]) -> None:
    found, settled, by = Outcome(), set[int](), task.by
    if by is None:
        raise ValueError("Whoever asked for this was deleted meanwhile.")
    for number, links in enumerate(_portions(task), 1):
        left = [link for link in links if link.pk not in settled]  # what went along with another is done
        report = act(task.company, left, by)
        settled |= {link.pk for link in report.done}
        found.done += len(report.done)
        found.refused += len(report.refused)
        found.told += [Refused(link.pk, why) for link, why in report.refused][: TOLD - len(found.told)]
        task.report = msgspec.json.encode(found).decode()
        task.save(update_fields=["report"])
        task.move(min(number * PORTION, task.total))


def _portions(task: Task) -> Iterator[list[Link]]:
    ids: list[int] = task.asked["links"]
    for start in range(0, len(ids), PORTION):
        yield list(Link.objects.of(task.company).filter(pk__in=ids[start : start + PORTION]).order_by("pk"))
