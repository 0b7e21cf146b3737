"""Cities and counties that a user adds beside notices of one's own, so that those of any province can be read."""

from __future__ import annotations

from pathlib import Path

from checklists.models import MorePlacesFile, Places
from checklists.problems import Position, Problem, problem
from checklists.yamlfile.reading import Lines, line_of, read_yaml, validated

_KINDS = "市县区旗盟州"


def with_more_places(places: Places, path: Path) -> tuple[Places, list[Problem]]:
    """The places with those of the file; as they were where the file is wrong.

    A city that is known gets the counties that it lacks; nothing that is known is taken away.
    """
    value, lines, problems = read_yaml(path, exact=True)
    if problems:
        return places, problems
    found, problems = validated(MorePlacesFile, value, lines, path)
    if found is None or problems:
        return places, problems
    merged = {name: dict(cities) for name, cities in places.items()}
    for province, more in found.root.items():
        problems += _unknown(province, places, Position(str(path), line_of(lines, (province,))))
        cities = merged.setdefault(province, {})
        for city, counties in more.cities.items():
            problems += _wrong_names(city, counties, path, lines, province)
            cities[city] = tuple(dict.fromkeys((*cities.get(city, ()), *counties)))
    return (places, problems) if problems else (merged, [])


def _unknown(province: str, places: Places, position: Position) -> list[Problem]:
    if province in places:
        return []
    return [problem("own-province", position, name=province, provinces="、".join(places))]


def _wrong_names(
    city: str, counties: tuple[str, ...], path: Path, lines: Lines, province: str
) -> list[Problem]:
    """Names without 市, 县, 区 at their end cannot be told from words."""
    at = (province, "cities", city)
    names = [(city, at), *((county, (*at, index)) for index, county in enumerate(counties))]
    return [
        problem("own-place-name", Position(str(path), line_of(lines, where)), name=name)
        for name, where in names
        if name[-1] not in _KINDS or len(name) < 2
    ]
