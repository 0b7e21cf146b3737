"""Cities and counties that a user adds beside notices of one's own, so that those of any province can be read."""

from __future__ import annotations

import re
from pathlib import Path

from checklists.models import MorePlacesFile, Places
from checklists.problems import Position, Problem, problem
from checklists.yamlfile.reading import Lines, line_of, read_yaml, validated

_CITY = re.compile("(市|自治州|地区|盟|辖区|县)$")
_COUNTY = re.compile("[市县区旗]$")


def with_more_places(places: Places, path: Path) -> tuple[Places, list[Problem]]:
    """The places with those of the file; as they were where the file is wrong.

    A city that is known gets the counties that it lacks; nothing that is known is taken away.
    """
    value, lines, problems = read_yaml(path, exact=True)
    if problems:
        return places, problems
    for province, below in value.items() if isinstance(value, dict) else ():
        if isinstance(below, dict) and "cities" not in below:
            at = Position(str(path), line_of(lines, (province,)))
            return places, [problem("own-places-form", at, province=province)]
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
    names = [(city, at, _CITY), *((county, (*at, index), _COUNTY) for index, county in enumerate(counties))]
    return [
        problem("own-place-name", Position(str(path), line_of(lines, where)), name=name)
        for name, where, kind in names
        if len(name) < 2 or not kind.search(name)
    ]
