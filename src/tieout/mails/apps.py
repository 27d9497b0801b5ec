from django.apps import AppConfig


class MailsConfig(AppConfig):
    name = "tieout.mails"
    label = "mails"
