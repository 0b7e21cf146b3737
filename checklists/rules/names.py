"""Names by which people call types, facts, industries and places: each means one thing.

Names are compared without regard to width, case and blanks, as a clerk who types them has none for these either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from checklists.heads import all_heads, plain_head
from checklists.models import Fact, Industry, Places, Province, Vocabulary
from checklists.places import places_named
from checklists.problems import Position, Problem, alike, problem
from checklists.rules.facts import Written, twice
from checklists.text import same_form

_SIGNS = "=；"
"""What no name of a fact may hold: it parts the name from its value (--fact 使用燃气=是), and facts from one another."""

Named = tuple[str, Position]


def names_twice(named: Iterable[tuple[str, Named]]) -> list[Problem]:
    """Names that are already another's; each comes with whose it is. An entry that was copied is one slip."""
    seen: dict[str, tuple[str, Named]] = {}
    slips: list[tuple[object, Problem]] = []
    for owner, (name, position) in named:
        first_owner, (_, first) = seen.setdefault(same_form(name), (owner, (name, position)))
        if first is not position:
            details = {"name": name, "owner": "这一条自己" if owner == first_owner else first_owner}
            slip = problem("name-twice", position, where=_where(first, position), **details)
            slips.append(((owner, first_owner), slip))
    return alike(slips)


def _where(first: Position, second: Position) -> str:
    line = f"第 {first.line or 1} 行"
    return line if first.file == second.file else f"{Path(first.file).name} {line}"


def type_names(vocabulary: Vocabulary, written: Written, words: Written) -> list[Problem]:
    """Ids, names, aliases and words of types, and words that have no type: 「煤矿」 finds one.

    ``written`` is ``types.yaml``, ``words`` ``words.yaml``.
    """
    return names_twice(_names_of_types(vocabulary, written, words))


def _names_of_types(vocabulary: Vocabulary, written: Written, words: Written) -> Iterator[tuple[str, Named]]:
    for kind in vocabulary.types.values():
        yield kind.id, (kind.id, written.position(kind.id))
        yield kind.id, (kind.name, written.position(kind.id, "name"))
        for index, alias in enumerate(kind.aliases):
            yield kind.id, (alias, written.position(kind.id, "aliases", index))
    for name, said in vocabulary.known.types.items():
        for index, word in enumerate(said):
            yield name, (word, words.position("types", name, index))
    general = vocabulary.known.fallback
    for number, sort in enumerate(general.sorts if general else ()):
        for index, word in enumerate(sort.words):
            yield sort.words[0], (word, words.position("fallback", "sorts", number, "words", index))


def fact_names(facts: Mapping[str, Fact], written: Written) -> list[Problem]:
    """Ids and names of facts: a column of a roster means one of them."""
    found, reserved = names_twice(_names_of(facts, "facts", written)), all_heads()
    for key, fact in facts.items():
        at = ("facts", key, "name")
        if plain_head(fact.name) in reserved:
            found.append(problem("name-reserved", written.position(*at), name=fact.name))
        for field, text in (
            ("name", fact.name),
            ("unit", fact.unit),
            *(("choices", one) for one in fact.choices),
        ):
            sign = next((sign for sign in _SIGNS if sign in text), "")
            if sign:
                position = written.position("facts", key, field)
                found.append(problem("name-sign", position, name=text, sign=sign))
    return found


def industry_names(industries: Mapping[str, Industry], written: Written) -> list[Problem]:
    """Ids and names of industries."""
    return names_twice(_names_of(industries, "industries", written))


def _names_of(
    named: Mapping[str, Fact] | Mapping[str, Industry], group: str, written: Written
) -> Iterator[tuple[str, Named]]:
    for key, one in named.items():
        yield key, (key, written.position(group, key))
        yield key, (one.name, written.position(group, key, "name"))


def place_names(places: Mapping[str, Province], written: Written) -> list[Problem]:
    """Provinces and cities, counties within a city, and short names. Two cities may each have a 城区."""
    above = list(_upper_places(places, written))
    found = names_twice(above)
    upper = {same_form(name): position for _, (name, position) in above}
    for province, below in places.items():
        for city, counties in below.cities.items():
            at = (province, "cities", city)
            found += twice("县（市、区）", counties, written, at)
            for index, county in enumerate(counties):
                if first := upper.get(same_form(county)):
                    position = written.position(*at, index)
                    told = {"name": county, "owner": county, "where": _where(first, position)}
                    found.append(problem("name-twice", position, **told))
    return found


def called_places(places: Mapping[str, Province], known: Places, written: Written) -> Iterator[Problem]:
    """Other names of places that are a place's own, or stand for one that there is not."""
    for province, below in places.items():
        for name, meant in below.called.items():
            for index, place in enumerate(meant):
                if len(places_named(known, place)) != 1:
                    position = written.position(province, "called", name, index)
                    yield problem("place-called", position, name=name, place=place)


def _upper_places(places: Mapping[str, Province], written: Written) -> Iterator[tuple[str, Named]]:
    for province, below in places.items():
        yield province, (province, written.position(province))
        for city in below.cities:
            yield province, (city, written.position(province, "cities", city))
        yield province, (below.short, written.position(province, "short"))
