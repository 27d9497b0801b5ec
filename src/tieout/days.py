"""A day as people read it, the same on every page and in every sentence."""

from __future__ import annotations

from datetime import date


def in_words(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
