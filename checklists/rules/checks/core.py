"""Every type has a core: items that it can be asked, not too many, and not those of a type of another trade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from checklists.models import SMALL_ROWS, Core, EnterpriseType, Fact, Item, is_advice, is_only_named
from checklists.nearest import nearest
from checklists.problems import Problem, Refused, problem
from checklists.rules.checks.reach import Reach, is_sound, reach_of, reaches
from checklists.rules.editions import last_edition
from checklists.rules.facts import Written
from checklists.rules.items import ITEMS
from checklists.rules.library import Library
from checklists.rules.vocabulary import TYPES, VOCABULARY
from checklists.yamlfile.reading import Location, read_yaml

MOST_OF_A_TYPE, MOST_OF_A_SMALL_TYPE, MOST_OF_A_FACT = 15, 10, 5


Items = Mapping[str, Item | None]
"""By id; None for an item of the last edition that is gone and was not retired, which is told by itself."""


def check(library: Library) -> list[Problem]:
    """Types without core; cores with unknown items, with items that are never asked, that are too long or borrowed."""
    paths = library.folder / TYPES, library.folder / VOCABULARY
    if not _found(library, *(Written(path, {}) for path in paths)):
        return []
    return _found(library, *map(_written, paths))


def _found(library: Library, types: Written, facts: Written) -> list[Problem]:
    items = _items(library)
    kinds = library.vocabulary.types.values()
    of_types = {kind.id: list(_of_type(kind, items, library, types)) for kind in kinds}
    found = [one for problems in of_types.values() for one in problems]
    found += _borrowed([kind for kind in kinds if not of_types[kind.id]], types)
    for name, fact in library.vocabulary.facts.items():
        if fact.core:
            found += _of_fact(name, fact, items, library, facts)
    return found


def _items(library: Library) -> Items:
    try:
        last = last_edition(library.folder)
    except Refused:
        last = None
    gone = set(last.kinds[ITEMS] if last else ()) - set(library.retired)
    return {**dict.fromkeys(gone), **{item.id: item for item in library.items}}


def _written(path: Path) -> Written:
    """The file with its lines, which are wanted for messages only."""
    _, lines, _ = read_yaml(path, exact=True)
    return Written(path, lines)


def _of_type(kind: EnterpriseType, items: Items, library: Library, written: Written) -> Iterator[Problem]:
    most = MOST_OF_A_SMALL_TYPE if kind.most and kind.most <= SMALL_ROWS else MOST_OF_A_TYPE
    at = (kind.id, "core")
    if not kind.core:
        yield problem("core-none", written.position(kind.id), type=kind.name, most=most)
    elif len(kind.core) < most and not kind.short:
        told = {"type": kind.name, "count": len(kind.core), "most": most}
        yield problem("core-short", written.position(*at), **told)
    within = [reach_of(kind, library.vocabulary)]
    yield from _of_list(kind.core, kind.name, within, items, library, written, at)
    yield from _long(kind.core, kind.name, most, written, at)


def _of_fact(name: str, fact: Fact, items: Items, library: Library, written: Written) -> Iterator[Problem]:
    at = ("facts", name, "core")
    within = [reach_of(kind, library.vocabulary) for kind in _having(name, library)]
    yield from _of_list(fact.core, fact.name, within, items, library, written, at)
    yield from _long(fact.core, fact.name, MOST_OF_A_FACT, written, at)
    for index, row in enumerate(fact.core):
        item = items.get(row.id)
        if item and item.industry not in fact.brings and name not in item.conditions:
            position = written.position(*at, index, "id")
            yield problem("core-other-fact", position, fact=fact.name, item=row.id)


def _of_list(
    core: Core, name: str, within: list[Reach], items: Items, library: Library, written: Written, at: Location
) -> Iterator[Problem]:
    """Items that are none, that stand twice, or that are never asked of those ``within`` reach."""
    seen: set[str] = set()
    for index, row in enumerate(core):
        told = {"name": name, "item": row.id}
        position = written.position(*at, index, "id")
        if row.id in seen:
            yield problem("core-twice", position, **told)
        elif row.id not in items and ITEMS not in library.lost:
            hint = nearest(row.id, items)
            yield problem("core-unknown", position, **told, hint=hint)
        elif (item := items.get(row.id)) and _out_of_reach(item, within, library):
            yield problem("core-unreachable", position, **told)
        elif item and is_advice(item.basis):
            yield problem("core-encouraged", position, **told)
        elif item and is_only_named(item.basis):
            yield problem("core-named", position, **told)
        seen.add(row.id)


def _out_of_reach(item: Item, within: list[Reach], library: Library) -> bool:
    """Whether only others are asked the item; that nobody is, is a slip of the item and told as one."""
    if not within or any(reaches(one, item) for one in within) or not is_sound(item, library.vocabulary):
        return False
    return any(
        reaches(reach_of(kind, library.vocabulary), item) for kind in library.vocabulary.types.values()
    )


def _long(core: Core, name: str, most: int, written: Written, at: Location) -> Iterator[Problem]:
    if len(core) > most:
        yield problem("core-long", written.position(*at), name=name, count=len(core), most=most)


def _borrowed(kinds: Iterable[EnterpriseType], written: Written) -> Iterator[Problem]:
    """Types with the same core as a type of another group: who has nothing of his own to look at is no type."""
    first: dict[frozenset[str], EnterpriseType] = {}
    for kind in kinds:
        core = frozenset(row.id for row in kind.core)
        other = first.setdefault(core, kind)
        if core and other is not kind and not (kind.group and kind.group == other.group):
            position = written.position(kind.id, "core", 0)
            yield problem("core-borrowed", position, type=kind.name, other=other.name)


def _having(fact: str, library: Library) -> list[EnterpriseType]:
    """Types that may have the fact."""
    return [
        kind
        for kind in library.vocabulary.types.values()
        if fact in (*kind.facts.asks, *kind.facts.default) or kind.facts.fixed.get(fact) is True
    ]
