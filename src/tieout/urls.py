from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from tieout.api import webhooks

urlpatterns: list[URLPattern | URLResolver] = [
    path("webhooks/quickbooks", webhooks.quickbooks, name="webhooks-quickbooks"),
    path("", include("tieout.pages.urls")),
]
