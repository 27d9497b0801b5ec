from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "tieout.sync"
    label = "sync"
