"""Templates of the sandbox's own pages: plain HTML, one small style sheet inline, no script, nothing external."""

from decimal import Decimal
from typing import Any

import jinja2
from starlette.responses import HTMLResponse

_templates = jinja2.Environment(
    loader=jinja2.PackageLoader("quickbooks_sandbox.pages"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def money(amount: Decimal | int) -> str:
    return f"{amount:,.2f}"


_templates.filters["money"] = money


def page(template: str, status: int = 200, /, **context: Any) -> HTMLResponse:
    html = _templates.get_template(template).render(**context)
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
    return HTMLResponse(html, status_code=status, headers=headers)
