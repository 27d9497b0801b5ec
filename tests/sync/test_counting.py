"""However links are written, the counts kept beside them say what counting them would say."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from django.db import connection
from django.db.models import Sum
from tests.pages import factories as make

from tieout.sync import counting
from tieout.sync.models import Link, LinkCount, Status

KEYS = ("company", "kind", "status", "state", "reason")
STATES = [
    (Status.SYNCED, "agreed", ""),
    (Status.FAILED, "held", "closed_period"),
    (Status.NOT_SYNCED, "waiting", "waits_for"),
]


def kept() -> dict[tuple[object, ...], int]:
    rows = LinkCount.objects.values_list(*KEYS).annotate(number=Sum("number"))
    return {tuple(key): number for *key, number in rows if number}


def counted() -> dict[tuple[object, ...], int]:
    return dict(Counter(Link.objects.values_list(*KEYS)))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_counts_follow_every_way_of_writing(seed: int) -> None:
    chance = random.Random(seed)
    contacts = [make.contact(make.company(name)) for name in ("One", "Two")]
    for step in range(60):
        links = list(Link.objects.all())
        status, state, reason = chance.choice(STATES)
        some = chance.sample(links, len(links) // 2)
        match chance.choice(["create", "create", "save", "update", "upsert", "bulk_update", "delete"]):
            case "create":
                make.link(make.invoice(chance.choice(contacts), str(step)), status, state=state, reason=reason)
            case "save" if links:
                link = chance.choice(links)
                link.status, link.state, link.reason = status, state, reason
                link.save()
            case "update":
                Link.objects.filter(pk__in=[link.pk for link in some]).update(status=status)
            case "upsert" if some:
                for link in some:
                    link.state, link.reason = state, reason
                Link.objects.bulk_create(
                    some, update_conflicts=True, unique_fields=["id"], update_fields=["state", "reason"]
                )
            case "bulk_update":
                for link in some:
                    link.reason = reason
                Link.objects.bulk_update(some, ["reason"])
            case "delete" if links:
                chance.choice(links).delete()
        assert kept() == counted()


@pytest.mark.django_db
def test_what_came_in_parts_is_added_up_to_the_same() -> None:
    contact = make.contact(make.company())
    for number in range(5):
        make.link(make.invoice(contact, str(number)), status=(Status.SYNCED, Status.FAILED)[number % 2])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT sync_link_counted()")
    assert LinkCount.objects.filter(number__gt=0).count() == 2
    assert kept() == counted()


@pytest.mark.django_db
def test_a_first_installation_counts_what_is_there() -> None:
    make.link(make.contact(make.company()))
    with connection.cursor() as cursor:
        for statement in counting.RECOUNT:
            cursor.execute(statement)
    assert kept() == counted()
