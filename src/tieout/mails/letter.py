"""What a mail says, written down once and shown as text and as HTML."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from markupsafe import Markup

LOCAL = "http://127.0.0.1:8000"

_PAGE = Markup(
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{subject}</title></head>'
    '<body style="font-family: system-ui, sans-serif; font-size: 16px; line-height: 1.5; color: #1f2328; '
    'max-width: 36em; margin: 1.5em auto; padding: 0 1em">{body}</body></html>\n'
)
_PARAGRAPH = Markup("<p>{}</p>")
_BUTTON = Markup(
    '<p><a href="{link}" style="display: inline-block; padding: 0.5em 1em; border-radius: 6px; '
    'background: #0b57a4; color: #ffffff; text-decoration: none">{label}</a></p>'
)


@dataclass(frozen=True)
class Letter:
    """`path`: the page to go to, below our own address; `label`: what one does there."""

    subject: str
    paragraphs: tuple[str, ...]
    path: str = ""
    label: str = ""

    @property
    def link(self) -> str:
        return f"{settings.PUBLIC_URL or LOCAL}{self.path}"

    def text(self) -> str:
        parts = [*self.paragraphs, *([f"{self.label}:\n{self.link}"] if self.path else [])]
        return "\n\n".join(parts) + "\n"

    def html(self) -> str:
        body = Markup("").join(_PARAGRAPH.format(each) for each in self.paragraphs)
        if self.path:
            body += _BUTTON.format(link=self.link, label=self.label)
        return _PAGE.format(subject=self.subject, body=body)
