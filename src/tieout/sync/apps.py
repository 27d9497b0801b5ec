from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class SyncConfig(AppConfig):
    name = "tieout.sync"
    label = "sync"

    def ready(self) -> None:
        post_migrate.connect(_install_derived, sender=self)


def _install_derived(using: str, **_: Any) -> None:
    from tieout.subledger.search import install as install_search

    from . import counting
    from .searching import LINKS

    install_search(connections[using], [LINKS])
    counting.install(connections[using])
