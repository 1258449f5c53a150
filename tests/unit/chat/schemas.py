"""JSON schemas of the strict kind: is one right, and does an answer fit it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def schema_flaw(schema: Mapping[str, Any]) -> str | None:
    """What a server with strict schemas would refuse in ``schema``; None where it takes it."""
    kind = schema.get("type")
    if kind == "object":
        properties = schema.get("properties", {})
        if schema.get("additionalProperties") is not False:
            return "additionalProperties must be false"
        if sorted(schema.get("required", ())) != sorted(properties):
            return "every property must be required"
        return next((flaw for part in properties.values() if (flaw := schema_flaw(part))), None)
    if kind == "array":
        return schema_flaw(schema["items"]) if "items" in schema else "an array needs items"
    return None if kind in ("string", "integer", "boolean") else f"no such type: {kind}"


def fits_text(text: str, schema: Mapping[str, Any]) -> bool:
    """True where ``text`` is JSON of that schema."""
    try:
        return _fits(json.loads(text), schema)
    except ValueError:
        return False


def _fits(value: object, schema: Mapping[str, Any]) -> bool:
    if schema["type"] == "object":
        parts = schema["properties"]
        return (
            isinstance(value, dict) and value.keys() == parts.keys() and all(_fits(value[k], parts[k]) for k in parts)
        )
    if schema["type"] == "array":
        return isinstance(value, list) and all(_fits(item, schema["items"]) for item in value)
    if schema["type"] == "boolean" or isinstance(value, bool):
        return schema["type"] == "boolean" and isinstance(value, bool)
    return isinstance(value, str if schema["type"] == "string" else int)
