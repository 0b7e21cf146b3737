"""The schema that editors use follows the models, and every rule file points to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checklists.data import data_folder
from checklists.models import Item
from checklists.rules.schema import rules_schema
from checklists.rules.vocabulary import NOT_RULES

RULES = data_folder("rules")
TOPICS = [path for path in sorted(RULES.glob("*.yaml")) if path.name not in NOT_RULES]


def test_the_stored_schema_is_the_models() -> None:
    """Refresh with: checklists rules schema > rules/schema.json"""
    assert json.loads((RULES / "schema.json").read_text("utf-8")) == rules_schema()


def test_the_schema_knows_every_field_and_refuses_others() -> None:
    item = rules_schema()["properties"]["items"]["items"]

    fields = {field.alias or name for name, field in Item.model_fields.items()}
    assert set(item["properties"]) == fields - {"industry"}
    assert item["additionalProperties"] is False
    assert {"id", "content", "standard", "basis"} <= set(item["required"])
    assert "from" in rules_schema()["$defs"]["Basis"]["properties"]


@pytest.mark.parametrize("path", TOPICS, ids=lambda path: path.name)
def test_every_rule_file_points_to_the_schema(path: Path) -> None:
    assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=schema.json\n")
