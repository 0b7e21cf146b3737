"""Which fields a Word template uses, judged without filling it: every unknown field of a row at once, with its place.

``row`` in ``{% for row in section.rows %}`` is what the dataclass of a section says its rows are; a field that no
dataclass has is named before anything is generated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, get_args, get_origin, get_type_hints

from jinja2 import nodes

from checklists.documents.tags import parsed
from checklists.documents.word.template import FilledPart, WordTemplate
from checklists.nearest import nearest
from checklists.problems import Position, Problem, problem

Scope = Mapping[str, Any]
"""Names in reach and the type of each; None where it cannot be told."""
Finding = tuple[int, str, str]
"""Line of the source, name, hint."""

_KEEPING = frozenset(("list", "sort", "reverse", "select", "reject", "selectattr", "rejectattr", "unique"))
_TAKING = frozenset(("first", "last", "random", "min", "max"))


def used_fields(template: WordTemplate) -> frozenset[str]:
    """Every ``name.field`` the template uses, as it is written."""
    return frozenset(
        f"{node.node.name}.{node.attr}"
        for tree in _trees(template)
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name)
    )


def unknown_row_fields(template: WordTemplate, known: Mapping[str, type]) -> list[Problem]:
    """Fields of rows, sections, references … that there are not, in the order of the document.

    ``known``: what the template sees by name; the fields of these themselves are judged by word_check.
    """
    found = []
    for _, part in template.parts:
        if isinstance(part, FilledPart):
            for line, name, hint in sorted(set(_walk(parsed(part.source, autoescape=True), known, known))):
                tag = part.tag_at(line)
                why = f"没有「{name}」"
                place = Position(template.path)
                found.append(
                    problem("word-field-unknown", place, where=tag.where, tag=tag.text, why=why, hint=hint)
                )
    return found


def _trees(template: WordTemplate) -> Iterator[nodes.Template]:
    for _, part in template.parts:
        if isinstance(part, FilledPart):
            yield parsed(part.source, autoescape=True)


# ---------------------------------------------------------------- walking with the names in reach


def _walk(node: nodes.Node, scope: Scope, known: Scope) -> Iterator[Finding]:
    if isinstance(node, nodes.For):
        yield from _walk(node.iter, scope, known)
        scope = {**scope, **_bound(node.target, _element(_type(node.iter, scope)))}
        children: list[nodes.Node] = [*node.body, *node.else_, *([node.test] if node.test else [])]
    else:
        children = list(node.iter_child_nodes())
    if isinstance(node, nodes.Getattr):
        yield from _judge(node, scope, known)
    for child in children:
        yield from _walk(child, scope, known)


def _judge(node: nodes.Getattr, scope: Scope, known: Scope) -> Iterator[Finding]:
    fields = _fields(_type(node.node, scope))
    of_known = isinstance(node.node, nodes.Name) and node.node.name in known
    if fields and node.attr not in fields and not of_known:
        owner = node.node.name if isinstance(node.node, nodes.Name) else "…"
        yield node.lineno, f"{owner}.{node.attr}", nearest(node.attr, fields)


def _bound(target: nodes.Node, kind: Any) -> dict[str, Any]:
    """Names that a loop binds: one, or several for pairs."""
    if isinstance(target, nodes.Name):
        return {target.name: kind}
    if isinstance(target, nodes.Tuple):
        kinds = get_args(kind) if get_origin(kind) is tuple else ()
        return {
            name.name: kinds[index] if index < len(kinds) else None
            for index, name in enumerate(target.items)
            if isinstance(name, nodes.Name)
        }
    return {}


def _type(node: nodes.Node | None, scope: Scope) -> Any:
    """Type of an expression; None where it cannot be told."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name)
    if isinstance(node, nodes.Getattr):
        return _fields(_type(node.node, scope)).get(node.attr)
    if isinstance(node, nodes.Getitem):
        whole = _type(node.node, scope)
        return whole if isinstance(node.arg, nodes.Slice) else _element(whole)
    if isinstance(node, nodes.Filter):
        return _filtered(node.name, _type(node.node, scope))
    return None


def _filtered(name: str, kind: Any) -> Any:
    if name in ("batch", "slice") and kind is not None:
        return tuple[kind, ...]
    if name in _TAKING:
        return _element(kind)
    return kind if name in _KEEPING else None


def _element(kind: Any) -> Any:
    """What ``tuple[X, ...]`` holds."""
    told = get_args(kind)
    return told[0] if get_origin(kind) is tuple and len(told) == 2 and told[1] is Ellipsis else None


@lru_cache(maxsize=64)
def _fields(kind: Any) -> Mapping[str, Any]:
    """Fields of a dataclass with their types; none for anything else."""
    if not isinstance(kind, type) or not hasattr(kind, "__dataclass_fields__"):
        return {}
    hints = get_type_hints(kind)
    return {name: hints[name] for name in kind.__dataclass_fields__}
