from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "tieout.pages"
    label = "pages"
