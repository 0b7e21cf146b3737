"""Read a template's tags before it is filled: fields nobody knows, and uses of ``enterprise`` that cannot work.

A plate is filled before its enterprise is known. ``{{ enterprise.name }}`` leaves a mark there; a condition, loop
or filter would see the mark instead of the name and go wrong without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import meta, nodes

from checklists.documents.fields import FIELD_NAMES, EnterpriseFields
from checklists.documents.tags import parsed, refused_uses
from checklists.documents.word.template import FilledPart, WordTemplate
from checklists.nearest import nearest
from checklists.problems import Position, Problem, problem


def check_names(template: WordTemplate, known: Mapping[str, type]) -> list[Problem]:
    """Problems with the names that the template uses, in the order of the document.

    ``known``: the names a template may use and what they are; dataclasses and the enterprise tell their fields.
    """
    found: list[Problem] = []
    for _, part in template.parts:
        if isinstance(part, FilledPart):
            found += _check_part(part, known, Position(template.path))
    return found


Finding = tuple[int, str, str, str]
"""Line of the source, code of the message, name or reason, hint."""


def _check_part(part: FilledPart, known: Mapping[str, type], place: Position) -> list[Problem]:
    tree = parsed(part.source, autoescape=True)
    findings = {
        *_unknown_names(tree, known),
        *_unknown_fields(tree, known),
        *_enterprise_misused(tree, known),
        *((line, "word-tag-forbidden", why, "") for line, why in refused_uses(tree)),
    }
    problems = []
    for line, code, name, hint in sorted(findings):
        tag = part.tag_at(line)
        why = name if code == "word-tag-forbidden" else f"没有「{name}」"
        problems.append(problem(code, place, where=tag.where, tag=tag.text, why=why, hint=hint))
    return problems


def _unknown_names(tree: nodes.Template, known: Mapping[str, type]) -> Iterator[Finding]:
    unknown = meta.find_undeclared_variables(tree) - set(known)
    for name in tree.find_all(nodes.Name):
        if name.name in unknown:
            yield name.lineno, "word-field-unknown", name.name, nearest(name.name, known)


def _unknown_fields(tree: nodes.Template, known: Mapping[str, type]) -> Iterator[Finding]:
    for node in tree.find_all(nodes.Getattr):
        if isinstance(node.node, nodes.Name) and node.node.name in known:
            fields = _fields(known[node.node.name])
            if fields and node.attr not in fields:
                name = f"{node.node.name}.{node.attr}"
                yield node.lineno, "word-field-unknown", name, nearest(node.attr, fields)


def _fields(kind: type) -> list[str]:
    """Names of the fields; none when any may be asked for."""
    return list(FIELD_NAMES if kind is EnterpriseFields else getattr(kind, "__dataclass_fields__", ()))


def _enterprise_misused(tree: nodes.Template, known: Mapping[str, type]) -> Iterator[Finding]:
    """Every ``enterprise`` that is not printed as a bare ``{{ enterprise.field }}``."""
    printed = {
        id(node.node)
        for output in tree.find_all(nodes.Output)
        for node in output.nodes
        if isinstance(node, nodes.Getattr)
    }
    for name in tree.find_all(nodes.Name):
        if known.get(name.name) is EnterpriseFields and id(name) not in printed:
            yield name.lineno, "word-enterprise-not-bare", name.name, ""
