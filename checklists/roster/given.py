"""What somebody says of a roster beside it, because the file lacks it: types, place, which column means what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from checklists.heads import COLUMNS, head_of, plain_head
from checklists.models import FactValue, Vocabulary
from checklists.nearest import nearest
from checklists.places import place_text, place_told
from checklists.problems import Position, Refused, problem
from checklists.rules.words import index_of, is_general, types_named
from checklists.text import same_form

COMMAND_LINE = Position("命令行")


@dataclass(frozen=True)
class Given:
    """What holds where a row says nothing."""

    types: tuple[str, ...] = ()
    place: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Head as it is compared -> field or fact."""
    heads: tuple[str, ...] = ()
    """The heads of ``columns`` as they were written."""
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    """Answers by id of the fact."""
    fallback: bool = False
    """Whether the general list was chosen: rows whose word has no type take it."""


NOTHING_GIVEN = Given()


def given_by(
    vocabulary: Vocabulary,
    types: Iterable[str],
    place: str | None,
    columns: Iterable[str],
    facts: Mapping[str, FactValue] = MappingProxyType({}),
) -> Given:
    """What the options --type, --place and --map 列名=字段 say, with ``facts`` that were read before. Raises Refused."""
    ids = tuple(dict.fromkeys(one for text in types for one in types_named(vocabulary, text, COMMAND_LINE)))
    where = place_text(place_told(vocabulary, place, COMMAND_LINE)) if place else ""
    pairs = [_pair(vocabulary, text) for text in columns]
    mapped: dict[str, str] = {}
    for head, name in pairs:
        if mapped.setdefault(plain_head(head), name) != name:
            raise Refused([problem("map-twice", COMMAND_LINE, head=head)], exit_code=2)
    fallback = any(is_general(vocabulary, kind) for kind in ids)
    return Given(ids, where, mapped, tuple(head for head, _ in pairs), facts, fallback)


def _pair(vocabulary: Vocabulary, text: str) -> tuple[str, str]:
    """Head and field of 「户名=单位名称」."""
    head, equals, name = text.replace("＝", "=").rpartition("=")
    if not equals or not head.strip() or not name.strip():
        raise Refused([problem("map-form", COMMAND_LINE, given=text)], exit_code=2)
    field = head_of(name) or fact_called(vocabulary, name)
    if not field:
        fields = [names[0] for names in COLUMNS.values()]
        hint = nearest(name, [*fields, *(fact.name for fact in vocabulary.facts.values())])
        told = {"field": name, "hint": hint, "fields": "、".join(fields)}
        raise Refused([problem("map-field", COMMAND_LINE, **told)], exit_code=2)
    return head, field


def fact_called(vocabulary: Vocabulary, text: str) -> str:
    """Id of the fact with this id or name; empty for none."""
    return index_of(vocabulary).facts.get(same_form(text), "")
