"""JSON Schema of a rule file, so that editors complete and check the YAML while it is written."""

from __future__ import annotations

from typing import Any

from checklists.models import Item


def rules_schema() -> dict[str, Any]:
    """Schema of ``rules/<topic>.yaml``, made from the models."""
    item = Item.model_json_schema(by_alias=True)
    definitions = item.pop("$defs", {})
    item["properties"].pop("industry", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "检查项规则文件",
        "type": "object",
        "additionalProperties": False,
        "required": ["industry", "items"],
        "properties": {"industry": {"type": "string"}, "items": {"type": "array", "items": item}},
        "$defs": definitions,
    }
