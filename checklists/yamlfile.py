"""Read a YAML file into plain values and remember on which line each of them stands.

YAML's own guesses are narrowed to what a rule author expects: only ``true`` and ``false`` are booleans,
``on``, ``yes``, ``12:30`` and ``2026-01-01`` stay text, a key written twice is refused.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from checklists.nearest import nearest
from checklists.problems import Place, Problem, problem

Location = tuple[str | int, ...]
Lines = dict[Location, int]
Model = TypeVar("Model", bound=BaseModel)

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?\Z")
_PLAIN: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> tuple[Any, Lines, list[Problem]]:
    """Value of the file, the line (from 1) of every value by its location, and what is wrong.

    With problems the value is None.
    """
    file = str(path)
    try:
        node = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=_LOADER)
    except FileNotFoundError:
        return None, {}, [problem("file-missing", Place(file))]
    except (OSError, UnicodeDecodeError) as failure:
        return None, {}, [problem("file-unreadable", Place(file), why=failure)]
    except yaml.YAMLError as failure:
        return None, {}, [_syntax_problem(file, failure)]
    if node is None:
        return None, {}, [problem("yaml-empty", Place(file))]
    return _built(file, node)


def _built(file: str, node: yaml.Node) -> tuple[Any, Lines, list[Problem]]:
    lines: Lines = {}
    found: list[Problem] = []
    try:
        value = _value(node, (), lines, file, found)
    except RecursionError:
        return None, {}, [problem("yaml-syntax", Place(file, 1), why="嵌套过深，或引用了自己")]
    return (None if found else value), lines, found


def _syntax_problem(file: str, failure: yaml.YAMLError) -> Problem:
    mark = getattr(failure, "problem_mark", None)
    why = getattr(failure, "problem", None) or str(failure)
    return problem("yaml-syntax", Place(file, mark.line + 1 if mark else None), why=why)


def _value(node: yaml.Node, at: Location, lines: Lines, file: str, found: list[Problem]) -> Any:
    lines[at] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, at, lines, file, found)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*at, index), lines, file, found) for index, child in enumerate(node.value)]
    return _scalar(str(node.value), plain=not getattr(node, "style", None))


def _mapping(
    node: yaml.MappingNode, at: Location, lines: Lines, file: str, found: list[Problem]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        line = key_node.start_mark.line + 1
        if key in values:
            first = lines[(*at, key)]
            found.append(problem("yaml-duplicate-key", Place(file, line), key=key, first=first))
            continue
        values[key] = _value(value_node, (*at, key), lines, file, found)
        lines[(*at, key)] = line
    return values


def _scalar(text: str, *, plain: bool) -> Any:
    if not plain:  # quoted or block text is always text
        return text
    if text in _PLAIN:
        return _PLAIN[text]
    if match := _NUMBER.match(text):
        return float(text) if match[2] else int(text)
    return text


def validated(
    model: type[Model], value: Any, lines: Lines, file: Path, at: Location = ()
) -> tuple[Model | None, list[Problem]]:
    """Make ``model`` of ``value``, which stands at ``at`` in the file; problems carry file and line."""
    try:
        return model.model_validate(value), []
    except ValidationError as failure:
        return None, [_field_problem(model, error, lines, file, at) for error in failure.errors()]


def _field_problem(model: type[BaseModel], error: Any, lines: Lines, file: Path, at: Location) -> Problem:
    location = (*at, *error["loc"])
    place = Place(str(file), line_of(lines, location))
    field = ".".join(str(part) for part in error["loc"]) or "（整条）"
    if error["type"] == "extra_forbidden":
        hint = nearest(str(error["loc"][-1]), _field_names(model, error["loc"][:-1]))
        return problem("field-unknown", place, field=field, hint=hint or "写法见 rules/README.md。")
    if error["type"] == "missing":
        return problem("field-missing", place, field=field)
    return problem("field-wrong", place, field=field, why=_why(error))


_WHY = {
    "bool_type": "应为 true 或 false",
    "string_type": "应为文字（数字、true/false 请加引号）",
    "string_too_short": "不能为空",
    "string_pattern_mismatch": "不合规定的写法 {pattern}",
    "int_type": "应为整数",
    "float_type": "应为数字",
    "literal_error": "只能是 {expected}",
    "too_short": "至少要有 {min_length} 个",
    "too_long": "至多 {max_length} 个",
    "tuple_type": "应为列表",
    "list_type": "应为列表",
    "dict_type": "应为“名称: 值”的形式",
    "model_type": "应为“名称: 值”的形式",
    "value_error": "应为 2026-01-31 这样的日期",
}


def _why(error: Any) -> str:
    """pydantic's finding in the reader's language; ``input`` is shown so that a slip is recognised."""
    given = str(error["input"])[:40]
    known = _WHY.get(error["type"], "不合要求")
    return f"{known.format(**error.get('ctx', {}))}，现为「{given}」"


def _field_names(model: type[BaseModel], inside: tuple[str | int, ...]) -> list[str]:
    """Names a YAML author may write at ``inside``; only the model's own level is known by name."""
    fields = model.model_fields.items() if not inside else ()
    return [field.alias or name for name, field in fields]


def line_of(lines: Lines, location: Location) -> int | None:
    """Line of the value at ``location`` or of the nearest one around it."""
    for length in range(len(location), -1, -1):
        if location[:length] in lines:
            return lines[location[:length]]
    return None
