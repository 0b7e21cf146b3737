"""Read a template's tags before it is filled: fields nobody knows, and uses of ``enterprise`` that cannot work.

A plate is filled before its enterprise is known. ``{{ enterprise.name }}`` leaves a mark there; a condition, loop
or filter would see the mark instead of the name and go wrong without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import meta, nodes

from checklists.fields import FIELD_NAMES, EnterpriseFields
from checklists.nearest import nearest
from checklists.problems import Place, Problem, problem
from checklists.word_template import FilledPart, WordTemplate, environment


def check_names(template: WordTemplate, context: Mapping[str, object]) -> list[Problem]:
    """Problems with the names that the template uses, in the order of the document."""
    found: list[Problem] = []
    for _, part in template.parts:
        if isinstance(part, FilledPart):
            found += _check_part(part, context, Place(template.path))
    return found


def _check_part(part: FilledPart, context: Mapping[str, object], place: Place) -> list[Problem]:
    tree = environment().parse(part.source)
    problems = []
    for line, code, name, hint in sorted(
        [*_unknown_names(tree, context), *_unknown_fields(tree, context), *_enterprise_misused(tree, context)]
    ):
        tag = part.tag_at(line)
        problems.append(problem(code, place, where=tag.where, tag=tag.text, why=f"没有「{name}」", hint=hint))
    return problems


Finding = tuple[int, str, str, str]


def _unknown_names(tree: nodes.Template, context: Mapping[str, object]) -> Iterator[Finding]:
    unknown = meta.find_undeclared_variables(tree) - set(context)
    for name in tree.find_all(nodes.Name):
        if name.name in unknown:
            yield name.lineno, "word-field-unknown", name.name, nearest(name.name, context)


def _unknown_fields(tree: nodes.Template, context: Mapping[str, object]) -> Iterator[Finding]:
    for node in tree.find_all(nodes.Getattr):
        if isinstance(node.node, nodes.Name) and node.node.name in context:
            owner = context[node.node.name]
            if not hasattr(owner, node.attr):
                yield (
                    node.lineno,
                    "word-field-unknown",
                    f"{node.node.name}.{node.attr}",
                    nearest(node.attr, _fields(owner)),
                )


def _fields(owner: object) -> list[str]:
    if isinstance(owner, EnterpriseFields):
        return list(FIELD_NAMES)
    return list(getattr(owner, "__dataclass_fields__", {}))


def _enterprise_misused(tree: nodes.Template, context: Mapping[str, object]) -> Iterator[Finding]:
    """Every ``enterprise`` that is not printed as a bare ``{{ enterprise.field }}``."""
    special = {name for name, value in context.items() if isinstance(value, EnterpriseFields)}
    printed = {
        id(node.node)
        for output in tree.find_all(nodes.Output)
        for node in output.nodes
        if isinstance(node, nodes.Getattr)
    }
    for name in tree.find_all(nodes.Name):
        if name.name in special and id(name) not in printed:
            yield name.lineno, "word-enterprise-not-bare", name.name, ""
