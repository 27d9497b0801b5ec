"""The controls as an OpenAPI 3.1 description, made from the same table as their routes."""

import re
from typing import Any

import msgspec

from quickbooks_sandbox.controls.control import Control

_SCHEMAS = "#/components/schemas/{name}"


def describe(controls: list[Control]) -> dict[str, Any]:
    kinds = [kind for control in controls for kind in (control.takes, control.gives) if kind is not None]
    schemas, components = msgspec.json.schema_components(kinds, ref_template=_SCHEMAS)
    of = {repr(kind): schema for kind, schema in zip(kinds, schemas, strict=True)}
    paths: dict[str, dict[str, Any]] = {}
    for control in controls:
        paths.setdefault(f"/sandbox/{control.path}", {})[control.method.lower()] = _operation(control, of)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "QuickBooks sandbox: controls",
            "version": "1",
            "description": "What a test turns and reads. No keys; only this machine gets in.",
        },
        "paths": paths,
        "components": {"schemas": components},
    }


def _operation(control: Control, of: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": re.sub(r"\W+", "_", f"{control.method.lower()} {control.path or 'index'}").strip("_"),
        "summary": control.says,
        "parameters": [
            *({"name": name, "in": "query", "schema": {"type": "string"}} for name in control.query),
            *(
                {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
                for name in re.findall(r"\{(\w+)\}", control.path)
            ),
        ],
        "responses": _responses(control, of),
    }
    if control.takes is not None:
        operation["requestBody"] = _json(of[repr(control.takes)])
    return operation


def _responses(control: Control, of: dict[str, Any]) -> dict[str, Any]:
    if control.method == "DELETE":
        return {"204": {"description": "Done."}}
    gives = {"type": "object"} if control.gives is None else of[repr(control.gives)]
    responses = {"200": {"description": "Done.", **_json(gives)}}
    error = {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]}
    if control.takes is not None:
        responses["400"] = {"description": "Bad input, in one sentence.", **_json(error)}
    if control.query or "{" in control.path or control.path == "restore":
        responses["404"] = {"description": "Not there, in one sentence.", **_json(error)}
    return responses


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}
