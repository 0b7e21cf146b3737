"""Which names a template may use, for Word and Excel alike, judged on the tree of its tags before anything is filled.

``row`` in ``{% for row in section.rows %}`` is what the dataclass of a section says its rows are; a field that no
dataclass has is named before anything is generated. A plate is filled before its enterprise is known:
``{{ enterprise.name }}`` leaves a mark there; a condition, loop or filter would see the mark instead of the name and go
wrong without a word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from jinja2 import meta, nodes

from checklists.documents.fields import FIELD_NAMES, EnterpriseFields
from checklists.documents.tags import refused_uses
from checklists.nearest import nearest
from checklists.problems import Position, Problem, problem

Kinds = Mapping[str, Any]
"""Names in reach and the type of each; None where it cannot be told."""

_KEEPING = frozenset(("list", "sort", "reverse", "select", "reject", "selectattr", "rejectattr", "unique"))
_TAKING = frozenset(("first", "last", "random", "min", "max"))
_GIVEN = frozenset({"range"})
"""What every template may use beside what it sees."""
_NEEDS_LOOP = {
    "row": "row 只能写在表格的样板行（Excel 的最后一行），或 for 循环里，如 {%tr for row in checklist.rows %}。",
    "section": "section 只能写在 for 循环里，如 {%tr for section in checklist.sections %}。",
}


class Misuse(NamedTuple):
    """A use of a name that a template may not make."""

    line: int
    """Of the source."""
    code: str
    name: str
    """The name, or why the use is refused."""
    hint: str

    def problem(self, position: Position, tag: str) -> Problem:
        """As it is told; ``tag``: 「第2段的标记「{{ … }}」」, what of the template it is."""
        return problem(
            self.code,
            position,
            tag=tag,
            field=self.name,
            why=self.name,
            hint=self.hint,
            fields="、".join(FIELD_NAMES),
        )


def used_fields(tree: nodes.Template) -> frozenset[str]:
    """Every ``name.field`` that a source uses, as it is written."""
    return frozenset(
        f"{node.node.name}.{node.attr}"
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name)
    )


def used_of(tree: nodes.Template, known: Kinds, kind: type) -> frozenset[str]:
    """Fields of a dataclass that a source uses, by whatever name its loops give them; ``known`` as for :func:`misuses`."""
    return frozenset(node.attr for node, owner in _uses(tree, known) if owner is kind)


def misuses(tree: nodes.Template, known: Kinds) -> list[Misuse]:
    """What is wrong with the names of a source, in its order; ``known``: what the template sees and what that is."""
    refused = (Misuse(line, "template-forbidden", why, "") for line, why in refused_uses(tree))
    return sorted(
        {*refused, *_unknown_names(tree, known), *_not_bare(tree, known), *_unknown_fields(tree, known)}
    )


def _unknown_names(tree: nodes.Template, known: Kinds) -> Iterator[Misuse]:
    """Each name that is not in reach, where it stands first: the loop that should give it is one slip."""
    unknown = meta.find_undeclared_variables(tree) - set(known) - _GIVEN
    for name in tree.find_all(nodes.Name):
        if name.name in unknown:
            unknown.remove(name.name)
            alike = nearest(unicodedata.normalize("NFKC", name.name).lower(), known)
            yield Misuse(name.lineno, "template-field-unknown", name.name, _NEEDS_LOOP.get(name.name, alike))


def _not_bare(tree: nodes.Template, known: Kinds) -> Iterator[Misuse]:
    """Every ``enterprise`` that is not printed as a bare ``{{ enterprise.field }}``."""
    printed = {
        id(node.node)
        for output in tree.find_all(nodes.Output)
        for node in output.nodes
        if isinstance(node, nodes.Getattr)
    }
    for name in tree.find_all(nodes.Name):
        if known.get(name.name) is EnterpriseFields and id(name) not in printed:
            yield Misuse(name.lineno, "template-enterprise-not-bare", name.name, "")


# ---------------------------------------------------------------- walking with the names in reach


def _unknown_fields(tree: nodes.Template, known: Kinds) -> Iterator[Misuse]:
    for node, kind in _uses(tree, known):
        fields = fields_of(kind)
        if fields and node.attr not in fields:
            owner = node.node.name if isinstance(node.node, nodes.Name) else "…"
            hint = nearest(node.attr, fields) or f"可用的有：{'、'.join(fields)}。"
            yield Misuse(node.lineno, "template-field-unknown", f"{owner}.{node.attr}", hint)


def _uses(node: nodes.Node, kinds: Kinds) -> Iterator[tuple[nodes.Getattr, Any]]:
    """Every field that is asked for, with the type of what it is asked of."""
    if isinstance(node, nodes.For):
        yield from _uses(node.iter, kinds)
        kinds = {**kinds, **_bound(node.target, _element(_type(node.iter, kinds)))}
        children: list[nodes.Node] = [*node.body, *node.else_, *([node.test] if node.test else [])]
    else:
        children = list(node.iter_child_nodes())
    if isinstance(node, nodes.Getattr):
        yield node, _type(node.node, kinds)
    for child in children:
        yield from _uses(child, kinds)


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


def _type(node: nodes.Node | None, kinds: Kinds) -> Any:
    """Type of an expression; None where it cannot be told."""
    if isinstance(node, nodes.Name):
        return kinds.get(node.name)
    if isinstance(node, nodes.Getattr):
        return fields_of(_type(node.node, kinds)).get(node.attr)
    if isinstance(node, nodes.Getitem):
        whole = _type(node.node, kinds)
        return whole if isinstance(node.arg, nodes.Slice) else _element(whole)
    if isinstance(node, nodes.Filter):
        return _filtered(node.name, _type(node.node, kinds))
    return None


def _filtered(name: str, kind: Any) -> Any:
    if name in ("batch", "slice") and kind is not None:
        return tuple[kind, ...]
    if name in _TAKING:
        return _element(kind)
    return kind if name in _KEEPING else None


def _element(kind: Any) -> Any:
    """What ``tuple[X, ...]`` holds."""
    held = get_args(kind)
    return held[0] if get_origin(kind) is tuple and len(held) == 2 and held[1] is Ellipsis else None


@lru_cache(maxsize=64)
def fields_of(kind: Any) -> Mapping[str, Any]:
    """Fields of the enterprise or of a dataclass with their types; none for anything else."""
    if kind is EnterpriseFields:
        return dict.fromkeys(FIELD_NAMES, str)
    if not isinstance(kind, type) or not hasattr(kind, "__dataclass_fields__"):
        return {}
    hints = get_type_hints(kind)
    return {name: hints[name] for name in kind.__dataclass_fields__}
