from django.apps import AppConfig


class QuickBooksConfig(AppConfig):
    name = "tieout.quickbooks"
    label = "quickbooks"
