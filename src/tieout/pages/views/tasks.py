"""What goes on behind the pages, and what became of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from tieout.jobs.behind.acts import outcome
from tieout.pages.access import PageRequest, page
from tieout.subledger.people import Act
from tieout.sync.models import Link, Task


@page(Act.RUN)
def task(request: PageRequest, task: int) -> HttpResponse:
    found = get_object_or_404(Task.objects.exclude(what=Task.What.TIE_OUT), company=request.company, pk=task)
    came_to = outcome(found)
    links = Link.objects.of(request.company).in_bulk([each.link for each in came_to.told])
    refused = [(links[each.link], each.why) for each in came_to.told if each.link in links]
    return render(request, "tasks/task.html", {"task": found, "outcome": came_to, "refused": refused})
