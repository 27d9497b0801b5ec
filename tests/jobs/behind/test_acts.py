"""Acts on many records go on behind the pages, a portion at a time, and tell what became of each."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.pages import factories as make

from tieout.jobs import behind
from tieout.jobs.behind import acts, running
from tieout.subledger.models import Company, Invoice, User
from tieout.sync.acts import unlink as unlinking
from tieout.sync.acts.acting import Report
from tieout.sync.models import Cursor, Link, State, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def links(monkeypatch: pytest.MonkeyPatch) -> list[Link]:
    monkeypatch.setattr(acts, "PORTION", 4)
    monkeypatch.setattr(running, "spawn", lambda task: None)
    smith = make.contact(make.company())
    return [make.link(make.invoice(smith, str(number))) for number in range(10)]


@pytest.fixture
def ann(links: list[Link]) -> User:
    return make.person(of=links[0].company)


def carried_out(company: Company, what: Task.What, by: User, links: list[Link]) -> Task:
    task = behind.begin(company, what, by, links=[link.pk for link in links], because="moved")
    behind.carry_out(task.pk)
    task.refresh_from_db()
    return task


def test_all_are_unlinked_with_the_reason_that_was_given(links: list[Link], ann: User) -> None:
    task = carried_out(links[0].company, Task.What.UNLINK, ann, links)
    assert (task.state, task.done, task.total) == ("done", 10, 10)
    assert acts.outcome(task).done == 10
    assert set(Link.objects.values_list("state", "set_because")) == {(State.UNLINKED, "moved")}


def test_what_could_not_be_is_told_with_its_reason(links: list[Link], ann: User) -> None:
    Link.objects.filter(pk=links[3].pk).update(state=State.UNLINKED)
    found = acts.outcome(carried_out(links[0].company, Task.What.UNLINK, ann, links))
    assert (found.done, found.refused) == (9, 1)
    assert [(each.link, each.why) for each in found.told] == [(links[3].pk, "It was unlinked already.")]


def test_what_went_along_with_another_is_not_told_as_refused(links: list[Link], ann: User) -> None:
    invoice = Link.objects.get(pk=links[0].pk)
    payment = make.link(make.payment(Invoice.objects.get(pk=invoice.record_id or 0)))
    found = acts.outcome(carried_out(invoice.company, Task.What.UNLINK, ann, [*links, payment]))
    assert (found.done, found.refused) == (11, 0)


def test_linking_again_and_trying_again_ask_for_a_run(links: list[Link], ann: User) -> None:
    company = links[0].company
    carried_out(company, Task.What.UNLINK, ann, links)
    assert not Cursor.objects.get(company=company).wanted
    carried_out(company, Task.What.RELINK, ann, links)
    assert Cursor.objects.get(company=company).wanted
    assert not Link.objects.filter(state=State.UNLINKED).exists()
    found = acts.outcome(carried_out(company, Task.What.TRY_AGAIN, ann, links))
    assert found.done == 10


def test_what_broke_off_keeps_what_was_done(links: list[Link], ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    unlink = unlinking.unlink

    def breaking(company: Company, some: Sequence[Link], by: User, because: str) -> Report:
        if links[5].pk in {link.pk for link in some}:
            raise RuntimeError("broken")
        return unlink(company, some, by, because)

    monkeypatch.setattr(unlinking, "unlink", breaking)
    task = carried_out(links[0].company, Task.What.UNLINK, ann, links)
    assert (task.state, task.done) == ("broken", 4)
    assert Link.objects.filter(state=State.UNLINKED).count() == 4


def test_records_of_another_company_are_not_touched(links: list[Link], ann: User) -> None:
    other = make.company("Another")
    found = acts.outcome(carried_out(other, Task.What.UNLINK, ann, links))
    assert found.done == 0
    assert not Link.objects.filter(state=State.UNLINKED).exists()
