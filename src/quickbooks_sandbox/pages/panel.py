"""The panel: bring trouble about, move the clock, watch the calls, and see what they cost."""

from collections import Counter
from dataclasses import asdict
from importlib.resources import files
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from quickbooks_sandbox.conditions import Outage
from quickbooks_sandbox.html.forms import read_form
from quickbooks_sandbox.html.render import page
from quickbooks_sandbox.pages.finding import not_done
from quickbooks_sandbox.parts import Parts
from quickbooks_sandbox.parts.fault_plan import BadRule
from quickbooks_sandbox.parts.state import BadSetting, change_settings
from quickbooks_sandbox.webhooks.webhooks import BadWebhook, Configuration

Form = dict[str, str]
SHOWN = 100
"""Calls on the page, the newest first."""
TROUBLES: dict[str, tuple[str, dict[str, object]]] = {
    "429": ("429, too many requests", {"status": 429}),
    "500": ("500, system fault", {"status": 500}),
    "503": ("503, service unavailable", {"status": 503}),
    "401": ("401, token expired", {"status": 401}),
    "403": ("403, not authorised", {"status": 403}),
    "before": ("connection closed, nothing done", {"cut": "before"}),
    "after": ("connection closed, but done", {"cut": "after"}),
    "lost": ("done, but no answer ever comes", {"cut": "lost"}),
    "truncated": ("answer breaks off in the middle", {"cut": "truncated"}),
    "done503": ("503, but done", {"status": 503, "cut": "after"}),
    "slow": ("answer takes 5 seconds", {"delay_ms": 5000}),
}


class Panel:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._acts = {
            "clock": self._move_clock,
            "fault": self._plan_fault,
            "clear-faults": self._clear_faults,
            "outage": self._set_outage,
            "webhooks": self._configure_webhooks,
            "settings": self._change_settings,
            "snapshot": self._take_snapshot,
            "restore": self._restore,
            "clear-calls": self._clear_calls,
        }

    def routes(self) -> list[Route]:
        return [
            Route("/app/panel", self.show),
            Route("/app/panel.js", self.script),
            Route("/app/panel/calls", self.calls),
            Route("/app/panel/{act}", self.act, methods=["POST"]),
        ]

    async def show(self, _request: Request) -> Response:
        sandbox = self._parts
        return page(
            "panel.html",
            200,
            **self._calls(),
            now=sandbox.clock.now(),
            rules=[msgspec.to_builtins(rule) for rule in sandbox.faults.rules],
            troubles={key: words for key, (words, _) in TROUBLES.items()},
            outage=sandbox.conditions.outage,
            webhooks=sandbox.webhooks.configuration,
            waiting=len(sandbox.webhooks.pending),
            attempts=list(sandbox.webhooks.attempts)[-5:],
            settings=asdict(sandbox.settings),
            snapshots=sandbox.snapshots.names(),
        )

    async def calls(self, _request: Request) -> Response:
        """The part of the page that is looked for anew."""
        return page("calls.html", **self._calls())

    def _calls(self) -> dict[str, Any]:
        calls = self._parts.calls.calls
        classes = Counter(call.call_class for call in calls if call.status == 200)
        return {"calls": calls[: -SHOWN - 1 : -1], "total": len(calls), "classes": classes}

    async def script(self, _request: Request) -> Response:
        script = files("quickbooks_sandbox.pages").joinpath("panel.js").read_text("utf-8")
        return Response(script, media_type="text/javascript", headers={"Cache-Control": "no-store"})

    async def act(self, request: Request) -> Response:
        act = self._acts.get(request.path_params["act"])
        if act is None:
            return page("message.html", 404, title="Not there", text="There is no such act.")
        try:
            act(await read_form(request))
        except (BadRule, BadWebhook, BadSetting, ValueError, KeyError) as error:
            return not_done(error)
        return RedirectResponse("/app/panel", status_code=303)

    def _move_clock(self, form: Form) -> None:
        self._parts.clock.advance(float(form["days"] or 0) * 86_400 + float(form["minutes"] or 0) * 60)
        self._parts.keep_state()

    def _plan_fault(self, form: Form) -> None:
        rule = {
            **TROUBLES[form["trouble"]][1],
            **{name: form[name] for name in ("method", "entity", "path") if form.get(name)},
            **({"nth": int(form["nth"])} if form.get("nth") else {}),
        }
        rules = [*map(msgspec.to_builtins, self._parts.faults.rules), rule]
        self._parts.faults.replace(msgspec.json.encode(rules))

    def _clear_faults(self, _form: Form) -> None:
        self._parts.faults.clear()

    def _set_outage(self, form: Form) -> None:
        self._parts.conditions.set_outage(Outage(accounting="accounting" in form, oauth="oauth" in form))

    def _configure_webhooks(self, form: Form) -> None:
        before = self._parts.webhooks.configuration
        switches = {name: name in form for name in ("paused", "doubled", "reordered")}
        texts = {"url": form.get("url") or None, "form": form["form"], "verifier_token": form["verifier_token"]}
        changed = {**msgspec.to_builtins(before), **switches, **texts}
        self._parts.webhooks.configure(msgspec.convert(changed, Configuration))

    def _change_settings(self, form: Form) -> None:
        known = asdict(self._parts.settings)
        changes = {name: _typed(text, known[name]) for name, text in form.items() if name in known}
        change_settings(self._parts.settings, changes)
        self._parts.keep_state()

    def _take_snapshot(self, form: Form) -> None:
        self._parts.snapshots.take(form.get("name") or "snapshot")

    def _restore(self, form: Form) -> None:
        self._parts.restore(form["name"])

    def _clear_calls(self, _form: Form) -> None:
        self._parts.calls.clear()


def _typed(text: str, before: object) -> object:
    if isinstance(before, bool):
        return text == "True"
    return int(text) if isinstance(before, int) else text
