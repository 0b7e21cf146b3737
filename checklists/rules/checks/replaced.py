"""What an item replaces is asked where the item is not: items never replace themselves, or one another in a ring."""

from __future__ import annotations

from checklists.models import Item
from checklists.nearest import nearest
from checklists.problems import Problem, problem
from checklists.rules.items import ITEMS
from checklists.rules.library import Library


def check(item: Item, library: Library) -> list[Problem]:
    """Ids that are no items, that are retired, and the item's own."""
    found: list[Problem] = []
    for index, old in enumerate(item.replaces):
        position = library.positions[item.id].position("replaces", index)
        if old == item.id:
            found.append(problem("replaces-itself", position, item=item.id))
        elif old in library.retired:
            found.append(problem("replaces-retired", position, item=item.id, old=old))
        elif old not in library.positions and ITEMS not in library.lost:
            hint = nearest(old, library.positions) or "请改正编号，或删去。"
            found.append(problem("item-unknown", position, item=old, hint=hint))
    return found


def check_rings(library: Library) -> list[Problem]:
    """Items that replace one another: where all of them apply, none would be asked."""
    replaces = {item.id: item.replaces for item in library.items if item.replaces}
    found: list[Problem] = []
    done: set[str] = set()
    for name in replaces:
        ring = _ring(name, replaces)
        if ring and not done & set(ring):
            position = library.positions[name].position("replaces")
            found.append(problem("replaces-ring", position, ring=" → ".join([*ring, name])))
            done.update(ring)
    return found


def _ring(name: str, replaces: dict[str, tuple[str, ...]]) -> list[str]:
    """The way from an item back to itself by what it replaces, or nothing; an item that names itself is no ring."""
    ways = [[name]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for old in replaces.get(way[-1], ()):
            if old == name and len(way) > 1:
                return way
            if old not in seen and old != name:
                seen.add(old)
                ways.append([*way, old])
    return []
