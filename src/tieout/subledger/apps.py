from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class SubledgerConfig(AppConfig):
    name = "tieout.subledger"
    label = "subledger"

    def ready(self) -> None:
        post_migrate.connect(_install_search, sender=self)


def _install_search(using: str, **_: Any) -> None:
    from .search import INDEXES, install

    install(connections[using], INDEXES)
