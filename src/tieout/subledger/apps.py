from django.apps import AppConfig


class SubledgerConfig(AppConfig):
    name = "tieout.subledger"
    label = "subledger"
